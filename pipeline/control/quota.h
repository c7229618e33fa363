#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>

namespace sluice::pipeline {

/// `max_docs`: how many documents may still be written, exact for any number of slices. A slice reserves what it is
/// about to read and hands back what was not written (noops, conflicts, a short page). A slice that finds everything
/// reserved by others waits: it will be needed if they hand some of it back. Thread-safe; grants run without the lock.
class Quota {
 public:
  static constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();
  /// Documents the slice may read; 0: the quota is used up, or closed, and the slice ends.
  using Granted = std::move_only_function<void(std::uint32_t)>;

  explicit Quota(std::uint64_t max_docs) : left_(max_docs), limited_(max_docs != kNoLimit) {}

  [[nodiscard]] bool limited() const { return limited_; }
  /// Everything has been written: nobody will be granted anything.
  [[nodiscard]] bool used_up();
  /// Calls `granted` with 1 to `wanted`, or 0, now or later. `whole`: what is read is `wanted` documents anyway, and
  /// those beyond the grant would be lost: less is granted only when nobody is left who could hand anything back.
  void reserve(std::uint32_t wanted, bool whole, Granted granted);
  /// `unused` of the reserved documents were not written; `written` of them were.
  void settle(std::uint64_t unused, std::uint64_t written);
  /// Ends all waiting with 0.
  void close();

 private:
  struct Waiter {
    std::uint32_t wanted;
    bool whole;
    Granted granted;
  };
  struct Grant {
    Granted granted;
    std::uint32_t documents;
  };
  std::deque<Grant> serve();
  static void run(std::deque<Grant> grants);

  std::mutex mutex_;
  std::uint64_t left_;
  std::uint64_t reserved_ = 0;
  const bool limited_;
  bool closed_ = false;
  std::deque<Waiter> waiters_;
};

}  // namespace sluice::pipeline
