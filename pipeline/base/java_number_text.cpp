#include "pipeline/base/java_number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

namespace sluice {

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

std::string java_double_text(double value) { return java_text(value); }
std::string java_float_text(float value) { return java_text(value); }

}  // namespace sluice
