#include <memory>

#include "stages/painless/math/decimal.h"

namespace sluice::painless::math {

namespace {

[[noreturn]] void fail_format(std::string message, std::shared_ptr<const DateTimeError> cause = nullptr) {
  throw DateTimeError{.kind = DateTimeError::kNumberFormat,
                      .message = std::move(message),
                      .error_index = -1,
                      .text = {},
                      .cause = std::move(cause)};
}

/// A text that ends where a digit has to be: Java looks past its end.
[[noreturn]] void fail_end(std::string_view text) {
  const std::string size = std::to_string(text.size());
  DateTimeError cause{.kind = DateTimeError::kIndexOutOfBounds,
                      .message = "Index " + size + " out of bounds for length " + size,
                      .error_index = -1,
                      .text = {},
                      .cause = nullptr};
  fail_format("", std::make_shared<const DateTimeError>(std::move(cause)));
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What stands behind the `e`.
Long exponent_of(std::string_view text, std::size_t at) {
  if (at == text.size()) fail_end(text);
  const bool negative = text[at] == '-';
  if (negative || text[at] == '+') ++at;
  if (at == text.size()) fail_end(text);
  while (text.size() - at > 10 && text[at] == '0') ++at;
  if (text.size() - at > 10) fail_format("Too many nonzero exponent digits.");
  Long exponent = 0;
  for (; at < text.size(); ++at) {
    if (!is_digit(text[at])) fail_format("Not a digit.");
    exponent = exponent * 10 + (text[at] - '0');
  }
  if (negative) exponent = -exponent;
  return exponent;
}

/// The character at `at`, all its bytes.
std::string_view character(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) ++size;
  return text.substr(at, size);
}

[[noreturn]] void fail_character(std::string_view text, std::size_t at, std::size_t length) {
  constexpr std::size_t kMostShort = 18;  // digits that fit a long, which Java reads on its own
  if (length <= kMostShort) {
    fail_format("Character " + std::string(character(text, at)) +
                " is neither a decimal digit number, decimal point, nor \"e\" notation exponential mark.");
  }
  fail_format("Character array is missing \"e\" notation exponential mark.");
}

}  // namespace

Decimal Decimal::parse(std::string_view text) {
  if (text.empty()) fail_end(text);
  const bool negative = text.front() == '-';
  std::size_t at = negative || text.front() == '+' ? 1 : 0;
  const std::size_t length = text.size() - at;
  std::string digits;
  bool point = false;
  Long scale = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_digit(c)) {
      digits.push_back(c);
      if (point) ++scale;
    } else if (c == '.') {
      if (point) fail_format("Character array contains more than one decimal point.");
      point = true;
    } else if (c == 'e' || c == 'E') {
      scale -= exponent_of(text, at + 1);
      break;
    } else {
      fail_character(text, at, length);
    }
  }
  if (digits.empty()) fail_format("No digits found.");
  if (scale != static_cast<Int>(scale)) fail_format("Exponent overflow.");
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  check_digits(static_cast<Long>(digits.size()));
  return Decimal(integer_of(digits, negative), static_cast<Int>(scale));
}

std::string Decimal::layout(bool engineering) const {
  if (scale_ == 0) return unscaled_.str();
  std::string digits = magnitude(unscaled_).str();
  std::string text = unscaled_ < 0 ? "-" : "";
  const auto size = static_cast<Long>(digits.size());
  Long adjusted = -Long{scale_} + (size - 1);
  if (scale_ >= 0 && adjusted >= -6) {
    if (size <= scale_) return text + "0." + std::string(static_cast<std::size_t>(scale_ - size), '0') + digits;
    return text + digits.insert(static_cast<std::size_t>(size - scale_), ".");
  }
  Long before_point = 1;
  if (engineering) {
    const Long rest = (adjusted % 3 + 3) % 3;
    adjusted -= rest;
    before_point = rest + 1;
    if (unscaled_ == 0) {
      if (rest != 0) adjusted += 3;
      digits = rest == 0 ? "0" : rest == 1 ? "0.00" : "0.0";
      before_point = static_cast<Long>(digits.size());
    }
  }
  if (before_point > static_cast<Long>(digits.size())) digits.resize(static_cast<std::size_t>(before_point), '0');
  if (before_point < static_cast<Long>(digits.size())) digits.insert(static_cast<std::size_t>(before_point), ".");
  text += digits;
  if (adjusted != 0) text.append("E").append(adjusted > 0 ? "+" : "").append(std::to_string(adjusted));
  return text;
}

std::string Decimal::to_plain_string() const {
  if (scale_ == 0) return unscaled_.str();
  if (scale_ < 0) {
    if (unscaled_ == 0) return "0";
    check_digits(Long{precision()} - scale_);
    return unscaled_.str() + std::string(static_cast<std::size_t>(-Long{scale_}), '0');
  }
  std::string digits = magnitude(unscaled_).str();
  const auto places = static_cast<std::size_t>(scale_);
  if (digits.size() <= places) {
    check_digits(scale_);
    digits.insert(0, places - digits.size() + 1, '0');
  }
  digits.insert(digits.size() - places, ".");
  return (unscaled_ < 0 ? "-" : "") + digits;
}

}  // namespace sluice::painless::math
