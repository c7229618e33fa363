#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/date.h"
#include "stages/painless/time/locale.h"
#include "stages/painless/time/zone_id.h"

namespace sluice::painless::time {

/// java.util.TimeZone as a value: a ZoneId with the names and the leniency of java.util.
class TimeZone {
 public:
  TimeZone() = default;  ///< UTC
  explicit TimeZone(ZoneId zone)
      : zone_(zone), id_(zone.is_offset() && zone != ZoneId() ? "GMT" + zone.id() : zone.id()) {}
  /// `GMT` for what isn't known, as Java does it. `EST` and the other old names are known.
  static TimeZone get(std::string_view id);
  static TimeZone get_default() { return TimeZone(ZoneId::system_default()); }

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] ZoneId to_zone_id() const { return zone_; }
  /// Milliseconds. Before 1900 zones have the offset that they have today, as java.util has it.
  [[nodiscard]] Int offset_at(Long millis) const;
  /// Of a time on the clock: the one before a gap, the second one where it comes twice.
  [[nodiscard]] Int offset_of_wall(Long local_millis) const;
  [[nodiscard]] Int raw_offset() const;
  [[nodiscard]] Int dst_savings() const;
  [[nodiscard]] bool uses_daylight_time() const { return dst_savings() != 0; }
  [[nodiscard]] bool in_daylight_time(const Date& date) const;
  [[nodiscard]] bool has_same_rules(const TimeZone& other) const { return zone_ == other.zone_; }
  [[nodiscard]] std::string display_name(bool daylight = false, bool full = true,
                                         const Locale& locale = Locale::node_default()) const;
  friend bool operator==(const TimeZone&, const TimeZone&) = default;

 private:
  ZoneId zone_ = ZoneId::of_offset("UTC", ZoneOffset());
  std::string id_ = "UTC";
};

}  // namespace sluice::painless::time
