#include "stages/painless/time/date.h"

#include "stages/painless/time/digits.h"
#include "stages/painless/time/format_text.h"
#include "stages/painless/time/local_date_time.h"

namespace sluice::painless::time {
namespace {

constexpr Long kCutover = -141'427;     // 1582-10-15
constexpr Long kJulianShift = 719'470;  // from the Julian 0000-03-01 to 1970-01-01

Long julian_epoch_day(Long year, Int month, Long day) {
  const Long shifted = year - (month <= 2 ? 1 : 0);
  const Long march_month = month > 2 ? month - 3 : month + 9;
  return shifted * 365 + floor_div(shifted, 4) + (153 * march_month + 2) / 5 + day - 1 - kJulianShift;
}

Long gregorian_epoch_day(Long year, Int month, Long day) {
  // Years beyond a LocalDate's repeat after 400.
  const Long folded = floor_mod(year, 400);
  const Long first = LocalDate::of(static_cast<Int>(folded), month, 1).to_epoch_day();
  return first + (year - folded) / 400 * 146'097 + day - 1;
}

}  // namespace

Date Date::from(const Instant& instant) {
  try {
    return Date(instant.to_epoch_milli());
  } catch (const DateTimeError& error) {
    throw DateTimeError{.kind = DateTimeError::kIllegalArgument,
                        .message = std::string(java_class(error.kind)) + ": " + error.message,
                        .error_index = -1,
                        .text = {},
                        .cause = std::make_shared<const DateTimeError>(error)};
  }
}

HybridDay HybridDay::of_epoch_day(Long epoch_day) {
  if (epoch_day >= kCutover) {
    const Long folded = floor_mod(epoch_day, 146'097);
    const LocalDate date = LocalDate::of_epoch_day(folded);
    return {date.year() + (epoch_day - folded) / 146'097 * 400, date.month_value(), date.day_of_month()};
  }
  const Long days = epoch_day + kJulianShift;
  const Long cycle = floor_div(days, 1'461);
  const Long of_cycle = floor_mod(days, 1'461);
  const Long year_of_cycle = of_cycle == 1'460 ? 3 : of_cycle / 365;
  const Long day_of_year = of_cycle - year_of_cycle * 365;
  const Long march_month = (5 * day_of_year + 2) / 153;
  const auto month = static_cast<Int>(march_month < 10 ? march_month + 3 : march_month - 9);
  const auto day = static_cast<Int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  return {cycle * 4 + year_of_cycle + (month <= 2 ? 1 : 0), month, day};
}

Long HybridDay::to_epoch_day(Long year, Int month, Long day) {
  const Long gregorian = gregorian_epoch_day(year, month, day);
  return gregorian >= kCutover ? gregorian : julian_epoch_day(year, month, day);
}

bool HybridDay::is_leap_year(Long year) { return year > 1'582 ? time::is_leap_year(year) : floor_mod(year, 4) == 0; }

Int HybridDay::length_of_month(Long year, Int month) {
  return length_of(static_cast<Month>(month), is_leap_year(year));
}

std::string Date::to_string() const {
  const Long second = floor_div(millis_, 1'000);
  const Long epoch_day = floor_div(second, kSecondsPerDay);
  const HybridDay day = HybridDay::of_epoch_day(epoch_day);
  const auto weekday = static_cast<DayOfWeek>(floor_mod(epoch_day + 3, 7) + 1);
  std::string text = display_name(weekday, TextStyle::kShort, Locale::english()) + " " +
                     display_name(static_cast<Month>(day.month), TextStyle::kShort, Locale::english()) + " ";
  append_padded(text, day.day, 2);
  text.push_back(' ');
  const LocalTime time = LocalTime::of_second_of_day(floor_mod(second, kSecondsPerDay));
  append_padded(text, time.hour(), 2);
  text.push_back(':');
  append_padded(text, time.minute(), 2);
  text.push_back(':');
  append_padded(text, time.second(), 2);
  return text + " UTC " + std::to_string(day.year > 0 ? day.year : 1 - day.year);
}

}  // namespace sluice::painless::time
