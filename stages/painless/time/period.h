#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/unit.h"

namespace sluice::painless::time {

class LocalDate;

/// Java's Period, method by method. Twelve bytes, trivially copyable.
class Period {
 public:
  static constexpr std::string_view kTypeName = "java.time.Period";

  constexpr Period() = default;
  static constexpr Period zero() { return {}; }
  static constexpr Period of(Int years, Int months, Int days) { return {years, months, days}; }
  static constexpr Period of_years(Int years) { return {years, 0, 0}; }
  static constexpr Period of_months(Int months) { return {0, months, 0}; }
  static Period of_weeks(Int weeks) { return {0, 0, multiply_exact_int(weeks, 7)}; }
  static constexpr Period of_days(Int days) { return {0, 0, days}; }
  static Period between(const LocalDate& start, const LocalDate& end);
  /// `PnYnMnWnD`. Errors: DateTimeParseException `Text cannot be parsed to a Period`.
  static Period parse(std::string_view text);

  [[nodiscard]] constexpr Int years() const { return years_; }
  [[nodiscard]] constexpr Int months() const { return months_; }
  [[nodiscard]] constexpr Int days() const { return days_; }
  [[nodiscard]] constexpr bool is_zero() const { return years_ == 0 && months_ == 0 && days_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return years_ < 0 || months_ < 0 || days_ < 0; }
  [[nodiscard]] constexpr Long to_total_months() const { return Long{years_} * 12 + months_; }
  /// Of YEARS, MONTHS and DAYS only.
  [[nodiscard]] Long get(Unit unit) const;
  [[nodiscard]] constexpr Period with_years(Int years) const { return {years, months_, days_}; }
  [[nodiscard]] constexpr Period with_months(Int months) const { return {years_, months, days_}; }
  [[nodiscard]] constexpr Period with_days(Int days) const { return {years_, months_, days}; }

  [[nodiscard]] Period plus(const Period& other) const;
  [[nodiscard]] Period plus_years(Long years) const { return with_years(to_int_exact(add_exact(years_, years))); }
  [[nodiscard]] Period plus_months(Long months) const { return with_months(to_int_exact(add_exact(months_, months))); }
  [[nodiscard]] Period plus_days(Long days) const { return with_days(to_int_exact(add_exact(days_, days))); }
  [[nodiscard]] Period minus(const Period& other) const;
  [[nodiscard]] Period minus_years(Long years) const { return subtract(*this, years, &Period::plus_years); }
  [[nodiscard]] Period minus_months(Long months) const { return subtract(*this, months, &Period::plus_months); }
  [[nodiscard]] Period minus_days(Long days) const { return subtract(*this, days, &Period::plus_days); }
  [[nodiscard]] Period multiplied_by(Int factor) const;
  [[nodiscard]] Period negated() const { return multiplied_by(-1); }
  /// Months below twelve, years of the same sign.
  [[nodiscard]] Period normalized() const;

  [[nodiscard]] Int hash() const;
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Period&, const Period&) = default;

 private:
  constexpr Period(Int years, Int months, Int days) : years_(years), months_(months), days_(days) {}

  Int years_ = 0;
  Int months_ = 0;
  Int days_ = 0;
};

}  // namespace sluice::painless::time
