#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace sluice::pipeline {

/// The structural index of a page, for stages that walk its documents again: byte positions of brackets, commas, colons
/// and of the first byte of each scalar, and behind them the page's length. Parse keeps it where it was asked to, by
/// trading memory with the batch instead of copying. Move-only, not thread-safe.
struct StructuralIndex {
  std::unique_ptr<std::uint32_t[]> positions;
  std::size_t room = 0;   ///< positions that fit
  std::size_t count = 0;  ///< 0: there is no index
  /// Whether the page may have a backslash: where it has none, no key needs to be looked at for one.
  bool may_escape = true;

  [[nodiscard]] bool empty() const { return count == 0; }
  [[nodiscard]] const std::uint32_t* data() const { return positions.get(); }
  void clear() { count = 0; }
  /// Gives the memory back when it is for more than `limit` positions.
  void trim(std::size_t limit) {
    if (room > limit) *this = StructuralIndex();
  }
};

}  // namespace sluice::pipeline
