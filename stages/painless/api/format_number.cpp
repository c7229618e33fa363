#include "stages/painless/api/format_number.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "pipeline/base/java_number_text.h"
#include "stages/painless/run/number_text.h"

namespace sluice::painless::api {

namespace {

constexpr int kDefaultPrecision = 6;

/// The sign in front; a parenthesis closes behind.
std::string leading_sign(const FormatSpecifier& specifier, bool negative) {
  if (negative) return specifier.has(kParentheses) ? "(" : "-";
  if (specifier.has(kPlus)) return "+";
  return specifier.has(kLeadingSpace) ? " " : "";
}
std::string trailing_sign(const FormatSpecifier& specifier, bool negative) {
  return negative && specifier.has(kParentheses) ? ")" : "";
}

/// Digits in a language's way, behind what `out` has by now, filled with zeroes up to `width` in all.
void append_magnitude(std::string& out, const FormatSpecifier& specifier, std::string_view digits, int width,
                      const NumberSigns& signs) {
  const std::size_t begin = out.size();
  const std::size_t dot = std::min(digits.find('.'), digits.size());
  std::size_t separators = 0;  // signs may take more than a byte, and count once
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i == dot) {
      out += signs.decimal;
      separators += signs.decimal.size() - 1;
      continue;
    }
    out += digits[i];
    if (specifier.has(kGroup) && i + 1 < dot && (dot - i) % 3 == 1) {
      out += signs.group;
      separators += signs.group.size() - 1;
    }
  }
  const std::size_t length = out.size() - separators;
  if (specifier.has(kZeroPad) && width > static_cast<int>(length)) {
    out.insert(begin, static_cast<std::size_t>(width) - length, '0');
  }
}

/// The room for the number where a closing parenthesis follows.
int inner_width(const FormatSpecifier& specifier, int width, bool negative) {
  return width > 0 && specifier.has(kParentheses) && negative ? width - 1 : width;
}

/// `digits` with a point behind the first `whole` of them, so many places behind it.
std::string plain(const Decimal& value, int places) {
  std::string whole = "0";
  std::string fraction;
  if (value.exponent > 0 && !value.digits.empty()) {
    const auto size = static_cast<std::size_t>(value.exponent);
    whole = value.digits.substr(0, size);
    whole.resize(size, '0');
    if (value.digits.size() > size) fraction = value.digits.substr(size);
  } else if (!value.digits.empty()) {
    fraction = std::string(static_cast<std::size_t>(-value.exponent), '0') + value.digits;
  }
  if (places <= 0) return whole;
  fraction.resize(static_cast<std::size_t>(places), '0');
  return whole + "." + fraction;
}
std::string mantissa(const Decimal& value, int places) {
  std::string digits = value.digits.empty() ? "0" : value.digits;
  std::string text = digits.substr(0, 1);
  if (places <= 0) return text;
  digits.erase(0, 1);
  digits.resize(static_cast<std::size_t>(places), '0');
  return text + "." + digits;
}
std::string exponent_text(int exponent) {
  const std::string digits = std::to_string(std::abs(exponent));
  return (exponent < 0 ? "-" : "+") + (digits.size() < 2 ? "0" + digits : digits);
}

void append_scientific(std::string& out, const FormatSpecifier& specifier, const Decimal& value, int places,
                       const NumberSigns& signs) {
  std::string digits = mantissa(value, places);
  if (specifier.has(kAlternate) && places == 0) digits += '.';
  const std::string exponent = exponent_text(value.digits.empty() ? 0 : value.exponent - 1);
  const int width = specifier.width == FormatSpecifier::kMissing
                        ? specifier.width
                        : specifier.width - static_cast<int>(exponent.size()) - 1;
  append_magnitude(out, specifier, digits, inner_width(specifier, width, value.negative), signs);
  out += specifier.has(kUpperCase) ? 'E' : 'e';
  out += exponent;
}

void append_fixed(std::string& out, const FormatSpecifier& specifier, const Decimal& value, int places,
                  const NumberSigns& signs) {
  std::string digits = plain(value, places);
  if (specifier.has(kAlternate) && places == 0) digits += '.';
  append_magnitude(out, specifier, digits, inner_width(specifier, specifier.width, value.negative), signs);
}

/// The bits of a finite double's fraction, rounded half to even to `places` hexadecimal digits, as Java's `%a` does.
std::string hex_digits(double value, int places) {
  const bool subnormal = value < 2.2250738585072014E-308;
  constexpr int kAllPlaces = 13;
  if (value == 0 || places == 0 || places >= kAllPlaces) {
    int exponent = 0;
    double fraction = value;
    if (value != 0 && !subnormal) {
      fraction = std::frexp(value, &exponent) * 2;
      --exponent;
    } else if (subnormal && value != 0) {
      fraction = std::ldexp(value, 1022);
      exponent = -1022;
    }
    const int whole = static_cast<int>(fraction);
    const auto bits = static_cast<std::uint64_t>(std::ldexp(fraction - whole, 52));
    std::string digits = unsigned_text(bits, 16);
    digits.insert(0, kAllPlaces - digits.size(), '0');
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    return std::to_string(whole) + "." + digits + "p" + std::to_string(exponent);
  }
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent) * 2;
  --exponent;
  const double scaled = std::nearbyint(std::ldexp(fraction, 4 * places));
  auto bits = static_cast<std::uint64_t>(scaled);
  if (bits >> (4 * places) > 1) {
    bits >>= 1;
    ++exponent;
  }
  std::string digits = unsigned_text(bits & ((std::uint64_t{1} << (4 * places)) - 1), 16);
  digits.insert(0, static_cast<std::size_t>(places) - digits.size(), '0');
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return "1." + digits + "p" + std::to_string(exponent);
}

void append_hex(std::string& out, const FormatSpecifier& specifier, double value, bool negative) {
  const int precision = specifier.precision == FormatSpecifier::kMissing ? 0 : std::max(specifier.precision, 1);
  const std::string text = hex_digits(value, precision);
  const bool upper = specifier.has(kUpperCase);
  out += upper ? "0X" : "0x";
  if (specifier.has(kZeroPad)) {
    const bool has_sign = specifier.has(kLeadingSpace) || specifier.has(kPlus) || negative;
    const int zeroes = specifier.width - static_cast<int>(text.size()) - (has_sign ? 3 : 2);
    if (zeroes > 0) out.append(static_cast<std::size_t>(zeroes), '0');
  }
  const std::size_t p = text.find('p');
  std::string digits = text.substr(0, p);
  const std::size_t places = digits.size() - 2;
  if (static_cast<std::size_t>(precision) > places) {
    digits.append(static_cast<std::size_t>(precision) - places, '0');
  }
  if (upper)
    std::ranges::transform(digits, digits.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  out += digits;
  out += upper ? 'P' : 'p';
  out += text.substr(p + 1);
}

}  // namespace

Decimal Decimal::of(double value) {
  const std::string text = java_double_text(std::abs(value));
  const std::size_t e = std::min(text.find('E'), text.size());
  Decimal made = of(std::string_view(text).substr(0, e));
  if (e < text.size()) made.exponent += std::stoi(text.substr(e + 1));
  made.negative = std::signbit(value);
  return made;
}

Decimal Decimal::of(std::string_view plain_text) {
  Decimal made;
  made.negative = plain_text.starts_with('-');
  if (made.negative) plain_text.remove_prefix(1);
  const std::size_t point = std::min(plain_text.find('.'), plain_text.size());
  made.exponent = static_cast<int>(point);
  made.digits = plain_text.substr(0, point);
  if (point < plain_text.size()) made.digits += plain_text.substr(point + 1);
  const std::size_t first = std::min(made.digits.find_first_not_of('0'), made.digits.size());
  made.digits.erase(0, first);
  made.exponent -= static_cast<int>(first);
  while (made.digits.ends_with('0')) made.digits.pop_back();
  if (made.digits.empty()) made.exponent = 0;
  return made;
}

void Decimal::round(int places) {
  if (places >= static_cast<int>(digits.size())) return;
  const bool up = places >= 0 && digits[static_cast<std::size_t>(places)] >= '5';
  digits.resize(static_cast<std::size_t>(std::max(places, 0)));
  if (up) {
    while (digits.ends_with('9')) digits.pop_back();
    if (digits.empty()) {
      digits = "1";
      ++exponent;
    } else {
      ++digits.back();
    }
  }
  while (digits.ends_with('0')) digits.pop_back();
}

std::string format_decimal_integer(const FormatSpecifier& specifier, std::string_view digits,
                                   const NumberSigns& signs) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  std::string out = leading_sign(specifier, negative);
  append_magnitude(out, specifier, digits, inner_width(specifier, specifier.width, negative), signs);
  return out + trailing_sign(specifier, negative);
}

std::string format_other_base(const FormatSpecifier& specifier, std::string digits, bool negative) {
  std::string out = leading_sign(specifier, negative);
  const bool upper = specifier.has(kUpperCase);
  if (specifier.has(kAlternate)) out += specifier.conversion == 'o' ? "0" : upper ? "0X" : "0x";
  if (upper)
    std::ranges::transform(digits, digits.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  const std::string behind = trailing_sign(specifier, negative);
  const int zeroes = specifier.width - static_cast<int>(out.size() + digits.size() + behind.size());
  if (specifier.has(kZeroPad) && zeroes > 0) out.append(static_cast<std::size_t>(zeroes), '0');
  return out + digits + behind;
}

std::string format_decimal(const FormatSpecifier& specifier, Decimal value, const NumberSigns& signs) {
  std::string out = leading_sign(specifier, value.negative);
  int places = specifier.precision == FormatSpecifier::kMissing ? kDefaultPrecision : specifier.precision;
  if (specifier.conversion == 'f') {
    value.round(value.exponent + places);
    append_fixed(out, specifier, value, places, signs);
  } else if (specifier.conversion == 'e') {
    value.round(places + 1);
    append_scientific(out, specifier, value, places, signs);
  } else {
    places = std::max(places, 1);
    value.round(places);
    const int magnitude = value.digits.empty() ? 0 : value.exponent - 1;
    if (magnitude < -4 || magnitude >= places) {
      append_scientific(out, specifier, value, places - 1, signs);
    } else {
      append_fixed(out, specifier, value, places - magnitude - 1, signs);
    }
  }
  return out + trailing_sign(specifier, value.negative);
}

std::string format_double(const FormatSpecifier& specifier, double value, const NumberSigns& signs) {
  const bool upper = specifier.has(kUpperCase);
  if (std::isnan(value)) return upper ? "NAN" : "NaN";
  const bool negative = std::signbit(value);
  if (std::isfinite(value) && specifier.conversion != 'a') return format_decimal(specifier, Decimal::of(value), signs);
  std::string out = leading_sign(specifier, negative);
  if (std::isinf(value)) {
    out += upper ? "INFINITY" : "Infinity";
  } else {
    append_hex(out, specifier, std::abs(value), negative);
  }
  return out + trailing_sign(specifier, negative);
}

}  // namespace sluice::painless::api
