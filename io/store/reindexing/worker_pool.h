#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "pipeline/base/timers.h"

namespace sluice::store {

/// A few threads for what blocks: writes that wait for the disk, reads that look at many documents to find a few.
/// Tasks begin in the order in which they came; a thread is made when a task finds none that is free. Any thread.
class WorkerPool {
 public:
  explicit WorkerPool(std::size_t most) : most_(most) {}
  /// Runs what was given to it, then ends.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Runs `task` soon. It must not throw.
  void run(Task task);

 private:
  void work();

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  std::size_t free_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sluice::store
