#include "stages/painless/run/number_text.h"

#include <array>
#include <charconv>
#include <limits>
#include <system_error>

#include "pipeline/base/java_trim.h"

namespace sluice::painless {

std::string integer_text(std::int64_t value, int radix) {
  if (radix < 2 || radix > 36) radix = 10;
  std::array<char, 72> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, radix);
  return {buffer.data(), written.ptr};
}

std::string unsigned_text(std::uint64_t value, int radix) {
  if (radix < 2 || radix > 36) radix = 10;
  std::array<char, 72> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, radix);
  return {buffer.data(), written.ptr};
}

bool parse_integer(std::string_view text, int radix, std::int64_t min, std::int64_t max, std::int64_t& value) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value, radix);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && value >= min && value <= max;
}

bool parse_double(std::string_view text, double& value) {
  text = java_trimmed(text);
  bool negative = false;
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text == "NaN" || text == "Infinity") {
    value = text == "NaN" ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
    if (negative) value = -value;
    return true;
  }
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (text.empty() || (text.front() != '.' && (text.front() < '0' || text.front() > '9'))) return false;
  if (text.ends_with('f') || text.ends_with('F') || text.ends_with('d') || text.ends_with('D')) {
    if (!hex || text.find_first_of("pP") != std::string_view::npos) text.remove_suffix(1);
  }
  if (hex) {
    if (text.find_first_of("pP") == std::string_view::npos) return false;
    text.remove_prefix(2);
  }
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value,
                                    hex ? std::chars_format::hex : std::chars_format::general);
  if (read.ptr != text.data() + text.size() || text.empty()) return false;
  if (read.ec == std::errc::result_out_of_range) {
    // from_chars leaves the value alone: too large or too small, the exponent's sign says which.
    const std::size_t e = text.find_first_of(hex ? "pP" : "eE");
    const bool small =
        (e != std::string_view::npos && e + 1 < text.size() && text[e + 1] == '-') || text.starts_with("0.");
    value = small ? 0.0 : std::numeric_limits<double>::infinity();
  } else if (read.ec != std::errc{}) {
    return false;
  }
  if (negative) value = -value;
  return true;
}

std::string no_double(std::string_view text) {
  const std::string_view trimmed = java_trimmed(text);
  if (trimmed.empty()) return "empty String";
  const std::size_t sign = trimmed.starts_with('-') || trimmed.starts_with('+') ? 1 : 0;
  const std::string_view digits = trimmed.substr(sign, trimmed.find_first_not_of("0123456789.", sign) - sign);
  if (digits.find('.') != digits.rfind('.')) return "multiple points";
  return "For input string: \"" + std::string(text) + "\"";
}

}  // namespace sluice::painless
