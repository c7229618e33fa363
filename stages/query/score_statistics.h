#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/word_source.h"

namespace sluice::stages {

/// What BM25 has to know of the other documents of a shard: how many have a field, how long its texts are, how many
/// have a word. Filled from all documents of an index before the first score is asked for; then immutable. Deleted
/// documents don't count, where Lucene counts them until segments are merged. Source: Lucene's BM25 as
/// Elasticsearch still has it, with the factor k1 + 1; k1 = 1.2 and b = 0.75.
class ScoreStatistics {
 public:
  /// A field whose words are scored; the same number for the same source. While a query is compiled.
  std::uint32_t field(const WordSource& source);
  /// A word of such a field.
  std::uint32_t term(std::uint32_t field, std::string_view text);
  /// What is to be called for each document besides: statistics of the objects in it.
  void count_inside(std::function<void(DocumentFields&)> count) { inside_.push_back(std::move(count)); }
  [[nodiscard]] bool empty() const { return terms_.empty() && inside_.empty(); }

  /// Counts a document. One thread.
  void add(DocumentFields& document);

  /// Inverse document frequency of a word: ln(1 + (N - n + 0.5) / (n + 0.5)); 0 where no document of the shard has it.
  [[nodiscard]] float idf(std::uint32_t term, std::uint32_t shard) const;
  /// The score of something that comes `frequency` times in a text of `length` words: (k1 + 1) x weight x tf / (tf +
  /// norm).
  [[nodiscard]] float score(std::uint32_t field, std::uint32_t shard, float weight, float frequency,
                            std::uint32_t length) const;

 private:
  struct FieldCount {
    std::uint64_t documents = 0;
    std::uint64_t words = 0;
  };
  struct Field {
    WordSource source;
    std::vector<FieldCount> shards;
    std::vector<std::uint32_t> terms;
  };
  struct Term {
    std::uint32_t field;
    std::string text;
    std::vector<std::uint64_t> shards;  ///< documents that have it
  };

  std::vector<Field> fields_;
  std::vector<Term> terms_;
  std::vector<std::function<void(DocumentFields&)>> inside_;
};

}  // namespace sluice::stages
