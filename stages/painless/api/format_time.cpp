#include <algorithm>
#include <memory>
#include <optional>

#include <unicode/ures.h>

#include "stages/painless/api/string_format.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/time/date.h"
#include "stages/painless/time/time_zone.h"

namespace sluice::painless::api {

namespace {

/// The pattern of java.time for a conversion; empty: it is computed.
std::string_view pattern_of(char conversion) {
  switch (conversion) {
    case 'H':
      return "HH";
    case 'k':
      return "H";
    case 'I':
      return "hh";
    case 'l':
      return "h";
    case 'M':
      return "mm";
    case 'S':
      return "ss";
    case 'L':
      return "SSS";
    case 'N':
      return "nnnnnnnnn";
    case 'p':
      return "a";
    case 'z':
      return "xx";
    case 'B':
      return "MMMM";
    case 'b':
    case 'h':
      return "MMM";
    case 'A':
      return "EEEE";
    case 'a':
      return "EEE";
    case 'y':
      return "yy";
    case 'j':
      return "DDD";
    case 'm':
      return "MM";
    case 'd':
      return "dd";
    case 'e':
      return "d";
    case 'R':
      return "HH:mm";
    case 'T':
      return "HH:mm:ss";
    case 'r':
      return "hh:mm:ss a";
    case 'D':
      return "MM/dd/yy";
    case 'F':
      return "uuuu-MM-dd";
    default:
      return "";
  }
}

std::string zone_text(const time::Accessor& moment, const time::Locale& locale) {
  const std::optional<time::ZoneId> zone = moment.zone();
  if (!zone) time::fail("no zone");
  if (zone->is_offset() || !moment.is_supported(time::FieldId::kInstantSeconds)) return zone->id();
  const bool daylight = zone->is_daylight_savings(moment.get_long(time::FieldId::kInstantSeconds));
  return time::TimeZone::get(zone->id()).display_name(daylight, false, locale);
}

std::string year_text(const time::Accessor& moment) {
  const std::string year = std::to_string(moment.get(time::FieldId::kYearOfEra));
  return year.size() < 4 ? std::string(4 - year.size(), '0') + year : year;
}

std::string text_of(char conversion, const time::Accessor& moment, const time::Locale& locale) {
  if (const std::string_view pattern = pattern_of(conversion); !pattern.empty()) {
    const std::string text = time::DateTimeFormatter::of_pattern(pattern, locale).format(moment);
    return conversion == 'p' ? lower_case(text) : text;
  }
  switch (conversion) {
    case 'C': {
      const Int century = moment.get(time::FieldId::kYearOfEra) / 100;
      return (century < 10 ? "0" : "") + std::to_string(century);
    }
    case 'Y':
      return year_text(moment);
    case 's':
      return std::to_string(moment.get_long(time::FieldId::kInstantSeconds));
    case 'Q':
      return std::to_string(moment.get_long(time::FieldId::kInstantSeconds) * 1000 +
                            moment.get_long(time::FieldId::kMilliOfSecond));
    case 'Z':
      return zone_text(moment, locale);
    default: {
      std::string text = time::DateTimeFormatter::of_pattern("EEE MMM dd HH:mm:ss ", locale).format(moment);
      text += zone_text(moment, locale);
      return text + " " + year_text(moment);
    }
  }
}

/// Milliseconds since 1970 in the zone that a Calendar has, or in UTC.
std::optional<time::ZonedDateTime> as_moment(Machine& machine, const Value& value) {
  const std::string_view name = machine.class_of(value)->java_name;
  if (value.tag == Tag::kLong || name == "java.util.Date") {
    const Long millis = value.tag == Tag::kLong ? value.i : static_cast<TimeObject<time::Date>*>(value.o)->value.time();
    return time::ZonedDateTime::of_instant(time::Instant::of_epoch_milli(millis), time::ZoneId::system_default());
  }
  if (name != "java.util.Calendar" && name != "java.util.GregorianCalendar") return std::nullopt;
  const Value millis = machine.call_method(value, "getTimeInMillis", {});
  const Value zone = millis.is_error() ? millis : machine.call_method(value, "getTimeZone", {});
  const Value id = zone.is_error() ? zone : machine.call_method(zone, "toZoneId", {});
  if (id.is_error()) return std::nullopt;
  return time::ZonedDateTime::of_instant(time::Instant::of_epoch_milli(millis.i), argument<time::ZoneId>(machine, id));
}

struct CloseBundle {
  void operator()(UResourceBundle* bundle) const { ures_close(bundle); }
};
using Bundle = std::unique_ptr<UResourceBundle, CloseBundle>;

/// The text at `NumberElements/latn/symbols/KEY` of one of ICU's bundles; empty: it has none of its own.
std::string symbol_of(const std::string& bundle_name, const char* key) {
  UErrorCode status = U_ZERO_ERROR;
  Bundle at(ures_openDirect(nullptr, bundle_name.c_str(), &status));
  for (const char* part : {"NumberElements", "latn", "symbols"}) {
    if (U_FAILURE(status) != 0) return {};
    at.reset(ures_getByKey(at.get(), part, nullptr, &status));
  }
  if (U_FAILURE(status) != 0) return {};
  std::int32_t length = 0;
  const UChar* units = ures_getStringByKey(at.get(), key, &length, &status);
  if (U_FAILURE(status) != 0) return {};
  return from_utf16({units, static_cast<std::size_t>(length)});
}

/// Raises what is said of a value that is no moment. False.
bool no_format_for(Machine& machine, const FormatSpecifier& specifier, const Value& moment) {
  raise_format(machine, "IllegalFormatConversionException",
               std::string(1, specifier.conversion) + " != " + machine.class_of(moment)->java_name);
  return false;
}

}  // namespace

NumberSigns number_signs(const time::Locale& locale) {
  NumberSigns signs;
  if (locale.language().empty() || locale.language() == "en") return signs;
  for (const std::string& name : {locale.language(), locale.language() + "_" + locale.country()}) {
    if (const std::string found = symbol_of(name, "decimal"); !found.empty()) signs.decimal = found;
    if (const std::string found = symbol_of(name, "group"); !found.empty()) signs.group = found;
  }
  return signs;
}

bool format_time(Machine& machine, const FormatSpecifier& specifier, const Value& moment, const time::Locale& locale,
                 std::string& out) {
  try {
    const auto* base = moment.is_object() ? dynamic_cast<TimeBase*>(moment.o) : nullptr;
    if (const std::optional<time::ZonedDateTime> at = as_moment(machine, moment)) {
      out = text_of(specifier.conversion, time::TemporalView(*at), locale);
      return true;
    }
    if (machine.failed()) return false;
    if (base != nullptr && (base->temporal() || base->type == class_of<time::Parsed>())) {
      out = text_of(specifier.conversion, AccessorOf(moment), locale);
      return true;
    }
  } catch (const time::DateTimeError&) {
    // What it lacks is told as what it is no format for.
    return no_format_for(machine, specifier, moment);
  }
  return no_format_for(machine, specifier, moment);
}

}  // namespace sluice::painless::api
