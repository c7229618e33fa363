#pragma once

#include <cstdint>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::time {

class Accessor;

/// Java's DayOfWeek; the number is getValue().
enum class DayOfWeek : std::uint8_t { kMonday = 1, kTuesday, kWednesday, kThursday, kFriday, kSaturday, kSunday };

/// Errors: DateTimeException `Invalid value for DayOfWeek: 8`.
DayOfWeek day_of_week_of(Int value);
/// Errors: IllegalArgumentException `No enum constant java.time.DayOfWeek.X`.
DayOfWeek day_of_week_value_of(std::string_view name);
/// Errors: DateTimeException `Unable to obtain DayOfWeek from TemporalAccessor: ..`.
DayOfWeek day_of_week_from(const Accessor& from);
/// `MONDAY`.
std::string_view name_of(DayOfWeek day);
constexpr DayOfWeek plus(DayOfWeek day, Long days) {
  return static_cast<DayOfWeek>((static_cast<Int>(day) - 1 + static_cast<Int>(days % 7) + 7) % 7 + 1);
}
constexpr DayOfWeek minus(DayOfWeek day, Long days) { return plus(day, -(days % 7)); }

}  // namespace sluice::painless::time
