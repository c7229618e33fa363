#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "stages/analysis/analyzer.h"

namespace sluice::stages {

/// `_analyze` with `explain`: what each part of an analyzer makes of the texts, as the JSON of an answer. `attributes`
/// are the names that are wanted besides term, offsets, type and position; empty: all. Errors: more than `most` tokens
/// behind one of the parts, the analyzer's.
Result<std::string> explain_texts(const std::vector<std::string>& texts, const Analyzer& analyzer,
                                  const std::vector<std::string>& attributes, std::size_t most);

/// status_exception, 400: a text makes more tokens than `index.analyze.max_token_count`.
Error too_many_tokens(std::size_t most);

}  // namespace sluice::stages
