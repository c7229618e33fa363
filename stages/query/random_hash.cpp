#include "stages/query/random_hash.h"

#include <bit>
#include <cstring>

namespace sluice::stages {

std::uint32_t murmur3(std::string_view bytes, std::uint32_t seed) {
  constexpr std::uint32_t kFirst = 0xCC9E2D51;
  constexpr std::uint32_t kSecond = 0x1B873593;
  std::uint32_t hash = seed;
  std::size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    std::uint32_t block = 0;
    std::memcpy(&block, bytes.data() + at, 4);
    hash ^= std::rotl(block * kFirst, 15) * kSecond;
    hash = std::rotl(hash, 13) * 5 + 0xE6546B64;
  }
  std::uint32_t tail = 0;
  for (std::size_t i = bytes.size(); i > at; --i) {
    tail = (tail << 8) | static_cast<std::uint8_t>(bytes[i - 1]);
  }
  if (at != bytes.size()) hash ^= std::rotl(tail * kFirst, 15) * kSecond;
  return mix_bits(hash ^ static_cast<std::uint32_t>(bytes.size()));
}

std::uint32_t salted_seed(std::uint32_t seed, std::uint32_t index_hash, std::uint32_t shard) {
  return mix_bits(seed ^ ((index_hash << 10) | shard));
}

}  // namespace sluice::stages
