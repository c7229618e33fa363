// Whole and floating numbers: JSON numbers, strings that coerce, and their ranges.
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "io/store/mappings/value_checks.h"
#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"

namespace sluice::store {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Range {
  std::int64_t least;
  std::int64_t most;
  std::string_view name;   ///< `a byte`
  std::string_view title;  ///< `Byte`
};

Range range_of(FieldType type) {
  switch (type) {
    case FieldType::kByte:
      return {-128, 127, "a byte", "Byte"};
    case FieldType::kShort:
      return {-32'768, 32'767, "a short", "Short"};
    case FieldType::kInteger:
    case FieldType::kIntegerRange:
      return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(), "an integer",
              "Integer"};
    default:
      return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), "a long", "Long"};
  }
}

/// A plain whole number of at most 18 digits.
bool read_small(std::string_view text, std::int64_t& value) {
  const bool minus = !text.empty() && text.front() == '-';
  if (minus) text.remove_prefix(1);
  if (text.empty() || text.size() > 18) return false;
  std::int64_t sum = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    sum = sum * 10 + (c - '0');
  }
  value = minus ? -sum : sum;
  return true;
}

bool refuse(Misfit& misfit, std::string reason, std::string_view type = "illegal_argument_exception") {
  misfit.type = type;
  misfit.reason = std::move(reason);
  return false;
}

/// What the JSON parser says of a token, in its own words.
bool refuse_token(Misfit& misfit, std::string_view type, std::string reason) {
  misfit.reason.clear();
  misfit.inner_type = type;
  misfit.inner_reason = std::move(reason);
  return false;
}

bool refuse_flag(Misfit& misfit, std::string_view token) {
  return refuse_token(misfit, "json_parse_exception",
                      std::string("Current token (") + (token.front() == 't' ? "VALUE_TRUE" : "VALUE_FALSE") +
                          ") not numeric, can not use numeric value accessors");
}

/// A whole JSON number that its Java type does not hold.
bool refuse_whole(Misfit& misfit, std::string_view token, std::string_view title) {
  const std::string_view type = title == "Long"      ? "long (-9223372036854775808 - 9223372036854775807)"
                                : title == "Integer" ? "int (-2147483648 - 2147483647)"
                                                     : "Java short";
  return refuse_token(misfit, "input_coercion_exception",
                      "Numeric value (" + std::string(token) + ") out of range of " + std::string(type));
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r") + 1 - begin);
}

/// As Double.parseDouble reads it, of the forms that people write.
bool read_double(std::string_view text, double& value) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::string_view body = text.starts_with('-') ? text.substr(1) : text;
  if (body == "NaN" || body == "Infinity") {
    value = body == "NaN" ? std::nan("") : std::copysign(HUGE_VAL, text.starts_with('-') ? -1.0 : 1.0);
    return true;
  }
  if (body.empty() || (!is_digit(body.front()) && body.front() != '.')) return false;
  if (body.size() > 1 && (body.back() == 'd' || body.back() == 'D' || body.back() == 'f' || body.back() == 'F')) {
    text.remove_suffix(1);
  }
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc::result_out_of_range) {
    const bool tiny = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
    value = tiny ? 0.0 : HUGE_VAL;
  }
  return problem != std::errc::invalid_argument && end == text.data() + text.size();
}

/// The slow way: fractions, exponents, strings, and numbers of 19 digits and more.
bool check_whole(std::string_view text, bool quoted, const Range& range, bool coerce, Misfit& misfit) {
  std::string_view digits = text.starts_with('+') && quoted ? text.substr(1) : text;
  std::int64_t whole = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  const bool all = end == digits.data() + digits.size();
  if (all && problem == std::errc()) {
    if (whole >= range.least && whole <= range.most) return true;
    return refuse(misfit, "Value [" + std::string(text) + "] is out of range for " + std::string(range.name));
  }
  double value = 0;
  const bool is_long = range.title == "Long";
  const std::string_view type = is_long ? "illegal_argument_exception" : "number_format_exception";
  if (!read_double(text, value)) return refuse(misfit, "For input string: \"" + std::string(text) + "\"", type);
  if (std::isnan(value)) return refuse(misfit, "For input string: \"" + std::string(text) + "\"");
  if (value < static_cast<double>(range.least) || value >= static_cast<double>(range.most) + 1) {
    if (is_long && !quoted && all) {
      return refuse(
          misfit,
          "Numeric value (" + std::string(text) + ") out of range of long (-9223372036854775808 - 9223372036854775807)",
          "input_coercion_exception");
    }
    return refuse(misfit, "Value [" + std::string(text) + "] is out of range for " + std::string(range.name));
  }
  if (!coerce && std::trunc(value) != value) {
    return refuse(misfit, "Value [" + std::string(text) + "] has a decimal part");
  }
  return true;
}

bool check_finite(const Field& field, double value, Misfit& misfit) {
  std::string_view name = type_info(field.type).name;
  if (field.type == FieldType::kFloat) value = static_cast<double>(static_cast<float>(value));
  const bool too_large = field.type == FieldType::kHalfFloat && std::fabs(value) >= 65'520;
  if (std::isfinite(value) && !too_large) return true;
  return refuse(misfit,
                "[" + std::string(name) + "] supports only finite values, but got [" + java_double_text(value) + "]");
}

}  // namespace

bool check_integer(const Field& field, std::string_view token, bool coerce, Misfit& misfit) {
  const Range range = range_of(field.type);
  std::int64_t value = 0;
  if (read_small(token, value)) {
    if (value >= range.least && value <= range.most) return true;
    const bool fits_short = value == static_cast<std::int16_t>(value);
    if (range.title != "Byte" || !fits_short) return refuse_whole(misfit, token, range.title);
    return refuse(misfit, "Value [" + std::string(token) + "] is out of range for " + std::string(range.name));
  }
  if (token.front() == 't' || token.front() == 'f') return refuse_flag(misfit, token);
  if (token.front() != '"') return check_whole(token, false, range, coerce, misfit);
  const std::string text = json_unquoted(token);
  if (!coerce) return refuse(misfit, std::string(range.title) + " value passed as String");
  const std::string bare = trimmed(text);
  if (text.empty()) return true;
  return check_whole(bare.empty() ? std::string_view(text) : std::string_view(bare), true, range, coerce, misfit);
}

bool check_unsigned_long(const Field& field, std::string_view token, Misfit& misfit) {
  (void)field;
  const std::string text = json_unquoted(token);
  if (parse_number<std::uint64_t>(text)) return true;
  double value = 0;
  if (token.front() != '"' && read_double(text, value) && std::trunc(value) == value && value >= 0 && value < 0x1p64) {
    return true;
  }
  if (token.front() != '"' && read_double(text, value) && std::trunc(value) != value) {
    return refuse(misfit, "For input string: \"" + text + "\"");
  }
  return refuse(misfit, "Value [" + text + "] is out of range for unsigned long");
}

bool check_floating(const Field& field, std::string_view token, bool coerce, Misfit& misfit) {
  const char first = token.front();
  const bool wide =
      field.type == FieldType::kDouble || field.type == FieldType::kFloat || field.type == FieldType::kScaledFloat;
  if (first != '"' && wide && token.size() < 18 && is_number(token) &&
      token.find_first_of("eE") == std::string_view::npos) {
    return true;
  }
  const std::string text = json_unquoted(token);
  if (first == 't' || first == 'f') return refuse_flag(misfit, token);
  if (first == '"' && !coerce) {
    const std::string title = field.type == FieldType::kDouble ? "Double" : "Float";
    return refuse(misfit, title + " value passed as String");
  }
  if (text.empty()) return true;
  double value = 0;
  if (!read_double(trimmed(text), value)) {
    return refuse(misfit, "For input string: \"" + text + "\"", "number_format_exception");
  }
  return check_finite(field, value, misfit);
}

bool check_token_count(std::string_view token, Misfit& misfit) {
  (void)token;
  (void)misfit;
  return true;  // any text can be counted
}

bool check_rank_feature(const Field& field, std::string_view token, Misfit& misfit) {
  const std::string text = json_unquoted(token);
  double value = 0;
  if (!read_double(text, value)) return refuse(misfit, "For input string: \"" + text + "\"");
  if (static_cast<float>(value) >= std::numeric_limits<float>::min() && std::isfinite(static_cast<float>(value))) {
    return true;
  }
  return refuse(misfit, "featureValue must be a positive normal float, got: " + java_double_text(value) +
                            " for feature " + field.path +
                            " on field _feature which is less than the minimum positive "
                            "normal float: 1.17549435E-38");
}

}  // namespace sluice::store
