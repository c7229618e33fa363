#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::painless {

/// String.hashCode() of WTF-8 text: over its UTF-16 units. `before`: that of what stands in front of it.
std::int32_t java_hash(std::string_view text, std::int32_t before = 0);

/// What java.util.HashMap makes of a hash code before it picks a bucket.
inline std::uint32_t spread(std::int32_t hash) {
  const auto bits = static_cast<std::uint32_t>(hash);
  return bits ^ (bits >> 16);
}

}  // namespace sluice::painless
