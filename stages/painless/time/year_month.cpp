#include "stages/painless/time/year_month.h"

#include <cstdlib>

#include "stages/painless/time/digits.h"
#include "stages/painless/time/extended_field.h"

namespace sluice::painless::time {

YearMonth YearMonth::of(Int year, Int month) {
  Field(FieldId::kYear).check(year);
  Field(FieldId::kMonthOfYear).check(month);
  return {year, month};
}

YearMonth YearMonth::from(const Accessor& from) {
  return obtained("YearMonth", from, [&] {
    const Int year = from.get(FieldId::kYear);
    return of(year, from.get(FieldId::kMonthOfYear));
  });
}

bool YearMonth::is_supported(Field field) const {
  if (!field.is_chrono()) return extended_supported(*this, field);
  return field == FieldId::kYear || field == FieldId::kMonthOfYear || field == FieldId::kProlepticMonth ||
         field == FieldId::kYearOfEra || field == FieldId::kEra;
}

ValueRange YearMonth::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  if (field == FieldId::kYearOfEra) return {1, year_ <= 0 ? 1'000'000'000 : 999'999'999};
  if (!is_supported(field)) unsupported_field(field.to_string());
  return field.range();
}

Int YearMonth::get(Field field) const {
  if (!field.is_chrono()) return extended_get(*this, field);
  return range(field).check_int(get_long(field), field.to_string());
}

Long YearMonth::get_long(Field field) const {
  switch (field.id()) {
    case FieldId::kMonthOfYear:
      return month_;
    case FieldId::kProlepticMonth:
      return proleptic_month();
    case FieldId::kYearOfEra:
      return year_ < 1 ? 1 - year_ : year_;
    case FieldId::kYear:
      return year_;
    case FieldId::kEra:
      return year_ < 1 ? 0 : 1;
    default:
      if (!field.is_chrono()) return extended_get_long(*this, field);
      unsupported_field(field.to_string());
  }
}

YearMonth YearMonth::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  field.check(value);
  switch (field.id()) {
    case FieldId::kMonthOfYear:
      return with_month(static_cast<Int>(value));
    case FieldId::kProlepticMonth:
      return plus_months(value - proleptic_month());
    case FieldId::kYearOfEra:
      return with_year(static_cast<Int>(year_ < 1 ? 1 - value : value));
    case FieldId::kYear:
      return with_year(static_cast<Int>(value));
    case FieldId::kEra:
      return get_long(field) == value ? *this : with_year(1 - year_);
    default:
      unsupported_field(field.to_string());
  }
}

YearMonth YearMonth::with_year(Int year) const { return of(year, month_); }

YearMonth YearMonth::with_month(Int month) const { return of(year_, month); }

YearMonth YearMonth::plus(Long amount, Unit unit) const {
  switch (unit) {
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
      return plus_years(amount / 4).plus_months(amount % 4 * 3);
    case Unit::kWeekBasedYears:
      return extended_with(*this, FieldId::kWeekBasedYear, amount);
    default:
      unsupported_unit(time::to_string(unit));
  }
}

YearMonth YearMonth::plus_years(Long years) const {
  return years == 0 ? *this : YearMonth(Field(FieldId::kYear).check_int(wrapping_add(year_, years)), month_);
}

YearMonth YearMonth::plus_months(Long months) const {
  if (months == 0) return *this;
  const Long total = wrapping_add(proleptic_month(), months);
  return {Field(FieldId::kYear).check_int(floor_div(total, 12)), static_cast<Int>(floor_mod(total, 12) + 1)};
}

YearMonth YearMonth::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Long YearMonth::until(const YearMonth& end, Unit unit) const {
  const Long months = end.proleptic_month() - proleptic_month();
  switch (unit) {
    case Unit::kMonths:
      return months;
    case Unit::kYears:
      return months / 12;
    case Unit::kDecades:
      return months / 120;
    case Unit::kCenturies:
      return months / 1'200;
    case Unit::kMillennia:
      return months / 12'000;
    case Unit::kEras:
      return end.get_long(FieldId::kEra) - get_long(FieldId::kEra);
    case Unit::kQuarterYears:
      return months / 3;
    case Unit::kWeekBasedYears:
      return extended_get_long(end, FieldId::kWeekBasedYear);
    default:
      unsupported_unit(time::to_string(unit));
  }
}

LocalDate YearMonth::at_day(Int day) const { return LocalDate::of(year_, month_, day); }

LocalDate YearMonth::at_end_of_month() const { return LocalDate::clamped(year_, month_, 31); }

std::string YearMonth::to_string() const {
  std::string text;
  if (year_ < 0) text.push_back('-');
  append_padded(text, std::abs(Long{year_}), 4);
  text.push_back('-');
  append_padded(text, month_, 2);
  return text;
}

}  // namespace sluice::painless::time
