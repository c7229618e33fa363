#include "tools/sluiced/tasks/tasks.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "tools/sluiced/rest/reindex_remote.h"
#include "tools/sluiced/tasks/task_results.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kIdsRecord = "tasks/last_id";
/// A record is written for so many numbers at a time; a restart leaves out those that were not used.
constexpr std::int64_t kReserved = 1000;
/// A cancelled run waits so long for bulks on their way: who cancels is answered within a second.
constexpr Nanoseconds kCancelGrace = std::chrono::milliseconds(800);

void log_lost(const std::string& name, const Error& error) {
  fmt::print(stderr, "sluiced: the result of task [{}] could not be kept: {}\n", name, error.message());
}

constexpr std::string_view kByUser = "by user request";
constexpr std::string_view kEnding = "the server is ending";

pipeline::RunStatus failed_status(Error error) {
  pipeline::RunStatus status;
  status.finished = true;
  status.error = std::move(error);
  return status;
}

Error ending_error() {
  return Error(ErrorKind::kThrottled, 503, "node_closed_exception", "node closed: the server is ending");
}

}  // namespace

Tasks::Tasks(const store::Store& store, std::string node_id, bool resume)
    : store_(store), node_id_(std::move(node_id)), resume_(resume), saved_(store_.documents), reaper_([this] {
        reap();
      }) {
  if (const auto kept = store_.documents.record(kIdsRecord); kept && *kept) {
    const std::string& text = **kept;
    std::from_chars(text.data(), text.data() + text.size(), last_id_);
    last_reserved_ = last_id_;
  }
}

Tasks::~Tasks() { end(); }

std::int64_t Tasks::take_ids(std::uint32_t count) {
  const std::scoped_lock lock(ids_mutex_);
  const std::int64_t first = last_id_ + 1;
  last_id_ += count;
  if (last_id_ > last_reserved_) {
    last_reserved_ = last_id_ + kReserved;
    const store::Documents::Record record{std::string(kIdsRecord), std::to_string(last_reserved_)};
    if (Status kept = store_.documents.put_records({&record, 1}); !kept) log_lost("the last id", kept.error());
  }
  return first;
}

void Tasks::add(const TaskPtr& task) {
  const std::scoped_lock lock(mutex_);
  running_.emplace(task->id(), task);
}

TaskPtr Tasks::start(TaskAbout about, Request request, RunOptions options, const SavedRequest& saved) {
  {
    const std::scoped_lock lock(mutex_);
    if (ending_) return fail_now(std::move(about), ending_error());
  }
  about.resumable = resume_ && about.keeps_result;
  const auto task = std::make_shared<Task>(next_id(), std::move(about));
  add(task);
  if (task->about().resumable) {
    if (Status kept = saved_.begin(task->id(), saved); !kept) {
      complete(task, failed_status(std::move(kept.error())));
      return task;
    }
  }
  run(task, std::move(request), std::move(options));
  return task;
}

void Tasks::resume(const SavedRun& saved, TaskAbout about, Request request, RunOptions options) {
  about.resumable = resume_;
  const auto task = std::make_shared<Task>(saved.id, std::move(about));
  add(task);
  options.resume = saved.point;
  if (saved.rate) request.requests_per_second = *saved.rate;
  if (saved.cancelled) task->cancel(std::nullopt, std::string(kByUser));
  run(task, std::move(request), std::move(options));
}

void Tasks::give_up(const SavedRun& saved, TaskAbout about, Error error) {
  about.resumable = true;
  complete(std::make_shared<Task>(saved.id, std::move(about)), failed_status(std::move(error)));
}

std::vector<SavedRun> Tasks::interrupted() {
  std::vector<SavedRun> runs = saved_.load();
  std::erase_if(runs, [this](const SavedRun& run) {
    const auto kept = result(task_name(node_id_, run.id));
    const bool over = kept && kept->has_value();
    if (over) saved_.forget(run.id);
    return over;
  });
  return runs;
}

void Tasks::run(const TaskPtr& task, Request request, RunOptions options) {
  options.loop = &loop_;
  options.wait_at_end = true;
  options.cancel_grace = kCancelGrace;
  options.on_slice_end = [raw = task.get()](std::uint32_t slice) { raw->slice_ended(slice); };
  options.on_end = [this, task] {
    const std::scoped_lock lock(mutex_);
    over_.push_back(task);
    changed_.notify_all();
  };
  if (task->about().resumable) {
    options.on_open = [this, id = task->id()](std::uint32_t slices, const std::string& plan) {
      saved_.opened(id, slices, plan);
    };
    options.on_checkpoint = [this, id = task->id()](std::uint32_t slice, const pipeline::SliceCheckpoint& checkpoint) {
      saved_.reached(id, slice, checkpoint);
    };
  }
  auto begun = reindex(std::move(request), std::move(options));
  if (begun) {
    task->begin(std::move(*begun));
  } else {
    complete(task, failed_status(std::move(begun.error())));
  }
}

/// Without a number, and without a trace.
TaskPtr Tasks::fail_now(TaskAbout about, Error error) {
  const auto task = std::make_shared<Task>(0, std::move(about));
  task->end(failed_status(std::move(error)));
  return task;
}

TaskPtr Tasks::fail(TaskAbout about, Error error) {
  const auto task = std::make_shared<Task>(next_id(), std::move(about));
  complete(task, failed_status(std::move(error)));
  return task;
}

bool Tasks::rethrottle(const TaskView& view, float requests_per_second) {
  if (!view.task->rethrottle(view.slice, requests_per_second)) return false;
  if (!view.slice && view.task->about().resumable) saved_.rethrottled(view.id, requests_per_second);
  return true;
}

void Tasks::cancel(const TaskView& view) {
  if (!view.slice && view.task->about().resumable) saved_.cancelled(view.id);
  view.task->cancel(view.slice, std::string(kByUser));
}

void Tasks::reap() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return !over_.empty() || !reaping_; });
    if (over_.empty()) return;
    const TaskPtr task = std::move(over_.front());
    over_.pop_front();
    lock.unlock();
    task->wait_begun();
    pipeline::RunStatus status = task->status();
    if (const auto& remote = task->about().remote; status.error && remote) {
      status.error = remote_error(std::move(*status.error), *remote);
    }
    complete(task, std::move(status));
    lock.lock();
    changed_.notify_all();
  }
}

/// Whether the end of the server is what ended the run.
bool Tasks::interrupted(const Task& task, const pipeline::RunStatus& status) {
  const std::scoped_lock lock(mutex_);
  return ending_ && task.about().resumable && status.totals.canceled == kEnding;
}

void Tasks::complete(const TaskPtr& task, pipeline::RunStatus status) {
  const TaskAbout& about = task->about();
  const bool goes_on = interrupted(*task, status);
  if (about.keeps_result && !goes_on) {
    const std::string name = task_name(node_id_, task->id());
    if (Status kept = store_task_result(store_, name, task_result(node_id_, *task, status)); !kept) {
      log_lost(name, kept.error());
    }
    if (about.resumable) saved_.forget(task->id());
  }
  {
    const std::scoped_lock lock(mutex_);
    running_.erase(task->id());
  }
  task->end(std::move(status));
}

void Tasks::views_of(const TaskPtr& task, std::vector<TaskView>& views) {
  auto status = std::make_shared<const pipeline::RunStatus>(task->status());
  views.push_back({task, task->id(), std::nullopt, status});
  if (!status->sliced) return;
  const auto slices = static_cast<std::uint32_t>(status->slices.size());
  const std::int64_t first = task->first_child(slices, [this](std::uint32_t count) { return take_ids(count); });
  for (std::uint32_t slice = 0; slice < slices; ++slice) {
    if (!status->slices[slice].finished) views.push_back({task, first + slice, slice, status});
  }
}

std::vector<TaskView> Tasks::running() {
  std::vector<TaskPtr> tasks;
  {
    const std::scoped_lock lock(mutex_);
    tasks.reserve(running_.size());
    for (const auto& [id, task] : running_) tasks.push_back(task);
  }
  std::vector<TaskView> views;
  for (const TaskPtr& task : tasks) views_of(task, views);
  return views;
}

std::optional<TaskView> Tasks::find(std::int64_t id) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = running_.find(id); found != running_.end()) {
      return TaskView{found->second, id, std::nullopt,
                      std::make_shared<const pipeline::RunStatus>(found->second->status())};
    }
  }
  for (TaskView& view : running()) {
    if (view.id == id) return std::move(view);
  }
  return std::nullopt;
}

namespace {

/// Who waits for several tasks.
struct Wait {
  std::mutex mutex;
  std::size_t left = 1;  ///< one for the registration itself
  std::move_only_function<void(bool)> call;
  std::vector<std::pair<TaskPtr, Task::ListenerKey>> listeners;
  std::optional<Timers::Id> timer;

  /// One of them has ended; with the last the wait is over.
  void one_ended(Timers& timers) {
    std::move_only_function<void(bool)> due;
    {
      const std::scoped_lock lock(mutex);
      if (--left != 0 || !call) return;
      due = std::exchange(call, nullptr);
      if (timer) timers.cancel(*timer);
    }
    due(true);
  }

  void time_out() {
    std::move_only_function<void(bool)> due;
    std::vector<std::pair<TaskPtr, Task::ListenerKey>> forgotten;
    {
      const std::scoped_lock lock(mutex);
      if (!call) return;
      due = std::exchange(call, nullptr);
      forgotten.swap(listeners);
    }
    for (const auto& [task, key] : forgotten) task->forget(key);
    due(false);
  }
};

}  // namespace

void Tasks::when_ended(const std::vector<TaskView>& tasks, std::optional<Nanoseconds> timeout,
                       std::move_only_function<void(bool)> call) {
  const auto wait = std::make_shared<Wait>();
  wait->call = std::move(call);
  wait->left += tasks.size();
  for (const TaskView& view : tasks) {
    const Task::ListenerKey key = view.task->on_end(view.slice, [wait, this] { wait->one_ended(loop_); });
    const std::scoped_lock lock(wait->mutex);
    if (key != 0) wait->listeners.emplace_back(view.task, key);
  }
  if (timeout) {
    const std::scoped_lock lock(wait->mutex);
    wait->timer = loop_.at(SteadyClock::now() + *timeout, [wait] { wait->time_out(); });
  }
  wait->one_ended(loop_);
}

Result<std::optional<std::string>> Tasks::result(std::string_view name) const {
  return stored_task_result(store_, name);
}

bool Tasks::has_results() const { return has_task_results(store_); }

void Tasks::end() {
  std::vector<TaskPtr> tasks;
  {
    const std::scoped_lock lock(mutex_);
    if (!reaping_) return;
    ending_ = true;
    for (const auto& [id, task] : running_) tasks.push_back(task);
  }
  for (const TaskPtr& task : tasks) task->cancel(std::nullopt, std::string(kEnding));
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return running_.empty() && over_.empty(); });
    reaping_ = false;
    changed_.notify_all();
  }
  reaper_.join();
}

}  // namespace sluice::rest
