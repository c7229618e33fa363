#include "pipeline/control/delays.h"

#include <cassert>
#include <utility>
#include <vector>

namespace sluice::pipeline {

Delays::~Delays() { assert(waiting_->entries.empty()); }

void Delays::run_at(TimePoint due, std::uint32_t group, Task task) {
  {
    const std::scoped_lock lock(waiting_->mutex);
    if (!hurried_) {
      arm(next_key_++, due, group, std::move(task));
      return;
    }
  }
  task();
}

/// Under the lock, so that a timer that fires at once finds its entry.
void Delays::arm(std::uint64_t key, TimePoint due, std::uint32_t group, Task task) {
  const Timers::Id timer = timers_.at(due, [waiting = waiting_, key] { waiting->fire(key); });
  waiting_->entries.emplace(key, Entry{group, timer, std::move(task)});
}

void Delays::Waiting::fire(std::uint64_t key) {
  Task task;
  {
    const std::scoped_lock lock(mutex);
    const auto found = entries.find(key);
    if (found == entries.end()) return;  // hurried or moved in the meantime
    task = std::move(found->second.task);
    entries.erase(found);
  }
  task();
}

void Delays::move(std::uint32_t group, TimePoint due) {
  const std::scoped_lock lock(waiting_->mutex);
  std::vector<std::uint64_t> keys;
  for (const auto& [key, entry] : waiting_->entries) {
    if (entry.group == group) keys.push_back(key);
  }
  for (const std::uint64_t key : keys) {
    auto node = waiting_->entries.extract(key);
    timers_.cancel(node.mapped().timer);  // if it is firing now, it finds no entry
    arm(next_key_++, due, group, std::move(node.mapped().task));
  }
}

void Delays::hurry_all() {
  std::map<std::uint64_t, Entry> hurried;
  {
    const std::scoped_lock lock(waiting_->mutex);
    hurried_ = true;
    hurried.swap(waiting_->entries);
    for (auto& [key, entry] : hurried) timers_.cancel(entry.timer);
  }
  for (auto& [key, entry] : hurried) entry.task();
}

}  // namespace sluice::pipeline
