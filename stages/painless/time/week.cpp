#include "stages/painless/time/week.h"

#include <algorithm>

namespace sluice::painless::time {
namespace {

Int week_number(Int offset, Int day) { return (7 + offset + (day - 1)) / 7; }

}  // namespace

Week Week::of(DayOfWeek first, Int min_days) {
  if (min_days < 1 || min_days > 7) fail(DateTimeError::kIllegalArgument, "Minimal number of days is invalid");
  return {static_cast<int>(first), min_days};
}

Int Week::offset(Int day, Int weekday) const {
  const auto start = static_cast<Int>(floor_mod(day - weekday, 7));
  return start + 1 > min_days_ ? 7 - start : -start;
}

Int Week::week_of_month(const LocalDate& date) const {
  return week_number(offset(date.day_of_month(), day_of_week(date)), date.day_of_month());
}

Int Week::week_of_year(const LocalDate& date) const {
  return week_number(offset(date.day_of_year(), day_of_week(date)), date.day_of_year());
}

Int Week::week_based_year(const LocalDate& date) const {
  const Int start = offset(date.day_of_year(), day_of_week(date));
  const Int week = week_number(start, date.day_of_year());
  if (week == 0) return date.year() - 1;
  return week >= week_number(start, date.length_of_year() + min_days_) ? date.year() + 1 : date.year();
}

Int Week::week_of_week_based_year(const LocalDate& date) const {
  const Int start = offset(date.day_of_year(), day_of_week(date));
  const Int week = week_number(start, date.day_of_year());
  if (week == 0) return week_of_week_based_year(date.minus_days(date.day_of_year()));
  const Int next_year = week_number(start, date.length_of_year() + min_days_);
  return week >= next_year ? week - next_year + 1 : week;
}

Int Week::weeks_in(Int week_based_year) const {
  const LocalDate first = LocalDate::of(week_based_year, 1, 1);
  return week_number(offset(1, day_of_week(first)), first.length_of_year() + min_days_) - 1;
}

ValueRange Week::weeks_of_month(const LocalDate& date) const {
  const Int start = offset(date.day_of_month(), day_of_week(date));
  return {week_number(start, 1), week_number(start, date.length_of_month())};
}

ValueRange Week::weeks_of_year(const LocalDate& date) const {
  const Int start = offset(date.day_of_year(), day_of_week(date));
  return {week_number(start, 1), week_number(start, date.length_of_year())};
}

LocalDate Week::date_of(Int week_based_year, Int week, Int day) const {
  const LocalDate first = LocalDate::of(week_based_year, 1, 1);
  const Int start = offset(1, day_of_week(first));
  const Int last = week_number(start, first.length_of_year() + min_days_) - 1;
  return first.plus_days(-start + (day - 1) + (std::min(week, last) - 1) * 7);
}

std::string Week::to_string() const {
  return "WeekFields[" + std::string(name_of(first_day())) + "," + std::to_string(min_days_) + "]";
}

}  // namespace sluice::painless::time
