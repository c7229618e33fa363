#include "io/cluster/backoff.h"

#include <algorithm>

namespace sluice::io {
namespace {
constexpr std::int64_t kLongestInFirsts = 60;
constexpr std::uint32_t kHighestLevel = 16;
}  // namespace

Nanoseconds backoff_delay(Nanoseconds first, std::uint32_t attempt, std::uint32_t random) {
  const Nanoseconds full = first * std::min(std::int64_t{1} << std::min(attempt, kHighestLevel), kLongestInFirsts);
  return full / 2 + Nanoseconds(full.count() / 2 * static_cast<std::int64_t>(random & 0xffff) / 0xffff);
}

Nanoseconds SharedBackoff::refused(TimePoint now) {
  const std::lock_guard lock(mutex_);
  const auto jitter = static_cast<std::uint32_t>(random_());
  // What was accepted meanwhile may have brought the level down to 0.
  const std::uint32_t before = level_ == 0 ? 0 : level_ - 1;
  if (now < raised_until_) return std::max(raised_until_ - now, backoff_delay(first_, before, jitter));
  const Nanoseconds wait = backoff_delay(first_, level_, jitter);
  level_ = std::min(level_ + 1, kHighestLevel);
  raised_until_ = now + wait;
  return wait;
}

void SharedBackoff::accepted() {
  const std::lock_guard lock(mutex_);
  if (level_ > 0) --level_;
}

std::uint32_t SharedBackoff::level() const {
  const std::lock_guard lock(mutex_);
  return level_;
}

}  // namespace sluice::io
