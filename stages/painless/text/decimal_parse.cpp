#include <cmath>

#include "stages/painless/text/decimal_format.h"

namespace sluice::painless::text {

namespace {

/// Digits of a text: 0.DIGITS times ten to the power of `point`.
struct Read {
  std::string digits;
  Long point = 0;
  bool positive = true;
  bool infinite = false;
};

Long as_long(const Read& read) {
  std::string text = read.digits;
  text.resize(static_cast<std::size_t>(std::max<Long>(read.point, 0)), '0');
  return text.empty() ? 0 : math::low_bits(math::integer_of(text, false));
}

bool fits_long(Read& read, bool ignores_negative_zero) {
  constexpr Long kMostDigits = 19;
  read.digits.erase(read.digits.find_last_not_of('0') + 1);
  const auto count = static_cast<Long>(read.digits.size());
  if (count == 0) return read.positive || ignores_negative_zero;
  if (read.point < count || read.point > kMostDigits) return false;
  if (read.point < kMostDigits) return true;
  std::string digits = read.digits;
  digits.resize(static_cast<std::size_t>(kMostDigits), '0');
  const int order = digits.compare("9223372036854775808");
  return order < 0 || (order == 0 && !read.positive);
}

double as_double(const Read& read) {
  return read.digits.empty() ? 0.0 : math::nearest_double("0." + read.digits + "e" + std::to_string(read.point));
}

}  // namespace

/// Reads a number as DecimalFormat.subparse() does.
class DecimalFormat::Parser {
 public:
  Parser(const DecimalFormat& format, std::string_view text) : format_(format), text_(text) {}

  /// Moves `position`; false: `error` says where.
  bool read(Read& read, std::size_t& position, std::size_t& error) const {
    const std::size_t start = position;
    bool positive = is_at(position, format_.positive_.prefix);
    bool negative = is_at(position, format_.negative_.prefix);
    longer(positive, negative, format_.positive_.prefix, format_.negative_.prefix);
    error = position;
    if (!positive && !negative) return false;
    std::size_t at = position + (positive ? format_.positive_.prefix : format_.negative_.prefix).size();
    if (!read_number(read, at)) return false;
    positive = positive && is_at(at, format_.positive_.suffix);
    negative = negative && is_at(at, format_.negative_.suffix);
    longer(positive, negative, format_.positive_.suffix, format_.negative_.suffix);
    error = at;
    if (positive == negative) return false;
    at += (positive ? format_.positive_.suffix : format_.negative_.suffix).size();
    if (at == start) return false;
    read.positive = positive;
    position = at;
    return true;
  }

 private:
  [[nodiscard]] bool is_at(std::size_t at, std::string_view what) const {
    return at <= text_.size() && text_.substr(at).starts_with(what);
  }
  static void longer(bool& positive, bool& negative, const std::string& left, const std::string& right) {
    if (!positive || !negative) return;
    if (left.size() > right.size()) negative = false;
    if (left.size() < right.size()) positive = false;
  }
  /// 0 to 9; -1: no digit.
  [[nodiscard]] int digit_at(std::size_t at) const {
    if (text_[at] >= '0' && text_[at] <= '9') return text_[at] - '0';
    for (int value = 0; value < 10; ++value) {
      if (is_at(at, utf8_of(static_cast<char16_t>(format_.symbols_.zero + value)))) return value;
    }
    return -1;
  }

  bool read_number(Read& read, std::size_t& at) const {
    const DecimalSymbols& symbols = format_.symbols_;
    if (is_at(at, symbols.infinity)) {
      at += symbols.infinity.size();
      read.infinite = true;
      return true;
    }
    const std::string decimal = utf8_of(format_.currency_ ? symbols.monetary_decimal : symbols.decimal);
    const std::string grouping = utf8_of(format_.currency_ ? symbols.monetary_grouping : symbols.grouping);
    bool point = false;
    bool any = false;
    Long count = 0;
    std::size_t back = std::string_view::npos;
    while (at < text_.size()) {
      if (const int digit = digit_at(at); digit >= 0) {
        any = true;
        back = std::string_view::npos;
        if (digit != 0 || !read.digits.empty()) {
          ++count;
          read.digits.push_back(static_cast<char>('0' + digit));
        } else if (point) {
          --read.point;
        }
        at += text_[at] >= '0' && text_[at] <= '9' ? 1 : utf8_of(symbols.zero).size();
      } else if (is_at(at, decimal) && !format_.parse_integer_ && !point) {
        read.point = count;
        point = true;
        at += decimal.size();
      } else if (is_at(at, grouping) && format_.grouping_used_ && !point) {
        back = at;
        at += grouping.size();
      } else {
        break;
      }
    }
    if (!point) read.point = count;
    if (at < text_.size() && back == std::string_view::npos) read_exponent(read, at);
    if (back != std::string_view::npos) at = back;
    return any;
  }

  /// `E-5`: what isn't one stays where it is.
  void read_exponent(Read& read, std::size_t& at) const {
    const DecimalSymbols& symbols = format_.symbols_;
    if (!is_at(at, symbols.exponent)) return;
    std::size_t next = at + symbols.exponent.size();
    const std::string minus = utf8_of(symbols.minus);
    const bool negative = is_at(next, minus);
    if (negative) next += minus.size();
    constexpr Long kMost = 1'000'000'000;
    Long exponent = 0;
    const std::size_t first = next;
    while (next < text_.size() && text_[next] >= '0' && text_[next] <= '9') {
      exponent = std::min(kMost, exponent * 10 + (text_[next++] - '0'));
    }
    if (next == first) return;
    read.point += negative ? -exponent : exponent;
    at = next;
  }

  const DecimalFormat& format_;
  std::string_view text_;
};

std::optional<DecimalFormat::Number> DecimalFormat::parse(std::string_view text, std::size_t& position,
                                                          std::size_t& error) const {
  if (position <= text.size() && text.substr(position).starts_with(symbols_.nan)) {
    position += symbols_.nan.size();
    return std::numeric_limits<double>::quiet_NaN();
  }
  Read read;
  if (!Parser(*this, text).read(read, position, error)) return std::nullopt;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (read.infinite) return read.positive == (multiplier_ >= 0) ? kInfinity : -kInfinity;
  if (multiplier_ == 0) {
    if (read.digits.empty()) return std::numeric_limits<double>::quiet_NaN();
    return read.positive ? kInfinity : -kInfinity;
  }
  if (parse_decimal_) {
    math::check_digits(static_cast<Long>(read.digits.size()));
    const auto scale = static_cast<Int>(static_cast<Long>(read.digits.size()) - read.point);
    Decimal value = read.digits.empty() ? Decimal(0, static_cast<Int>(-read.point))
                                        : Decimal(math::integer_of(read.digits, !read.positive), scale);
    if (multiplier_ != 1) value = value.divide(Decimal(multiplier_), math::MathContext(340, rounding_));
    return value;
  }
  if (fits_long(read, parse_integer_)) {
    const Long whole = as_long(read);
    const bool least = whole < 0;
    if (whole % multiplier_ == 0) {
      const Long value = whole / multiplier_;
      return read.positive || least ? value : -value;
    }
  }
  double value = as_double(read) / multiplier_;
  if (!read.positive) value = -value;
  const bool is_whole = multiplier_ != 1 && value == std::trunc(value) && std::abs(value) < 9.2e18 &&
                        !(value == 0 && std::signbit(value));
  if (is_whole || (multiplier_ != 1 && parse_integer_)) return static_cast<Long>(value);
  return value;
}

}  // namespace sluice::painless::text
