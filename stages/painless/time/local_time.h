#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/field.h"

namespace sluice::painless::time {

class Accessor;
class DateTimeFormatter;
class LocalDate;
class LocalDateTime;
class OffsetTime;
class ZoneOffset;

/// Java's LocalTime, method by method. Eight bytes, trivially copyable.
class LocalTime {
 public:
  static constexpr std::string_view kTypeName = "java.time.LocalTime";

  constexpr LocalTime() = default;  ///< midnight
  static constexpr LocalTime min() { return {}; }
  static constexpr LocalTime max() { return {23, 59, 59, 999'999'999}; }
  static constexpr LocalTime noon() { return {12, 0, 0, 0}; }
  static LocalTime of(Int hour, Int minute, Int second = 0, Int nano = 0);
  static LocalTime of_second_of_day(Long second);
  static LocalTime of_nano_of_day(Long nano);
  static LocalTime parse(std::string_view text);
  static LocalTime parse(std::string_view text, const DateTimeFormatter& formatter);
  static LocalTime from(const Accessor& from);

  [[nodiscard]] constexpr Int hour() const { return hour_; }
  [[nodiscard]] constexpr Int minute() const { return minute_; }
  [[nodiscard]] constexpr Int second() const { return second_; }
  [[nodiscard]] constexpr Int nano() const { return nano_; }
  [[nodiscard]] constexpr Int to_second_of_day() const { return hour_ * 3'600 + minute_ * 60 + second_; }
  [[nodiscard]] constexpr Long to_nano_of_day() const { return to_second_of_day() * kNanosPerSecond + nano_; }

  [[nodiscard]] bool is_supported(Field field) const { return field.is_time_based(); }
  [[nodiscard]] bool is_supported(Unit unit) const { return is_time_based(unit); }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] LocalTime with(Field field, Long value) const;
  [[nodiscard]] LocalTime with_hour(Int hour) const;
  [[nodiscard]] LocalTime with_minute(Int minute) const;
  [[nodiscard]] LocalTime with_second(Int second) const;
  [[nodiscard]] LocalTime with_nano(Int nano) const;
  [[nodiscard]] LocalTime truncated_to(Unit unit) const;

  [[nodiscard]] LocalTime plus(Long amount, Unit unit) const;
  [[nodiscard]] LocalTime plus_hours(Long hours) const;
  [[nodiscard]] LocalTime plus_minutes(Long minutes) const;
  [[nodiscard]] LocalTime plus_seconds(Long seconds) const;
  [[nodiscard]] LocalTime plus_nanos(Long nanos) const;
  [[nodiscard]] LocalTime minus(Long amount, Unit unit) const;
  [[nodiscard]] LocalTime minus_hours(Long hours) const { return plus_hours(-(hours % 24)); }
  [[nodiscard]] LocalTime minus_minutes(Long minutes) const { return plus_minutes(-(minutes % 1'440)); }
  [[nodiscard]] LocalTime minus_seconds(Long seconds) const { return plus_seconds(-(seconds % kSecondsPerDay)); }
  [[nodiscard]] LocalTime minus_nanos(Long nanos) const { return plus_nanos(-(nanos % kNanosPerDay)); }
  [[nodiscard]] Long until(const LocalTime& end, Unit unit) const;

  [[nodiscard]] LocalDateTime at_date(const LocalDate& date) const;
  [[nodiscard]] OffsetTime at_offset(ZoneOffset offset) const;

  [[nodiscard]] Int compare_to(const LocalTime& other) const;
  [[nodiscard]] bool is_after(const LocalTime& other) const { return compare_to(other) > 0; }
  [[nodiscard]] bool is_before(const LocalTime& other) const { return compare_to(other) < 0; }
  [[nodiscard]] Int hash() const { return hash_of_long(to_nano_of_day()); }
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] std::string format(const DateTimeFormatter& formatter) const;
  friend bool operator==(const LocalTime&, const LocalTime&) = default;

 private:
  constexpr LocalTime(Int hour, Int minute, Int second, Int nano)
      : nano_(nano),
        hour_(static_cast<std::uint8_t>(hour)),
        minute_(static_cast<std::uint8_t>(minute)),
        second_(static_cast<std::uint8_t>(second)) {}

  Int nano_ = 0;
  std::uint8_t hour_ = 0;
  std::uint8_t minute_ = 0;
  std::uint8_t second_ = 0;
};

/// Nanoseconds of `unit` for truncatedTo. Errors: UnsupportedTemporalTypeException `Unit is too large to be used for
/// truncation`, `Unit must divide into a standard day without remainder`.
Long truncation_step(Unit unit);

}  // namespace sluice::painless::time
