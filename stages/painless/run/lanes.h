#pragma once

#include <cstdint>
#include <cstring>

namespace sluice::painless {

/// Sixteen bytes, or four numbers, that are looked at together.
using Bytes [[gnu::vector_size(16)]] = unsigned char;
using Four [[gnu::vector_size(16)]] = std::uint32_t;

/// Whether a lane of a comparison's result, or of several that were put together, is met.
template <typename Lanes>
bool any_lane(const Lanes& lanes) {
  static_assert(sizeof(Lanes) == 16);
  std::uint64_t halves[2];
  std::memcpy(halves, &lanes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// Whether `wanted` is one of four. They are looked at together.
inline bool any_of_four(const std::uint32_t* four, std::uint32_t wanted) {
  Four values;
  std::memcpy(&values, four, sizeof values);
  return any_lane(values == wanted);
}

}  // namespace sluice::painless
