#include <algorithm>
#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// Names of months but for their first letter, in English and in German, long and short; some can be misspelt.
struct Month {
  std::string_view first;
  std::string_view rest;  ///< with spaces between
};

constexpr auto kMonths = std::to_array<Month>({
    {"Jj", "anuary anuar an"},
    {"Ff", "ebruary ebruar eb"},
    {"Mm", "arch arz ar ärch ärz är rch rz r"},
    {"Aa", "pril pr"},
    {"Mm", "ay ai a"},
    {"Jj", "une uni un uly uli ul"},
    {"Aa", "ugust ug"},
    {"Ss", "eptember ep"},
    {"Oo", "ctober ct ktober kt tober t"},
    {"Nn", "ovember ov"},
    {"Dd", "ecember ec ezember ez"},
});

std::string months() {
  std::string out;
  for (const auto& [first, rest] : kMonths) {
    std::vector<std::string_view> names;
    for (std::size_t at = 0; at < rest.size();) {
      const std::size_t end = std::min(rest.find(' ', at), rest.size());
      names.push_back(rest.substr(at, end - at));
      at = end + 1;
    }
    out.append(out.empty() ? R"(\b(?:[)" : "|[").append(first).append("]").append(any_of(names));
  }
  return out + R"()\b)";
}

constexpr auto kDays = std::to_array<std::string_view>({
    "Monday",
    "Mon",
    "Tuesday",
    "Tue",
    "Wednesday",
    "Wed",
    "Thursday",
    "Thu",
    "Friday",
    "Fri",
    "Saturday",
    "Sat",
    "Sunday",
    "Sun",
});

constexpr auto kNumbers = std::to_array<Row>({
    {"MONTHNUM", "0?[1-9]|1[0-2]"},
    {"MONTHNUM2", "0[1-9]|1[0-2]"},
    {"MONTHDAY", R"(0[1-9]|[12]\d|3[01]|[1-9])"},
});

constexpr auto kTimes = std::to_array<Row>({
    {"YEAR", R"(\d\d(?:\d\d)?)"},
    {"HOUR", R"(2[0-3]|[01]?\d)"},
    {"MINUTE", R"([0-5]\d)"},
    {"SECOND", R"((?:[0-5]?\d|60)(?:[.,:]\d+)?)"},
});

constexpr auto kStamps = std::to_array<Row>({
    {"TIME", R"({HOUR}:{MINUTE}:{SECOND}`(?!\d)`)"},
    {"DATE_US", "{MONTHNUM}`[/-]`{MONTHDAY}`[/-]`{YEAR}"},
    {"DATE_EU", "{MONTHDAY}`[./-]`{MONTHNUM}`[./-]`{YEAR}"},
    {"ISO8601_TIMEZONE", "{[Z|`[+-]`{HOUR}`:?`{MINUTE}]}"},
    {"ISO8601_SECOND", "{SECOND}"},
    {"ISO8601_HOUR", R"(`2[0-3]|[01]\d`)", In::kClassic},
    {"TIMESTAMP_ISO8601",
     "{YEAR}-{MONTHNUM}-{MONTHDAY}`[ T]`{ISO8601_HOUR||HOUR}`:?`{MINUTE}{[`:?`{SECOND}|]}{[{ISO8601_TIMEZONE}|]}"},
    {"DATE", "{[{DATE_US}|{DATE_EU}]}"},
    {"DATESTAMP", "{DATE}`[ -]`{TIME}"},
    {"DATE_YMD", "{YEAR}`[./-]`{MONTHNUM2}`[./-]`{MONTHDAY}"},
    {"TIMESTAMP_YMD", "{DATE_YMD} {TIME}"},
    {"TZ", "{[`[ACEMP][DS]`T|UTC]}"},
    {"DATESTAMP_RFC822", "{DAY} {MONTH} {MONTHDAY} {YEAR} {TIME} {TZ}"},
    {"DATESTAMP_RFC2822", "{DAY}, {MONTHDAY} {MONTH} {YEAR} {TIME} {ISO8601_TIMEZONE}"},
    {"DATESTAMP_OTHER", "{DAY} {MONTH} {MONTHDAY} {TIME} {TZ} {YEAR}"},
    {"DATESTAMP_EVENTLOG", "{YEAR}{[{MONTHNUM2}{MONTHDAY}]}{[{HOUR}{MINUTE}{SECOND}]}"},
});

}  // namespace

Patterns dates(EcsMode mode) {
  Patterns all{{"MONTH", months()}};
  append(all, rows(kNumbers, mode));
  all.push_back({"DAY", any_of(kDays)});
  append(all, rows(kTimes, mode));
  append(all, layouts(kStamps, mode));
  return all;
}

}  // namespace sluice::ingest::bank
