#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "pipeline/base/timers.h"

namespace sluice::serve {

/// Threads that run tasks which may block. One more is made when a task finds none that is free, up to `most`; they are
/// kept and used again. Any thread may call.
class Workers {
 public:
  explicit Workers(std::size_t most) : most_(most) {}
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Runs `task` on a worker, at once where one is free, else in its turn. Tasks must not throw. After stop() tasks are
  /// destroyed without having run.
  void post(Task task);
  /// Waits for the running tasks, and drops those that wait.
  void stop();
  /// Threads there are.
  [[nodiscard]] std::size_t size() const;

 private:
  void run();
  void add_worker();

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Task> tasks_;
  std::vector<std::thread> threads_;
  std::size_t free_ = 0;
  bool stopped_ = false;
};

}  // namespace sluice::serve
