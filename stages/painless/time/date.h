#pragma once

#include <string>

#include "stages/painless/time/instant.h"

namespace sluice::painless::time {

/// java.util.Date as a value: milliseconds since 1970.
class Date {
 public:
  constexpr Date() = default;
  explicit constexpr Date(Long millis) : millis_(millis) {}
  /// Errors: IllegalArgumentException where the milliseconds don't fit a long.
  static Date from(const Instant& instant);

  [[nodiscard]] constexpr Long time() const { return millis_; }
  constexpr void set_time(Long millis) { millis_ = millis; }
  [[nodiscard]] Instant to_instant() const { return Instant::of_epoch_milli(millis_); }
  [[nodiscard]] constexpr bool after(const Date& other) const { return millis_ > other.millis_; }
  [[nodiscard]] constexpr bool before(const Date& other) const { return millis_ < other.millis_; }
  [[nodiscard]] constexpr Int compare_to(const Date& other) const { return three_way(millis_, other.millis_); }
  [[nodiscard]] constexpr Int hash() const { return hash_of_long(millis_); }
  /// `Tue Nov 10 23:00:00 UTC 2009`, in UTC as servers run.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Date&, const Date&) = default;

 private:
  Long millis_ = 0;
};

/// A day as java.util has it: in the Julian calendar before 15 October 1582, in the Gregorian one from then on.
struct HybridDay {
  Long year = 1970;  ///< 0 is 1 BC
  Int month = 1;
  Int day = 1;

  static HybridDay of_epoch_day(Long epoch_day);
  /// The day may be out of its month.
  static Long to_epoch_day(Long year, Int month, Long day);
  static Int length_of_month(Long year, Int month);
  static bool is_leap_year(Long year);
};

}  // namespace sluice::painless::time
