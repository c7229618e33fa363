#include "stages/painless/time/year.h"

#include "stages/painless/time/extended_field.h"

namespace sluice::painless::time {

Year Year::of(Int year) { return Year(Field(FieldId::kYear).check_int(year)); }

Year Year::from(const Accessor& from) {
  return obtained("Year", from, [&] { return of(from.get(FieldId::kYear)); });
}

bool Year::is_leap() const { return is_leap_year(year_); }

bool Year::is_valid_month_day(const MonthDay& day) const { return day.is_valid_year(year_); }

bool Year::is_supported(Field field) const {
  if (!field.is_chrono()) return extended_supported(*this, field);
  return field == FieldId::kYear || field == FieldId::kYearOfEra || field == FieldId::kEra;
}

ValueRange Year::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  if (field == FieldId::kYearOfEra) return {1, year_ <= 0 ? 1'000'000'000 : 999'999'999};
  if (!is_supported(field)) unsupported_field(field.to_string());
  return field.range();
}

Int Year::get(Field field) const {
  if (!field.is_chrono()) return extended_get(*this, field);
  return range(field).check_int(get_long(field), field.to_string());
}

Long Year::get_long(Field field) const {
  if (!field.is_chrono()) return extended_get_long(*this, field);
  if (field == FieldId::kYearOfEra) return year_ < 1 ? 1 - year_ : year_;
  if (field == FieldId::kYear) return year_;
  if (field == FieldId::kEra) return year_ < 1 ? 0 : 1;
  unsupported_field(field.to_string());
}

Year Year::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  field.check(value);
  if (field == FieldId::kYearOfEra) return of(static_cast<Int>(year_ < 1 ? 1 - value : value));
  if (field == FieldId::kYear) return of(static_cast<Int>(value));
  if (field == FieldId::kEra) return get_long(field) == value ? *this : of(1 - year_);
  unsupported_field(field.to_string());
}

Year Year::plus(Long amount, Unit unit) const {
  switch (unit) {
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
      return plus_years(amount / 4).plus(amount % 4 * 3, Unit::kMonths);
    case Unit::kWeekBasedYears:
      return extended_with(*this, FieldId::kWeekBasedYear, amount);
    default:
      unsupported_unit(time::to_string(unit));
  }
}

Year Year::plus_years(Long years) const {
  return years == 0 ? *this : of(Field(FieldId::kYear).check_int(wrapping_add(year_, years)));
}

Year Year::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Long Year::until(const Year& end, Unit unit) const {
  const Long years = Long{end.year_} - year_;
  switch (unit) {
    case Unit::kYears:
      return years;
    case Unit::kDecades:
      return years / 10;
    case Unit::kCenturies:
      return years / 100;
    case Unit::kMillennia:
      return years / 1'000;
    case Unit::kEras:
      return end.get_long(FieldId::kEra) - get_long(FieldId::kEra);
    case Unit::kQuarterYears:
      unsupported_unit("Months");
    case Unit::kWeekBasedYears:
      return extended_get_long(end, FieldId::kWeekBasedYear);
    default:
      unsupported_unit(time::to_string(unit));
  }
}

LocalDate Year::at_day(Int day_of_year) const { return LocalDate::of_year_day(year_, day_of_year); }

YearMonth Year::at_month(Int month) const { return YearMonth::of(year_, month); }

LocalDate Year::at_month_day(const MonthDay& day) const { return day.at_year(year_); }

}  // namespace sluice::painless::time
