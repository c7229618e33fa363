#include <chrono>

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
  if (!inside.starts_with("now")) {
    return std::unexpected(invalid(name, "failed to parse date math [" + std::string(inside) + "]"));
  }
  const auto time = pipeline::apply_date_math(inside.substr(3), sys_time<Milliseconds>(Milliseconds(now)), false);
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
