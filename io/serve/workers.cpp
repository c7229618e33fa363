#include "io/serve/workers.h"

#include <system_error>
#include <utility>

namespace sluice::serve {

void Workers::post(Task task) {
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  tasks_.push_back(std::move(task));
  if (tasks_.size() > free_ && threads_.size() < most_) add_worker();
  work_.notify_one();
}

void Workers::add_worker() {
  try {
    threads_.emplace_back([this] { run(); });
  } catch (const std::system_error&) {
    // The system has no thread left: those there are do the work. Without any, nothing would ever be answered.
    if (threads_.empty()) throw;
  }
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++free_;
    work_.wait(lock, [this] { return stopped_ || !tasks_.empty(); });
    --free_;
    if (stopped_) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

void Workers::stop() {
  std::deque<Task> dropped;
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    dropped.swap(tasks_);
    threads.swap(threads_);
  }
  work_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

std::size_t Workers::size() const {
  const std::lock_guard lock(mutex_);
  return threads_.size();
}

}  // namespace sluice::serve
