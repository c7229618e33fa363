#include "stages/painless/time/amount_reader.h"

#include <string>
#include <utility>

namespace sluice::painless::time {
namespace {

bool is_digit(char each) { return each >= '0' && each <= '9'; }

}  // namespace

bool AmountReader::begin_amount() {
  const bool negative = skip('-');
  if (!negative) skip('+');
  if (!skip('P')) refuse("");
  return negative;
}

bool AmountReader::skip(char letter) {
  if (rest_.empty()) return false;
  const char next = rest_[0];
  if (next != letter && (letter < 'A' || letter > 'Z' || next != letter - 'A' + 'a')) return false;
  rest_.remove_prefix(1);
  return true;
}

std::optional<AmountReader::Number> AmountReader::number() const {
  Number result;
  std::size_t at = 0;
  if (!rest_.empty() && (rest_[0] == '-' || rest_[0] == '+')) {
    result.negative = rest_[0] == '-';
    at = 1;
  }
  const std::size_t begin = at;
  while (at < rest_.size() && is_digit(rest_[at])) ++at;
  if (at == begin) return std::nullopt;
  result.text = rest_.substr(0, at);
  result.size = at;
  return result;
}

Wide AmountReader::value(const Number& number, std::string_view name) const {
  Wide value = 0;
  const Wide most = Wide{most_} + (number.negative ? 1 : 0);
  for (std::size_t each = 0; each < number.text.size(); ++each) {
    const char digit = number.text[each];
    if (!is_digit(digit)) continue;
    value = value * 10 + (digit - '0');
    if (value <= most) continue;
    const DateTimeError cause{
        .kind = DateTimeError::kNumberFormat,
        .message = "Error at index " + std::to_string(each) + " in: \"" + std::string(number.text) + "\"",
        .error_index = -1,
        .text = {},
        .cause = nullptr};
    refuse(name.empty() ? "" : ": " + std::string(name), std::make_shared<const DateTimeError>(cause));
  }
  return number.negative ? -value : value;
}

namespace {

std::shared_ptr<const DateTimeError> long_overflow() {
  return std::make_shared<const DateTimeError>(DateTimeError{
      .kind = DateTimeError::kArithmetic, .message = "long overflow", .error_index = -1, .text = {}, .cause = nullptr});
}

}  // namespace

std::optional<Wide> AmountReader::part(char letter, Long factor, std::string_view name) {
  const auto found = number();
  if (!found || found->size >= rest_.size()) return std::nullopt;
  const char next = rest_[found->size];
  if (next != letter && next != letter - 'A' + 'a') return std::nullopt;
  rest_.remove_prefix(found->size + 1);
  ++parts_;
  const Wide product = value(*found, name) * factor;
  if (product > kMaxLong || product < kMinLong) refuse(": " + std::string(name), long_overflow());
  return product;
}

std::optional<Wide> AmountReader::seconds() {
  const auto found = number();
  if (!found) return std::nullopt;
  std::string_view after = rest_.substr(found->size);
  std::string_view fraction;
  if (!after.empty() && (after[0] == '.' || after[0] == ',')) {
    std::size_t end = 1;
    while (end < after.size() && is_digit(after[end])) ++end;
    fraction = after.substr(1, end - 1);
    after.remove_prefix(end);
    if (fraction.size() > 9) refuse("");
  }
  if (after.empty() || (after[0] != 'S' && after[0] != 's')) return std::nullopt;
  rest_ = after.substr(1);
  ++parts_;
  std::string padded(fraction);
  padded.resize(9, '0');
  nanos_ = std::stol(padded) * (found->negative ? -1 : 1);
  return value(*found, "seconds");
}

void AmountReader::refuse_overflow() const { refuse(": overflow", long_overflow()); }

void AmountReader::refuse(std::string_view why, std::shared_ptr<const DateTimeError> cause) const {
  std::string message = "Text cannot be parsed to a ";
  message.append(type_).append(why);
  throw DateTimeError{.kind = DateTimeError::kParse,
                      .message = message,
                      .error_index = 0,
                      .text = std::string(text_),
                      .cause = std::move(cause)};
}

}  // namespace sluice::painless::time
