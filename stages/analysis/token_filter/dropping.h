#pragma once

#include <utility>

#include "stages/analysis/token_stream.h"

namespace sluice::stages {

/// Drops the terms that `keeps` does not want; their positions stay as holes. Source: Lucene's FilteringTokenFilter.
template <typename Keeps>
void drop_terms(TokenStream& stream, Keeps keeps) {
  std::uint32_t skipped = 0;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < stream.terms.size(); ++i) {
    if (!keeps(stream.terms[i])) {
      skipped += stream.terms[i].increment;
      continue;
    }
    stream.terms[i].increment += std::exchange(skipped, 0);
    if (kept != i) stream.terms[kept] = std::move(stream.terms[i]);
    ++kept;
  }
  stream.terms.resize(kept);
  stream.end_increment += skipped;
}

}  // namespace sluice::stages
