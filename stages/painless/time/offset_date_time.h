#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/instant.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/zone_id.h"

namespace sluice::painless::time {

class OffsetTime;
class ZonedDateTime;

/// Java's OffsetDateTime, method by method. Twenty bytes, trivially copyable.
class OffsetDateTime {
 public:
  static constexpr std::string_view kTypeName = "java.time.OffsetDateTime";

  constexpr OffsetDateTime() = default;  ///< 1970-01-01T00:00Z
  static OffsetDateTime min() { return of(LocalDateTime::min(), ZoneOffset::max()); }
  static OffsetDateTime max() { return of(LocalDateTime::max(), ZoneOffset::min()); }
  static constexpr OffsetDateTime of(const LocalDateTime& local, ZoneOffset offset) { return {local, offset}; }
  static OffsetDateTime of(const LocalDate& date, const LocalTime& time, ZoneOffset offset) {
    return {LocalDateTime::of(date, time), offset};
  }
  static OffsetDateTime of(Int year, Int month, Int day, Int hour, Int minute, Int second, Int nano,
                           ZoneOffset offset) {
    return {LocalDateTime::of(year, month, day, hour, minute, second, nano), offset};
  }
  static OffsetDateTime of_instant(const Instant& instant, ZoneId zone);
  static OffsetDateTime parse(std::string_view text);
  static OffsetDateTime parse(std::string_view text, const DateTimeFormatter& formatter);
  static OffsetDateTime from(const Accessor& from);

  [[nodiscard]] constexpr const LocalDateTime& to_local_date_time() const { return local_; }
  [[nodiscard]] constexpr const LocalDate& to_local_date() const { return local_.to_local_date(); }
  [[nodiscard]] constexpr const LocalTime& to_local_time() const { return local_.to_local_time(); }
  [[nodiscard]] constexpr ZoneOffset offset() const { return offset_; }
  [[nodiscard]] Int year() const { return local_.year(); }
  [[nodiscard]] Int month_value() const { return local_.month_value(); }
  [[nodiscard]] Month month() const { return local_.month(); }
  [[nodiscard]] Int day_of_month() const { return local_.day_of_month(); }
  [[nodiscard]] Int day_of_year() const { return local_.day_of_year(); }
  [[nodiscard]] DayOfWeek day_of_week() const { return local_.day_of_week(); }
  [[nodiscard]] Int hour() const { return local_.hour(); }
  [[nodiscard]] Int minute() const { return local_.minute(); }
  [[nodiscard]] Int second() const { return local_.second(); }
  [[nodiscard]] Int nano() const { return local_.nano(); }
  [[nodiscard]] Long to_epoch_second() const { return local_.to_epoch_second(offset_); }
  [[nodiscard]] Instant to_instant() const { return local_.to_instant(offset_); }
  [[nodiscard]] OffsetTime to_offset_time() const;
  [[nodiscard]] ZonedDateTime to_zoned_date_time() const;
  [[nodiscard]] ZonedDateTime at_zone_same_instant(ZoneId zone) const;
  [[nodiscard]] ZonedDateTime at_zone_similar_local(ZoneId zone) const;

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return local_.is_supported(unit); }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] OffsetDateTime with(Field field, Long value) const;
  [[nodiscard]] OffsetDateTime with(const LocalDateTime& local) const { return {local, offset_}; }
  [[nodiscard]] OffsetDateTime with_year(Int year) const { return with(local_.with_year(year)); }
  [[nodiscard]] OffsetDateTime with_month(Int month) const { return with(local_.with_month(month)); }
  [[nodiscard]] OffsetDateTime with_day_of_month(Int day) const { return with(local_.with_day_of_month(day)); }
  [[nodiscard]] OffsetDateTime with_day_of_year(Int day) const { return with(local_.with_day_of_year(day)); }
  [[nodiscard]] OffsetDateTime with_hour(Int hour) const { return with(local_.with_hour(hour)); }
  [[nodiscard]] OffsetDateTime with_minute(Int minute) const { return with(local_.with_minute(minute)); }
  [[nodiscard]] OffsetDateTime with_second(Int second) const { return with(local_.with_second(second)); }
  [[nodiscard]] OffsetDateTime with_nano(Int nano) const { return with(local_.with_nano(nano)); }
  [[nodiscard]] OffsetDateTime truncated_to(Unit unit) const { return with(local_.truncated_to(unit)); }
  [[nodiscard]] OffsetDateTime with_offset_same_local(ZoneOffset offset) const { return {local_, offset}; }
  [[nodiscard]] OffsetDateTime with_offset_same_instant(ZoneOffset offset) const;

  [[nodiscard]] OffsetDateTime plus(Long amount, Unit unit) const { return with(local_.plus(amount, unit)); }
  [[nodiscard]] OffsetDateTime plus_years(Long years) const { return with(local_.plus_years(years)); }
  [[nodiscard]] OffsetDateTime plus_months(Long months) const { return with(local_.plus_months(months)); }
  [[nodiscard]] OffsetDateTime plus_weeks(Long weeks) const { return with(local_.plus_weeks(weeks)); }
  [[nodiscard]] OffsetDateTime plus_days(Long days) const { return with(local_.plus_days(days)); }
  [[nodiscard]] OffsetDateTime plus_hours(Long hours) const { return with(local_.plus_hours(hours)); }
  [[nodiscard]] OffsetDateTime plus_minutes(Long minutes) const { return with(local_.plus_minutes(minutes)); }
  [[nodiscard]] OffsetDateTime plus_seconds(Long seconds) const { return with(local_.plus_seconds(seconds)); }
  [[nodiscard]] OffsetDateTime plus_nanos(Long nanos) const { return with(local_.plus_nanos(nanos)); }
  [[nodiscard]] OffsetDateTime minus(Long amount, Unit unit) const { return with(local_.minus(amount, unit)); }
  [[nodiscard]] OffsetDateTime minus_years(Long years) const { return with(local_.minus_years(years)); }
  [[nodiscard]] OffsetDateTime minus_months(Long months) const { return with(local_.minus_months(months)); }
  [[nodiscard]] OffsetDateTime minus_weeks(Long weeks) const { return with(local_.minus_weeks(weeks)); }
  [[nodiscard]] OffsetDateTime minus_days(Long days) const { return with(local_.minus_days(days)); }
  [[nodiscard]] OffsetDateTime minus_hours(Long hours) const { return with(local_.minus_hours(hours)); }
  [[nodiscard]] OffsetDateTime minus_minutes(Long minutes) const { return with(local_.minus_minutes(minutes)); }
  [[nodiscard]] OffsetDateTime minus_seconds(Long seconds) const { return with(local_.minus_seconds(seconds)); }
  [[nodiscard]] OffsetDateTime minus_nanos(Long nanos) const { return with(local_.minus_nanos(nanos)); }
  [[nodiscard]] Long until(const OffsetDateTime& end, Unit unit) const;

  [[nodiscard]] Int compare_to(const OffsetDateTime& other) const;
  [[nodiscard]] bool is_after(const OffsetDateTime& other) const { return compare_moment(other) > 0; }
  [[nodiscard]] bool is_before(const OffsetDateTime& other) const { return compare_moment(other) < 0; }
  [[nodiscard]] bool is_equal(const OffsetDateTime& other) const { return compare_moment(other) == 0; }
  [[nodiscard]] Int hash() const { return local_.hash() ^ offset_.hash(); }
  [[nodiscard]] std::string to_string() const { return local_.to_string() + offset_.to_string(); }
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const OffsetDateTime&, const OffsetDateTime&) = default;

 private:
  constexpr OffsetDateTime(const LocalDateTime& local, ZoneOffset offset) : local_(local), offset_(offset) {}
  [[nodiscard]] Int compare_moment(const OffsetDateTime& other) const;

  LocalDateTime local_;
  ZoneOffset offset_;
};

}  // namespace sluice::painless::time
