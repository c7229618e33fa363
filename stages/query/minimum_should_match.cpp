#include "stages/query/minimum_should_match.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "pipeline/base/parse_number.h"

namespace sluice::stages {

Result<std::size_t> minimum_should_match(std::string_view text, std::size_t count) {
  const auto wrong = [&] { return std::unexpected(number_format_error(text)); };
  if (text.find('<') != std::string_view::npos) {
    std::size_t result = count;
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      const std::string_view condition = rest.substr(0, space);
      rest.remove_prefix(std::min(space + 1, rest.size()));
      const std::size_t less = condition.find('<');
      if (condition.empty()) continue;
      if (less == std::string_view::npos) return wrong();
      const auto above = parse_number<double>(condition.substr(0, less));
      if (!above) return wrong();
      if (static_cast<double>(count) <= *above) return result;
      auto inner = minimum_should_match(condition.substr(less + 1), count);
      if (!inner) return inner;
      result = *inner;
    }
    return result;
  }
  const bool percent = text.ends_with('%');
  const auto number = parse_number<double>(percent ? text.substr(0, text.size() - 1) : text);
  if (!number) return wrong();
  double value = *number;
  const bool less = value < 0;
  if (percent) value = std::trunc(value * static_cast<double>(count) / 100);
  if (less) value += static_cast<double>(count);
  return static_cast<std::size_t>(std::clamp(value, 0.0, static_cast<double>(count) + 1));
}

}  // namespace sluice::stages
