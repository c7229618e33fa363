#include "stages/query/minimum_should_match.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace sluice::stages {

Result<std::size_t> minimum_should_match(std::string_view text, std::size_t count) {
  const auto number = [&](std::string_view part, double& value) {
    const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), value);
    return problem == std::errc() && end == part.data() + part.size();
  };
  const auto wrong = [&] {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "number_format_exception",
                                 "For input string: \"" + std::string(text) + "\""));
  };
  if (text.find('<') != std::string_view::npos) {
    std::size_t result = count;
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      const std::string_view condition = rest.substr(0, space);
      rest.remove_prefix(std::min(space + 1, rest.size()));
      const std::size_t less = condition.find('<');
      double above = 0;
      if (condition.empty()) continue;
      if (less == std::string_view::npos || !number(condition.substr(0, less), above)) return wrong();
      if (static_cast<double>(count) <= above) return result;
      auto inner = minimum_should_match(condition.substr(less + 1), count);
      if (!inner) return inner;
      result = *inner;
    }
    return result;
  }
  double value = 0;
  const bool percent = text.ends_with('%');
  if (!number(percent ? text.substr(0, text.size() - 1) : text, value)) return wrong();
  const bool less = value < 0;
  if (percent) value = std::trunc(value * static_cast<double>(count) / 100);
  if (less) value += static_cast<double>(count);
  return static_cast<std::size_t>(std::clamp(value, 0.0, static_cast<double>(count) + 1));
}

}  // namespace sluice::stages
