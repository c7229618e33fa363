#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/unit.h"

namespace sluice::painless::time {

class Temporal;

/// Java's Duration, method by method: seconds in 64 bits and nanoseconds. Sixteen bytes, trivially copyable.
class Duration {
 public:
  static constexpr std::string_view kTypeName = "java.time.Duration";

  constexpr Duration() = default;
  static constexpr Duration zero() { return {}; }
  static Duration of(Long amount, Unit unit) { return zero().plus(amount, unit); }
  static Duration of_days(Long days) { return of_seconds(multiply_exact(days, kSecondsPerDay)); }
  static Duration of_hours(Long hours) { return of_seconds(multiply_exact(hours, 3'600)); }
  static Duration of_minutes(Long minutes) { return of_seconds(multiply_exact(minutes, 60)); }
  static Duration of_seconds(Long seconds, Long nanos = 0);
  static Duration of_millis(Long millis);
  static Duration of_nanos(Long nanos);
  static Duration between(const Temporal& start, const Temporal& end);
  /// `PnDTnHnMn.nS`. Errors: DateTimeParseException `Text cannot be parsed to a Duration`.
  static Duration parse(std::string_view text);

  [[nodiscard]] constexpr Long seconds() const { return seconds_; }
  [[nodiscard]] constexpr Int nano() const { return nanos_; }
  [[nodiscard]] constexpr bool is_negative() const { return seconds_ < 0; }
  [[nodiscard]] constexpr bool is_zero() const { return seconds_ == 0 && nanos_ == 0; }
  /// Of SECONDS and NANOS only.
  [[nodiscard]] Long get(Unit unit) const;
  [[nodiscard]] Duration with_seconds(Long seconds) const { return {seconds, nanos_}; }
  [[nodiscard]] Duration with_nanos(Int nanos) const;

  [[nodiscard]] Duration plus(const Duration& other) const { return plus_parts(other.seconds_, other.nanos_); }
  [[nodiscard]] Duration plus(Long amount, Unit unit) const;
  [[nodiscard]] Duration plus_days(Long days) const { return plus_parts(multiply_exact(days, kSecondsPerDay), 0); }
  [[nodiscard]] Duration plus_hours(Long hours) const { return plus_parts(multiply_exact(hours, 3'600), 0); }
  [[nodiscard]] Duration plus_minutes(Long minutes) const { return plus_parts(multiply_exact(minutes, 60), 0); }
  [[nodiscard]] Duration plus_seconds(Long seconds) const { return plus_parts(seconds, 0); }
  [[nodiscard]] Duration plus_millis(Long millis) const {
    return plus_parts(millis / 1'000, millis % 1'000 * 1'000'000);
  }
  [[nodiscard]] Duration plus_nanos(Long nanos) const { return plus_parts(0, nanos); }
  [[nodiscard]] Duration minus(const Duration& other) const;
  [[nodiscard]] Duration minus(Long amount, Unit unit) const;
  [[nodiscard]] Duration minus_days(Long days) const { return subtract(*this, days, &Duration::plus_days); }
  [[nodiscard]] Duration minus_hours(Long hours) const { return subtract(*this, hours, &Duration::plus_hours); }
  [[nodiscard]] Duration minus_minutes(Long minutes) const { return subtract(*this, minutes, &Duration::plus_minutes); }
  [[nodiscard]] Duration minus_seconds(Long seconds) const { return subtract(*this, seconds, &Duration::plus_seconds); }
  [[nodiscard]] Duration minus_millis(Long millis) const { return subtract(*this, millis, &Duration::plus_millis); }
  [[nodiscard]] Duration minus_nanos(Long nanos) const { return subtract(*this, nanos, &Duration::plus_nanos); }
  /// Errors: ArithmeticException `Exceeds capacity of Duration: N`.
  [[nodiscard]] Duration multiplied_by(Long factor) const;
  /// Errors: ArithmeticException `Cannot divide by zero`.
  [[nodiscard]] Duration divided_by(Long divisor) const;
  [[nodiscard]] Duration negated() const { return multiplied_by(-1); }
  [[nodiscard]] Duration abs() const { return is_negative() ? negated() : *this; }

  [[nodiscard]] Long to_days() const { return seconds_ / kSecondsPerDay; }
  [[nodiscard]] Long to_hours() const { return seconds_ / 3'600; }
  [[nodiscard]] Long to_minutes() const { return seconds_ / 60; }
  [[nodiscard]] Long to_millis() const;
  [[nodiscard]] Long to_nanos() const;

  [[nodiscard]] Int compare_to(const Duration& other) const;
  [[nodiscard]] Int hash() const;
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Duration&, const Duration&) = default;

 private:
  constexpr Duration(Long seconds, Int nanos) : seconds_(seconds), nanos_(nanos) {}
  [[nodiscard]] Duration plus_parts(Long seconds, Long nanos) const;

  Long seconds_ = 0;
  Int nanos_ = 0;
};

}  // namespace sluice::painless::time
