#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/field.h"
#include "stages/painless/time/month.h"

namespace sluice::painless::time {

class Accessor;
class DateTimeFormatter;
class LocalDate;

/// Java's MonthDay, method by method. Two bytes, trivially copyable.
class MonthDay {
 public:
  static constexpr std::string_view kTypeName = "java.time.MonthDay";

  constexpr MonthDay() = default;
  static MonthDay of(Int month, Int day);
  static MonthDay parse(std::string_view text);
  static MonthDay parse(std::string_view text, const DateTimeFormatter& formatter);
  static MonthDay from(const Accessor& from);

  [[nodiscard]] constexpr Int month_value() const { return month_; }
  [[nodiscard]] constexpr Month month() const { return static_cast<Month>(month_); }
  [[nodiscard]] constexpr Int day_of_month() const { return day_; }
  [[nodiscard]] bool is_valid_year(Int year) const { return day_ != 29 || month_ != 2 || is_leap_year(year); }

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] MonthDay with(Month month) const;
  [[nodiscard]] MonthDay with_month(Int month) const { return with(month_of(month)); }
  [[nodiscard]] MonthDay with_day_of_month(Int day) const { return of(month_, day); }
  [[nodiscard]] LocalDate at_year(Int year) const;

  [[nodiscard]] Int compare_to(const MonthDay& other) const {
    return month_ != other.month_ ? month_ - other.month_ : day_ - other.day_;
  }
  [[nodiscard]] bool is_after(const MonthDay& other) const { return compare_to(other) > 0; }
  [[nodiscard]] bool is_before(const MonthDay& other) const { return compare_to(other) < 0; }
  [[nodiscard]] Int hash() const { return (month_ << 6) + day_; }
  /// `--12-03`.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const MonthDay&, const MonthDay&) = default;

 private:
  constexpr MonthDay(Int month, Int day)
      : month_(static_cast<std::uint8_t>(month)), day_(static_cast<std::uint8_t>(day)) {}

  std::uint8_t month_ = 1;
  std::uint8_t day_ = 1;
};

}  // namespace sluice::painless::time
