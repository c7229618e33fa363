#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

#include "pipeline/base/timers.h"

namespace sluice::pipeline {

/// Permission for bytes to be in memory. A holder never needs more credit to finish what it holds credit for, and
/// somebody who asks while nothing is held is always let through: so the account can't block for ever, however large
/// one page is. Waiters are served in order. Thread-safe; grants are called without the lock, by whoever gave back.
class Credits {
 public:
  explicit Credits(std::size_t budget) : budget_(budget) {}

  /// Calls `granted` as soon as `bytes` fit, now or later, or when close() ends the waiting.
  void take(std::size_t bytes, Task granted);
  /// The holder of `held` bytes turned out to need `actual`. May overdraw.
  void adjust(std::size_t held, std::size_t actual);
  void give_back(std::size_t bytes);
  /// Lets every waiter through, now and from now on: they are about to find out that the run stops.
  void close();

  [[nodiscard]] std::size_t budget() const { return budget_; }
  [[nodiscard]] std::size_t in_use() const;
  [[nodiscard]] std::size_t peak() const;
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Waiter {
    std::size_t bytes;
    Task granted;
  };
  [[nodiscard]] bool fits(std::size_t bytes) const { return in_use_ == 0 || in_use_ + bytes <= budget_ || closed_; }
  void hold(std::size_t bytes);
  std::deque<Task> serve();  ///< takes the waiters that fit now off the queue; under the lock

  const std::size_t budget_;
  mutable std::mutex mutex_;
  std::size_t in_use_ = 0;
  std::size_t peak_ = 0;
  bool closed_ = false;
  std::deque<Waiter> waiters_;
};

}  // namespace sluice::pipeline
