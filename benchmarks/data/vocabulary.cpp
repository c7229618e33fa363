#include "benchmarks/data/vocabulary.h"

namespace sluice::corpora {

Vocabulary::Vocabulary(std::uint32_t count, std::uint64_t seed) : zipf_(count) {
  constexpr std::string_view kOnsets[] = {"b", "c", "d", "f", "g", "h", "k",  "l", "m",
                                          "n", "p", "r", "s", "t", "v", "st", "tr"};
  constexpr std::string_view kRests[] = {"a", "e", "i", "o", "u", "an", "er", "in", "on", "ar", "el", "is", "ou", "at"};
  Random random(seed);
  words_.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t syllables = (i < 64 ? 1 : 2) + random.below(3);
    std::string word;
    for (std::uint32_t s = 0; s < syllables; ++s) word.append(random.pick(kOnsets)).append(random.pick(kRests));
    words_.push_back(std::move(word));
  }
}

}  // namespace sluice::corpora
