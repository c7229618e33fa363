#include "stages/painless/time/local_date.h"

#include <algorithm>

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/digits.h"
#include "stages/painless/time/extended_field.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/period.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless::time {
namespace {

constexpr Long kDaysTo1970 = 719'528;  // from 0000-01-01
constexpr Long kDaysOf400Years = 146'097;

[[noreturn]] void refuse_day(Int year, Int month, Int day) {
  if (day == 29) fail("Invalid date 'February 29' as '" + std::to_string(year) + "' is not a leap year");
  fail("Invalid date '" + std::string(name_of(static_cast<Month>(month))) + " " + std::to_string(day) + "'");
}

}  // namespace

LocalDate LocalDate::min() { return {-999'999'999, 1, 1}; }

LocalDate LocalDate::max() { return {999'999'999, 12, 31}; }

LocalDate LocalDate::of(Int year, Int month, Int day) {
  Field(FieldId::kYear).check(year);
  Field(FieldId::kMonthOfYear).check(month);
  Field(FieldId::kDayOfMonth).check(day);
  if (day > 28 && day > length_of(static_cast<Month>(month), time::is_leap_year(year))) refuse_day(year, month, day);
  return {year, month, day};
}

LocalDate LocalDate::of_year_day(Int year, Int day_of_year) {
  Field(FieldId::kYear).check(year);
  Field(FieldId::kDayOfYear).check(day_of_year);
  const bool leap = time::is_leap_year(year);
  if (day_of_year == 366 && !leap) {
    fail("Invalid date 'DayOfYear 366' as '" + std::to_string(year) + "' is not a leap year");
  }
  auto month = static_cast<Month>((day_of_year - 1) / 31 + 1);
  if (day_of_year > first_day_of_year(month, leap) + length_of(month, leap) - 1) month = time::plus(month, 1);
  return {year, static_cast<Int>(month), day_of_year - first_day_of_year(month, leap) + 1};
}

LocalDate LocalDate::of_epoch_day(Long epoch_day) {
  Field(FieldId::kEpochDay).check(epoch_day);
  // Years that begin on the first of March, so that the leap day is a year's last one.
  const Long days = epoch_day + kDaysTo1970 - 60;
  const Long era = floor_div(days, kDaysOf400Years);
  const Long of_era = days - era * kDaysOf400Years;
  const Long year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const Long day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const Long march_month = (5 * day_of_year + 2) / 153;
  const Long day = day_of_year - (153 * march_month + 2) / 5 + 1;
  const Long month = march_month < 10 ? march_month + 3 : march_month - 9;
  const Long year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<Int>(year), static_cast<Int>(month), static_cast<Int>(day)};
}

LocalDate LocalDate::clamped(Int year, Int month, Int day) {
  return {year, month, std::min(day, length_of(static_cast<Month>(month), time::is_leap_year(year)))};
}

LocalDate LocalDate::from(const Accessor& from) {
  if (const auto date = from.local_date()) return *date;
  unobtainable("LocalDate", from.to_string(), from.type_name());
}

Long LocalDate::to_epoch_day() const {
  const Long shifted = Long{year_} - (month_ <= 2 ? 1 : 0);
  const Long era = floor_div(shifted, 400);
  const Long year_of_era = shifted - era * 400;
  const Long march_month = month_ > 2 ? month_ - 3 : month_ + 9;
  const Long day_of_year = (153 * march_month + 2) / 5 + day_ - 1;
  const Long of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysOf400Years + of_era - kDaysTo1970 + 60;
}

bool LocalDate::is_supported(Field field) const {
  return field.is_chrono() ? field.is_date_based() : extended_supported(*this, field);
}

ValueRange LocalDate::range(Field field) const {
  switch (field.id()) {
    case FieldId::kDayOfMonth:
      return {1, length_of_month()};
    case FieldId::kDayOfYear:
      return {1, length_of_year()};
    case FieldId::kAlignedWeekOfMonth:
      return {1, month_ == 2 && !is_leap_year() ? 4 : 5};
    case FieldId::kYearOfEra:
      return {1, year_ <= 0 ? 1'000'000'000 : 999'999'999};
    default:
      if (!field.is_chrono()) return extended_range(*this, field);
      if (!field.is_date_based()) unsupported_field(field.to_string());
      return field.range();
  }
}

Int LocalDate::get(Field field) const {
  if (field.id() == FieldId::kEpochDay || field.id() == FieldId::kProlepticMonth) {
    fail(DateTimeError::kUnsupportedTemporalType,
         "Invalid field '" + field.to_string() + "' for get() method, use getLong() instead");
  }
  if (!field.is_chrono()) return extended_get(*this, field);
  return static_cast<Int>(get_long(field));
}

Long LocalDate::get_long(Field field) const {
  switch (field.id()) {
    case FieldId::kDayOfWeek:
      return static_cast<Long>(day_of_week());
    case FieldId::kAlignedDayOfWeekInMonth:
      return (day_ - 1) % 7 + 1;
    case FieldId::kAlignedDayOfWeekInYear:
      return (day_of_year() - 1) % 7 + 1;
    case FieldId::kDayOfMonth:
      return day_;
    case FieldId::kDayOfYear:
      return day_of_year();
    case FieldId::kEpochDay:
      return to_epoch_day();
    case FieldId::kAlignedWeekOfMonth:
      return (day_ - 1) / 7 + 1;
    case FieldId::kAlignedWeekOfYear:
      return (day_of_year() - 1) / 7 + 1;
    case FieldId::kMonthOfYear:
      return month_;
    case FieldId::kProlepticMonth:
      return proleptic_month();
    case FieldId::kYearOfEra:
      return year_ >= 1 ? year_ : 1 - year_;
    case FieldId::kYear:
      return year_;
    case FieldId::kEra:
      return year_ >= 1 ? 1 : 0;
    default:
      if (!field.is_chrono()) return extended_get_long(*this, field);
      unsupported_field(field.to_string());
  }
}

LocalDate LocalDate::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  field.check(value);
  switch (field.id()) {
    case FieldId::kDayOfWeek:
    case FieldId::kAlignedDayOfWeekInMonth:
    case FieldId::kAlignedDayOfWeekInYear:
      return plus_days(value - get_long(field));
    case FieldId::kDayOfMonth:
      return with_day_of_month(static_cast<Int>(value));
    case FieldId::kDayOfYear:
      return with_day_of_year(static_cast<Int>(value));
    case FieldId::kEpochDay:
      return of_epoch_day(value);
    case FieldId::kAlignedWeekOfMonth:
    case FieldId::kAlignedWeekOfYear:
      return plus_weeks(value - get_long(field));
    case FieldId::kMonthOfYear:
      return with_month(static_cast<Int>(value));
    case FieldId::kProlepticMonth:
      return plus_months(value - proleptic_month());
    case FieldId::kYearOfEra:
      return with_year(static_cast<Int>(year_ >= 1 ? value : 1 - value));
    case FieldId::kYear:
      return with_year(static_cast<Int>(value));
    case FieldId::kEra:
      return get_long(field) == value ? *this : with_year(1 - year_);
    default:
      unsupported_field(field.to_string());
  }
}

LocalDate LocalDate::with_year(Int year) const {
  Field(FieldId::kYear).check(year);
  return clamped(year, month_, day_);
}

LocalDate LocalDate::with_month(Int month) const {
  Field(FieldId::kMonthOfYear).check(month);
  return clamped(year_, month, day_);
}

LocalDate LocalDate::with_day_of_month(Int day) const { return of(year_, month_, day); }

LocalDate LocalDate::with_day_of_year(Int day) const { return of_year_day(year_, day); }

LocalDate LocalDate::plus(Long amount, Unit unit) const {
  switch (unit) {
    case Unit::kDays:
      return plus_days(amount);
    case Unit::kWeeks:
      return plus_weeks(amount);
    case Unit::kMonths:
      return plus_months(amount);
    case Unit::kYears:
      return plus_years(amount);
    case Unit::kDecades:
      return plus_years(multiply_exact(amount, 10));
    case Unit::kCenturies:
      return plus_years(multiply_exact(amount, 100));
    case Unit::kMillennia:
      return plus_years(multiply_exact(amount, 1'000));
    case Unit::kEras:
      return with(FieldId::kEra, add_exact(get_long(FieldId::kEra), amount));
    case Unit::kQuarterYears:
      return plus(amount / 4, Unit::kYears).plus(amount % 4 * 3, Unit::kMonths);
    case Unit::kWeekBasedYears:
      return with(FieldId::kWeekBasedYear, add_exact(get(FieldId::kWeekBasedYear), amount));
    default:
      unsupported_unit(time::to_string(unit));
  }
}

LocalDate LocalDate::plus_years(Long years) const {
  if (years == 0) return *this;
  return clamped(Field(FieldId::kYear).check_int(wrapping_add(year_, years)), month_, day_);
}

LocalDate LocalDate::plus_months(Long months) const {
  if (months == 0) return *this;
  const Long total = wrapping_add(proleptic_month(), months);
  return clamped(Field(FieldId::kYear).check_int(floor_div(total, 12)), static_cast<Int>(floor_mod(total, 12) + 1),
                 day_);
}

LocalDate LocalDate::plus_days(Long days) const {
  const Long day = wrapping_add(day_, days);
  if (day > 0 && day <= 28) return {year_, month_, static_cast<Int>(day)};
  if (day > 28 && day <= 59) {
    const Int length = length_of_month();
    if (day <= length) return {year_, month_, static_cast<Int>(day)};
    if (month_ < 12) return {year_, month_ + 1, static_cast<Int>(day) - length};
    Field(FieldId::kYear).check(Long{year_} + 1);
    return {year_ + 1, 1, static_cast<Int>(day) - length};
  }
  return of_epoch_day(add_exact(to_epoch_day(), days));
}

LocalDate LocalDate::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Long LocalDate::until(const LocalDate& end, Unit unit) const {
  const auto months = [&] { return (end.proleptic_month() * 32 + end.day_ - (proleptic_month() * 32 + day_)) / 32; };
  switch (unit) {
    case Unit::kDays:
      return end.to_epoch_day() - to_epoch_day();
    case Unit::kWeeks:
      return (end.to_epoch_day() - to_epoch_day()) / 7;
    case Unit::kMonths:
      return months();
    case Unit::kYears:
      return months() / 12;
    case Unit::kDecades:
      return months() / 120;
    case Unit::kCenturies:
      return months() / 1'200;
    case Unit::kMillennia:
      return months() / 12'000;
    case Unit::kEras:
      return end.get_long(FieldId::kEra) - get_long(FieldId::kEra);
    case Unit::kQuarterYears:
      return months() / 3;
    case Unit::kWeekBasedYears:
      return subtract_exact(end.get_long(FieldId::kWeekBasedYear), get_long(FieldId::kWeekBasedYear));
    default:
      unsupported_unit(time::to_string(unit));
  }
}

Period LocalDate::until(const LocalDate& end) const {
  Long months = end.proleptic_month() - proleptic_month();
  Int days = end.day_ - day_;
  if (months > 0 && days < 0) {
    --months;
    days = static_cast<Int>(end.to_epoch_day() - plus_months(months).to_epoch_day());
  } else if (months < 0 && days > 0) {
    ++months;
    days -= end.length_of_month();
  }
  return Period::of(to_int_exact(months / 12), static_cast<Int>(months % 12), days);
}

LocalDateTime LocalDate::at_start_of_day() const { return LocalDateTime::of(*this, LocalTime()); }

ZonedDateTime LocalDate::at_start_of_day(ZoneId zone) const { return ZonedDateTime::start_of_day(*this, zone); }

LocalDateTime LocalDate::at_time(const LocalTime& time) const { return LocalDateTime::of(*this, time); }

LocalDateTime LocalDate::at_time(Int hour, Int minute, Int second, Int nano) const {
  return LocalDateTime::of(*this, LocalTime::of(hour, minute, second, nano));
}

Int LocalDate::compare_to(const LocalDate& other) const {
  if (year_ != other.year_) return year_ - other.year_;
  return month_ != other.month_ ? month_ - other.month_ : day_ - other.day_;
}

Int LocalDate::hash() const {
  const auto year = static_cast<std::uint32_t>(year_);
  const std::uint32_t rest = (year << 11) + (std::uint32_t{month_} << 6) + day_;
  return static_cast<Int>((year & 0xFFFFF800U) ^ rest);
}

std::string LocalDate::to_string() const {
  std::string text;
  append_date(text, *this);
  return text;
}

}  // namespace sluice::painless::time
