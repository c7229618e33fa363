#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "io/store/catalog/index_names.h"
#include "pipeline/model/date_math.h"

namespace sluice::store {

namespace {

using std::chrono::sys_time;
using Milliseconds = std::chrono::milliseconds;

Error invalid(std::string_view name, const std::string& why) {
  return Error(ErrorKind::kBadRequest, 400, "parse_exception",
               "invalid dynamic name expression [" + std::string(name) + "]. " + why);
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

/// A date that a name says itself, in the format that the name is written in. `at`: where it is not one.
struct ReadDate {
  std::chrono::sys_days day{std::chrono::year{1970} / 1 / 1};
  std::chrono::seconds time{};
  std::optional<std::size_t> at;
};

ReadDate read_date(std::string_view text, std::string_view format) {
  namespace c = std::chrono;
  ReadDate read;
  std::array<int, 6> parts{1970, 1, 1, 0, 0, 0};
  constexpr std::string_view kParts = "yMdHms";
  std::size_t at = 0;
  while (!format.empty()) {
    const char letter = format.front() == 'u' ? 'y' : format.front();
    const std::size_t count = std::min(format.find_first_not_of(format.front()), format.size());
    const std::size_t part = kParts.find(letter);
    const std::string_view piece = text.substr(std::min(at, text.size()), count);
    const bool digits = piece.size() == count && piece.find_first_not_of("0123456789") == std::string_view::npos;
    const bool fits = part == std::string_view::npos ? piece == format.substr(0, count) : digits;
    if (!fits) {
      read.at = at;
      return read;
    }
    if (part != std::string_view::npos) std::from_chars(piece.data(), piece.data() + piece.size(), parts.at(part));
    at += count;
    format.remove_prefix(count);
  }
  const c::year_month_day day{c::year{parts[0]}, c::month{static_cast<unsigned>(parts[1])},
                              c::day{static_cast<unsigned>(parts[2])}};
  const bool timely = parts[3] < 24 && parts[4] < 60 && parts[5] < 60;
  if (at != text.size() || !day.ok() || !timely) {
    read.at = at == text.size() ? 0 : at;
    return read;
  }
  read.day = day;
  read.time = c::hours(parts[3]) + c::minutes(parts[4]) + c::seconds(parts[5]);
  return read;
}

Error wrong_date(std::string_view text, std::string_view format, std::size_t at) {
  const std::string what =
      "failed to parse date field [" + std::string(text) + "] with format [" + std::string(format) + "]";
  Error cause = illegal_argument(what);
  cause = std::move(cause).wrapping(
      {ErrorKind::kBadRequest, 400, "date_time_parse_exception",
       "Text '" + std::string(text) + "' could not be parsed at index " + std::to_string(at)});
  return Error(ErrorKind::kBadRequest, 400, "parse_exception", what + ": [" + what + "]").wrapping(std::move(cause));
}

/// The moment that date math begins with, and the math behind it.
Result<sys_time<Milliseconds>> base_of(std::string_view& inside, std::string_view format, std::int64_t now) {
  if (inside.starts_with("now")) {
    inside.remove_prefix(3);
    return sys_time<Milliseconds>(Milliseconds(now));
  }
  const std::string_view text = inside.substr(0, inside.find("||"));
  inside.remove_prefix(std::min(text.size() + 2, inside.size()));
  const ReadDate date = read_date(text, format);
  if (date.at) return std::unexpected(wrong_date(text, format, *date.at));
  return sys_time<Milliseconds>(date.day + date.time);
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
  std::string_view math = inside;
  const auto base = base_of(math, format, now);
  if (!base) return std::unexpected(base.error());
  const auto time = pipeline::apply_date_math(math, *base, false);
  if (!time) return std::unexpected(invalid(name, "failed to parse date math [" + std::string(inside) + "]"));
  if (!format_date(format, *time, out)) {
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
    // Elasticsearch has taken the first bracket off by then.
    if (close == rest.size()) return std::unexpected(invalid(name.substr(1), "date math placeholder is open ended"));
    if (auto added = append_placeholder(name, rest.substr(0, close), now_ms, out); !added) {
      return std::unexpected(added.error());
    }
    rest.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace sluice::store
