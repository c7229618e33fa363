#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace sluice::stages {

/// Texts that others are looked for among. Most of those are not there, and one bit says so, out of a table that fits
/// into a core's own cache. Views the texts that it is made of; immutable, any thread.
class TextSet {
 public:
  explicit TextSet(const std::vector<std::string>& texts)
      : texts_(texts.begin(), texts.end()), bits_(std::bit_ceil(texts_.size() * kBitsEach / kWord + 1)) {
    for (const std::string_view text : texts_) {
      const std::size_t hash = Hash()(text);
      bits_[word_of(hash)] |= bit_of(hash);
    }
  }

  [[nodiscard]] bool contains(std::string_view text) const {
    const std::size_t hash = Hash()(text);
    return (bits_[word_of(hash)] & bit_of(hash)) != 0 && texts_.contains(text);
  }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  using Hash = std::hash<std::string_view>;
  static constexpr std::size_t kWord = 64;
  static constexpr std::size_t kBitsEach = 16;  ///< one of 16 that are not there is looked for in the table

  [[nodiscard]] std::size_t word_of(std::size_t hash) const { return (hash / kWord) & (bits_.size() - 1); }
  static std::uint64_t bit_of(std::size_t hash) { return std::uint64_t{1} << (hash % kWord); }

  std::unordered_set<std::string_view> texts_;
  std::vector<std::uint64_t> bits_;  ///< a power of two of them
};

}  // namespace sluice::stages
