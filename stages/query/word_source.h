#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "pipeline/model/lookup_plan.h"
#include "stages/analysis/analyzer.h"
#include "stages/query/field_access.h"

namespace sluice::stages {

/// Where a clause gets the words of a field from: analyzed texts, or keywords, each of which is one word. Made by the
/// compilation, so that clauses on one field share them. Immutable.
struct WordSource {
  std::uint32_t number = 0;  ///< of the source in its compilation
  FieldAccess access;
  AnalyzerPtr analyzer;
  std::uint32_t gap = Analyzer::kDefaultGap;  ///< position_increment_gap
  bool whole = false;                         ///< a keyword: each value is one word, once normalized
  bool boolean = false;                       ///< each value is `true` or `false`
  bool norms = true;                          ///< lengths of texts count for scores
  bool frequencies = true;                    ///< how often a word comes counts for scores
  pipeline::FieldKeysPtr keys;                ///< of the field's index; null: it has none

  /// Appends the words of one value, a raw JSON token. Errors: the analyzer's.
  Status read(std::string_view token, Words& words) const;
};

/// The keys of documents that have a word of a source whose values are whole, as field_keys() makes them.
pipeline::KeyRange word_keys(const WordSource& source, std::string_view word);

/// The word sources of a compilation, by their fields.
using WordSources = std::map<std::string, WordSource, std::less<>>;

}  // namespace sluice::stages
