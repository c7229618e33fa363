#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/local_date.h"
#include "stages/painless/time/local_time.h"

namespace sluice::painless::time {

class Instant;
class OffsetDateTime;
class ZonedDateTime;
class ZoneId;
class ZoneOffset;

/// Java's LocalDateTime, method by method. Sixteen bytes, trivially copyable.
class LocalDateTime {
 public:
  static constexpr std::string_view kTypeName = "java.time.LocalDateTime";

  constexpr LocalDateTime() = default;  ///< 1970-01-01T00:00
  static LocalDateTime min() { return of(LocalDate::min(), LocalTime::min()); }
  static LocalDateTime max() { return of(LocalDate::max(), LocalTime::max()); }
  static constexpr LocalDateTime of(const LocalDate& date, const LocalTime& time) { return {date, time}; }
  static LocalDateTime of(Int year, Int month, Int day, Int hour, Int minute, Int second = 0, Int nano = 0);
  static LocalDateTime of_instant(const Instant& instant, ZoneId zone);
  static LocalDateTime of_epoch_second(Long second, Int nano, ZoneOffset offset);
  static LocalDateTime parse(std::string_view text);
  static LocalDateTime parse(std::string_view text, const DateTimeFormatter& formatter);
  static LocalDateTime from(const Accessor& from);

  [[nodiscard]] constexpr const LocalDate& to_local_date() const { return date_; }
  [[nodiscard]] constexpr const LocalTime& to_local_time() const { return time_; }
  [[nodiscard]] Int year() const { return date_.year(); }
  [[nodiscard]] Int month_value() const { return date_.month_value(); }
  [[nodiscard]] Month month() const { return date_.month(); }
  [[nodiscard]] Int day_of_month() const { return date_.day_of_month(); }
  [[nodiscard]] Int day_of_year() const { return date_.day_of_year(); }
  [[nodiscard]] DayOfWeek day_of_week() const { return date_.day_of_week(); }
  [[nodiscard]] Int hour() const { return time_.hour(); }
  [[nodiscard]] Int minute() const { return time_.minute(); }
  [[nodiscard]] Int second() const { return time_.second(); }
  [[nodiscard]] Int nano() const { return time_.nano(); }

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return unit != Unit::kForever; }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] LocalDateTime with(Field field, Long value) const;
  [[nodiscard]] LocalDateTime with(const LocalDate& date) const { return {date, time_}; }
  [[nodiscard]] LocalDateTime with(const LocalTime& time) const { return {date_, time}; }
  [[nodiscard]] LocalDateTime with_year(Int year) const { return with(date_.with_year(year)); }
  [[nodiscard]] LocalDateTime with_month(Int month) const { return with(date_.with_month(month)); }
  [[nodiscard]] LocalDateTime with_day_of_month(Int day) const { return with(date_.with_day_of_month(day)); }
  [[nodiscard]] LocalDateTime with_day_of_year(Int day) const { return with(date_.with_day_of_year(day)); }
  [[nodiscard]] LocalDateTime with_hour(Int hour) const { return with(time_.with_hour(hour)); }
  [[nodiscard]] LocalDateTime with_minute(Int minute) const { return with(time_.with_minute(minute)); }
  [[nodiscard]] LocalDateTime with_second(Int second) const { return with(time_.with_second(second)); }
  [[nodiscard]] LocalDateTime with_nano(Int nano) const { return with(time_.with_nano(nano)); }
  [[nodiscard]] LocalDateTime truncated_to(Unit unit) const { return with(time_.truncated_to(unit)); }

  [[nodiscard]] LocalDateTime plus(Long amount, Unit unit) const;
  [[nodiscard]] LocalDateTime plus_years(Long years) const { return with(date_.plus_years(years)); }
  [[nodiscard]] LocalDateTime plus_months(Long months) const { return with(date_.plus_months(months)); }
  [[nodiscard]] LocalDateTime plus_weeks(Long weeks) const { return with(date_.plus_weeks(weeks)); }
  [[nodiscard]] LocalDateTime plus_days(Long days) const { return with(date_.plus_days(days)); }
  [[nodiscard]] LocalDateTime plus_hours(Long hours) const { return plus_step(hours, Unit::kHours); }
  [[nodiscard]] LocalDateTime plus_minutes(Long minutes) const { return plus_step(minutes, Unit::kMinutes); }
  [[nodiscard]] LocalDateTime plus_seconds(Long seconds) const { return plus_step(seconds, Unit::kSeconds); }
  [[nodiscard]] LocalDateTime plus_nanos(Long nanos) const { return plus_step(nanos, Unit::kNanos); }
  [[nodiscard]] LocalDateTime minus(Long amount, Unit unit) const;
  [[nodiscard]] LocalDateTime minus_years(Long years) const {
    return subtract(*this, years, &LocalDateTime::plus_years);
  }
  [[nodiscard]] LocalDateTime minus_months(Long months) const {
    return subtract(*this, months, &LocalDateTime::plus_months);
  }
  [[nodiscard]] LocalDateTime minus_weeks(Long weeks) const {
    return subtract(*this, weeks, &LocalDateTime::plus_weeks);
  }
  [[nodiscard]] LocalDateTime minus_days(Long days) const { return subtract(*this, days, &LocalDateTime::plus_days); }
  [[nodiscard]] LocalDateTime minus_hours(Long hours) const {
    return subtract(*this, hours, &LocalDateTime::plus_hours);
  }
  [[nodiscard]] LocalDateTime minus_minutes(Long minutes) const {
    return subtract(*this, minutes, &LocalDateTime::plus_minutes);
  }
  [[nodiscard]] LocalDateTime minus_seconds(Long seconds) const {
    return subtract(*this, seconds, &LocalDateTime::plus_seconds);
  }
  [[nodiscard]] LocalDateTime minus_nanos(Long nanos) const {
    return subtract(*this, nanos, &LocalDateTime::plus_nanos);
  }
  [[nodiscard]] Long until(const LocalDateTime& end, Unit unit) const;

  [[nodiscard]] OffsetDateTime at_offset(ZoneOffset offset) const;
  [[nodiscard]] ZonedDateTime at_zone(ZoneId zone) const;
  [[nodiscard]] Long to_epoch_second(ZoneOffset offset) const;
  [[nodiscard]] Instant to_instant(ZoneOffset offset) const;
  /// Seconds since 1970-01-01T00:00, as if in UTC.
  [[nodiscard]] Long local_second() const { return date_.to_epoch_day() * kSecondsPerDay + time_.to_second_of_day(); }

  [[nodiscard]] Int compare_to(const LocalDateTime& other) const;
  [[nodiscard]] bool is_after(const LocalDateTime& other) const { return compare_to(other) > 0; }
  [[nodiscard]] bool is_before(const LocalDateTime& other) const { return compare_to(other) < 0; }
  [[nodiscard]] bool is_equal(const LocalDateTime& other) const { return *this == other; }
  [[nodiscard]] Int hash() const { return date_.hash() ^ time_.hash(); }
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const LocalDateTime&, const LocalDateTime&) = default;

 private:
  constexpr LocalDateTime(const LocalDate& date, const LocalTime& time) : date_(date), time_(time) {}
  [[nodiscard]] LocalDateTime plus_step(Long amount, Unit unit) const;

  LocalDate date_;
  LocalTime time_;
};

}  // namespace sluice::painless::time
