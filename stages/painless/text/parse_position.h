#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::text {

/// Java's ParsePosition: where a parse begins and where it ended, in UTF-16 units.
struct ParsePosition {
  static constexpr std::string_view kTypeName = "java.text.ParsePosition";

  time::Int index = 0;
  time::Int error = -1;

  [[nodiscard]] std::string to_string() const {
    return "java.text.ParsePosition[index=" + std::to_string(index) + ",errorIndex=" + std::to_string(error) + "]";
  }
  [[nodiscard]] time::Int hash() const {
    return static_cast<time::Int>(static_cast<std::uint32_t>(error) << 16 | static_cast<std::uint32_t>(index));
  }
  friend bool operator==(const ParsePosition&, const ParsePosition&) = default;
};

}  // namespace sluice::painless::text
