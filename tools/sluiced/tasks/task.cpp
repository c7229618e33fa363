#include "tools/sluiced/tasks/task.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sluice::rest {

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

TaskAbout with_time(TaskAbout about) {
  if (about.started_ms == 0) about.started_ms = now_ms();
  return about;
}

/// A run that goes on after a restart is as old as it was before.
Nanoseconds age_of(const TaskAbout& about) {
  return std::chrono::milliseconds(std::max<std::int64_t>(now_ms() - about.started_ms, 0));
}

}  // namespace

std::string_view action_of(RequestKind kind) {
  switch (kind) {
    case RequestKind::kUpdateByQuery:
      return "indices:data/write/update/byquery";
    case RequestKind::kDeleteByQuery:
      return "indices:data/write/delete/byquery";
    case RequestKind::kReindex:
      break;
  }
  return "indices:data/write/reindex";
}

Task::Task(std::int64_t id, TaskAbout about)
    : id_(id), about_(with_time(std::move(about))), began_(SteadyClock::now() - age_of(about_)) {}

Nanoseconds Task::running_time() const {
  const std::scoped_lock lock(mutex_);
  return ended_ ? ran_ : SteadyClock::now() - began_;
}

std::int64_t Task::first_child(std::uint32_t slices, const std::function<std::int64_t(std::uint32_t)>& take_ids) {
  const std::scoped_lock lock(mutex_);
  if (first_child_ == 0) first_child_ = take_ids(slices);
  return first_child_;
}

std::shared_ptr<Run> Task::run() const {
  const std::scoped_lock lock(mutex_);
  return run_;
}

pipeline::RunStatus Task::status() const {
  if (const auto running = run()) return running->status();
  const std::scoped_lock lock(mutex_);
  return last_;
}

bool Task::rethrottle(std::optional<std::uint32_t> slice, float requests_per_second) {
  if (ended_) return false;
  const auto running = run();
  if (slice) return running && running->rethrottle_slice(*slice, requests_per_second);
  if (running) {
    running->rethrottle(requests_per_second);
  } else {
    const std::scoped_lock lock(mutex_);
    rate_ = requests_per_second;
  }
  return true;
}

void Task::cancel(std::optional<std::uint32_t> slice, const std::string& reason) {
  const auto running = run();
  if (slice) {
    if (running) running->cancel_slice(*slice, reason);
    return;
  }
  cancelled_ = true;
  if (running) running->cancel(reason);
}

bool Task::has_ended(std::optional<std::uint32_t> slice) const {
  if (ended_) return true;
  if (!slice) return false;
  const pipeline::RunStatus now = status();
  return *slice < now.slices.size() && now.slices[*slice].finished;
}

Task::ListenerKey Task::on_end(std::optional<std::uint32_t> slice, Listener listener) {
  ListenerKey key = 0;
  {
    const std::scoped_lock lock(mutex_);
    key = ++last_key_;
    listeners_.emplace(key, Waiting{slice, std::move(listener)});
  }
  if (!has_ended(slice)) return key;
  // It may have been called in the meantime.
  Listener mine;
  {
    const std::scoped_lock lock(mutex_);
    if (auto node = listeners_.extract(key)) mine = std::move(node.mapped().listener);
  }
  if (mine) mine();
  return 0;
}

void Task::forget(ListenerKey key) {
  const std::scoped_lock lock(mutex_);
  listeners_.erase(key);
}

void Task::call_listeners(const std::function<bool(const Waiting&)>& which) {
  std::vector<Listener> called;
  {
    const std::scoped_lock lock(mutex_);
    for (auto at = listeners_.begin(); at != listeners_.end();) {
      if (which(at->second)) {
        called.push_back(std::move(at->second.listener));
        at = listeners_.erase(at);
      } else {
        ++at;
      }
    }
  }
  for (Listener& listener : called) listener();
}

void Task::begin(Run run) {
  const auto begun = std::make_shared<Run>(std::move(run));
  std::optional<float> rate;
  {
    const std::scoped_lock lock(mutex_);
    run_ = begun;
    rate = rate_;
  }
  if (rate) begun->rethrottle(*rate);
  if (cancelled_) begun->cancel();
  begun_.count_down();
}

void Task::slice_ended(std::uint32_t slice) {
  call_listeners([slice](const Waiting& waiting) { return waiting.slice == slice; });
}

std::shared_ptr<Run> Task::end(pipeline::RunStatus status) {
  std::shared_ptr<Run> over;
  {
    const std::scoped_lock lock(mutex_);
    last_ = std::move(status);
    ran_ = SteadyClock::now() - began_;
    over = std::exchange(run_, nullptr);
    ended_ = true;
  }
  call_listeners([](const Waiting&) { return true; });
  return over;
}

bool TaskView::cancelled() const {
  if (task->cancelled()) return true;
  return slice && *slice < status->slices.size() && status->slices[*slice].canceled.has_value();
}

}  // namespace sluice::rest
