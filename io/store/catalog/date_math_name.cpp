#include <chrono>

#include <fmt/format.h>

#include "io/store/catalog/index_names.h"

namespace sluice::store {

namespace {

using std::chrono::sys_time;
using Milliseconds = std::chrono::milliseconds;

Error invalid(std::string_view name, const std::string& why) {
  return Error(ErrorKind::kBadRequest, 400, "parse_exception",
               "invalid dynamic name expression [" + std::string(name) + "]. " + why);
}

/// Rounds down to a unit of date math; false: there is no such unit.
bool round_down(sys_time<Milliseconds>& time, char unit) {
  namespace c = std::chrono;
  const auto day = c::floor<c::days>(time);
  const c::year_month_day date(day);
  switch (unit) {
    case 'y':
      time = c::sys_days(c::year_month_day(date.year(), c::January, c::day(1)));
      return true;
    case 'M':
      time = c::sys_days(c::year_month_day(date.year(), date.month(), c::day(1)));
      return true;
    case 'w':
      time = day - (c::weekday(day) - c::Monday);
      return true;
    case 'd':
      time = day;
      return true;
    case 'h':
    case 'H':
      time = c::floor<c::hours>(time);
      return true;
    case 'm':
      time = c::floor<c::minutes>(time);
      return true;
    case 's':
      time = c::floor<c::seconds>(time);
      return true;
    default:
      return false;
  }
}

bool add_units(sys_time<Milliseconds>& time, int count, char unit) {
  namespace c = std::chrono;
  const auto day = c::floor<c::days>(time);
  const auto rest = time - day;
  c::year_month_day date(day);
  switch (unit) {
    case 'y':
    case 'M':
      date = unit == 'y' ? date + c::years(count) : date + c::months(count);
      if (!date.ok()) date = date.year() / date.month() / c::last;
      time = c::sys_days(date) + rest;
      return true;
    case 'w':
      time += c::weeks(count);
      return true;
    case 'd':
      time += c::days(count);
      return true;
    case 'h':
    case 'H':
      time += c::hours(count);
      return true;
    case 'm':
      time += c::minutes(count);
      return true;
    case 's':
      time += c::seconds(count);
      return true;
    default:
      return false;
  }
}

/// `now`, then `+1d`, `-2M` or `/d` any number of times.
bool evaluate(std::string_view math, sys_time<Milliseconds>& time) {
  if (!math.starts_with("now")) return false;
  math.remove_prefix(3);
  while (!math.empty()) {
    const char operation = math.front();
    math.remove_prefix(1);
    int count = 0;
    bool digits = false;
    while (!math.empty() && math.front() >= '0' && math.front() <= '9' && count < 100'000) {
      count = count * 10 + (math.front() - '0');
      digits = true;
      math.remove_prefix(1);
    }
    if (math.empty()) return false;
    const char unit = math.front();
    math.remove_prefix(1);
    if (operation == '/') {
      if (digits || !round_down(time, unit)) return false;
    } else if (operation == '+' || operation == '-') {
      if (!digits) count = 1;
      if (!add_units(time, operation == '+' ? count : -count, unit)) return false;
    } else {
      return false;
    }
  }
  return true;
}

/// A format of java.time with the letters that names of indices use: yyyy, uuuu, MM, dd, HH, mm, ss and separators.
bool format_date(std::string_view format, sys_time<Milliseconds> time, std::string& out) {
  namespace c = std::chrono;
  const auto day = c::floor<c::days>(time);
  const c::year_month_day date(day);
  const c::hh_mm_ss clock(c::floor<c::seconds>(time - day));
  while (!format.empty()) {
    const char letter = format.front();
    const std::size_t count = std::min(format.find_first_not_of(letter), format.size());
    format.remove_prefix(count);
    const int width = static_cast<int>(count);
    const auto pad = [&](auto value) { out += fmt::format("{:0{}}", value, width); };
    switch (letter) {
      case 'y':
      case 'u':
        if (count == 2) {
          out += fmt::format("{:02}", static_cast<int>(date.year()) % 100);
        } else {
          pad(static_cast<int>(date.year()));
        }
        break;
      case 'M':
        pad(static_cast<unsigned>(date.month()));
        break;
      case 'd':
        pad(static_cast<unsigned>(date.day()));
        break;
      case 'H':
        pad(clock.hours().count());
        break;
      case 'm':
        pad(clock.minutes().count());
        break;
      case 's':
        pad(clock.seconds().count());
        break;
      default:
        if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) return false;
        out.append(count, letter);
    }
  }
  return true;
}

/// What stands between the braces: date math, and a format in braces of its own, with a time zone behind `|`.
Status append_placeholder(std::string_view name, std::string_view inside, std::int64_t now, std::string& out) {
  std::string_view format = "yyyy.MM.dd";
  const std::size_t brace = inside.find('{');
  if (brace != std::string_view::npos) {
    if (!inside.ends_with('}')) return std::unexpected(invalid(name, "date math placeholder is open ended"));
    format = inside.substr(brace + 1, inside.size() - brace - 2);
    inside = inside.substr(0, brace);
    if (format.empty()) return std::unexpected(invalid(name, "missing date format"));
    const std::size_t zone = format.find('|');
    if (zone != std::string_view::npos) {
      const std::string_view text = format.substr(zone + 1);
      if (text != "UTC" && text != "Z" && text != "+00:00") {
        return std::unexpected(unsupported("the time zone [" + std::string(text) + "] of the name [" +
                                           std::string(name) + "] is not supported; leave it out or use UTC"));
      }
      format = format.substr(0, zone);
    }
  }
  sys_time<Milliseconds> time{Milliseconds(now)};
  if (!evaluate(inside, time))
    return std::unexpected(invalid(name, "failed to parse date math [" + std::string(inside) + "]"));
  if (!format_date(format, time, out)) {
    return std::unexpected(invalid(name, "the date format [" + std::string(format) + "] is not supported in names"));
  }
  return {};
}

}  // namespace

Result<std::string> resolve_date_math(std::string_view name, std::int64_t now_ms) {
  // An exclusion may have date math behind its minus sign.
  const bool minus = name.starts_with("-<");
  const std::string_view body = minus ? name.substr(1) : name;
  if (!body.starts_with('<') || !body.ends_with('>')) return std::string(name);
  std::string out = minus ? "-" : "";
  std::string_view rest = body.substr(1, body.size() - 2);
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    rest.remove_prefix(open + 1);
    int depth = 1;
    std::size_t close = 0;
    for (; close < rest.size(); ++close) {
      if (rest[close] == '{') ++depth;
      if (rest[close] == '}' && --depth == 0) break;
    }
    if (close == rest.size()) return std::unexpected(invalid(name, "date math placeholder is open ended"));
    if (auto added = append_placeholder(name, rest.substr(0, close), now_ms, out); !added) {
      return std::unexpected(added.error());
    }
    rest.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace sluice::store
