#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::pipeline {

/// `--max-failures`: how many documents may fail before the run stops. 0 stops at the first, as Elasticsearch does.
/// A percentage is of the documents read, and is judged from kPercentAfter documents on.
class FailureBudget {
 public:
  static constexpr std::uint64_t kPercentAfter = 1000;

  FailureBudget() = default;
  static FailureBudget documents(std::uint64_t most) { return {most, std::nullopt}; }
  static FailureBudget percent(double most) { return {0, most}; }
  /// `100`, `2%`, `0.5%`. Errors: illegal_argument_exception.
  static Result<FailureBudget> parse(std::string_view text);

  [[nodiscard]] bool spent(std::uint64_t failed, std::uint64_t read) const {
    if (!percent_) return failed > documents_;
    if (failed == 0 || read < kPercentAfter) return false;
    return static_cast<double>(failed) * 100.0 > *percent_ * static_cast<double>(read);
  }

 private:
  FailureBudget(std::uint64_t documents, std::optional<double> percent) : documents_(documents), percent_(percent) {}
  std::uint64_t documents_ = 0;
  std::optional<double> percent_;
};

}  // namespace sluice::pipeline
