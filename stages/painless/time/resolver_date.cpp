// The part of Resolver that makes a date: IsoChronology's resolveDate, IsoFields and WeekFields.
#include <algorithm>

#include "stages/painless/time/resolver.h"
#include "stages/painless/time/week.h"

namespace sluice::painless::time {
namespace {

using Id = FieldId;

}  // namespace

std::optional<LocalDate> Resolver::resolve_date() {
  if (has(Id::kEpochDay)) return LocalDate::of_epoch_day(take_unchecked(Id::kEpochDay));
  resolve_proleptic_month();
  resolve_year_of_era();
  if (!has(Id::kYear)) return std::nullopt;
  if (has(Id::kMonthOfYear)) {
    if (has(Id::kDayOfMonth)) return year_month_day();
    if (has(Id::kAlignedWeekOfMonth)) {
      if (has(Id::kAlignedDayOfWeekInMonth)) return month_week(Id::kAlignedDayOfWeekInMonth);
      if (has(Id::kDayOfWeek)) return month_week(Id::kDayOfWeek);
    }
  }
  if (has(Id::kDayOfYear)) return year_day();
  if (has(Id::kAlignedWeekOfYear)) {
    if (has(Id::kAlignedDayOfWeekInYear)) return year_week(Id::kAlignedDayOfWeekInYear);
    if (has(Id::kDayOfWeek)) return year_week(Id::kDayOfWeek);
  }
  return std::nullopt;
}

void Resolver::resolve_proleptic_month() {
  if (!has(Id::kProlepticMonth)) return;
  const Long month = take(Id::kProlepticMonth);
  add_date_field(Id::kMonthOfYear, floor_mod(month, 12) + 1);
  add_date_field(Id::kYear, floor_div(month, 12));
}

void Resolver::resolve_year_of_era() {
  if (!has(Id::kYearOfEra)) {
    if (has(Id::kEra)) Field(Id::kEra).check(value(Id::kEra));
    return;
  }
  const Long in_era = take(Id::kYearOfEra);
  if (const auto era = fields_.remove(Id::kEra)) {
    if (*era != 0 && *era != 1) fail("Invalid value for era: " + std::to_string(*era));
    add_date_field(Id::kYear, *era == 1 ? in_era : subtract_exact(1, in_era));
    return;
  }
  const Long* year = fields_.find(Id::kYear);
  if (strict() && year == nullptr) {
    fields_.put(Id::kYearOfEra, in_era);
    return;
  }
  add_date_field(Id::kYear, year == nullptr || *year > 0 ? in_era : subtract_exact(1, in_era));
}

LocalDate Resolver::year_month_day() {
  const Int year = take_int(Id::kYear);
  if (lenient()) {
    const Long months = subtract_exact(take_unchecked(Id::kMonthOfYear), 1);
    const Long days = subtract_exact(take_unchecked(Id::kDayOfMonth), 1);
    return LocalDate::of(year, 1, 1).plus_months(months).plus_days(days);
  }
  const Int month = take_int(Id::kMonthOfYear);
  const Int day = take_int(Id::kDayOfMonth);
  return smart() ? LocalDate::clamped(year, month, day) : LocalDate::of(year, month, day);
}

LocalDate Resolver::year_day() {
  const Int year = take_int(Id::kYear);
  if (lenient()) return LocalDate::of(year, 1, 1).plus_days(subtract_exact(take_unchecked(Id::kDayOfYear), 1));
  return LocalDate::of_year_day(year, take_int(Id::kDayOfYear));
}

LocalDate Resolver::week_in(const LocalDate& first, Field week, Field day) {
  const bool weekday = day == Id::kDayOfWeek;
  if (lenient()) {
    const Long weeks = subtract_exact(take_unchecked(week), 1);
    const Long days = subtract_exact(take_unchecked(day), 1);
    const LocalDate from = first.plus_weeks(weeks);
    if (!weekday) return from.plus_days(days);
    const Long to_monday = floor_mod(8 - static_cast<Int>(from.day_of_week()), 7);
    return from.plus_days(to_monday).plus_days(days);
  }
  const Int weeks = take_int(week);
  const Int days = take_int(day);
  if (!weekday) return first.plus_days(static_cast<Long>(weeks - 1) * 7 + (days - 1));
  const LocalDate from = first.plus_days(static_cast<Long>(weeks - 1) * 7);
  return from.plus_days(floor_mod(days - static_cast<Int>(from.day_of_week()), 7));
}

LocalDate Resolver::month_week(Field day) {
  const Int year = take_int(Id::kYear);
  if (lenient()) {
    const Long months = subtract_exact(take_unchecked(Id::kMonthOfYear), 1);
    return week_in(LocalDate::of(year, 1, 1).plus_months(months), Id::kAlignedWeekOfMonth, day);
  }
  const Int month = take_int(Id::kMonthOfYear);
  const LocalDate date = week_in(LocalDate::of(year, month, 1), Id::kAlignedWeekOfMonth, day);
  if (strict() && date.month_value() != month) {
    fail("Strict mode rejected resolved date as it is in a different month");
  }
  return date;
}

LocalDate Resolver::year_week(Field day) {
  const Int year = take_int(Id::kYear);
  const LocalDate date = week_in(LocalDate::of(year, 1, 1), Id::kAlignedWeekOfYear, day);
  if (strict() && date.year() != year) fail("Strict mode rejected resolved date as it is in a different year");
  return date;
}

bool Resolver::resolve_computed(Field field) {
  switch (field.id()) {
    case Id::kDayOfQuarter: {
      const auto date = quarter_date();
      set_date(date);
      return date.has_value();
    }
    case Id::kWeekOfWeekBasedYear: {
      const auto date = week_date();
      set_date(date);
      return date.has_value();
    }
    case Id::kJulianDay:
    case Id::kModifiedJulianDay:
    case Id::kRataDie: {
      const Long day = lenient() ? take_unchecked(field) : field.check(take_unchecked(field));
      const Long shift =
          field.id() == Id::kJulianDay ? 2'440'588 : (field.id() == Id::kModifiedJulianDay ? 40'587 : 719'163);
      set_date(LocalDate::of_epoch_day(subtract_exact(day, shift)));
      return true;
    }
    default:
      return field.is_week_field() && resolve_local_weeks(field);
  }
}

std::optional<LocalDate> Resolver::quarter_date() {
  if (!has(Id::kYear) || !has(Id::kQuarterOfYear)) return std::nullopt;
  const Int year = Field(Id::kYear).check_int(value(Id::kYear));
  Long day = value(Id::kDayOfQuarter);
  const Long quarter = value(Id::kQuarterOfYear);
  LocalDate first;
  if (lenient()) {
    first = LocalDate::of(year, 1, 1).plus_months(multiply_exact(subtract_exact(quarter, 1), 3));
    day = subtract_exact(day, 1);
  } else {
    first = LocalDate::of(year, (Field(Id::kQuarterOfYear).check_int(quarter) - 1) * 3 + 1, 1);
    const ValueRange all = strict() ? first.range(Id::kDayOfQuarter) : Field(Id::kDayOfQuarter).range();
    if (day < 1 || day > 90) all.check(day, "DayOfQuarter");
    --day;
  }
  for (const Field used : {Id::kDayOfQuarter, Id::kYear, Id::kQuarterOfYear}) fields_.remove(used);
  return first.plus_days(day);
}

std::optional<LocalDate> Resolver::week_date() {
  if (!has(Id::kWeekBasedYear) || !has(Id::kDayOfWeek)) return std::nullopt;
  const Int year = Field(Id::kWeekBasedYear).check_int(value(Id::kWeekBasedYear));
  const Long week = value(Id::kWeekOfWeekBasedYear);
  Long day = value(Id::kDayOfWeek);
  LocalDate date = LocalDate::of(year, 1, 4);
  if (lenient()) {
    day = subtract_exact(day, 1);
    date = date.plus_weeks(floor_div(day, 7)).plus_weeks(subtract_exact(week, 1));
    day = floor_mod(day, 7) + 1;
  } else {
    day = Field(Id::kDayOfWeek).check_int(day);
    const ValueRange all = strict() ? date.range(Id::kWeekOfWeekBasedYear) : Field(Id::kWeekOfWeekBasedYear).range();
    if (week < 1 || week > 52) all.check(week, "WeekOfWeekBasedYear");
    date = date.plus_weeks(week - 1);
  }
  for (const Field used : {Id::kWeekOfWeekBasedYear, Id::kWeekBasedYear, Id::kDayOfWeek}) fields_.remove(used);
  return date.with(Id::kDayOfWeek, day);
}

bool Resolver::resolve_local_weeks(Field field) {
  const Week week(field.first_day(), field.min_days());
  if (field.id() == Id::kLocalDayOfWeek) {
    const Int local = field.check_int(take_unchecked(field));
    fields_.put(Id::kDayOfWeek, floor_mod(field.first_day() - 1 + local - 1, 7) + 1);
    return true;
  }
  if (!has(Id::kDayOfWeek)) return false;
  const auto weekday = static_cast<DayOfWeek>(Field(Id::kDayOfWeek).check_int(value(Id::kDayOfWeek)));
  const Int day = week.day_of_week(weekday);
  const bool by_year = field.id() == Id::kLocalWeekBasedYear || field.id() == Id::kLocalWeekOfWeekBasedYear;
  const auto date = by_year ? based_week_date(week, day) : local_week_date(week, field, day);
  set_date(date);
  return date.has_value();
}

std::optional<LocalDate> Resolver::based_week_date(const Week& week, Int day) {
  const Field year_field = week.field(Id::kLocalWeekBasedYear);
  const Field week_field = week.field(Id::kLocalWeekOfWeekBasedYear);
  if (!has(year_field) || !has(week_field)) return std::nullopt;
  const Int year = year_field.check_int(value(year_field));
  const Long number = value(week_field);
  if (!lenient()) ValueRange(1, week.weeks_in(year)).check(number, week_field.to_string());
  LocalDate date = week.date_of(year, lenient() ? 1 : static_cast<Int>(number), day);
  if (lenient()) date = date.plus_weeks(subtract_exact(number, 1));
  if (strict() && week.week_based_year(date) != year) {
    fail("Strict mode rejected resolved date as it is in a different week-based-year");
  }
  for (const Field used : {year_field, week_field, Field(Id::kDayOfWeek)}) fields_.remove(used);
  return date;
}

std::optional<LocalDate> Resolver::local_week_date(const Week& week, Field field, Int day) {
  const bool of_month = field.id() == Id::kLocalWeekOfMonth;
  if (!has(Id::kYear) || (of_month && !has(Id::kMonthOfYear))) return std::nullopt;
  const Int year = Field(Id::kYear).check_int(value(Id::kYear));
  LocalDate first = LocalDate::of(year, 1, 1);
  if (of_month) {
    const Long month = value(Id::kMonthOfYear);
    first = lenient() ? first.plus_months(subtract_exact(month, 1))
                      : LocalDate::of(year, Field(Id::kMonthOfYear).check_int(month), 1);
  }
  const Long number = lenient() ? value(field) : field.check(value(field));
  const Int now = of_month ? week.week_of_month(first) : week.week_of_year(first);
  const LocalDate date =
      first.plus_days(multiply_exact(subtract_exact(number, now), 7) + day - week.day_of_week(first));
  if (strict() && (of_month ? date.month_value() != first.month_value() : date.year() != year)) {
    fail(of_month ? "Strict mode rejected resolved date as it is in a different month"
                  : "Strict mode rejected resolved date as it is in a different year");
  }
  for (const Field used : {field, Field(Id::kYear), Field(Id::kDayOfWeek)}) fields_.remove(used);
  if (of_month) fields_.remove(Id::kMonthOfYear);
  return date;
}

}  // namespace sluice::painless::time
