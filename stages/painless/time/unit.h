#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::time {

class Duration;

/// Java's ChronoUnit, in its order, and after FOREVER the two units of IsoFields.
enum class Unit : std::uint8_t {
  kNanos,
  kMicros,
  kMillis,
  kSeconds,
  kMinutes,
  kHours,
  kHalfDays,
  kDays,
  kWeeks,
  kMonths,
  kYears,
  kDecades,
  kCenturies,
  kMillennia,
  kEras,
  kForever,
  kWeekBasedYears,
  kQuarterYears,
};
inline constexpr int kChronoUnits = 16;

/// `Days`, what Java's toString says.
std::string_view to_string(Unit unit);
/// `DAYS`, Java's Enum.name().
std::string_view name_of(Unit unit);
/// By Enum.name(). Errors: IllegalArgumentException `No enum constant java.time.temporal.ChronoUnit.X`.
Unit unit_value_of(std::string_view name);
/// The length of one, estimated for the units of dates.
Duration duration_of(Unit unit);

constexpr bool is_date_based(Unit unit) { return unit >= Unit::kDays && unit != Unit::kForever; }
constexpr bool is_time_based(Unit unit) { return unit < Unit::kDays; }
constexpr bool is_duration_estimated(Unit unit) { return unit >= Unit::kDays; }

/// Nanoseconds of one, for the units up to days.
constexpr Long nanos_of(Unit unit) {
  constexpr std::array<Long, 8> kNanos = {1,
                                          1'000,
                                          1'000'000,
                                          kNanosPerSecond,
                                          60 * kNanosPerSecond,
                                          3'600 * kNanosPerSecond,
                                          43'200 * kNanosPerSecond,
                                          kNanosPerDay};
  return kNanos[static_cast<std::size_t>(unit)];
}

}  // namespace sluice::painless::time
