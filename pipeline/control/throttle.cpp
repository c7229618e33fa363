#include "pipeline/control/throttle.h"

#include <algorithm>
#include <chrono>

namespace sluice::pipeline {

namespace {

constexpr Nanoseconds kLongestWait = std::chrono::hours(1);

Nanoseconds share_of(std::uint64_t documents, float rate) {
  const double seconds = static_cast<double>(documents) / static_cast<double>(rate);
  if (seconds >= 3600.0) return kLongestWait;
  return Nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

}  // namespace

TimePoint Throttle::after_batch(std::uint64_t documents, TimePoint write_began, TimePoint now) {
  if (unlimited() || documents == 0) return now;
  const Nanoseconds share = share_of(documents, rate_);
  schedule_ = (started_ ? std::max(schedule_, write_began - share) : write_began) + share;
  started_ = true;
  return schedule_;
}

Nanoseconds Throttle::longest_wait(std::uint64_t documents) const {
  return unlimited() ? Nanoseconds{} : share_of(documents, rate_);
}

TimePoint Throttle::rethrottle(float requests_per_second, TimePoint due, TimePoint now) {
  const float before = rate_;
  rate_ = requests_per_second;
  if (due <= now || requests_per_second < before) return due;
  const auto remaining = std::chrono::duration<double>(due - now);
  const double factor =
      requests_per_second == kUnlimited ? 0.0 : static_cast<double>(before) / static_cast<double>(requests_per_second);
  const TimePoint earlier = now + std::chrono::duration_cast<Nanoseconds>(remaining * factor);
  schedule_ = std::min(schedule_, earlier);
  return earlier;
}

}  // namespace sluice::pipeline
