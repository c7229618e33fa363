#include "stages/painless/time/extended_field.h"

#include <algorithm>

#include "stages/painless/time/week.h"

namespace sluice::painless::time {
namespace {

constexpr Long julian_shift(FieldId id) {
  if (id == FieldId::kJulianDay) return 2'440'588;
  return id == FieldId::kModifiedJulianDay ? 40'587 : 719'163;
}

LocalDate date_of(const Accessor& of, Field field) {
  if (!of.is_supported(FieldId::kEpochDay)) unsupported_field(field.to_string());
  return LocalDate::from(of);
}

Long first_day_of_quarter(const LocalDate& date) {
  return first_day_of_year(first_month_of_quarter(date.month()), date.is_leap_year());
}

Week week_of(Field field) {
  if (field.is_week_field()) return Week(field.first_day(), field.min_days());
  return Week(1, 4);
}

/// Java asks for the parts one by one, so it is a part that is unsupported.
void require_week_parts(const Accessor& of, Field field) {
  const auto require = [&](Field part) {
    if (!of.is_supported(part)) unsupported_field(part.to_string());
  };
  require(FieldId::kDayOfWeek);
  if (field.id() == FieldId::kLocalDayOfWeek) return;
  const bool year = field.id() == FieldId::kLocalWeekBasedYear;
  require(year ? FieldId::kYear
               : (field.id() == FieldId::kLocalWeekOfMonth ? FieldId::kDayOfMonth : FieldId::kDayOfYear));
}

Temporal with_week_based_year(const Temporal& of, Field field, Long value) {
  const TemporalView view(of);
  const Int year = field.range().check_int(value, field.to_string());
  if (field.is_week_field()) {
    require_week_parts(view, Field(FieldId::kLocalDayOfWeek));
    require_week_parts(view, field);
  }
  const LocalDate date = date_of(view, field);
  const Week week = week_of(field);
  if (field.is_week_field() && of.get_if<LocalDate>() == nullptr) {
    // The JDK makes a LocalDate of whatever it was, and then it isn't what it was.
    fail(DateTimeError::kClassCast, "class java.time.LocalDate cannot be cast to class " + std::string(of.type_name()) +
                                        " (java.time.LocalDate and " + std::string(of.type_name()) +
                                        " are in module java.base of loader 'bootstrap')");
  }
  return of.adjusted_by(week.date_of(year, week.week_of_week_based_year(date), week.day_of_week(date)));
}

}  // namespace

bool computed_supported(const Accessor& of, Field field) {
  switch (field.id()) {
    case FieldId::kDayOfQuarter:
      return of.is_supported(FieldId::kDayOfYear) && of.is_supported(FieldId::kMonthOfYear) &&
             of.is_supported(FieldId::kYear);
    case FieldId::kQuarterOfYear:
      return of.is_supported(FieldId::kMonthOfYear);
    case FieldId::kLocalDayOfWeek:
      return of.is_supported(FieldId::kDayOfWeek);
    case FieldId::kLocalWeekOfMonth:
      return of.is_supported(FieldId::kDayOfWeek) && of.is_supported(FieldId::kDayOfMonth);
    case FieldId::kLocalWeekOfYear:
    case FieldId::kLocalWeekOfWeekBasedYear:
      return of.is_supported(FieldId::kDayOfWeek) && of.is_supported(FieldId::kDayOfYear);
    case FieldId::kLocalWeekBasedYear:
      return of.is_supported(FieldId::kDayOfWeek) && of.is_supported(FieldId::kYear);
    default:
      return of.is_supported(FieldId::kEpochDay);
  }
}

ValueRange computed_range(const Accessor& of, Field field) {
  if (field.is_week_field()) {
    const bool fixed = field.id() == FieldId::kLocalDayOfWeek || field.id() == FieldId::kLocalWeekBasedYear;
    if (fixed) return field.range();
    const bool of_year = field.id() == FieldId::kLocalWeekOfWeekBasedYear;
    if (of_year && !(of.is_supported(FieldId::kDayOfWeek) && of.is_supported(FieldId::kDayOfYear)))
      return {0, 1, 52, 54};
    require_week_parts(of, field);
  } else if (!computed_supported(of, field)) {
    unsupported_field(field.to_string());
  }
  switch (field.id()) {
    case FieldId::kDayOfQuarter: {
      const LocalDate date = date_of(of, field);
      const Int quarter = (date.month_value() + 2) / 3;
      return {1, quarter == 1 ? 90 + (date.is_leap_year() ? 1 : 0) : (quarter == 2 ? 91 : 92)};
    }
    case FieldId::kWeekOfWeekBasedYear:
    case FieldId::kLocalWeekOfWeekBasedYear: {
      const LocalDate date = date_of(of, field);
      const Week week = week_of(field);
      return {1, week.weeks_in(week.week_based_year(date))};
    }
    case FieldId::kLocalWeekOfMonth:
      return week_of(field).weeks_of_month(date_of(of, field));
    case FieldId::kLocalWeekOfYear:
      return week_of(field).weeks_of_year(date_of(of, field));
    default:
      return field.range();
  }
}

Long computed_get_long(const Accessor& of, Field field) {
  if (field.is_week_field()) {
    require_week_parts(of, field);
  } else if (!computed_supported(of, field)) {
    unsupported_field(field.to_string());
  }
  if (field == FieldId::kQuarterOfYear) return (of.get_long(FieldId::kMonthOfYear) + 2) / 3;
  const Week week = week_of(field);
  if (field.id() == FieldId::kLocalDayOfWeek) return week.day_of_week(day_of_week_from(of));
  const LocalDate date = date_of(of, field);
  switch (field.id()) {
    case FieldId::kDayOfQuarter:
      return date.day_of_year() - first_day_of_quarter(date) + 1;
    case FieldId::kWeekOfWeekBasedYear:
    case FieldId::kLocalWeekOfWeekBasedYear:
      return week.week_of_week_based_year(date);
    case FieldId::kWeekBasedYear:
    case FieldId::kLocalWeekBasedYear:
      return week.week_based_year(date);
    case FieldId::kLocalWeekOfMonth:
      return week.week_of_month(date);
    case FieldId::kLocalWeekOfYear:
      return week.week_of_year(date);
    default:
      return date.to_epoch_day() + julian_shift(field.id());
  }
}

Temporal computed_with(const Temporal& of, Field field, Long value) {
  const TemporalView view(of);
  if (field.is_week_field() || field == FieldId::kWeekOfWeekBasedYear) field.range().check(value, field.to_string());
  const auto change = [&] {
    const Long now = computed_get_long(view, field);
    field.range().check(value, field.to_string());
    return value - now;
  };
  switch (field.id()) {
    case FieldId::kDayOfQuarter: {
      const Long by = change();
      return of.with(FieldId::kDayOfYear, of.get_long(FieldId::kDayOfYear) + by);
    }
    case FieldId::kQuarterOfYear: {
      const Long by = change();
      return of.with(FieldId::kMonthOfYear, of.get_long(FieldId::kMonthOfYear) + by * 3);
    }
    case FieldId::kWeekBasedYear:
    case FieldId::kLocalWeekBasedYear:
      return with_week_based_year(of, field, value);
    case FieldId::kWeekOfWeekBasedYear:
    case FieldId::kLocalWeekOfMonth:
    case FieldId::kLocalWeekOfYear:
    case FieldId::kLocalWeekOfWeekBasedYear:
      return of.plus(change(), Unit::kWeeks);
    case FieldId::kLocalDayOfWeek:
      return of.plus(change(), Unit::kDays);
    default:
      if (!field.range().is_valid_value(value)) {
        fail("Invalid value: " + field.to_string() + " " + std::to_string(value));
      }
      return of.with(FieldId::kEpochDay, subtract_exact(value, julian_shift(field.id())));
  }
}

}  // namespace sluice::painless::time
