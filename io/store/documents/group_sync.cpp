#include "io/store/documents/group_sync.h"

#include <utility>

namespace sluice::store {

Status GroupSync::wait() {
  std::unique_lock lock(mutex_);
  const std::uint64_t mine = begun_ + 1;  // one that is under way may have begun before the caller's write
  while (begun_ < mine || (running_ && begun_ == mine)) {
    if (running_) {
      ended_.wait(lock);
      continue;
    }
    running_ = true;
    ++begun_;
    lock.unlock();
    Status done = sync_();
    lock.lock();
    running_ = false;
    if (!done) {
      failed_ = begun_;
      failure_ = std::move(done);
    }
    ended_.notify_all();
  }
  return failed_ >= mine ? failure_ : Status{};
}

DelayedSync::DelayedSync(GroupSync& group, std::chrono::milliseconds period)
    : group_(group), period_(period), thread_([this](const std::stop_token& stop) { run(stop); }) {}

DelayedSync::~DelayedSync() {
  thread_.request_stop();
  thread_.join();
}

Status DelayedSync::request() {
  const std::lock_guard lock(mutex_);
  if (!requested_) {
    requested_ = true;
    wake_.notify_one();
  }
  return std::exchange(failure_, Status{});
}

void DelayedSync::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return requested_; })) {
    wake_.wait_for(lock, stop, period_, [] { return false; });  // what is written meanwhile shares the sync
    requested_ = false;
    lock.unlock();
    Status done = group_.wait();
    lock.lock();
    if (!done) failure_ = std::move(done);
  }
}

}  // namespace sluice::store
