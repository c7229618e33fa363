#include "stages/ingest/java_number.h"

#include <cstdlib>
#include <limits>
#include <string>

#include <unicode/uchar.h>

#include "stages/ingest/field_value.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::ingest {

namespace {

/// The same number in ASCII.
std::string plain_digits(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = painless::next_code_point(text, at);
    const int digit = point < 0x80 ? -1 : u_charDigitValue(static_cast<UChar32>(point));
    painless::append_code_point(out, digit < 0 ? point : static_cast<char32_t>('0' + digit));
  }
  return out;
}

template <typename T>
Result<T> read_integer(std::string_view text, int radix) {
  constexpr std::int64_t kLeast = std::numeric_limits<T>::min();
  constexpr std::int64_t kMost = std::numeric_limits<T>::max();
  std::int64_t value = 0;
  if (painless::parse_integer(text, radix, kLeast, kMost, value)) return static_cast<T>(value);
  if (painless::parse_integer(plain_digits(text), radix, kLeast, kMost, value)) return static_cast<T>(value);
  return std::unexpected(number_format(text, radix));
}

template <typename T>
Result<T> decode(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 3 : 2);
  if (digits.starts_with('-') || digits.starts_with('+')) {
    return std::unexpected(
        Error(ErrorKind::kDocument, 400, "number_format_exception", "Sign character in wrong position"));
  }
  constexpr int kRadix = 16;
  if (!negative) return read_integer<T>(digits, kRadix);
  return read_integer<T>("-" + std::string(digits), kRadix);
}

Error no_decimal(std::string_view text) {
  return {ErrorKind::kDocument, 400, "number_format_exception", painless::no_double(text)};
}

}  // namespace

Result<std::int32_t> read_int(std::string_view text, int radix) { return read_integer<std::int32_t>(text, radix); }
Result<std::int64_t> read_long(std::string_view text, int radix) { return read_integer<std::int64_t>(text, radix); }
Result<std::int32_t> decode_int(std::string_view text) { return decode<std::int32_t>(text); }
Result<std::int64_t> decode_long(std::string_view text) { return decode<std::int64_t>(text); }

Result<double> read_double(std::string_view text) {
  double value = 0;
  if (painless::parse_double(text, value)) return value;
  return std::unexpected(no_decimal(text));
}

Result<float> read_float(std::string_view text) {
  double value = 0;
  if (!painless::parse_double(text, value)) return std::unexpected(no_decimal(text));
  // Not by way of the double: it would be rounded twice.
  return std::strtof(std::string(text).c_str(), nullptr);
}

}  // namespace sluice::ingest
