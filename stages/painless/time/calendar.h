#pragma once

#include <array>
#include <string>
#include <string_view>

#include "stages/painless/time/date.h"
#include "stages/painless/time/time_zone.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless::time {

/// java.util.Calendar, that is its GregorianCalendar: fields that are set now and become a moment when one is asked
/// for. Not copied on write: one object, one thread, as in Java.
class Calendar {
 public:
  enum FieldNumber : std::uint8_t {
    kEra,
    kYear,
    kMonth,
    kWeekOfYear,
    kWeekOfMonth,
    kDayOfMonth,
    kDayOfYear,
    kDayOfWeek,
    kDayOfWeekInMonth,
    kAmPm,
    kHour,
    kHourOfDay,
    kMinute,
    kSecond,
    kMillisecond,
    kZoneOffset,
    kDstOffset,
  };
  static constexpr int kFields = 17;

  /// At `millis`.
  explicit Calendar(Long millis, TimeZone zone = TimeZone::get_default(),
                    const Locale& locale = Locale::node_default());
  static Calendar from(const ZonedDateTime& moment);
  /// Of these fields; January is 0.
  static Calendar of(Int year, Int month, Int day, Int hour, Int minute, Int second);

  /// Errors: IllegalArgumentException `MONTH` for a field that is wrong where it isn't lenient;
  /// IndexOutOfBoundsException for a field that isn't one.
  [[nodiscard]] Int get(Int field);
  void set(Int field, Int value);
  void set_date(Int year, Int month, Int day);
  void set_date_time(Int year, Int month, Int day, Int hour, Int minute);
  void set_date_time(Int year, Int month, Int day, Int hour, Int minute, Int second);
  void add(Int field, Int amount);
  /// Changes the field within its range and none above it.
  void roll(Int field, Int amount);
  void clear();
  void clear(Int field);
  [[nodiscard]] bool is_set(Int field) const;
  [[nodiscard]] Int actual_maximum(Int field);
  [[nodiscard]] Int actual_minimum(Int field);

  [[nodiscard]] Long time_in_millis();
  void set_time_in_millis(Long millis);
  [[nodiscard]] Date time() { return Date(time_in_millis()); }
  void set_time(const Date& date) { set_time_in_millis(date.time()); }
  [[nodiscard]] Instant to_instant() { return Instant::of_epoch_milli(time_in_millis()); }
  [[nodiscard]] ZonedDateTime to_zoned_date_time() {
    return ZonedDateTime::of_instant(to_instant(), zone_.to_zone_id());
  }
  [[nodiscard]] const TimeZone& time_zone() const { return zone_; }
  void set_time_zone(const TimeZone& zone);
  [[nodiscard]] bool is_lenient() const { return lenient_; }
  void set_lenient(bool lenient) { lenient_ = lenient; }
  /// 1 is Sunday.
  [[nodiscard]] Int first_day_of_week() const { return first_day_; }
  [[nodiscard]] Int minimal_days_in_first_week() const { return min_days_; }
  void set_first_day_of_week(Int day);
  void set_minimal_days_in_first_week(Int days);
  [[nodiscard]] Int week_year();
  [[nodiscard]] static bool is_leap_year(Int year) { return HybridDay::is_leap_year(year); }

  /// The same moment and the same rules.
  friend bool operator==(const Calendar& left, const Calendar& right) { return left.same_as(right); }
  [[nodiscard]] Int compare_to(Calendar& other) { return three_way(time_in_millis(), other.time_in_millis()); }

 private:
  [[nodiscard]] bool same_as(Calendar other) const {
    Calendar own = *this;
    return own.time_in_millis() == other.time_in_millis() && lenient_ == other.lenient_ &&
           first_day_ == other.first_day_ && min_days_ == other.min_days_ && zone_ == other.zone_;
  }
  static constexpr Int kUnset = 0;
  static constexpr Int kComputed = 1;

  static void check_field(Int field);
  void complete();
  void compute_time();
  void compute_fields();
  void check_ranges() const;
  void check_strictly(const std::array<Int, kFields>& wanted, const std::array<Int, kFields>& stamps, bool own_offset,
                      Int offset);
  void renew_weeks();
  /// The fields to take the day from, as a set of bits.
  [[nodiscard]] unsigned chosen_day_fields() const;
  [[nodiscard]] Long epoch_day(Long year, unsigned chosen) const;
  [[nodiscard]] Long day_of_week_in_month_day(Long first, Long year, Int month, unsigned chosen) const;
  [[nodiscard]] Long millis_of_day() const;
  [[nodiscard]] Int week_number(Int day, Int weekday) const;
  [[nodiscard]] Int newest(Int left, Int right) const;
  void add_days(Long days, Long millis);
  void roll_within(Int field, Int amount, Int least, Int most);
  void roll_week_of_year(Int amount);
  void roll_week_of_month(Int amount);
  [[nodiscard]] Int last_year();
  void pin_day_of_month(Long year, Int month);
  [[nodiscard]] Long signed_year();
  void put_signed_year(Long year);

  TimeZone zone_;
  Int first_day_ = 1;
  Int min_days_ = 1;
  bool lenient_ = true;
  bool has_time_ = true;
  bool has_fields_ = false;
  Long millis_ = 0;
  std::array<Int, kFields> values_{};
  std::array<Int, kFields> stamps_{};
  Int next_stamp_ = 2;
};

}  // namespace sluice::painless::time
