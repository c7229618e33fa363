#include "stages/painless/time/month_day.h"

#include <algorithm>

#include "stages/painless/time/digits.h"
#include "stages/painless/time/extended_field.h"

namespace sluice::painless::time {

MonthDay MonthDay::of(Int month, Int day) {
  const Month valid = month_of(month);
  Field(FieldId::kDayOfMonth).check(day);
  if (day > length_of(valid, true)) {
    fail("Illegal value for DayOfMonth field, value " + std::to_string(day) + " is not valid for month " +
         std::string(name_of(valid)));
  }
  return {month, day};
}

MonthDay MonthDay::from(const Accessor& from) {
  return obtained("MonthDay", from, [&] {
    const Int month = from.get(FieldId::kMonthOfYear);
    return of(month, from.get(FieldId::kDayOfMonth));
  });
}

bool MonthDay::is_supported(Field field) const {
  if (!field.is_chrono()) return extended_supported(*this, field);
  return field == FieldId::kMonthOfYear || field == FieldId::kDayOfMonth;
}

ValueRange MonthDay::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  if (field == FieldId::kDayOfMonth) return {1, 1, length_of(month(), false), length_of(month(), true)};
  if (!is_supported(field)) unsupported_field(field.to_string());
  return field.range();
}

Int MonthDay::get(Field field) const {
  if (!field.is_chrono()) return extended_get(*this, field);
  return range(field).check_int(get_long(field), field.to_string());
}

Long MonthDay::get_long(Field field) const {
  if (field == FieldId::kDayOfMonth) return day_;
  if (field == FieldId::kMonthOfYear) return month_;
  if (!field.is_chrono()) return extended_get_long(*this, field);
  unsupported_field(field.to_string());
}

MonthDay MonthDay::with(Month month) const {
  return {static_cast<Int>(month), std::min(Int{day_}, length_of(month, true))};
}

LocalDate MonthDay::at_year(Int year) const {
  return LocalDate::of(year, month_, is_valid_year(year) ? Int{day_} : 28);
}

std::string MonthDay::to_string() const {
  std::string text = "--";
  append_padded(text, month_, 2);
  text.push_back('-');
  append_padded(text, day_, 2);
  return text;
}

}  // namespace sluice::painless::time
