#pragma once

#include "stages/painless/time/temporal.h"

namespace sluice::painless::time {

/// Java's TemporalAdjusters as a value. Trivially copyable.
class Adjuster {
 public:
  static Adjuster first_day_of_month() { return Adjuster(kFirstDayOfMonth); }
  static Adjuster last_day_of_month() { return Adjuster(kLastDayOfMonth); }
  static Adjuster first_day_of_next_month() { return Adjuster(kFirstDayOfNextMonth); }
  static Adjuster first_day_of_year() { return Adjuster(kFirstDayOfYear); }
  static Adjuster last_day_of_year() { return Adjuster(kLastDayOfYear); }
  static Adjuster first_day_of_next_year() { return Adjuster(kFirstDayOfNextYear); }
  static Adjuster first_in_month(DayOfWeek day) { return day_of_week_in_month(1, day); }
  static Adjuster last_in_month(DayOfWeek day) { return day_of_week_in_month(-1, day); }
  /// The first of the month is 1, the last one -1, the last of the month before 0.
  static Adjuster day_of_week_in_month(Int ordinal, DayOfWeek day) { return {kDayOfWeekInMonth, day, ordinal}; }
  static Adjuster next(DayOfWeek day) { return {kNext, day, 0}; }
  static Adjuster next_or_same(DayOfWeek day) { return {kNextOrSame, day, 0}; }
  static Adjuster previous(DayOfWeek day) { return {kPrevious, day, 0}; }
  static Adjuster previous_or_same(DayOfWeek day) { return {kPreviousOrSame, day, 0}; }

  /// Errors: UnsupportedTemporalTypeException for what has no such field.
  [[nodiscard]] Temporal adjust(const Temporal& target) const;
  template <typename T>
    requires kIsAlternative<T, Temporal::Value>
  [[nodiscard]] T adjust(const T& target) const {
    return std::get<T>(adjust(Temporal(target)).value());
  }

 private:
  enum Kind : std::uint8_t {
    kFirstDayOfMonth,
    kLastDayOfMonth,
    kFirstDayOfNextMonth,
    kFirstDayOfYear,
    kLastDayOfYear,
    kFirstDayOfNextYear,
    kDayOfWeekInMonth,
    kNext,
    kNextOrSame,
    kPrevious,
    kPreviousOrSame,
  };
  explicit Adjuster(Kind kind) : kind_(kind) {}
  Adjuster(Kind kind, DayOfWeek day, Int ordinal) : kind_(kind), day_(day), ordinal_(ordinal) {}
  [[nodiscard]] Temporal in_month(const Temporal& target) const;
  [[nodiscard]] Temporal near(const Temporal& target) const;

  Kind kind_;
  DayOfWeek day_ = DayOfWeek::kMonday;
  Int ordinal_ = 0;
};

}  // namespace sluice::painless::time
