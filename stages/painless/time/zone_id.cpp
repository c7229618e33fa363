#include "stages/painless/time/zone_id.h"

#include <algorithm>

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/digits.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/zone_regions.h"
#include "stages/painless/time/zone_rules.h"

namespace sluice::painless::time {
namespace {

constexpr std::array<std::string_view, 4> kPrefixes = {"", "UTC", "GMT", "UT"};

bool is_letter(char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); }

void check_region_name(std::string_view id) {
  bool good = id.size() >= 2;
  for (std::size_t each = 0; good && each < id.size(); ++each) {
    const char character = id[each];
    const bool later = (character >= '0' && character <= '9') || std::string_view("/~._+-").contains(character);
    good = is_letter(character) || (later && each != 0);
  }
  if (!good) fail("Invalid ID for region-based ZoneId, invalid format: " + std::string(id));
}

}  // namespace

ZoneId ZoneId::of(std::string_view id) {
  if (id.size() <= 1 || id[0] == '+' || id[0] == '-') return ZoneOffset::of(id);
  if (id.starts_with("UTC") || id.starts_with("GMT")) return with_prefix(id, 3);
  if (id.starts_with("UT")) return with_prefix(id, 2);
  return of_region(id);
}

ZoneId ZoneId::of(std::string_view id, const std::map<std::string, std::string, std::less<>>& aliases) {
  const auto found = aliases.find(id);
  return of(found == aliases.end() ? id : std::string_view(found->second));
}

ZoneId ZoneId::of_region(std::string_view id) {
  check_region_name(id);
  const auto number = ZoneRegions::get().find(id);
  if (!number) fail(DateTimeError::kZoneRules, "Unknown time-zone ID: " + std::string(id));
  return ZoneId(pack(kRegion, static_cast<Int>(*number)));
}

ZoneId ZoneId::with_prefix(std::string_view id, std::size_t prefix) {
  if (id.size() == prefix) return of_offset(id, ZoneOffset());
  if (id[prefix] != '+' && id[prefix] != '-') return of_region(id);
  ZoneOffset offset;
  try {
    offset = ZoneOffset::of(id.substr(prefix));
  } catch (const DateTimeError& error) {
    throw DateTimeError{.kind = DateTimeError::kDateTime,
                        .message = "Invalid ID for offset-based ZoneId: " + std::string(id),
                        .error_index = -1,
                        .text = {},
                        .cause = std::make_shared<const DateTimeError>(error)};
  }
  return of_offset(id.substr(0, prefix), offset);
}

ZoneId ZoneId::of_offset(std::string_view prefix, ZoneOffset offset) {
  for (std::size_t each = 0; each < kPrefixes.size(); ++each) {
    if (prefix == kPrefixes[each]) return ZoneId(pack(static_cast<Kind>(each), offset.total_seconds()));
  }
  fail(DateTimeError::kIllegalArgument, "prefix should be GMT, UTC or UT, is: " + std::string(prefix));
}

ZoneId ZoneId::from(const Accessor& from) {
  if (const auto zone = from.zone()) return *zone;
  unobtainable("ZoneId", from.to_string(), from.type_name());
}

const std::map<std::string, std::string, std::less<>>& ZoneId::short_ids() {
  static const std::map<std::string, std::string, std::less<>> ids = {{"ACT", "Australia/Darwin"},
                                                                      {"AET", "Australia/Sydney"},
                                                                      {"AGT", "America/Argentina/Buenos_Aires"},
                                                                      {"ART", "Africa/Cairo"},
                                                                      {"AST", "America/Anchorage"},
                                                                      {"BET", "America/Sao_Paulo"},
                                                                      {"BST", "Asia/Dhaka"},
                                                                      {"CAT", "Africa/Harare"},
                                                                      {"CNT", "America/St_Johns"},
                                                                      {"CST", "America/Chicago"},
                                                                      {"CTT", "Asia/Shanghai"},
                                                                      {"EAT", "Africa/Addis_Ababa"},
                                                                      {"ECT", "Europe/Paris"},
                                                                      {"EST", "America/Panama"},
                                                                      {"HST", "Pacific/Honolulu"},
                                                                      {"IET", "America/Indiana/Indianapolis"},
                                                                      {"IST", "Asia/Kolkata"},
                                                                      {"JST", "Asia/Tokyo"},
                                                                      {"MIT", "Pacific/Apia"},
                                                                      {"MST", "America/Phoenix"},
                                                                      {"NET", "Asia/Yerevan"},
                                                                      {"NST", "Pacific/Auckland"},
                                                                      {"PLT", "Asia/Karachi"},
                                                                      {"PNT", "America/Phoenix"},
                                                                      {"PRT", "America/Puerto_Rico"},
                                                                      {"PST", "America/Los_Angeles"},
                                                                      {"SST", "Pacific/Guadalcanal"},
                                                                      {"VST", "Asia/Ho_Chi_Minh"}};
  return ids;
}

ZoneId ZoneId::system_default() {
  const auto number = ZoneRegions::get().find("Etc/UTC");
  return number ? ZoneId(pack(kRegion, static_cast<Int>(*number))) : of_offset("UTC", ZoneOffset());
}

const std::vector<std::string>& ZoneId::available() { return ZoneRegions::get().names(); }

std::string ZoneId::id() const {
  if (kind() == kRegion) return ZoneRegions::get().names()[static_cast<std::size_t>(value())];
  const ZoneOffset offset = ZoneOffset::unchecked(value());
  if (kind() == kOffset) return offset.id();
  std::string text(kPrefixes[kind()]);
  if (value() != 0) text.append(offset.id());
  return text;
}

Int ZoneId::hash() const { return is_offset() ? value() : hash_of_text(id()); }

ZoneId ZoneId::normalized() const { return is_fixed() ? ZoneId(offset_at(0)) : *this; }

const ZoneRules* ZoneId::rules() const {
  return kind() == kRegion ? &ZoneRegions::get().rules(static_cast<std::size_t>(value())) : nullptr;
}

bool ZoneId::is_fixed() const { return kind() != kRegion || rules()->is_fixed(); }

ZoneOffset ZoneId::offset_at(Long epoch_second) const {
  return ZoneOffset::unchecked(kind() == kRegion ? rules()->offset_at(epoch_second) : value());
}

LocalOffsets ZoneId::offsets_at(const LocalDateTime& local) const {
  if (kind() == kRegion) return rules()->local(local.local_second(), local.year());
  const ZoneOffset offset = ZoneOffset::unchecked(value());
  return {.kind = LocalOffsets::kUnique, .before = offset, .after = offset, .transition = 0};
}

bool ZoneId::is_valid_offset(const LocalDateTime& local, ZoneOffset offset) const {
  const LocalOffsets all = offsets_at(local);
  if (all.kind == LocalOffsets::kGap) return false;
  return offset == all.before || (all.kind == LocalOffsets::kOverlap && offset == all.after);
}

bool ZoneId::is_daylight_savings(Long epoch_second) const {
  return kind() == kRegion && rules()->span_at(epoch_second).daylight;
}

std::string_view ZoneId::type_name() const { return is_offset() ? "java.time.ZoneOffset" : "java.time.ZoneRegion"; }

}  // namespace sluice::painless::time
