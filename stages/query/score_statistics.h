#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/lookup_plan.h"
#include "stages/query/term_expansion.h"
#include "stages/query/word_source.h"

namespace sluice::stages {

/// A field whose words are scored, and the documents that have one of the words that are looked for.
struct ScoredField {
  std::uint32_t number = 0;  ///< of the field in its statistics
  pipeline::LookupPlan words;
  std::vector<std::size_t> word_of_range;  ///< which of ScoredCounts::having a range of the plan is for
  bool exact = true;                       ///< documents with a key of a range have the word: none was cut off
};

/// What is counted of such a field in a shard.
struct ScoredCounts {
  std::uint64_t documents = 0;        ///< that have the field
  std::uint64_t words = 0;            ///< that they have
  std::vector<std::uint64_t> having;  ///< documents that have each of the words
};

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
  /// What is to be called for each document besides, for scores.
  void count_too(std::function<void(DocumentFields&)> count) {
    inside_.push_back(std::move(count));
    scores_inside_ = true;
  }
  /// Likewise, to count `inside`: statistics of the objects in a document.
  void count_inside(const ScoreStatistics& inside, std::function<void(DocumentFields&)> count) {
    inside_.push_back(std::move(count));
    scores_inside_ = scores_inside_ || inside.scores_words();
    if (!inside.required_by().empty()) require(inside.required_by());
  }
  /// The terms of such a field that a pattern stands for, `most` of them.
  std::uint32_t expansion(std::uint32_t field, TermPatternPtr pattern, std::size_t most);
  /// That a query finds nothing without statistics, and is to be refused where nobody counts.
  void require(std::string query) { required_by_ = std::move(query); }
  /// Its name; empty: there is none.
  [[nodiscard]] const std::string& required_by() const { return required_by_; }
  /// Scores of words are asked for, which depend on other documents.
  [[nodiscard]] bool scores_words() const { return !terms_.empty() || scores_inside_; }
  [[nodiscard]] bool empty() const { return terms_.empty() && expansions_.empty() && inside_.empty(); }

  /// Words of the field in all documents of the shard, and documents that have the field, and all documents.
  [[nodiscard]] std::uint64_t words_in(std::uint32_t field, std::uint32_t shard) const;
  [[nodiscard]] std::uint64_t documents_with(std::uint32_t field, std::uint32_t shard) const;
  [[nodiscard]] std::uint64_t documents_in(std::uint32_t shard) const;

  /// Counts a document. One thread.
  void add(DocumentFields& document);
  /// The fields, where each of them has an index of its values and nothing else is counted: then only documents that
  /// have one of the words have to be looked at. Nothing: all documents have to be.
  [[nodiscard]] std::optional<std::vector<ScoredField>> by_index() const;
  /// Counts a document of such a field; `words_only`: whether it has the field was counted before.
  void count(std::uint32_t field, DocumentFields& document, bool words_only, ScoredCounts& counts) const;
  /// What was counted so, instead of add(). `documents`: all of the shard.
  void set(std::uint32_t field, std::uint32_t shard, const ScoredCounts& counts, std::uint64_t documents);
  /// Whether any were.
  [[nodiscard]] bool counted() const { return counted_; }

  /// Inverse document frequency of a word: ln(1 + (N - n + 0.5) / (n + 0.5)); 0 where no document of the shard has it.
  [[nodiscard]] float idf(std::uint32_t term, std::uint32_t shard) const;
  /// The same for something that `having` documents of the shard have; 0 where that is none.
  [[nodiscard]] float idf_of(std::uint32_t field, std::uint32_t shard, std::uint64_t having) const;
  /// How many documents of the shard have the word.
  [[nodiscard]] std::uint64_t documents(std::uint32_t term, std::uint32_t shard) const;
  [[nodiscard]] const TermExpansion& expansion(std::uint32_t expansion) const { return expansions_[expansion].terms; }
  /// What an index keeps of a text's length: up to 39 words exactly, then four significant bits.
  static std::uint32_t kept_length(std::uint32_t length);
  /// Inverse document frequency, and a score, from what they are made of.
  static float idf_from(std::uint64_t all, std::uint64_t having);
  static float score_from(float weight, float frequency, float length, float average_length);
  /// The score of something that comes `frequency` times in a text of `length` words: (k1 + 1) x weight x tf / (tf +
  /// norm).
  [[nodiscard]] float score(std::uint32_t field, std::uint32_t shard, float weight, float frequency,
                            std::uint32_t length) const;

 private:
  [[nodiscard]] ScoredField scored_field(std::uint32_t number) const;
  struct FieldCount {
    std::uint64_t documents = 0;
    std::uint64_t words = 0;
  };
  struct Field {
    WordSource source;
    std::vector<FieldCount> shards;
    std::vector<std::uint32_t> terms;
    std::map<std::string, std::uint32_t, std::less<>> by_text;  ///< the same
  };
  struct Term {
    std::uint32_t field;
    std::string text;
    std::vector<std::uint64_t> shards;  ///< documents that have it
    std::uint64_t counted = 0;          ///< the number of the last document that was counted
  };
  void count_terms(Field& field, const Words& words, std::uint32_t shard);

  struct Expansion {
    std::uint32_t field;
    TermExpansion terms;
  };

  std::vector<Field> fields_;
  std::vector<Term> terms_;
  std::vector<std::function<void(DocumentFields&)>> inside_;
  bool scores_inside_ = false;
  std::vector<Expansion> expansions_;
  std::vector<std::uint64_t> documents_;  ///< by shard
  std::uint64_t number_ = 0;              ///< of the document that is counted
  std::string required_by_;
  bool counted_ = false;
};

}  // namespace sluice::stages
