#pragma once

#include <cstdint>
#include <mutex>
#include <random>

#include "pipeline/base/timers.h"
#include "pipeline/base/units.h"

namespace sluice::io {

/// How long to wait before asking again: doubling from `first` to 60 times that, jittered by half, so that clients that
/// were refused together don't come back together. Pure; `random` is any 32 bits.
Nanoseconds backoff_delay(Nanoseconds first, std::uint32_t attempt, std::uint32_t random);

/// One back-off for all slices that write to one cluster: a refusal of any of them slows all down, and they do not
/// count the same busy moment several times. Thread-safe.
class SharedBackoff {
 public:
  explicit SharedBackoff(Nanoseconds first, std::uint32_t seed = std::random_device{}())
      : first_(first), random_(seed) {}

  /// A request was refused at `now`: how long this one has to wait.
  Nanoseconds refused(TimePoint now);
  /// A request was accepted in full.
  void accepted();
  [[nodiscard]] std::uint32_t level() const;

 private:
  const Nanoseconds first_;
  mutable std::mutex mutex_;
  std::minstd_rand random_;
  std::uint32_t level_ = 0;
  TimePoint raised_until_{};  ///< refusals before it belong to the same busy moment
};

}  // namespace sluice::io
