#include "stages/painless/time/local_time.h"

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/digits.h"
#include "stages/painless/time/extended_field.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/offset_time.h"

namespace sluice::painless::time {

Long truncation_step(Unit unit) {
  if (unit > Unit::kDays) {
    fail(DateTimeError::kUnsupportedTemporalType, "Unit is too large to be used for truncation");
  }
  return nanos_of(unit);
}

LocalTime LocalTime::of(Int hour, Int minute, Int second, Int nano) {
  Field(FieldId::kHourOfDay).check(hour);
  Field(FieldId::kMinuteOfHour).check(minute);
  Field(FieldId::kSecondOfMinute).check(second);
  Field(FieldId::kNanoOfSecond).check(nano);
  return {hour, minute, second, nano};
}

LocalTime LocalTime::of_second_of_day(Long second) {
  Field(FieldId::kSecondOfDay).check(second);
  return of_nano_of_day(second * kNanosPerSecond);
}

LocalTime LocalTime::of_nano_of_day(Long nano) {
  Field(FieldId::kNanoOfDay).check(nano);
  const auto seconds = static_cast<Int>(nano / kNanosPerSecond);
  return {seconds / 3'600, seconds / 60 % 60, seconds % 60, static_cast<Int>(nano % kNanosPerSecond)};
}

LocalTime LocalTime::from(const Accessor& from) {
  if (const auto time = from.local_time()) return *time;
  unobtainable("LocalTime", from.to_string(), from.type_name());
}

ValueRange LocalTime::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  if (!field.is_time_based()) unsupported_field(field.to_string());
  return field.range();
}

Int LocalTime::get(Field field) const {
  if (field.id() == FieldId::kNanoOfDay || field.id() == FieldId::kMicroOfDay) {
    fail(DateTimeError::kUnsupportedTemporalType,
         "Invalid field '" + field.to_string() + "' for get() method, use getLong() instead");
  }
  if (!field.is_chrono()) return extended_get(*this, field);
  return static_cast<Int>(get_long(field));
}

Long LocalTime::get_long(Field field) const {
  const Int half_hour = hour_ % 12;
  switch (field.id()) {
    case FieldId::kNanoOfSecond:
      return nano_;
    case FieldId::kNanoOfDay:
      return to_nano_of_day();
    case FieldId::kMicroOfSecond:
      return nano_ / 1'000;
    case FieldId::kMicroOfDay:
      return to_nano_of_day() / 1'000;
    case FieldId::kMilliOfSecond:
      return nano_ / 1'000'000;
    case FieldId::kMilliOfDay:
      return to_nano_of_day() / 1'000'000;
    case FieldId::kSecondOfMinute:
      return second_;
    case FieldId::kSecondOfDay:
      return to_second_of_day();
    case FieldId::kMinuteOfHour:
      return minute_;
    case FieldId::kMinuteOfDay:
      return hour_ * 60 + minute_;
    case FieldId::kHourOfAmPm:
      return half_hour;
    case FieldId::kClockHourOfAmPm:
      return half_hour == 0 ? 12 : half_hour;
    case FieldId::kHourOfDay:
      return hour_;
    case FieldId::kClockHourOfDay:
      return hour_ == 0 ? 24 : hour_;
    case FieldId::kAmPmOfDay:
      return hour_ / 12;
    default:
      if (!field.is_chrono()) return extended_get_long(*this, field);
      unsupported_field(field.to_string());
  }
}

LocalTime LocalTime::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  field.check(value);
  const auto number = static_cast<Int>(value);
  switch (field.id()) {
    case FieldId::kNanoOfSecond:
      return with_nano(number);
    case FieldId::kNanoOfDay:
      return of_nano_of_day(value);
    case FieldId::kMicroOfSecond:
      return with_nano(number * 1'000);
    case FieldId::kMicroOfDay:
      return of_nano_of_day(value * 1'000);
    case FieldId::kMilliOfSecond:
      return with_nano(number * 1'000'000);
    case FieldId::kMilliOfDay:
      return of_nano_of_day(value * 1'000'000);
    case FieldId::kSecondOfMinute:
      return with_second(number);
    case FieldId::kSecondOfDay:
      return plus_seconds(value - to_second_of_day());
    case FieldId::kMinuteOfHour:
      return with_minute(number);
    case FieldId::kMinuteOfDay:
      return plus_minutes(value - (hour_ * 60 + minute_));
    case FieldId::kHourOfAmPm:
      return plus_hours(value - hour_ % 12);
    case FieldId::kClockHourOfAmPm:
      return plus_hours((value == 12 ? 0 : value) - hour_ % 12);
    case FieldId::kHourOfDay:
      return with_hour(number);
    case FieldId::kClockHourOfDay:
      return with_hour(number == 24 ? 0 : number);
    case FieldId::kAmPmOfDay:
      return plus_hours((value - hour_ / 12) * 12);
    default:
      unsupported_field(field.to_string());
  }
}

LocalTime LocalTime::with_hour(Int hour) const {
  Field(FieldId::kHourOfDay).check(hour);
  return {hour, minute_, second_, nano_};
}

LocalTime LocalTime::with_minute(Int minute) const {
  Field(FieldId::kMinuteOfHour).check(minute);
  return {hour_, minute, second_, nano_};
}

LocalTime LocalTime::with_second(Int second) const {
  Field(FieldId::kSecondOfMinute).check(second);
  return {hour_, minute_, second, nano_};
}

LocalTime LocalTime::with_nano(Int nano) const {
  Field(FieldId::kNanoOfSecond).check(nano);
  return {hour_, minute_, second_, nano};
}

LocalTime LocalTime::truncated_to(Unit unit) const {
  const Long step = truncation_step(unit);
  return of_nano_of_day(to_nano_of_day() / step * step);
}

LocalTime LocalTime::plus(Long amount, Unit unit) const {
  if (unit >= Unit::kDays) {
    // The units of IsoFields go through the units of dates.
    if (unit == Unit::kQuarterYears) unsupported_unit("Years");
    if (unit == Unit::kWeekBasedYears) return extended_with(*this, FieldId::kWeekBasedYear, amount);
    unsupported_unit(time::to_string(unit));
  }
  const Long step = nanos_of(unit);
  return plus_nanos(amount % (kNanosPerDay / step) * step);
}

LocalTime LocalTime::plus_hours(Long hours) const { return plus_nanos(hours % 24 * nanos_of(Unit::kHours)); }

LocalTime LocalTime::plus_minutes(Long minutes) const { return plus_nanos(minutes % 1'440 * nanos_of(Unit::kMinutes)); }

LocalTime LocalTime::plus_seconds(Long seconds) const { return plus_nanos(seconds % kSecondsPerDay * kNanosPerSecond); }

LocalTime LocalTime::plus_nanos(Long nanos) const {
  return of_nano_of_day(floor_mod(nanos % kNanosPerDay + to_nano_of_day(), kNanosPerDay));
}

LocalTime LocalTime::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Long LocalTime::until(const LocalTime& end, Unit unit) const {
  if (unit >= Unit::kDays) {
    if (unit == Unit::kQuarterYears) unsupported_unit("Months");
    if (unit == Unit::kWeekBasedYears) return extended_get_long(end, FieldId::kWeekBasedYear);
    unsupported_unit(time::to_string(unit));
  }
  return (end.to_nano_of_day() - to_nano_of_day()) / nanos_of(unit);
}

LocalDateTime LocalTime::at_date(const LocalDate& date) const { return LocalDateTime::of(date, *this); }

OffsetTime LocalTime::at_offset(ZoneOffset offset) const { return OffsetTime::of(*this, offset); }

Int LocalTime::compare_to(const LocalTime& other) const { return three_way(to_nano_of_day(), other.to_nano_of_day()); }

std::string LocalTime::to_string() const {
  std::string text;
  append_time(text, *this);
  return text;
}

}  // namespace sluice::painless::time
