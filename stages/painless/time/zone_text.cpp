#include "stages/painless/time/zone_text.h"

#include <algorithm>
#include <array>

#include "stages/painless/time/digits.h"
#include "stages/painless/time/zone_regions.h"

namespace sluice::painless::time {
namespace {

bool is_letter(char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); }

char lower(char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; }

bool begins_with(std::string_view text, std::string_view wanted, bool case_sensitive) {
  if (text.size() < wanted.size()) return false;
  return std::equal(wanted.begin(), wanted.end(), text.begin(), [&](char left, char right) {
    return left == right || (!case_sensitive && lower(left) == lower(right));
  });
}

/// `GMT-03:00`.
std::string gmt_text(ZoneOffset offset) {
  if (offset.total_seconds() == 0) return "GMT";
  const Int minutes = std::abs(offset.total_seconds()) / 60;
  std::string text = offset.total_seconds() < 0 ? "GMT-" : "GMT+";
  append_padded(text, minutes / 60, 2);
  text.push_back(':');
  append_padded(text, minutes % 60, 2);
  return text;
}

/// The abbreviations that English knows with the names they stand for; `prefix` tells apart what shares one.
struct ZoneName {
  std::string_view abbreviation;
  std::string_view full;
  std::string_view region;  ///< the one that is meant where a text has only the name
  ZoneNameKind kind;
  std::string_view prefix;
};

constexpr auto kStd = ZoneNameKind::kStandard;
constexpr auto kDst = ZoneNameKind::kDaylight;

constexpr std::array kNames = {
    ZoneName{"UTC", "Coordinated Universal Time", "UTC", kStd, ""},
    ZoneName{"GMT", "Greenwich Mean Time", "GMT", kStd, ""},
    ZoneName{"WET", "Western European Standard Time", "Atlantic/Canary", kStd, ""},
    ZoneName{"WEST", "Western European Summer Time", "Atlantic/Canary", kDst, ""},
    ZoneName{"CET", "Central European Standard Time", "Europe/Paris", kStd, ""},
    ZoneName{"CEST", "Central European Summer Time", "Europe/Paris", kDst, ""},
    ZoneName{"EET", "Eastern European Standard Time", "Europe/Bucharest", kStd, ""},
    ZoneName{"EEST", "Eastern European Summer Time", "Europe/Bucharest", kDst, ""},
    ZoneName{"BST", "British Summer Time", "Europe/London", kDst, "Europe/"},
    ZoneName{"IST", "Irish Standard Time", "Europe/Dublin", kDst, "Europe/"},
    ZoneName{"IST", "Israel Standard Time", "Asia/Jerusalem", kStd, "Asia/Jerusalem"},
    ZoneName{"IDT", "Israel Daylight Time", "Asia/Jerusalem", kDst, ""},
    ZoneName{"IST", "India Standard Time", "Asia/Kolkata", kStd, "Asia/"},
    ZoneName{"MSK", "Moscow Standard Time", "Europe/Moscow", kStd, ""},
    ZoneName{"EST", "Eastern Standard Time", "America/New_York", kStd, ""},
    ZoneName{"EDT", "Eastern Daylight Time", "America/New_York", kDst, ""},
    ZoneName{"CST", "China Standard Time", "Asia/Shanghai", kStd, "Asia/"},
    ZoneName{"CST", "Central Standard Time", "America/Chicago", kStd, ""},
    ZoneName{"CDT", "Central Daylight Time", "America/Chicago", kDst, ""},
    ZoneName{"MST", "Mountain Standard Time", "America/Denver", kStd, ""},
    ZoneName{"MDT", "Mountain Daylight Time", "America/Denver", kDst, ""},
    ZoneName{"PST", "Pacific Standard Time", "America/Los_Angeles", kStd, ""},
    ZoneName{"PDT", "Pacific Daylight Time", "America/Los_Angeles", kDst, ""},
    ZoneName{"AKST", "Alaska Standard Time", "America/Anchorage", kStd, ""},
    ZoneName{"AKDT", "Alaska Daylight Time", "America/Anchorage", kDst, ""},
    ZoneName{"HST", "Hawaii-Aleutian Standard Time", "Pacific/Honolulu", kStd, ""},
    ZoneName{"AST", "Atlantic Standard Time", "America/Halifax", kStd, ""},
    ZoneName{"ADT", "Atlantic Daylight Time", "America/Halifax", kDst, ""},
    ZoneName{"NST", "Newfoundland Standard Time", "America/St_Johns", kStd, ""},
    ZoneName{"NDT", "Newfoundland Daylight Time", "America/St_Johns", kDst, ""},
    ZoneName{"JST", "Japan Standard Time", "Asia/Tokyo", kStd, ""},
    ZoneName{"KST", "Korean Standard Time", "Asia/Seoul", kStd, ""},
    ZoneName{"HKT", "Hong Kong Standard Time", "Asia/Hong_Kong", kStd, ""},
    ZoneName{"PKT", "Pakistan Standard Time", "Asia/Karachi", kStd, ""},
    ZoneName{"WIB", "Western Indonesia Time", "Asia/Jakarta", kStd, ""},
    ZoneName{"WITA", "Central Indonesia Time", "Asia/Makassar", kStd, ""},
    ZoneName{"WIT", "Eastern Indonesia Time", "Asia/Jayapura", kStd, ""},
    ZoneName{"AWST", "Australian Western Standard Time", "Australia/Perth", kStd, ""},
    ZoneName{"ACST", "Australian Central Standard Time", "Australia/Adelaide", kStd, ""},
    ZoneName{"ACDT", "Australian Central Daylight Time", "Australia/Adelaide", kDst, ""},
    ZoneName{"AEST", "Australian Eastern Standard Time", "Australia/Sydney", kStd, ""},
    ZoneName{"AEDT", "Australian Eastern Daylight Time", "Australia/Sydney", kDst, ""},
    ZoneName{"NZST", "New Zealand Standard Time", "Pacific/Auckland", kStd, ""},
    ZoneName{"NZDT", "New Zealand Daylight Time", "Pacific/Auckland", kDst, ""},
    ZoneName{"SST", "Samoa Standard Time", "Pacific/Pago_Pago", kStd, ""},
    ZoneName{"CAT", "Central Africa Time", "Africa/Maputo", kStd, ""},
    ZoneName{"EAT", "East Africa Time", "Africa/Nairobi", kStd, ""},
    ZoneName{"WAT", "West Africa Standard Time", "Africa/Lagos", kStd, ""},
    ZoneName{"SAST", "South Africa Standard Time", "Africa/Johannesburg", kStd, ""},
};

const ZoneName* name_row(std::string_view abbreviation, std::string_view region) {
  for (const ZoneName& each : kNames) {
    if (each.abbreviation == abbreviation && region.starts_with(each.prefix)) return &each;
  }
  return nullptr;
}

/// `Dubai`, `New York`: what a zone without names is called.
std::string city_of(const std::string& id) {
  std::string city = id.substr(id.rfind('/') + 1);
  std::replace(city.begin(), city.end(), '_', ' ');
  return city;
}

std::string root_name(const std::string& id, ZoneNameKind kind, ZoneOffset offset, bool full) {
  if (!full || id.find('/') == std::string::npos || id.starts_with("Etc/")) return gmt_text(offset);
  if (kind == ZoneNameKind::kGeneric) return city_of(id);
  return city_of(id) + (kind == ZoneNameKind::kDaylight ? " (+1)" : " (+0)");
}

std::string generic_name(const ZoneName& row, bool full) {
  if (row.abbreviation == "UTC" || row.abbreviation == "GMT") return std::string(full ? row.full : row.abbreviation);
  if (full) {
    std::string name(row.full);
    for (const std::string_view word : {" Standard Time", " Daylight Time", " Summer Time"}) {
      if (name.ends_with(word)) return name.substr(0, name.size() - word.size()) + " Time";
    }
    return name;
  }
  // America's and Australia's lose their middle: ET, AET.
  std::string name(row.abbreviation);
  if (row.region.starts_with("Europe/") || name.size() < 3) return row.abbreviation == "CEST" ? "CET" : name;
  name.erase(name.size() - 2, 1);
  return name;
}

}  // namespace

std::string zone_name(ZoneId zone, ZoneNameKind kind, ZoneOffset offset, bool full, const Locale& locale) {
  const std::string id = zone.id();
  if (zone.rules() == nullptr) {
    if (const ZoneName* row = name_row(id, id); row != nullptr && !locale.is_root()) {
      return std::string(full ? row->full : row->abbreviation);
    }
    return locale.is_root() && full && (id == "UTC" || id == "GMT") ? "GMT" : id;
  }
  if (id == "Etc/UTC" || id == "Etc/UCT" || id == "Zulu" || id == "UCT") {
    return full ? (locale.is_root() ? "GMT" : "Coordinated Universal Time") : "UTC";
  }
  if (locale.is_root()) return root_name(id, kind, offset, full);
  const std::string& abbreviation = zone.rules()->name_for(offset.total_seconds(), kind == ZoneNameKind::kDaylight);
  const ZoneName* row = name_row(abbreviation, id);
  if (kind == ZoneNameKind::kGeneric) return row == nullptr ? gmt_text(offset) : generic_name(*row, full);
  if (!full) return !abbreviation.empty() && is_letter(abbreviation[0]) ? abbreviation : gmt_text(offset);
  return row == nullptr ? gmt_text(offset) : std::string(row->full);
}

std::optional<NamedZone> find_zone_name(std::string_view text, bool case_sensitive, bool full, const Locale& locale) {
  if (locale.is_root()) return std::nullopt;
  std::optional<NamedZone> best;
  for (const ZoneName& each : kNames) {
    const std::string_view name = full ? each.full : each.abbreviation;
    if (!begins_with(text, name, case_sensitive) || (best && best->size >= name.size())) continue;
    const bool also_generic = each.kind == kStd && !full && generic_name(each, false) == name;
    best = NamedZone{.zone = ZoneId::of(each.region),
                     .kind = also_generic ? ZoneNameKind::kGeneric : each.kind,
                     .size = name.size()};
  }
  // The id of a region may be longer than a name it begins with.
  std::string id;
  if (best && zone_id_prefix(text, case_sensitive, id) > best->size) return std::nullopt;
  return best;
}

std::size_t zone_id_prefix(std::string_view text, bool case_sensitive, std::string& id) {
  constexpr std::size_t kLongest = 40;
  std::size_t end = 0;
  while (end < text.size() && end < kLongest &&
         (is_letter(text[end]) || (text[end] >= '0' && text[end] <= '9') ||
          std::string_view("/~._+-").find(text[end]) != std::string_view::npos)) {
    ++end;
  }
  const ZoneRegions& regions = ZoneRegions::get();
  if (case_sensitive) {
    for (; end > 0; --end) {
      if (regions.find(text.substr(0, end))) {
        id = text.substr(0, end);
        return end;
      }
    }
    return 0;
  }
  std::size_t best = 0;
  for (const std::string& name : regions.names()) {
    if (name.size() > best && begins_with(text, name, false)) {
      best = name.size();
      id = name;
    }
  }
  return best;
}

}  // namespace sluice::painless::time
