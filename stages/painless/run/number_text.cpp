#include "stages/painless/run/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "pipeline/base/java_trim.h"

namespace sluice::painless {

namespace {

/// Digits and exponent of the shortest form become Java's: plain from 10^-3 to below 10^7, computerised otherwise.
template <typename T>
std::string java_text(T value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  std::array<char, 64> buffer{};
  char* const end = buffer.data() + buffer.size();
  auto written = std::to_chars(buffer.data(), end, std::abs(value), std::chars_format::scientific);
  if (buffer[1] == 'e' && std::abs(value) < std::numeric_limits<T>::min()) {
    // The smallest numbers have few digits: where one is enough, Java takes the nearest two.
    written = std::to_chars(buffer.data(), end, std::abs(value), std::chars_format::scientific, 1);
  }
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  int exponent = 0;
  const char* digits_of = text.data() + e + 1;
  if (*digits_of == '+') ++digits_of;
  std::from_chars(digits_of, text.data() + text.size(), exponent);
  std::string digits(1, text[0]);
  if (e > 2 && text.substr(2, e - 2) != "0") digits += text.substr(2, e - 2);
  std::string out = value < 0 ? "-" : "";
  if (exponent >= -3 && exponent < 7) {
    if (exponent < 0) {
      out += "0.";
      out.append(static_cast<std::size_t>(-exponent - 1), '0');
      return out + digits;
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() < whole) digits.append(whole - digits.size(), '0');
    out += digits.substr(0, whole);
    out += '.';
    return out + (digits.size() > whole ? digits.substr(whole) : "0");
  }
  out += digits[0];
  out += '.';
  out += digits.size() > 1 ? digits.substr(1) : "0";
  out += 'E';
  return out + std::to_string(exponent);
}

}  // namespace

std::string double_text(double value) { return java_text(value); }
std::string float_text(float value) { return java_text(value); }

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

}  // namespace sluice::painless
