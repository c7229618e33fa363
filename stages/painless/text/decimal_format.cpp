#include "stages/painless/text/decimal_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sluice::painless::text {

namespace {

/// The double as it is printed.
Decimal shown_of(double number) {
  std::array<char, 64> buffer{};
  auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
  if (buffer[1] == 'e') {  // 4.9E-324 and not 5E-324
    written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific, 1);
  }
  return Decimal::parse({buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data())});
}

/// The double as it is, not as it is printed.
Decimal exact_of(double number) {
  int exponent = 0;
  const double fraction = std::frexp(number, &exponent);
  BigInt mantissa = static_cast<Long>(std::ldexp(fraction, 53));
  exponent -= 53;
  if (exponent >= 0) return Decimal(mantissa << exponent);
  const Int places = -exponent;
  return Decimal(mantissa * boost::multiprecision::pow(BigInt(5), static_cast<unsigned>(places)), places);
}

void check_rounding(RoundingMode mode) {
  if (mode != RoundingMode::kUnnecessary) return;
  time::fail(math::DateTimeError::kArithmetic,
             "Rounding needed with the rounding mode being set to RoundingMode.UNNECESSARY");
}

bool is_to_nearest(RoundingMode mode) { return mode >= RoundingMode::kHalfUp && mode <= RoundingMode::kHalfEven; }

}  // namespace

DecimalFormat::DecimalFormat(std::string_view pattern, DecimalSymbols symbols) : symbols_(std::move(symbols)) {
  apply_pattern(pattern);
}

DecimalFormat DecimalFormat::of(std::string_view pattern, const time::Locale& locale) {
  return {pattern, DecimalSymbols::of(locale)};
}

DecimalFormat DecimalFormat::integer(const time::Locale& locale) {
  DecimalFormat made = number(locale);
  made.set_max_fraction_digits(0);
  made.point_always_ = false;
  made.parse_integer_ = true;
  return made;
}

DecimalFormat DecimalFormat::currency(const time::Locale& locale) {
  DecimalFormat made = of(currency_pattern(locale), locale);
  const Int digits = made.symbols_.currency_digits;
  made.set_max_fraction_digits(digits);
  made.set_min_fraction_digits(digits);
  return made;
}

void DecimalFormat::set_affix(std::string& text, std::optional<std::string>& pattern, std::string_view value) {
  text = value;
  pattern.reset();
}

void DecimalFormat::set_symbols(const DecimalSymbols& symbols) {
  symbols_ = symbols;
  expand_affixes();
}

void DecimalFormat::set_grouping_size(Int size) {
  if (size < 0 || size > 127) {
    time::fail(math::DateTimeError::kIllegalArgument, "newValue is out of valid range. value: " + std::to_string(size));
  }
  grouping_size_ = size;
}

void DecimalFormat::set_max_integer_digits(Int digits) {
  max_integer_ = std::max(0, digits);
  min_integer_ = std::min(min_integer_, max_integer_);
}
void DecimalFormat::set_min_integer_digits(Int digits) {
  min_integer_ = std::max(0, digits);
  max_integer_ = std::max(max_integer_, min_integer_);
}
void DecimalFormat::set_max_fraction_digits(Int digits) {
  max_fraction_ = std::max(0, digits);
  min_fraction_ = std::min(min_fraction_, max_fraction_);
}
void DecimalFormat::set_min_fraction_digits(Int digits) {
  min_fraction_ = std::max(0, digits);
  max_fraction_ = std::max(max_fraction_, min_fraction_);
}

std::string DecimalFormat::format(Long number) const { return format(Decimal(BigInt(number))); }

std::string DecimalFormat::format(double number) const {
  if (std::isnan(number)) return symbols_.nan;
  if (multiplier_ != 1) number *= multiplier_;
  const bool negative = std::signbit(number);
  if (std::isinf(number)) return with_affixes(negative, symbols_.infinity);
  number = std::abs(number);
  const Decimal shown = shown_of(number);
  const Decimal exact = is_to_nearest(rounding_) && number != 0 ? exact_of(number) : shown;
  return write(negative, rounded(negative ? exact.negate() : exact, negative ? shown.negate() : shown), false);
}

std::string DecimalFormat::format(const Decimal& number) const {
  const Decimal scaled = multiplier_ == 1 ? number : number.multiply(Decimal(multiplier_));
  const bool integer = number.scale() == 0 && !scientific_;
  return write(scaled.signum() < 0, rounded(scaled, scaled), integer);
}

/// `shown` has the digits that are written where they are few enough; otherwise `exact` is rounded.
DecimalFormat::Digits DecimalFormat::rounded(const Decimal& exact, const Decimal& shown) const {
  const auto digits_of_number = [](const Decimal& number) {
    Digits made;
    if (number.signum() == 0) return made;
    made.digits = magnitude(number.unscaled()).str();
    made.point = static_cast<Long>(made.digits.size()) - number.scale();
    made.digits.erase(made.digits.find_last_not_of('0') + 1);
    return made;
  };
  Digits all = digits_of_number(shown);
  const auto count = static_cast<Long>(all.digits.size());
  if (scientific_) {
    const Long most = Long{max_integer_} + max_fraction_;
    if (most == 0 || count <= most) return all;
    check_rounding(rounding_);
    return digits_of_number(exact.round(math::MathContext(most, rounding_)));
  }
  // A number that would be rounded before its first digit is none.
  if (-all.point > max_fraction_ || count == 0) return {};
  if (count - all.point <= max_fraction_) return all;
  check_rounding(rounding_);
  return digits_of_number(exact.with_scale(max_fraction_, rounding_));
}

std::string DecimalFormat::with_affixes(bool negative, const std::string& number) const {
  const Affixes& affixes = negative ? negative_ : positive_;
  return affixes.prefix + number + affixes.suffix;
}

std::string DecimalFormat::write(bool negative, Digits digits, bool integer) const {
  if (digits.digits.empty()) digits.point = 0;
  return with_affixes(negative, scientific_ ? scientific(std::move(digits)) : fixed(digits, integer));
}

std::string DecimalFormat::digit(char of) const { return utf8_of(static_cast<char16_t>(symbols_.zero + (of - '0'))); }

std::string DecimalFormat::fixed(const Digits& digits, bool integer) const {
  std::string text;
  std::size_t next = 0;
  Long count = std::max<Long>(min_integer_, digits.point);
  if (count > max_integer_) {
    count = max_integer_;
    next = static_cast<std::size_t>(std::max<Long>(0, digits.point - count));
  }
  math::check_digits(count + min_fraction_);
  const std::string group = utf8_of(currency_ ? symbols_.monetary_grouping : symbols_.grouping);
  for (Long place = count - 1; place >= 0; --place) {
    const bool has_digit = place < digits.point && next < digits.digits.size();
    text += digit(has_digit ? digits.digits[next++] : '0');
    if (grouping_used_ && place > 0 && grouping_size_ != 0 && place % grouping_size_ == 0) text += group;
  }
  const bool fraction = min_fraction_ > 0 || (!integer && next < digits.digits.size());
  if (!fraction && text.empty()) text += digit('0');
  if (point_always_ || fraction) text += utf8_of(currency_ ? symbols_.monetary_decimal : symbols_.decimal);
  for (Long place = 0; place < max_fraction_; ++place) {
    const bool no_more = integer || next >= digits.digits.size();
    if (place >= min_fraction_ && no_more) break;
    const bool leading_zero = -place > digits.point;
    text += digit(leading_zero || no_more ? '0' : digits.digits[next++]);
  }
  return text;
}

std::string DecimalFormat::scientific(Digits digits) const {
  const bool zero = digits.digits.empty();
  Long exponent = digits.point;
  const Long repeat = max_integer_;
  Long least_integer = min_integer_;
  if (repeat > 1 && repeat > min_integer_) {
    exponent = (exponent >= 1 ? (exponent - 1) / repeat : (exponent - repeat) / repeat) * repeat;
    least_integer = 1;
  } else {
    exponent -= least_integer;
  }
  const Long integer_digits = zero ? least_integer : digits.point - exponent;
  const Long least = std::max<Long>(Long{min_integer_} + min_fraction_, integer_digits);
  const Long total = std::max<Long>(least, static_cast<Long>(digits.digits.size()));
  math::check_digits(total);
  std::string text;
  const std::string point = utf8_of(currency_ ? symbols_.monetary_decimal : symbols_.decimal);
  for (Long place = 0; place < total; ++place) {
    if (place == integer_digits) text += point;
    const auto at = static_cast<std::size_t>(place);
    text += digit(at < digits.digits.size() ? digits.digits[at] : '0');
  }
  if (point_always_ && total == integer_digits) text += point;
  text += symbols_.exponent;
  if (zero) exponent = 0;
  if (exponent < 0) text += utf8_of(symbols_.minus);
  std::string number = exponent == 0 ? "" : std::to_string(std::abs(exponent));
  if (static_cast<Int>(number.size()) < min_exponent_) {
    number.insert(0, static_cast<std::size_t>(min_exponent_) - number.size(), '0');
  }
  for (const char each : number) text += digit(each);
  return text;
}

std::string DecimalFormat::to_string() const {
  return "DecimalFormat [locale: \"" + symbols_.locale_name + "\", pattern: \"" + to_pattern() + "\"]\n";
}

}  // namespace sluice::painless::text
