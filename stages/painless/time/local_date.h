#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/day_of_week.h"
#include "stages/painless/time/field.h"
#include "stages/painless/time/month.h"

namespace sluice::painless::time {

class Accessor;
class DateTimeFormatter;
class LocalDateTime;
class LocalTime;
class OffsetDateTime;
class Period;
class ZonedDateTime;
class ZoneId;

/// Java's LocalDate, method by method: same results, limits (years -999999999 to 999999999) and error texts. Eight
/// bytes, trivially copyable.
class LocalDate {
 public:
  static constexpr std::string_view kTypeName = "java.time.LocalDate";

  constexpr LocalDate() = default;  ///< 1970-01-01
  static LocalDate min();
  static LocalDate max();
  static LocalDate of(Int year, Int month, Int day);
  static LocalDate of(Int year, Month month, Int day) { return of(year, static_cast<Int>(month), day); }
  static LocalDate of_year_day(Int year, Int day_of_year);
  static LocalDate of_epoch_day(Long epoch_day);
  /// The day `day` or the month's last one.
  static LocalDate clamped(Int year, Int month, Int day);
  static LocalDate parse(std::string_view text);
  static LocalDate parse(std::string_view text, const DateTimeFormatter& formatter);
  static LocalDate from(const Accessor& from);

  [[nodiscard]] constexpr Int year() const { return year_; }
  [[nodiscard]] constexpr Int month_value() const { return month_; }
  [[nodiscard]] constexpr Month month() const { return static_cast<Month>(month_); }
  [[nodiscard]] constexpr Int day_of_month() const { return day_; }
  [[nodiscard]] Int day_of_year() const { return first_day_of_year(month(), is_leap_year()) + day_ - 1; }
  [[nodiscard]] DayOfWeek day_of_week() const { return static_cast<DayOfWeek>(floor_mod(to_epoch_day() + 3, 7) + 1); }
  [[nodiscard]] bool is_leap_year() const { return time::is_leap_year(year_); }
  [[nodiscard]] Int length_of_month() const { return length_of(month(), is_leap_year()); }
  [[nodiscard]] Int length_of_year() const { return is_leap_year() ? 366 : 365; }
  [[nodiscard]] Long to_epoch_day() const;
  [[nodiscard]] Long proleptic_month() const { return Long{year_} * 12 + month_ - 1; }

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return is_date_based(unit); }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] LocalDate with(Field field, Long value) const;
  [[nodiscard]] LocalDate with_year(Int year) const;
  [[nodiscard]] LocalDate with_month(Int month) const;
  [[nodiscard]] LocalDate with_day_of_month(Int day) const;
  [[nodiscard]] LocalDate with_day_of_year(Int day) const;

  [[nodiscard]] LocalDate plus(Long amount, Unit unit) const;
  [[nodiscard]] LocalDate plus_years(Long years) const;
  [[nodiscard]] LocalDate plus_months(Long months) const;
  [[nodiscard]] LocalDate plus_weeks(Long weeks) const { return plus_days(multiply_exact(weeks, 7)); }
  [[nodiscard]] LocalDate plus_days(Long days) const;
  [[nodiscard]] LocalDate minus(Long amount, Unit unit) const;
  [[nodiscard]] LocalDate minus_years(Long years) const { return subtract(*this, years, &LocalDate::plus_years); }
  [[nodiscard]] LocalDate minus_months(Long months) const { return subtract(*this, months, &LocalDate::plus_months); }
  [[nodiscard]] LocalDate minus_weeks(Long weeks) const { return subtract(*this, weeks, &LocalDate::plus_weeks); }
  [[nodiscard]] LocalDate minus_days(Long days) const { return subtract(*this, days, &LocalDate::plus_days); }

  [[nodiscard]] Long until(const LocalDate& end, Unit unit) const;
  [[nodiscard]] Period until(const LocalDate& end) const;

  [[nodiscard]] LocalDateTime at_start_of_day() const;
  [[nodiscard]] ZonedDateTime at_start_of_day(ZoneId zone) const;
  [[nodiscard]] LocalDateTime at_time(const LocalTime& time) const;
  [[nodiscard]] LocalDateTime at_time(Int hour, Int minute, Int second = 0, Int nano = 0) const;

  /// Negative, zero or positive: the difference of the first unequal part, as Java's.
  [[nodiscard]] Int compare_to(const LocalDate& other) const;
  [[nodiscard]] bool is_after(const LocalDate& other) const { return compare_to(other) > 0; }
  [[nodiscard]] bool is_before(const LocalDate& other) const { return compare_to(other) < 0; }
  [[nodiscard]] bool is_equal(const LocalDate& other) const { return *this == other; }
  [[nodiscard]] Int hash() const;
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const LocalDate&, const LocalDate&) = default;

 private:
  constexpr LocalDate(Int year, Int month, Int day)
      : year_(year), month_(static_cast<std::uint8_t>(month)), day_(static_cast<std::uint8_t>(day)) {}

  Int year_ = 1970;
  std::uint8_t month_ = 1;
  std::uint8_t day_ = 1;
};

}  // namespace sluice::painless::time
