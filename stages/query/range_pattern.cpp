#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "stages/query/multi_term.h"

namespace sluice::stages {

namespace {

class RangePattern final : public TermPattern {
 public:
  RangePattern(std::optional<std::string> low, bool with_low, std::optional<std::string> high, bool with_high)
      : low_(std::move(low)), high_(std::move(high)), with_low_(with_low), with_high_(with_high) {}

  [[nodiscard]] std::optional<float> fit(std::string_view term) const override {
    if (low_ && (with_low_ ? term < *low_ : term <= *low_)) return std::nullopt;
    if (high_ && (with_high_ ? term > *high_ : term >= *high_)) return std::nullopt;
    return 1.0F;
  }
  [[nodiscard]] std::string explain() const override {
    return fmt::format("lies in {}{} TO {}{}", with_low_ ? '[' : '{', low_ ? json_string(*low_) : "*",
                       high_ ? json_string(*high_) : "*", with_high_ ? ']' : '}');
  }

 private:
  std::optional<std::string> low_;
  std::optional<std::string> high_;
  bool with_low_;
  bool with_high_;
};

}  // namespace

TermPatternPtr range_pattern(std::optional<std::string> low, bool with_low, std::optional<std::string> high,
                             bool with_high) {
  return std::make_shared<const RangePattern>(std::move(low), with_low, std::move(high), with_high);
}

}  // namespace sluice::stages
