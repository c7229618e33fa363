#include "pipeline/control/failure_budget.h"

#include <string>

#include "pipeline/base/parse_number.h"

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
  if (is_percent) {
    const auto part =
        number.find_first_of("eE") == std::string_view::npos ? parse_number<double>(number) : std::nullopt;
    if (!part || !(*part >= 0) || *part > 100) return wrong();
    return percent(*part);
  }
  const auto most = parse_number<std::uint64_t>(number);
  return most ? Result<FailureBudget>(documents(*most)) : wrong();
}

}  // namespace sluice::pipeline
