#pragma once

#include <cstddef>
#include <string_view>

#include "stages/analysis/component.h"

namespace sluice::stages {

/// How many characters grams have.
struct NgramSizes {
  std::size_t least = 1;
  std::size_t most = 2;
};

/// `min_gram` and `max_gram`. Errors: more than index.max_ngram_diff apart (not for edges).
Result<NgramSizes> read_ngram_sizes(const ComponentContext& context, bool edges, std::int32_t most);
/// Errors: none at all, or the least over the most.
Status check_ngram_sizes(const NgramSizes& sizes);

}  // namespace sluice::stages
