#include "tools/sluiced/search/date_text.h"

#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace sluice::rest {

std::string date_text(std::int64_t millis, std::string_view format) {
  namespace c = std::chrono;
  if (format.starts_with("epoch_millis")) return std::to_string(millis);
  if (format.starts_with("epoch_second")) return std::to_string(millis / 1000);
  const c::sys_time<c::milliseconds> time{c::milliseconds(millis)};
  const auto day = c::floor<c::days>(time);
  const c::year_month_day date(day);
  const c::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::string java_double_text(double value) {
  if (std::isnan(value)) return "\"NaN\"";
  if (std::isinf(value)) return value < 0 ? "\"-Infinity\"" : "\"Infinity\"";
  const double size = std::abs(value);
  char text[64] = {};
  if (size == 0 || (size >= 1e-3 && size < 1e7)) {
    const auto [end, _] = std::to_chars(text, text + sizeof(text), value, std::chars_format::fixed);
    std::string out(text, end);
    if (out.find('.') == std::string::npos) out += ".0";
    return out;
  }
  const auto [end, _] = std::to_chars(text, text + sizeof(text), value, std::chars_format::scientific);
  std::string out(text, end);
  const std::size_t e = out.find('e');
  std::string digits = out.substr(0, e);
  if (digits.find('.') == std::string::npos) digits += ".0";
  return fmt::format("{}E{}", digits, std::stoi(out.substr(e + 1)));
}

}  // namespace sluice::rest
