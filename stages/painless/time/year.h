#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/field.h"

namespace sluice::painless::time {

class Accessor;
class DateTimeFormatter;
class LocalDate;
class MonthDay;
class YearMonth;

/// Java's Year, method by method. Four bytes, trivially copyable.
class Year {
 public:
  static constexpr std::string_view kTypeName = "java.time.Year";
  static constexpr Int kMinValue = -999'999'999;
  static constexpr Int kMaxValue = 999'999'999;

  constexpr Year() = default;
  static Year of(Int year);
  static Year parse(std::string_view text);
  static Year parse(std::string_view text, const DateTimeFormatter& formatter);
  static Year from(const Accessor& from);

  [[nodiscard]] constexpr Int value() const { return year_; }
  [[nodiscard]] bool is_leap() const;
  [[nodiscard]] Int length() const { return is_leap() ? 366 : 365; }
  [[nodiscard]] bool is_valid_month_day(const MonthDay& day) const;

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return unit >= Unit::kYears && unit <= Unit::kEras; }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] Year with(Field field, Long value) const;
  [[nodiscard]] Year plus(Long amount, Unit unit) const;
  [[nodiscard]] Year plus_years(Long years) const;
  [[nodiscard]] Year minus(Long amount, Unit unit) const;
  [[nodiscard]] Year minus_years(Long years) const { return subtract(*this, years, &Year::plus_years); }
  [[nodiscard]] Long until(const Year& end, Unit unit) const;

  [[nodiscard]] LocalDate at_day(Int day_of_year) const;
  [[nodiscard]] YearMonth at_month(Int month) const;
  [[nodiscard]] LocalDate at_month_day(const MonthDay& day) const;

  [[nodiscard]] Int compare_to(const Year& other) const { return year_ - other.year_; }
  [[nodiscard]] bool is_after(const Year& other) const { return year_ > other.year_; }
  [[nodiscard]] bool is_before(const Year& other) const { return year_ < other.year_; }
  [[nodiscard]] Int hash() const { return year_; }
  [[nodiscard]] std::string to_string() const { return std::to_string(year_); }
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const Year&, const Year&) = default;

 private:
  explicit constexpr Year(Int year) : year_(year) {}

  Int year_ = 1970;
};

}  // namespace sluice::painless::time
