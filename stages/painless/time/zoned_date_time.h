#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/instant.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/zone_id.h"

namespace sluice::painless::time {

class OffsetDateTime;
class Period;

/// Java's ZonedDateTime, method by method: a local time in a gap moves forward by the gap's length, one in an overlap
/// has the earlier offset unless it said otherwise. 24 bytes, trivially copyable.
class ZonedDateTime {
 public:
  static constexpr std::string_view kTypeName = "java.time.ZonedDateTime";

  constexpr ZonedDateTime() = default;  ///< 1970-01-01T00:00Z
  static ZonedDateTime of(const LocalDate& date, const LocalTime& time, ZoneId zone) {
    return of(LocalDateTime::of(date, time), zone);
  }
  static ZonedDateTime of(const LocalDateTime& local, ZoneId zone) { return of_local(local, zone, nullptr); }
  static ZonedDateTime of(Int year, Int month, Int day, Int hour, Int minute, Int second, Int nano, ZoneId zone) {
    return of(LocalDateTime::of(year, month, day, hour, minute, second, nano), zone);
  }
  /// `preferred` is taken in an overlap if it is one of the two; may be null.
  static ZonedDateTime of_local(const LocalDateTime& local, ZoneId zone, const ZoneOffset* preferred);
  static ZonedDateTime of_instant(const Instant& instant, ZoneId zone);
  static ZonedDateTime of_instant(const LocalDateTime& local, ZoneOffset offset, ZoneId zone);
  static ZonedDateTime of_strict(const LocalDateTime& local, ZoneOffset offset, ZoneId zone);
  /// The first moment of `date` in `zone`, after a gap at midnight.
  static ZonedDateTime start_of_day(const LocalDate& date, ZoneId zone);
  static ZonedDateTime parse(std::string_view text);
  static ZonedDateTime parse(std::string_view text, const DateTimeFormatter& formatter);
  static ZonedDateTime from(const Accessor& from);

  [[nodiscard]] constexpr const LocalDateTime& to_local_date_time() const { return local_; }
  [[nodiscard]] constexpr const LocalDate& to_local_date() const { return local_.to_local_date(); }
  [[nodiscard]] constexpr const LocalTime& to_local_time() const { return local_.to_local_time(); }
  [[nodiscard]] constexpr ZoneOffset offset() const { return offset_; }
  [[nodiscard]] constexpr ZoneId zone() const { return zone_; }
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
  [[nodiscard]] Instant to_instant() const { return Instant::of_epoch_second(to_epoch_second(), nano()); }
  [[nodiscard]] OffsetDateTime to_offset_date_time() const;

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return local_.is_supported(unit); }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] ZonedDateTime with(Field field, Long value) const;
  /// The same zone and, where it fits, the same offset.
  [[nodiscard]] ZonedDateTime with(const LocalDateTime& local) const { return of_local(local, zone_, &offset_); }
  /// Another offset of the zone if it is one at this local time.
  [[nodiscard]] ZonedDateTime with(ZoneOffset offset) const;
  [[nodiscard]] ZonedDateTime with_year(Int year) const { return with(local_.with_year(year)); }
  [[nodiscard]] ZonedDateTime with_month(Int month) const { return with(local_.with_month(month)); }
  [[nodiscard]] ZonedDateTime with_day_of_month(Int day) const { return with(local_.with_day_of_month(day)); }
  [[nodiscard]] ZonedDateTime with_day_of_year(Int day) const { return with(local_.with_day_of_year(day)); }
  [[nodiscard]] ZonedDateTime with_hour(Int hour) const { return with(local_.with_hour(hour)); }
  [[nodiscard]] ZonedDateTime with_minute(Int minute) const { return with(local_.with_minute(minute)); }
  [[nodiscard]] ZonedDateTime with_second(Int second) const { return with(local_.with_second(second)); }
  [[nodiscard]] ZonedDateTime with_nano(Int nano) const { return with(local_.with_nano(nano)); }
  [[nodiscard]] ZonedDateTime truncated_to(Unit unit) const { return with(local_.truncated_to(unit)); }
  [[nodiscard]] ZonedDateTime with_zone_same_local(ZoneId zone) const { return of_local(local_, zone, &offset_); }
  [[nodiscard]] ZonedDateTime with_zone_same_instant(ZoneId zone) const;
  [[nodiscard]] ZonedDateTime with_fixed_offset_zone() const;
  [[nodiscard]] ZonedDateTime with_earlier_offset_at_overlap() const;
  [[nodiscard]] ZonedDateTime with_later_offset_at_overlap() const;

  [[nodiscard]] ZonedDateTime plus(Long amount, Unit unit) const;
  [[nodiscard]] ZonedDateTime plus_years(Long years) const { return with(local_.plus_years(years)); }
  [[nodiscard]] ZonedDateTime plus_months(Long months) const { return with(local_.plus_months(months)); }
  [[nodiscard]] ZonedDateTime plus_weeks(Long weeks) const { return with(local_.plus_weeks(weeks)); }
  [[nodiscard]] ZonedDateTime plus_days(Long days) const { return with(local_.plus_days(days)); }
  [[nodiscard]] ZonedDateTime plus_hours(Long hours) const { return moved_to(local_.plus_hours(hours)); }
  [[nodiscard]] ZonedDateTime plus_minutes(Long minutes) const { return moved_to(local_.plus_minutes(minutes)); }
  [[nodiscard]] ZonedDateTime plus_seconds(Long seconds) const { return moved_to(local_.plus_seconds(seconds)); }
  [[nodiscard]] ZonedDateTime plus_nanos(Long nanos) const { return moved_to(local_.plus_nanos(nanos)); }
  [[nodiscard]] ZonedDateTime minus(Long amount, Unit unit) const;
  [[nodiscard]] ZonedDateTime minus_years(Long years) const {
    return subtract(*this, years, &ZonedDateTime::plus_years);
  }
  [[nodiscard]] ZonedDateTime minus_months(Long n) const { return subtract(*this, n, &ZonedDateTime::plus_months); }
  [[nodiscard]] ZonedDateTime minus_weeks(Long weeks) const {
    return subtract(*this, weeks, &ZonedDateTime::plus_weeks);
  }
  [[nodiscard]] ZonedDateTime minus_days(Long days) const { return subtract(*this, days, &ZonedDateTime::plus_days); }
  [[nodiscard]] ZonedDateTime minus_hours(Long hours) const {
    return subtract(*this, hours, &ZonedDateTime::plus_hours);
  }
  [[nodiscard]] ZonedDateTime minus_minutes(Long n) const { return subtract(*this, n, &ZonedDateTime::plus_minutes); }
  [[nodiscard]] ZonedDateTime minus_seconds(Long n) const { return subtract(*this, n, &ZonedDateTime::plus_seconds); }
  [[nodiscard]] ZonedDateTime minus_nanos(Long nanos) const {
    return subtract(*this, nanos, &ZonedDateTime::plus_nanos);
  }
  [[nodiscard]] Long until(const ZonedDateTime& end, Unit unit) const;

  [[nodiscard]] Int compare_to(const ZonedDateTime& other) const;
  [[nodiscard]] bool is_after(const ZonedDateTime& other) const { return compare_moment(other) > 0; }
  [[nodiscard]] bool is_before(const ZonedDateTime& other) const { return compare_moment(other) < 0; }
  [[nodiscard]] bool is_equal(const ZonedDateTime& other) const { return compare_moment(other) == 0; }
  [[nodiscard]] Int hash() const { return local_.hash() ^ offset_.hash() ^ rotate_left(zone_.hash(), 3); }
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const ZonedDateTime&, const ZonedDateTime&) = default;

 private:
  constexpr ZonedDateTime(const LocalDateTime& local, ZoneOffset offset, ZoneId zone)
      : local_(local), offset_(offset), zone_(zone) {}
  static ZonedDateTime create(Long epoch_second, Int nano, ZoneId zone);
  /// The moment that `local` is in the present offset.
  [[nodiscard]] ZonedDateTime moved_to(const LocalDateTime& local) const { return of_instant(local, offset_, zone_); }
  [[nodiscard]] Int compare_moment(const ZonedDateTime& other) const;

  LocalDateTime local_;
  ZoneOffset offset_;
  ZoneId zone_;
};

}  // namespace sluice::painless::time
