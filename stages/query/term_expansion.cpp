#include "stages/query/term_expansion.h"

#include <algorithm>
#include <utility>

namespace sluice::stages {

void TermExpansion::add(const Words& words, std::uint32_t shard) {
  ++number_;
  if (shards_.size() <= shard) shards_.resize(shard + 1);
  if (terms_.size() <= shard) terms_.resize(shard + 1);
  auto& ranked = shards_[shard];
  auto& terms = terms_[shard];
  for (const Word& word : words) {
    if (const auto known = terms.find(word.text); known != terms.end()) {
      if (std::exchange(known->second.counted, number_) == number_) continue;
      ++known->second.documents;
      ++ranked[Rank{-known->second.fit, word.text}];
      continue;
    }
    const auto fit = pattern_->fit(word.text);
    if (!fit) continue;
    // What better ones have crowded out once never comes back: they stay.
    const Rank rank{-*fit, word.text};
    if (ranked.size() == most_ && ranked.rbegin()->first < rank) continue;
    ranked.emplace(rank, 1);
    terms.emplace(word.text, Found{*fit, 1, number_});
    if (ranked.size() <= most_) continue;
    terms.erase(terms.find(ranked.rbegin()->first.second));
    ranked.erase(std::prev(ranked.end()));
  }
}

const TermExpansion::Found* TermExpansion::find(std::string_view term, std::uint32_t shard) const {
  if (shard >= terms_.size()) return nullptr;
  const auto found = terms_[shard].find(term);
  return found == terms_[shard].end() ? nullptr : &found->second;
}

std::uint64_t TermExpansion::most_documents(std::uint32_t shard) const {
  std::uint64_t most = 0;
  each(shard, [&](const std::string& /*term*/, const Found& found) { most = std::max(most, found.documents); });
  return most;
}

}  // namespace sluice::stages
