#include "stages/painless/api/collections.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/time/zone_text.h"
#include "stages/painless/time/zone_transition.h"

namespace sluice::painless::api {

namespace {

Value short_ids(Machine& machine, const Value* args) {
  (void)args;
  HashMap* map = new_hash_map(machine);
  for (const auto& [name, id] : time::ZoneId::short_ids()) {
    if (map->put(machine, machine.string_value(name), machine.string_value(id)).is_error()) return Value::error();
  }
  return made(map);
}

Value available(Machine& machine, const Value* args) {
  (void)args;
  const Value set = make_set(machine, known().hash_set, Order::kHash, Value::null());
  for (const std::string& id : time::ZoneId::available()) {
    if (add_to(machine, set, machine.string_value(id)).is_error()) return Value::error();
  }
  return set;
}

Value of_alias(Machine& machine, const Value* args) {
  return call<[](Machine& with, std::string_view id, const Value& aliases) {
    if (aliases.is_null()) fail_null("aliasMap");
    std::map<std::string, std::string, std::less<>> names;
    for_each_entry(with, object<Map>(aliases), [&](const Value& key, const Value& value) {
      const String* name = with.as_string(with.force(key));
      const String* zone = with.as_string(with.force(value));
      if (name != nullptr && zone != nullptr) names.emplace(name->text(), zone->text());
      return true;
    });
    return with.failed() ? Value::error() : make(with, time::ZoneId::of(id, names));
  }>(machine, args);
}

std::string display_name(time::ZoneId zone, time::TextStyle style, const time::Locale& locale) {
  if (zone.is_offset()) return zone.id();
  const bool full = time::as_normal(style) == time::TextStyle::kFull;
  return time::zone_name(zone, time::ZoneNameKind::kGeneric, zone.offset_at(0), full, locale);
}

constexpr MethodRow kZoneId[] = {
    {"const Map SHORT_IDS", short_ids, "The zones of the old short names.", "ZoneId.SHORT_IDS.get('PST')",
     "America/Los_Angeles"},
    {"String getId()", call<&time::ZoneId::id>, "Its name.", "ZoneId.of('Europe/Paris').getId()", "Europe/Paris"},
    {"String getDisplayName(TextStyle,Locale)", call<display_name>, "Its name for people.",
     "ZoneId.of('Europe/Paris').getDisplayName(TextStyle.FULL, Locale.ENGLISH)", "Central European Time"},
    {"ZoneRules getRules()", call<[](time::ZoneId zone) { return time::RulesOfZone(zone); }>,
     "When it has which offset.", "ZoneId.of('Europe/Paris').getRules()", "ZoneRules[currentStandardOffset=+01:00]"},
    {"ZoneId normalized()", call<&time::ZoneId::normalized>, "The offset, where it never has another one.",
     "ZoneId.of('UTC').normalized()", "Z"},
    {"static Set getAvailableZoneIds()", available, "The names there are.",
     "ZoneId.getAvailableZoneIds().contains('Europe/Paris')", "true"},
    {"static ZoneId of(String)", call<[](std::string_view id) { return time::ZoneId::of(id); }>, "The zone of a name.",
     "ZoneId.of('Foo/Bar')", "zone_rules_exception: Unknown time-zone ID: Foo/Bar"},
    {"static ZoneId of(String,Map)", of_alias, "The zone of a name, other names being tried first.",
     "ZoneId.of('EST', ZoneId.SHORT_IDS)", "America/Panama"},
    {"static ZoneId ofOffset(String,ZoneOffset)", call<&time::ZoneId::of_offset>, "An offset with a prefix.",
     "ZoneId.ofOffset('UTC', ZoneOffset.ofHours(2))", "UTC+02:00"},
    {"static ZoneId from(TemporalAccessor)", call<&time::ZoneId::from>, "What another value says of it.",
     "ZoneId.from(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))", "Europe/Paris"},
    {"static ZoneId systemDefault()", call<&time::ZoneId::system_default>, "The zone that servers run in.",
     "ZoneId.systemDefault()", "Etc/UTC"},
};

constexpr MethodRow kZoneOffset[] = {
    {"const ZoneOffset MAX", call<&time::ZoneOffset::max>, "Eighteen hours before UTC.", "ZoneOffset.MAX", "+18:00"},
    {"const ZoneOffset MIN", call<&time::ZoneOffset::min>, "Eighteen hours behind UTC.", "ZoneOffset.MIN", "-18:00"},
    {"const ZoneOffset UTC", call<&time::ZoneOffset::utc>, "None.", "ZoneOffset.UTC", "Z"},
    {"int getTotalSeconds()", call<&time::ZoneOffset::total_seconds>, "The offset in seconds.",
     "ZoneOffset.of('+01:30').getTotalSeconds()", "5400"},
    {"static ZoneOffset from(TemporalAccessor)", call<&time::ZoneOffset::from>, "What another value says of it.",
     "ZoneOffset.from(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))", "+01:00"},
    {"static ZoneOffset of(String)", call<&time::ZoneOffset::of>, "Reads `+01:30`.", "ZoneOffset.of('+1:30')",
     "date_time_exception: Invalid ID for ZoneOffset, non numeric characters found: +1:30"},
    {"static ZoneOffset ofHours(int)", call<&time::ZoneOffset::of_hours>, "Of so many hours.", "ZoneOffset.ofHours(19)",
     "date_time_exception: Zone offset hours not in valid range: value 19 is not in the range -18 to 18"},
    {"static ZoneOffset ofHoursMinutes(int,int)", call<&time::ZoneOffset::of_hours_minutes>, "Of hours and minutes.",
     "ZoneOffset.ofHoursMinutes(5, 30)", "+05:30"},
    {"static ZoneOffset ofHoursMinutesSeconds(int,int,int)", call<&time::ZoneOffset::of_hours_minutes_seconds>,
     "Of hours, minutes and seconds.", "ZoneOffset.ofHoursMinutesSeconds(-5, -30, -1)", "-05:30:01"},
    {"static ZoneOffset ofTotalSeconds(int)", call<&time::ZoneOffset::of_total_seconds>, "Of so many seconds.",
     "ZoneOffset.ofTotalSeconds(5400)", "+01:30"},
};

constexpr ClassRow kRows[] = {
    {"java.time.ZoneId", "", "A time zone.", kZoneId},
    {"java.time.ZoneRegion", "ZoneId", "A zone with a name.", {}, false, true},
    {"java.time.ZoneOffset", "ZoneId,TemporalAccessor,TemporalAdjuster,Comparable", "An offset from UTC.", kZoneOffset},
};

}  // namespace

std::span<const ClassRow> time_zone_family() { return kRows; }

}  // namespace sluice::painless::api
