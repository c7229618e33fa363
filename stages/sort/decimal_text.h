#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace sluice::stages {

/// Numbers as a pattern of Java's DecimalFormat shows them (`#,##0.00`), in its words for English. Immutable; any
/// thread.
class DecimalText {
 public:
  virtual ~DecimalText() = default;
  /// Null: the pattern is none.
  static std::shared_ptr<const DecimalText> make(std::string_view pattern);

  [[nodiscard]] virtual std::string of(double number) const = 0;
  /// A whole number, as digits.
  [[nodiscard]] virtual std::string of(const std::string& digits) const = 0;
};

}  // namespace sluice::stages
