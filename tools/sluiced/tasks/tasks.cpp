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

Error ending_error() {
  return Error(ErrorKind::kThrottled, 503, "node_closed_exception", "node closed: the server is ending");
}

}  // namespace

Tasks::Tasks(const store::Store& store, std::string node_id)
    : store_(store), node_id_(std::move(node_id)), reaper_([this] { reap(); }) {
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
    // A store that fails fails the run too, which says so better.
    static_cast<void>(store_.documents.put_records({&record, 1}));
  }
  return first;
}

TaskPtr Tasks::add(TaskAbout about) {
  auto task = std::make_shared<Task>(next_id(), std::move(about));
  const std::scoped_lock lock(mutex_);
  running_.emplace(task->id(), task);
  return task;
}

TaskPtr Tasks::start(TaskAbout about, Request request, RunOptions options) {
  {
    const std::scoped_lock lock(mutex_);
    if (ending_) return fail(std::move(about), ending_error());
  }
  const TaskPtr task = add(std::move(about));
  options.loop = &loop_;
  options.wait_at_end = true;
  options.cancel_grace = kCancelGrace;
  options.on_slice_end = [raw = task.get()](std::uint32_t slice) { raw->slice_ended(slice); };
  options.on_end = [this, task] {
    const std::scoped_lock lock(mutex_);
    over_.push_back(task);
    changed_.notify_all();
  };
  auto run = reindex(std::move(request), std::move(options));
  if (run) {
    task->begin(std::move(*run));
  } else {
    pipeline::RunStatus status;
    status.finished = true;
    status.error = std::move(run.error());
    complete(task, std::move(status));
  }
  return task;
}

TaskPtr Tasks::fail(TaskAbout about, Error error) {
  auto task = std::make_shared<Task>(next_id(), std::move(about));
  pipeline::RunStatus status;
  status.finished = true;
  status.error = std::move(error);
  complete(task, std::move(status));
  return task;
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

void Tasks::complete(const TaskPtr& task, pipeline::RunStatus status) {
  const TaskAbout& about = task->about();
  if (about.keeps_result) {
    const std::string name = task_name(node_id_, task->id());
    if (Status kept = store_task_result(store_, name, task_result(node_id_, *task, status)); !kept) {
      log_lost(name, kept.error());
    }
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
  for (const TaskPtr& task : tasks) task->cancel(std::nullopt, "the server is ending");
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return running_.empty() && over_.empty(); });
    reaping_ = false;
    changed_.notify_all();
  }
  reaper_.join();
}

}  // namespace sluice::rest
