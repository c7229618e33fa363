#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stages/query/compile.h"
#include "stages/query/term_expansion.h"

namespace sluice::stages {

/// One place of a phrase: any of its words may stand there.
struct PhrasePart {
  std::uint32_t position = 0;
  std::vector<std::string> words = {};
  TermPatternPtr pattern = nullptr;  ///< or any term that fits; null: only the words
};

/// How often a phrase comes in a text, whose parts stand at `positions`, ascending, one list for each part. Slop 0
/// counts the places where all stand as they do in the phrase; more counts each place the less the more its words have
/// to move. Source: Lucene's ExactPhraseMatcher and SloppyPhraseMatcher.
class PhraseMatcher {
 public:
  PhraseMatcher(const std::vector<PhrasePart>& parts, std::uint32_t slop);
  [[nodiscard]] float frequency(const std::vector<std::vector<std::uint32_t>>& positions) const;

 private:
  [[nodiscard]] float exact(const std::vector<std::vector<std::uint32_t>>& positions) const;

  std::vector<std::uint32_t> offsets_;
  std::vector<std::int32_t> groups_;  ///< of parts that share words; -1: it shares none
  bool many_words_ = false;           ///< and these have several words
  std::uint32_t slop_;
};

/// That the parts of a phrase stand in a field, in their order and not further apart than `slop` moves. `expansions`:
/// of each pattern only so many terms of the index count, where they were counted. Errors: of words_of(); the field has
/// no positions.
Result<QueryPtr> phrase_query(const pipeline::FieldSchema& field, std::vector<PhrasePart> parts, std::uint32_t slop,
                              std::size_t expansions, const ClauseContext& context);
/// That one of several words stands in a field, which all score as one. Errors: of words_of().
Result<QueryPtr> synonym_query(const pipeline::FieldSchema& field, std::vector<std::string> words,
                               const ClauseContext& context);

}  // namespace sluice::stages
