#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::time {

class Accessor;

/// Java's ZoneOffset: -18:00 to +18:00. Four bytes, trivially copyable.
class ZoneOffset {
 public:
  static constexpr std::string_view kTypeName = "java.time.ZoneOffset";

  constexpr ZoneOffset() = default;  ///< UTC
  static constexpr ZoneOffset utc() { return {}; }
  static constexpr ZoneOffset min() { return unchecked(-64'800); }
  static constexpr ZoneOffset max() { return unchecked(64'800); }
  /// `Z`, `+h`, `+hh`, `+hh:mm`, `-hh:mm`, `+hhmm`, `+hh:mm:ss`, `+hhmmss`.
  static ZoneOffset of(std::string_view id);
  static ZoneOffset of_hours(Int hours) { return of_hours_minutes_seconds(hours, 0, 0); }
  static ZoneOffset of_hours_minutes(Int hours, Int minutes) { return of_hours_minutes_seconds(hours, minutes, 0); }
  static ZoneOffset of_hours_minutes_seconds(Int hours, Int minutes, Int seconds);
  static ZoneOffset of_total_seconds(Int seconds);
  static ZoneOffset from(const Accessor& from);
  /// `seconds` is known to be in range.
  static constexpr ZoneOffset unchecked(Int seconds) {
    ZoneOffset offset;
    offset.seconds_ = seconds;
    return offset;
  }

  [[nodiscard]] constexpr Int total_seconds() const { return seconds_; }
  /// `Z`, `+05:30`, `-00:00:01`.
  [[nodiscard]] std::string id() const;
  [[nodiscard]] std::string to_string() const { return id(); }
  /// Later offsets come first.
  [[nodiscard]] constexpr Int compare_to(const ZoneOffset& other) const { return other.seconds_ - seconds_; }
  [[nodiscard]] constexpr Int hash() const { return seconds_; }
  friend constexpr bool operator==(const ZoneOffset&, const ZoneOffset&) = default;

 private:
  Int seconds_ = 0;
};

}  // namespace sluice::painless::time
