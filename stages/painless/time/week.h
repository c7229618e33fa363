#pragma once

#include <string>

#include "stages/painless/time/local_date.h"
#include "stages/painless/time/value_range.h"

namespace sluice::painless::time {

/// How weeks are counted: Java's WeekFields. The first week of a month or year is the first with `min_days` days or
/// more in it; before it is week 0, which the week-based year counts as the last one's.
class Week {
 public:
  constexpr Week(int first_day, int min_days) : first_day_(first_day), min_days_(min_days) {}
  static constexpr Week iso() { return {1, 4}; }
  static constexpr Week sunday_start() { return {7, 1}; }
  /// Errors: IllegalArgumentException `Minimal number of days is invalid`.
  static Week of(DayOfWeek first, Int min_days);

  [[nodiscard]] constexpr DayOfWeek first_day() const { return static_cast<DayOfWeek>(first_day_); }
  [[nodiscard]] constexpr int min_days() const { return min_days_; }
  /// One of the kLocal.. fields.
  [[nodiscard]] constexpr Field field(FieldId id) const {
    return {id, static_cast<std::uint8_t>(first_day_), static_cast<std::uint8_t>(min_days_)};
  }

  [[nodiscard]] Int day_of_week(DayOfWeek day) const {
    return static_cast<Int>(floor_mod(static_cast<Int>(day) - first_day_, 7) + 1);
  }
  [[nodiscard]] Int day_of_week(const LocalDate& date) const { return day_of_week(date.day_of_week()); }
  [[nodiscard]] Int week_of_month(const LocalDate& date) const;
  [[nodiscard]] Int week_of_year(const LocalDate& date) const;
  [[nodiscard]] Int week_of_week_based_year(const LocalDate& date) const;
  [[nodiscard]] Int week_based_year(const LocalDate& date) const;
  [[nodiscard]] Int weeks_in(Int week_based_year) const;
  [[nodiscard]] ValueRange weeks_of_month(const LocalDate& date) const;
  [[nodiscard]] ValueRange weeks_of_year(const LocalDate& date) const;
  /// `week` is cut to the last one of the year, `day` counts from the first day of the week.
  [[nodiscard]] LocalDate date_of(Int week_based_year, Int week, Int day) const;

  /// `WeekFields[SUNDAY,1]`.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] constexpr Int hash() const { return (first_day_ - 1) * 7 + min_days_; }
  friend bool operator==(const Week&, const Week&) = default;

 private:
  /// Where the first week begins relative to day 1, `day` being on the local weekday `weekday`.
  [[nodiscard]] Int offset(Int day, Int weekday) const;

  int first_day_;
  int min_days_;
};

}  // namespace sluice::painless::time
