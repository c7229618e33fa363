#include "io/store/documents/id_filter.h"

#include <algorithm>
#include <functional>

namespace sluice::store {
namespace {

constexpr std::size_t kFirstWords = 512;
constexpr std::size_t kIdsPerWord = 4;

/// Four bits of a word. Which word it is, is said by other bits of the hash.
std::uint64_t bits_of(std::uint64_t hash) {
  std::uint64_t bits = 0;
  for (unsigned shift = 0; shift < 24; shift += 6) bits |= std::uint64_t{1} << (hash >> shift & 63);
  return bits;
}

std::size_t word_of(std::uint64_t hash, std::size_t words) { return (hash >> 24) & (words - 1); }

}  // namespace

std::uint64_t IdFilter::hash_of(std::string_view id) { return std::hash<std::string_view>{}(id); }

void IdFilter::add(std::uint64_t hash) {
  if (room_ == 0) {
    const std::size_t words = kFirstWords << parts_.size();
    parts_.emplace_back(words, 0);
    room_ = words * kIdsPerWord;
    bytes_ += words * sizeof(std::uint64_t);
  }
  Words& words = parts_.back();
  words[word_of(hash, words.size())] |= bits_of(hash);
  --room_;
}

bool IdFilter::may_have(std::uint64_t hash) const {
  const std::uint64_t bits = bits_of(hash);
  return std::ranges::any_of(parts_,
                             [&](const Words& words) { return (words[word_of(hash, words.size())] & bits) == bits; });
}

}  // namespace sluice::store
