#include "pipeline/control/failure_budget.h"

#include <charconv>
#include <string>

namespace sluice::pipeline {

Result<FailureBudget> FailureBudget::parse(std::string_view text) {
  const auto wrong = [&] {
    return std::unexpected(
        illegal_argument("[max_failures] must be a number of documents, as in [100], or a part of "
                         "them from 0% to 100%, as in [0.5%], but was [" +
                         std::string(text) + "]"));
  };
  const bool is_percent = text.ends_with('%');
  const std::string_view number = is_percent ? text.substr(0, text.size() - 1) : text;
  const auto complete = [&](const std::from_chars_result& parsed) {
    return parsed.ec == std::errc() && parsed.ptr == number.data() + number.size();
  };
  if (is_percent) {
    double part = 0;
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), part, std::chars_format::fixed);
    if (!complete(parsed) || !(part >= 0) || part > 100) return wrong();
    return percent(part);
  }
  std::uint64_t most = 0;
  if (!complete(std::from_chars(number.data(), number.data() + number.size(), most))) return wrong();
  return documents(most);
}

}  // namespace sluice::pipeline
