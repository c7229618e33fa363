#include "stages/query/minimum_should_match.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "pipeline/base/java_trim.h"
#include "pipeline/base/parse_number.h"

namespace sluice::stages {

namespace {

/// A number, or a part of all in percent.
Result<std::size_t> plain_minimum(std::string_view text, std::size_t count) {
  const bool percent = text.contains('%');
  if (percent) text.remove_suffix(1);  // whatever stands there
  const auto number = parse_java_number<std::int32_t>(text);
  if (!number) return std::unexpected(number_format_error(text));
  double value = *number;
  if (percent) value = std::trunc(value * static_cast<double>(count) / 100);
  if (*number < 0) value += static_cast<double>(count);
  return static_cast<std::size_t>(std::clamp(value, 0.0, static_cast<double>(count) + 1));
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// The text without the blanks around each `<`.
std::string without_blanks(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (c == '<') {
      while (!kept.empty() && is_blank(kept.back())) kept.pop_back();
    } else if (is_blank(c) && kept.ends_with('<')) {
      continue;
    }
    kept += c;
  }
  return kept;
}

/// `3<75%`: what is above the bound has the minimum behind it. Nothing: the bound is not reached.
Result<std::optional<std::size_t>> conditional_minimum(std::string_view condition, std::size_t count) {
  const std::size_t less = std::min(condition.find('<'), condition.size());
  const std::string_view bound = condition.substr(0, less);
  const auto above = parse_java_number<std::int32_t>(bound);
  if (!above) return std::unexpected(number_format_error(bound));
  if (static_cast<double>(count) <= *above) return std::nullopt;
  std::string_view behind = condition.substr(std::min(less + 1, condition.size()));
  behind = behind.substr(0, behind.find('<'));
  return plain_minimum(java_trimmed(behind), count);
}

}  // namespace

Result<std::size_t> minimum_should_match(std::string_view text, std::size_t count) {
  text = java_trimmed(text);
  if (!text.contains('<')) return plain_minimum(text, count);
  const std::string conditions = without_blanks(text);
  std::size_t result = count;
  for (std::size_t begin = 0; begin <= conditions.size();) {
    const std::size_t end = std::min(conditions.find(' ', begin), conditions.size());
    const auto minimum = conditional_minimum(std::string_view(conditions).substr(begin, end - begin), count);
    if (!minimum) return std::unexpected(minimum.error());
    if (!*minimum) return result;
    result = **minimum;
    begin = end + 1;
  }
  return result;
}

}  // namespace sluice::stages
