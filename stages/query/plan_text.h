#pragma once

#include <string>
#include <string_view>

namespace sluice::stages {

/// The plan of a query as text: a line for each clause, those below it indented. One thread.
class PlanText {
 public:
  /// A clause; what is written until the matching end() stands below it.
  void begin(std::string_view line) {
    leaf(line);
    ++depth_;
  }
  void end() { --depth_; }
  void leaf(std::string_view line) { text_.append(depth_ * 2, ' ').append(line).push_back('\n'); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t depth_ = 0;
};

}  // namespace sluice::stages
