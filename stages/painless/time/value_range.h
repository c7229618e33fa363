#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::time {

/// The values a field may have; Java's ValueRange. Trivially copyable.
class ValueRange {
 public:
  constexpr ValueRange() = default;
  constexpr ValueRange(Long min, Long max) : ValueRange(min, min, max, max) {}
  constexpr ValueRange(Long min_smallest, Long min_largest, Long max_smallest, Long max_largest)
      : min_smallest_(min_smallest),
        min_largest_(min_largest),
        max_smallest_(max_smallest),
        max_largest_(max_largest) {}

  /// Checked as Java checks: IllegalArgumentException `Minimum value must be less than maximum value`, ...
  static ValueRange of(Long min, Long max);
  static ValueRange of(Long min, Long max_smallest, Long max_largest);
  static ValueRange of(Long min_smallest, Long min_largest, Long max_smallest, Long max_largest);

  [[nodiscard]] constexpr Long minimum() const { return min_smallest_; }
  [[nodiscard]] constexpr Long largest_minimum() const { return min_largest_; }
  [[nodiscard]] constexpr Long smallest_maximum() const { return max_smallest_; }
  [[nodiscard]] constexpr Long maximum() const { return max_largest_; }
  [[nodiscard]] constexpr bool is_fixed() const {
    return min_smallest_ == min_largest_ && max_smallest_ == max_largest_;
  }
  [[nodiscard]] constexpr bool is_int_value() const {
    return min_smallest_ >= std::numeric_limits<Int>::min() && max_largest_ <= std::numeric_limits<Int>::max();
  }
  [[nodiscard]] constexpr bool is_valid_value(Long value) const {
    return value >= min_smallest_ && value <= max_largest_;
  }
  [[nodiscard]] constexpr bool is_valid_int_value(Long value) const { return is_int_value() && is_valid_value(value); }

  /// Errors: DateTimeException `Invalid value for FIELD (valid values 1 - 12): 13`.
  void check(Long value, std::string_view field) const {
    if (!is_valid_value(value)) refuse(value, field);
  }
  /// check() and the cast to an int.
  [[nodiscard]] Int check_int(Long value, std::string_view field) const {
    if (!is_valid_int_value(value)) refuse(value, field);
    return static_cast<Int>(value);
  }

  /// `1 - 28/31`.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] Int hash() const;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;

 private:
  [[noreturn]] void refuse(Long value, std::string_view field) const;

  Long min_smallest_ = 0;
  Long min_largest_ = 0;
  Long max_smallest_ = 0;
  Long max_largest_ = 0;
};

}  // namespace sluice::painless::time
