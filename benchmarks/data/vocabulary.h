#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/data/random.h"

namespace sluice::corpora {

/// Made-up words of two to four syllables; the frequent ones are short. Immutable.
class Vocabulary {
 public:
  Vocabulary(std::uint32_t count, std::uint64_t seed);
  /// A word by its Zipf rank. At most kLongest bytes, letters only.
  std::string_view word(Random& random) const { return words_[zipf_(random)]; }
  /// A word of the whole vocabulary, each as likely.
  std::string_view any(Random& random) const { return random.pick(words_); }
  static constexpr std::size_t kLongest = 16;

 private:
  std::vector<std::string> words_;
  Zipf zipf_;
};

}  // namespace sluice::corpora
