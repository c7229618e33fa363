#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::stages {

/// The last step of MurmurHash3.
constexpr std::uint32_t mix_bits(std::uint32_t hash) {
  hash ^= hash >> 16;
  hash *= 0x85EBCA6B;
  hash ^= hash >> 13;
  hash *= 0xC2B2AE35;
  return hash ^ (hash >> 16);
}

/// MurmurHash3, the 32-bit one for x86. Source: Austin Appleby's public description.
std::uint32_t murmur3(std::string_view bytes, std::uint32_t seed);

/// What random scores of an index's shard begin with. Source: Elasticsearch's RandomScoreFunction,
/// reference/query-dsl.md 15.9.
std::uint32_t salted_seed(std::uint32_t seed, std::uint32_t index_hash, std::uint32_t shard);

/// A hash as a number from 0 to 1.
constexpr double random_number(std::uint32_t hash) {
  return static_cast<double>(static_cast<float>(hash & 0x00FFFFFF) / static_cast<float>(1 << 24));
}

}  // namespace sluice::stages
