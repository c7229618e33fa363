#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/field.h"
#include "stages/painless/time/month.h"

namespace sluice::painless::time {

class Accessor;
class DateTimeFormatter;
class LocalDate;

/// Java's YearMonth, method by method. Eight bytes, trivially copyable.
class YearMonth {
 public:
  static constexpr std::string_view kTypeName = "java.time.YearMonth";

  constexpr YearMonth() = default;
  static YearMonth of(Int year, Int month);
  static YearMonth parse(std::string_view text);
  static YearMonth parse(std::string_view text, const DateTimeFormatter& formatter);
  static YearMonth from(const Accessor& from);

  [[nodiscard]] constexpr Int year() const { return year_; }
  [[nodiscard]] constexpr Int month_value() const { return month_; }
  [[nodiscard]] constexpr Month month() const { return static_cast<Month>(month_); }
  [[nodiscard]] bool is_leap_year() const { return time::is_leap_year(year_); }
  [[nodiscard]] Int length_of_month() const { return length_of(month(), is_leap_year()); }
  [[nodiscard]] Int length_of_year() const { return is_leap_year() ? 366 : 365; }
  [[nodiscard]] bool is_valid_day(Int day) const { return day >= 1 && day <= length_of_month(); }
  [[nodiscard]] Long proleptic_month() const { return Long{year_} * 12 + month_ - 1; }

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return unit >= Unit::kMonths && unit <= Unit::kEras; }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] YearMonth with(Field field, Long value) const;
  [[nodiscard]] YearMonth with_year(Int year) const;
  [[nodiscard]] YearMonth with_month(Int month) const;
  [[nodiscard]] YearMonth plus(Long amount, Unit unit) const;
  [[nodiscard]] YearMonth plus_years(Long years) const;
  [[nodiscard]] YearMonth plus_months(Long months) const;
  [[nodiscard]] YearMonth minus(Long amount, Unit unit) const;
  [[nodiscard]] YearMonth minus_years(Long years) const { return subtract(*this, years, &YearMonth::plus_years); }
  [[nodiscard]] YearMonth minus_months(Long months) const { return subtract(*this, months, &YearMonth::plus_months); }
  [[nodiscard]] Long until(const YearMonth& end, Unit unit) const;

  [[nodiscard]] LocalDate at_day(Int day) const;
  [[nodiscard]] LocalDate at_end_of_month() const;

  [[nodiscard]] Int compare_to(const YearMonth& other) const {
    return year_ != other.year_ ? year_ - other.year_ : month_ - other.month_;
  }
  [[nodiscard]] bool is_after(const YearMonth& other) const { return compare_to(other) > 0; }
  [[nodiscard]] bool is_before(const YearMonth& other) const { return compare_to(other) < 0; }
  [[nodiscard]] Int hash() const {
    return static_cast<Int>(static_cast<std::uint32_t>(year_) ^ (std::uint32_t{month_} << 27));
  }
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const YearMonth&, const YearMonth&) = default;

 private:
  constexpr YearMonth(Int year, Int month) : year_(year), month_(static_cast<std::uint8_t>(month)) {}

  Int year_ = 1970;
  std::uint8_t month_ = 1;
};

}  // namespace sluice::painless::time
