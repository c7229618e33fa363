#pragma once

#include "stages/analysis/component.h"

namespace sluice::stages {

#define TOKENIZER(name, make) Result<TokenizerPtr> make(const ComponentContext& context);
#include "stages/analysis/tokenizers.def"
#undef TOKENIZER

/// `max_token_length` of the word tokenizers, 255 unless set. Errors: of numbers below 1 and over 1048576.
Result<std::size_t> max_token_length(const ComponentSettings& settings);

}  // namespace sluice::stages
