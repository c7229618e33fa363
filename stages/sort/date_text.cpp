#include "stages/sort/date_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace sluice::stages {

namespace {

namespace c = std::chrono;

constexpr std::string_view kStandard = "uuuu-MM-dd'T'HH:mm:ss.SSSXXX";

struct Named {
  std::string_view name;
  std::string_view pattern;
};

/// Built-in formats and the patterns they print with. Source: Elasticsearch's DateFormatters.
constexpr auto kNamed = std::to_array<Named>({
    {"basic_date", "uuuuMMdd"},
    {"basic_date_time", "uuuuMMdd'T'HHmmss.SSSXXX"},
    {"basic_date_time_no_millis", "uuuuMMdd'T'HHmmssXXX"},
    {"date", "uuuu-MM-dd"},
    {"date_hour", "uuuu-MM-dd'T'HH"},
    {"date_hour_minute", "uuuu-MM-dd'T'HH:mm"},
    {"date_hour_minute_second", "uuuu-MM-dd'T'HH:mm:ss"},
    {"date_hour_minute_second_millis", "uuuu-MM-dd'T'HH:mm:ss.SSS"},
    {"date_optional_time", kStandard},
    {"date_time", kStandard},
    {"date_time_no_millis", "uuuu-MM-dd'T'HH:mm:ssXXX"},
    {"hour", "HH"},
    {"hour_minute", "HH:mm"},
    {"hour_minute_second", "HH:mm:ss"},
    {"year", "uuuu"},
    {"year_month", "uuuu-MM"},
    {"year_month_day", "uuuu-MM-dd"},
});

std::string_view pattern_of(std::string_view format) {
  format = format.substr(0, format.find("||"));
  const std::string_view bare = format.starts_with("strict_") ? format.substr(7) : format;
  const auto found = std::ranges::find(kNamed, bare, &Named::name);
  if (found != kNamed.end()) return found->pattern;
  return format.empty() ? kStandard : format;
}

/// Appends what `count` times `letter` stands for at a moment of UTC; false: it is not known.
bool append_part(std::string& out, char letter, std::size_t count, c::sys_time<c::milliseconds> time) {
  const auto day = c::floor<c::days>(time);
  const c::year_month_day date(day);
  const c::hh_mm_ss clock(time - day);
  const auto pad = [&](auto value) { out += fmt::format("{:0{}}", value, count); };
  switch (letter) {
    case 'u':
    case 'y':
      if (count == 2) {
        out += fmt::format("{:02}", static_cast<int>(date.year()) % 100);
      } else {
        pad(static_cast<int>(date.year()));
      }
      return true;
    case 'M':
      if (count > 2) return false;
      pad(static_cast<unsigned>(date.month()));
      return true;
    case 'd':
      pad(static_cast<unsigned>(date.day()));
      return true;
    case 'H':
      pad(clock.hours().count());
      return true;
    case 'm':
      pad(clock.minutes().count());
      return true;
    case 's':
      pad(clock.seconds().count());
      return true;
    case 'S':
      out += fmt::format("{:03}000000", clock.subseconds().count()).substr(0, count);
      return count <= 9;
    case 'X':
      out += 'Z';
      return true;
    case 'Z':
      out += count == 5 ? "Z" : "+0000";
      return true;
    default:
      return false;
  }
}

/// Nothing: the pattern has parts that are not known.
std::optional<std::string> formatted(c::sys_time<c::milliseconds> time, std::string_view pattern) {
  std::string out;
  while (!pattern.empty()) {
    const char letter = pattern.front();
    if (letter == '\'') {
      const std::size_t end = pattern.find('\'', 1);
      if (end == std::string_view::npos) return std::nullopt;
      out += end == 1 ? "'" : pattern.substr(1, end - 1);
      pattern.remove_prefix(end + 1);
      continue;
    }
    const std::size_t count = std::min(pattern.find_first_not_of(letter), pattern.size());
    const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    if (!is_letter) {
      out.append(count, letter);
    } else if (!append_part(out, letter, count, time)) {
      return std::nullopt;
    }
    pattern.remove_prefix(count);
  }
  return out;
}

}  // namespace

std::string date_text(std::int64_t millis, std::string_view format) {
  if (format.starts_with("epoch_millis")) return std::to_string(millis);
  if (format.starts_with("epoch_second")) return std::to_string(millis / 1000);
  const c::sys_time<c::milliseconds> time{c::milliseconds(millis)};
  auto text = formatted(time, pattern_of(format));
  return text ? std::move(*text) : formatted(time, kStandard).value_or("");
}

}  // namespace sluice::stages
