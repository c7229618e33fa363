#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/query/words.h"

namespace sluice::stages {

/// Which terms a pattern stands for, and how well each fits. Immutable; any thread.
class TermPattern {
 public:
  virtual ~TermPattern() = default;
  /// Nothing: it is none of them. The best are 1; what is less than 0 scores as 0.
  [[nodiscard]] virtual std::optional<float> fit(std::string_view term) const = 0;
  /// What all of its terms begin with; empty: they begin differently.
  [[nodiscard]] virtual std::string_view beginning() const { return {}; }
  /// For people: `begins with [a]`.
  [[nodiscard]] virtual std::string explain() const = 0;
};
using TermPatternPtr = std::shared_ptr<const TermPattern>;

/// The terms of an index that a pattern stands for: only the best so many count, and of equal ones the first in order
/// of their bytes. Shard by shard. Filled from all documents, then immutable. Source: Lucene's TopTermsRewrite.
class TermExpansion {
 public:
  struct Found {
    float fit = 1;
    std::uint64_t documents = 0;  ///< that have the term
    std::uint64_t counted = 0;    ///< the number of the last one that was counted
  };

  TermExpansion(TermPatternPtr pattern, std::size_t most) : pattern_(std::move(pattern)), most_(most) {}
  /// Counts a document's words. One thread.
  void add(const Words& words, std::uint32_t shard);

  /// Null: the term is none of them.
  [[nodiscard]] const Found* find(std::string_view term, std::uint32_t shard) const;
  /// Calls `visit(term, found)` for each term of a shard, the best first.
  template <typename Visit>
  void each(std::uint32_t shard, Visit&& visit) const {
    if (shard >= shards_.size()) return;
    for (const auto& [rank, documents] : shards_[shard]) visit(rank.second, Found{-rank.first, documents, 0});
  }
  /// Documents that have the commonest of them.
  [[nodiscard]] std::uint64_t most_documents(std::uint32_t shard) const;
  [[nodiscard]] const TermPattern& pattern() const { return *pattern_; }

 private:
  using Rank = std::pair<float, std::string>;  ///< minus the fit, and the term

  TermPatternPtr pattern_;
  std::size_t most_;
  std::uint64_t number_ = 0;  ///< of the document that is counted
  std::vector<std::map<Rank, std::uint64_t>> shards_;
  std::vector<std::map<std::string, Found, std::less<>>> terms_;  ///< the same, by their texts
};

}  // namespace sluice::stages
