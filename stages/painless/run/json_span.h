#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::painless {

/// A container of a JSON text and its part of the text's structural index: the positions of brackets, commas, colons
/// and of the first byte of each scalar, as `stages::Structurals` makes them. Text and index live as long as the
/// document's work.
struct JsonSpan {
  const char* text = nullptr;            ///< what positions count from
  const std::uint32_t* begin = nullptr;  ///< at the opening bracket
  const std::uint32_t* end = nullptr;    ///< behind the closing bracket
  bool may_escape = true;                ///< whether a backslash may be in it

  [[nodiscard]] bool empty() const { return begin == end; }
  /// The container's bytes.
  [[nodiscard]] std::string_view view() const {
    return empty() ? std::string_view() : std::string_view(text + *begin, *(end - 1) + 1 - *begin);
  }
};

}  // namespace sluice::painless
