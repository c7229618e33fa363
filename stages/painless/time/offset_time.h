#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/local_time.h"
#include "stages/painless/time/zone_offset.h"

namespace sluice::painless::time {

class Instant;
class OffsetDateTime;
class ZoneId;

/// Java's OffsetTime, method by method. Twelve bytes, trivially copyable.
class OffsetTime {
 public:
  static constexpr std::string_view kTypeName = "java.time.OffsetTime";

  constexpr OffsetTime() = default;
  static OffsetTime min() { return {LocalTime::min(), ZoneOffset::max()}; }
  static OffsetTime max() { return {LocalTime::max(), ZoneOffset::min()}; }
  static constexpr OffsetTime of(const LocalTime& time, ZoneOffset offset) { return {time, offset}; }
  static OffsetTime of(Int hour, Int minute, Int second, Int nano, ZoneOffset offset) {
    return {LocalTime::of(hour, minute, second, nano), offset};
  }
  static OffsetTime of_instant(const Instant& instant, ZoneId zone);
  static OffsetTime parse(std::string_view text);
  static OffsetTime parse(std::string_view text, const DateTimeFormatter& formatter);
  static OffsetTime from(const Accessor& from);

  [[nodiscard]] constexpr const LocalTime& to_local_time() const { return time_; }
  [[nodiscard]] constexpr ZoneOffset offset() const { return offset_; }
  [[nodiscard]] Int hour() const { return time_.hour(); }
  [[nodiscard]] Int minute() const { return time_.minute(); }
  [[nodiscard]] Int second() const { return time_.second(); }
  [[nodiscard]] Int nano() const { return time_.nano(); }

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return is_time_based(unit); }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] OffsetTime with(Field field, Long value) const;
  [[nodiscard]] OffsetTime with(const LocalTime& time) const { return {time, offset_}; }
  [[nodiscard]] OffsetTime with_hour(Int hour) const { return with(time_.with_hour(hour)); }
  [[nodiscard]] OffsetTime with_minute(Int minute) const { return with(time_.with_minute(minute)); }
  [[nodiscard]] OffsetTime with_second(Int second) const { return with(time_.with_second(second)); }
  [[nodiscard]] OffsetTime with_nano(Int nano) const { return with(time_.with_nano(nano)); }
  [[nodiscard]] OffsetTime truncated_to(Unit unit) const { return with(time_.truncated_to(unit)); }
  [[nodiscard]] OffsetTime with_offset_same_local(ZoneOffset offset) const { return {time_, offset}; }
  [[nodiscard]] OffsetTime with_offset_same_instant(ZoneOffset offset) const;

  [[nodiscard]] OffsetTime plus(Long amount, Unit unit) const { return with(time_.plus(amount, unit)); }
  [[nodiscard]] OffsetTime plus_hours(Long hours) const { return with(time_.plus_hours(hours)); }
  [[nodiscard]] OffsetTime plus_minutes(Long minutes) const { return with(time_.plus_minutes(minutes)); }
  [[nodiscard]] OffsetTime plus_seconds(Long seconds) const { return with(time_.plus_seconds(seconds)); }
  [[nodiscard]] OffsetTime plus_nanos(Long nanos) const { return with(time_.plus_nanos(nanos)); }
  [[nodiscard]] OffsetTime minus(Long amount, Unit unit) const { return with(time_.minus(amount, unit)); }
  [[nodiscard]] OffsetTime minus_hours(Long hours) const { return with(time_.minus_hours(hours)); }
  [[nodiscard]] OffsetTime minus_minutes(Long minutes) const { return with(time_.minus_minutes(minutes)); }
  [[nodiscard]] OffsetTime minus_seconds(Long seconds) const { return with(time_.minus_seconds(seconds)); }
  [[nodiscard]] OffsetTime minus_nanos(Long nanos) const { return with(time_.minus_nanos(nanos)); }
  [[nodiscard]] Long until(const OffsetTime& end, Unit unit) const;
  [[nodiscard]] OffsetDateTime at_date(const LocalDate& date) const;

  [[nodiscard]] Int compare_to(const OffsetTime& other) const;
  [[nodiscard]] bool is_after(const OffsetTime& other) const { return epoch_nano() > other.epoch_nano(); }
  [[nodiscard]] bool is_before(const OffsetTime& other) const { return epoch_nano() < other.epoch_nano(); }
  [[nodiscard]] bool is_equal(const OffsetTime& other) const { return epoch_nano() == other.epoch_nano(); }
  [[nodiscard]] Int hash() const { return time_.hash() ^ offset_.hash(); }
  [[nodiscard]] std::string to_string() const { return time_.to_string() + offset_.to_string(); }
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const OffsetTime&, const OffsetTime&) = default;

 private:
  constexpr OffsetTime(const LocalTime& time, ZoneOffset offset) : time_(time), offset_(offset) {}
  [[nodiscard]] Long epoch_nano() const { return time_.to_nano_of_day() - offset_.total_seconds() * kNanosPerSecond; }

  LocalTime time_;
  ZoneOffset offset_;
};

}  // namespace sluice::painless::time
