#include "stages/painless/time/time_zone.h"

#include <optional>

#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/zone_rules.h"
#include "stages/painless/time/zone_text.h"

namespace sluice::painless::time {
namespace {

constexpr Long k1900 = -2'208'988'800'000;

bool is_digit(char each) { return each >= '0' && each <= '9'; }

/// `GMT+2`, `GMT+0530`, `GMT-5:30`; hours up to 23.
std::optional<Int> custom_offset(std::string_view id) {
  if (!id.starts_with("GMT") || id.size() < 5 || (id[3] != '+' && id[3] != '-')) return std::nullopt;
  const std::string_view rest = id.substr(4);
  Int hours = 0;
  Int minutes = 0;
  const std::size_t colon = rest.find(':');
  const auto number = [](std::string_view digits, Int& value) {
    if (digits.empty() || digits.size() > 2) return false;
    for (const char each : digits) {
      if (!is_digit(each)) return false;
      value = value * 10 + (each - '0');
    }
    return true;
  };
  bool good = false;
  if (colon != std::string_view::npos) {
    good = number(rest.substr(0, colon), hours) && rest.size() == colon + 3 && number(rest.substr(colon + 1), minutes);
  } else if (rest.size() <= 2) {
    good = number(rest, hours);
  } else {
    good = rest.size() <= 4 && number(rest.substr(0, rest.size() - 2), hours) &&
           number(rest.substr(rest.size() - 2), minutes);
  }
  if (!good || hours > 23 || minutes > 59) return std::nullopt;
  const Int total = hours * 3'600 + minutes * 60;
  return id[3] == '-' ? -total : total;
}

}  // namespace

TimeZone TimeZone::get(std::string_view id) {
  TimeZone result;
  result.id_ = id;
  try {
    if (const auto offset = custom_offset(id)) {
      result.zone_ = ZoneId::of_offset("GMT", ZoneOffset::of_total_seconds(*offset));
      result.id_ = *offset == 0 ? "GMT" : result.zone_.id();
      return result;
    }
    const bool plain = !id.starts_with("UTC+") && !id.starts_with("UTC-") && !id.starts_with("UT+") &&
                       !id.starts_with("UT-") && !id.starts_with("GMT+") && !id.starts_with("GMT-") &&
                       !id.starts_with("+") && !id.starts_with("-") && id != "Z";
    if (plain) {
      result.zone_ = ZoneId::of(id, ZoneId::short_ids());
      return result;
    }
  } catch (const DateTimeError&) {
    result.id_ = "GMT";  // unknown names are Greenwich's
  }
  result.zone_ = ZoneId::of_offset("GMT", ZoneOffset());
  result.id_ = "GMT";
  return result;
}

Int TimeZone::offset_at(Long millis) const {
  if (millis < k1900) return raw_offset();
  return zone_.offset_at(floor_div(millis, 1'000)).total_seconds() * 1'000;
}

Int TimeZone::offset_of_wall(Long local_millis) const {
  if (wrapping_subtract(local_millis, raw_offset()) < k1900) return raw_offset();
  // Zones that change their offsets do it each 400 years the same.
  constexpr Long kSecondsOf400Years = 146'097 * kSecondsPerDay;
  Long second = floor_div(local_millis, 1'000);
  if (second > 2 * kSecondsOf400Years) second = kSecondsOf400Years + floor_mod(second, kSecondsOf400Years);
  const LocalOffsets offsets = zone_.offsets_at(LocalDateTime::of_epoch_second(second, 0, ZoneOffset::utc()));
  return (offsets.kind == LocalOffsets::kOverlap ? offsets.after : offsets.before).total_seconds() * 1'000;
}

Int TimeZone::raw_offset() const {
  const ZoneRules* rules = zone_.rules();
  return (rules == nullptr ? zone_.offset_at(0).total_seconds() : rules->last_standard_offset()) * 1'000;
}

Int TimeZone::dst_savings() const {
  const ZoneRules* rules = zone_.rules();
  return rules == nullptr ? 0 : rules->daylight_savings() * 1'000;
}

bool TimeZone::in_daylight_time(const Date& date) const {
  return date.time() >= k1900 && zone_.is_daylight_savings(floor_div(date.time(), 1'000));
}

std::string TimeZone::display_name(bool daylight, bool full, const Locale& locale) const {
  const Int offset = raw_offset() / 1'000 + (daylight && uses_daylight_time() ? dst_savings() / 1'000 : 0);
  return zone_name(zone_, daylight && uses_daylight_time() ? ZoneNameKind::kDaylight : ZoneNameKind::kStandard,
                   ZoneOffset::unchecked(offset), full, locale);
}

}  // namespace sluice::painless::time
