#pragma once

#include <cstdint>

#include "pipeline/base/timers.h"
#include "pipeline/base/units.h"
#include "pipeline/control/status.h"

namespace sluice::pipeline {

/// When a slice may go on after a batch: `requests_per_second` as a schedule. Pure: time comes in as a parameter.
/// Not thread-safe; the run's lock guards it.
///
/// The specification's wait is (documents / rate) - (time the batch took to write). The schedule gives exactly that as
/// long as a batch takes less than its share, and also evens out what timers and reads are late by, up to one batch:
/// release(n) = max(release(n-1), write began - one batch) + documents / rate.
/// Waits are at most one hour each. Source: reference/reindex.md 3.
class Throttle {
 public:
  explicit Throttle(float requests_per_second) : rate_(requests_per_second) {}

  [[nodiscard]] float rate() const { return rate_; }
  [[nodiscard]] bool unlimited() const { return rate_ == kUnlimited; }

  /// `documents` requests were sent, beginning at `write_began`. The time at which the slice may read on; not later
  /// than `now` where there is nothing to wait for.
  TimePoint after_batch(std::uint64_t documents, TimePoint write_began, TimePoint now);

  /// The wait after a batch of so many documents whose write takes no time: what a search context has to survive.
  [[nodiscard]] Nanoseconds longest_wait(std::uint64_t documents) const;

  /// Sets the rate. A slower one counts from the next batch on; a faster one shortens a wait that is under way:
  /// the result is the new time for a release that was due at `due`.
  TimePoint rethrottle(float requests_per_second, TimePoint due, TimePoint now);

 private:
  float rate_;
  TimePoint schedule_{};
  bool started_ = false;
};

}  // namespace sluice::pipeline
