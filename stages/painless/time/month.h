#pragma once

#include <cstdint>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::time {

class Accessor;

/// Java's Month; the number is getValue().
enum class Month : std::uint8_t {
  kJanuary = 1,
  kFebruary,
  kMarch,
  kApril,
  kMay,
  kJune,
  kJuly,
  kAugust,
  kSeptember,
  kOctober,
  kNovember,
  kDecember
};

/// Errors: DateTimeException `Invalid value for MonthOfYear: 13`.
Month month_of(Int value);
/// Errors: IllegalArgumentException `No enum constant java.time.Month.X`.
Month month_value_of(std::string_view name);
/// Errors: DateTimeException `Unable to obtain Month from TemporalAccessor: ..`.
Month month_from(const Accessor& from);
/// `JANUARY`.
std::string_view name_of(Month month);
constexpr Month plus(Month month, Long months) {
  return static_cast<Month>((static_cast<Int>(month) - 1 + static_cast<Int>(months % 12) + 12) % 12 + 1);
}
constexpr Month minus(Month month, Long months) { return plus(month, -(months % 12)); }
constexpr Int length_of(Month month, bool leap_year) {
  if (month == Month::kFebruary) return leap_year ? 29 : 28;
  const auto value = static_cast<unsigned>(month);
  return static_cast<Int>(30 + ((value ^ (value >> 3)) & 1));
}
/// The day of the year that the month begins on.
constexpr Int first_day_of_year(Month month, bool leap_year) {
  const Int value = static_cast<Int>(month);
  if (value <= 2) return 1 + (value - 1) * 31;
  return (367 * value - 362) / 12 + 1 - (leap_year ? 1 : 2);
}
constexpr Month first_month_of_quarter(Month month) {
  return static_cast<Month>((static_cast<Int>(month) - 1) / 3 * 3 + 1);
}

constexpr bool is_leap_year(Long year) { return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0); }

}  // namespace sluice::painless::time
