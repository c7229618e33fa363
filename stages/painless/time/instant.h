#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/field.h"

namespace sluice::painless::time {

class Accessor;
class OffsetDateTime;
class ZonedDateTime;
class ZoneId;
class ZoneOffset;

/// Java's Instant, method by method. Sixteen bytes, trivially copyable.
class Instant {
 public:
  static constexpr std::string_view kTypeName = "java.time.Instant";
  static constexpr Long kMinSecond = -31'557'014'167'219'200;
  static constexpr Long kMaxSecond = 31'556'889'864'403'199;

  constexpr Instant() = default;  ///< 1970-01-01T00:00:00Z
  static constexpr Instant epoch() { return {}; }
  static constexpr Instant min() { return {kMinSecond, 0}; }
  static constexpr Instant max() { return {kMaxSecond, 999'999'999}; }
  /// Errors: DateTimeException `Instant exceeds minimum or maximum instant`.
  static Instant of_epoch_second(Long second, Long nanos = 0);
  static Instant of_epoch_milli(Long millis);
  static Instant parse(std::string_view text);
  static Instant from(const Accessor& from);

  [[nodiscard]] constexpr Long epoch_second() const { return second_; }
  [[nodiscard]] constexpr Int nano() const { return nano_; }
  /// Errors: ArithmeticException `long overflow`.
  [[nodiscard]] Long to_epoch_milli() const;

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const { return unit <= Unit::kDays; }
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;
  [[nodiscard]] Instant with(Field field, Long value) const;
  [[nodiscard]] Instant truncated_to(Unit unit) const;

  [[nodiscard]] Instant plus(Long amount, Unit unit) const;
  [[nodiscard]] Instant plus_seconds(Long seconds) const { return plus_parts(seconds, 0); }
  [[nodiscard]] Instant plus_millis(Long millis) const {
    return plus_parts(millis / 1'000, millis % 1'000 * 1'000'000);
  }
  [[nodiscard]] Instant plus_nanos(Long nanos) const { return plus_parts(0, nanos); }
  [[nodiscard]] Instant minus(Long amount, Unit unit) const;
  [[nodiscard]] Instant minus_seconds(Long seconds) const { return subtract(*this, seconds, &Instant::plus_seconds); }
  [[nodiscard]] Instant minus_millis(Long millis) const { return subtract(*this, millis, &Instant::plus_millis); }
  [[nodiscard]] Instant minus_nanos(Long nanos) const { return subtract(*this, nanos, &Instant::plus_nanos); }
  [[nodiscard]] Long until(const Instant& end, Unit unit) const;

  [[nodiscard]] OffsetDateTime at_offset(ZoneOffset offset) const;
  [[nodiscard]] ZonedDateTime at_zone(ZoneId zone) const;

  [[nodiscard]] Int compare_to(const Instant& other) const;
  [[nodiscard]] bool is_after(const Instant& other) const { return compare_to(other) > 0; }
  [[nodiscard]] bool is_before(const Instant& other) const { return compare_to(other) < 0; }
  [[nodiscard]] Int hash() const;
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Instant&, const Instant&) = default;

 private:
  constexpr Instant(Long second, Int nano) : second_(second), nano_(nano) {}
  [[nodiscard]] Instant plus_parts(Long seconds, Long nanos) const;

  Long second_ = 0;
  Int nano_ = 0;
};

}  // namespace sluice::painless::time
