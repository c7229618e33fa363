#include <vector>

#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/api/time_zone_natives.h"
#include "stages/painless/time/time_zone.h"

namespace sluice::painless::api {

template <>
inline constexpr std::string_view kJavaName<time::TimeZone> = "java.util.TimeZone";

namespace {

Value ids(Machine& machine, const std::vector<std::string>& names) {
  Value* items = machine.heap().array<Value>(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) items[i] = machine.string_value(names[i]);
  const Type* type = Registry::get().array_of(known().string->type);
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(names.size()), items));
}
time::TimeZone& zone(const Value& value) { return object<TimeObject<time::TimeZone>>(value).value; }

constexpr const char* kNullLocale = "Cannot invoke \"Object.hashCode()\" because \"key\" is null";

Value display_name(Machine& machine, const Value* a) {
  if (missing(machine, a[1], kNullLocale)) return Value::error();
  return machine.string_value(zone(a[0]).display_name(false, true, object<TimeObject<time::Locale>>(a[1]).value));
}
Value display_name_of_season(Machine& machine, const Value* a) {
  if (a[2].i != 0 && a[2].i != 1) {
    return machine.raise(known().illegal_argument, "Illegal style: " + std::to_string(a[2].i));
  }
  if (missing(machine, a[3], kNullLocale)) return Value::error();
  const auto& locale = object<TimeObject<time::Locale>>(a[3]).value;
  return machine.string_value(zone(a[0]).display_name(a[1].i != 0, a[2].i != 0, locale));
}
/// The era, the year, the month from 0 on, the day, the day of the week, and milliseconds of standard time.
Value offset_of_fields(Machine& machine, const Value* a) {
  constexpr Long kMillisOfDay = 86'400'000;
  const bool before = a[1].i == 0;
  const Long year = before ? 1 - a[2].i : a[2].i;
  if (a[1].i < 0 || a[1].i > 1 || a[3].i < 0 || a[3].i > 11 || a[5].i < 1 || a[5].i > 7 || a[6].i < 0 ||
      a[6].i >= kMillisOfDay) {
    return machine.raise(known().illegal_argument);
  }
  try {
    const auto month = static_cast<Int>(a[3].i) + 1;
    const time::LocalDate date = time::LocalDate::of(static_cast<Int>(year), month, static_cast<Int>(a[4].i));
    const Long standard = date.to_epoch_day() * kMillisOfDay + a[6].i;
    return Value::of_int(zone(a[0]).offset_at(standard - zone(a[0]).raw_offset()));
  } catch (const time::DateTimeError&) {
    return machine.raise(known().illegal_argument);  // there is no such day
  }
}
Value clone(Machine& machine, const Value* a) { return make(machine, zone(a[0])); }

constexpr MethodRow kMore[] = {
    {"def clone()", clone, "The same zone.", "TimeZone.getTimeZone('Europe/Paris').clone().getID()", "Europe/Paris"},
    {"String getDisplayName(Locale)", display_name, "Its name for people, in a language.",
     "TimeZone.getTimeZone('Europe/Paris').getDisplayName(Locale.ENGLISH)", "Central European Standard Time"},
    {"String getDisplayName(boolean,int,Locale)", display_name_of_season, "Likewise, in summer or winter.",
     "TimeZone.getTimeZone('Europe/Paris').getDisplayName(true, TimeZone.SHORT, Locale.ENGLISH)", "CEST"},
    {"int getOffset(int,int,int,int,int,int)", offset_of_fields,
     "Milliseconds from UTC at an era, year, month from 0 on, day, day of the week and milliseconds of standard time.",
     "TimeZone.getTimeZone('Europe/Paris').getOffset(1, 2020, 6, 15, 4, 0)", "7200000"},
};

constexpr ClassRow kRows[] = {
    {"java.util.TimeZoneMore", "", "Methods of TimeZone.", kMore, true, true},
};

}  // namespace

Value zone_ids(Machine& machine, const Value*) { return ids(machine, time::ZoneId::available()); }
Value zone_ids_of_offset(Machine& machine, const Value* a) {
  std::vector<std::string> found;
  for (const std::string& id : time::ZoneId::available()) {
    if (!machine.tick()) return Value::error();
    if (time::TimeZone::get(id).raw_offset() == a[0].i) found.push_back(id);
  }
  return ids(machine, found);
}

std::span<const ClassRow> time_zone_more_family() { return kRows; }

}  // namespace sluice::painless::api
