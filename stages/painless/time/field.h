#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stages/painless/time/unit.h"
#include "stages/painless/time/value_range.h"

namespace sluice::painless::time {

/// Java's ChronoField in its order; then the fields of IsoFields, of JulianFields, and the computed ones of WeekFields.
enum class FieldId : std::uint8_t {
  kNanoOfSecond,
  kNanoOfDay,
  kMicroOfSecond,
  kMicroOfDay,
  kMilliOfSecond,
  kMilliOfDay,
  kSecondOfMinute,
  kSecondOfDay,
  kMinuteOfHour,
  kMinuteOfDay,
  kHourOfAmPm,
  kClockHourOfAmPm,
  kHourOfDay,
  kClockHourOfDay,
  kAmPmOfDay,
  kDayOfWeek,
  kAlignedDayOfWeekInMonth,
  kAlignedDayOfWeekInYear,
  kDayOfMonth,
  kDayOfYear,
  kEpochDay,
  kAlignedWeekOfMonth,
  kAlignedWeekOfYear,
  kMonthOfYear,
  kProlepticMonth,
  kYearOfEra,
  kYear,
  kEra,
  kInstantSeconds,
  kOffsetSeconds,
  // IsoFields
  kDayOfQuarter,
  kQuarterOfYear,
  kWeekOfWeekBasedYear,
  kWeekBasedYear,
  // JulianFields
  kJulianDay,
  kModifiedJulianDay,
  kRataDie,
  // WeekFields; which weeks is in Field
  kLocalDayOfWeek,
  kLocalWeekOfMonth,
  kLocalWeekOfYear,
  kLocalWeekOfWeekBasedYear,
  kLocalWeekBasedYear,
};
inline constexpr int kChronoFields = 30;

/// A TemporalField. Trivially copyable, four bytes.
class Field {
 public:
  constexpr Field(FieldId id) : id_(id) {}  // NOLINT(google-explicit-constructor): a FieldId is a field
  /// A field of WeekFields: weeks start on `first_day` (1 is Monday), the first has `min_days` or more.
  constexpr Field(FieldId id, std::uint8_t first_day, std::uint8_t min_days)
      : id_(id), first_day_(first_day), min_days_(min_days) {}

  [[nodiscard]] constexpr FieldId id() const { return id_; }
  [[nodiscard]] constexpr int first_day() const { return first_day_; }
  [[nodiscard]] constexpr int min_days() const { return min_days_; }
  [[nodiscard]] constexpr bool is_chrono() const { return id_ <= FieldId::kOffsetSeconds; }
  [[nodiscard]] constexpr bool is_time_based() const { return id_ < FieldId::kDayOfWeek; }
  [[nodiscard]] constexpr bool is_date_based() const {
    return (id_ >= FieldId::kDayOfWeek && id_ <= FieldId::kEra) || !is_chrono();
  }
  [[nodiscard]] constexpr bool is_week_field() const { return id_ >= FieldId::kLocalDayOfWeek; }

  /// All values any temporal may have.
  [[nodiscard]] ValueRange range() const;
  [[nodiscard]] Unit base_unit() const;
  [[nodiscard]] Unit range_unit() const;
  /// `DayOfMonth`, `WeekOfYear[WeekFields[SUNDAY,1]]`: what Java's toString says.
  [[nodiscard]] std::string to_string() const;
  /// `DAY_OF_MONTH`, Enum.name() of a ChronoField.
  [[nodiscard]] std::string_view name() const;
  /// By Enum.name(). Errors: IllegalArgumentException `No enum constant java.time.temporal.ChronoField.X`.
  static Field value_of(std::string_view name);

  /// checkValidValue, checkValidIntValue. Errors: DateTimeException `Invalid value for DayOfMonth (valid values ..):
  /// ..`.
  Long check(Long value) const {
    const ValueRange all = range();
    if (!all.is_valid_value(value)) all.check(value, to_string());
    return value;
  }
  [[nodiscard]] Int check_int(Long value) const {
    const ValueRange all = range();
    return all.is_valid_int_value(value) ? static_cast<Int>(value) : all.check_int(value, to_string());
  }

  friend constexpr bool operator==(const Field&, const Field&) = default;

 private:
  FieldId id_;
  std::uint8_t first_day_ = 1;
  std::uint8_t min_days_ = 4;
};

}  // namespace sluice::painless::time
