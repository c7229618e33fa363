#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "stages/query/document_fields.h"
#include "stages/query/term_expansion.h"
#include "stages/query/word_source.h"

namespace sluice::stages {

/// Which words of a field count: one, or all that a pattern stands for. Immutable; any thread.
struct WordTest {
  WordSource source;
  std::string word = {};
  TermPatternPtr pattern = nullptr;  ///< null: only the word

  /// Calls `visit(position)` for each of them in a document, in their order; a position comes twice where two such
  /// words stand.
  template <typename Visit>
  void each(DocumentFields& document, Visit&& visit) const {
    for (const Word& each : document.words(source)) {
      if (pattern == nullptr ? each.text == word : pattern->fit(each.text).has_value()) visit(each.position);
    }
  }
  /// For people: `field:word`.
  [[nodiscard]] std::string explain() const {
    return source.access.path() + ":" + (pattern == nullptr ? word : "{" + pattern->explain() + "}");
  }
};

}  // namespace sluice::stages
