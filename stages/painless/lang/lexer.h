#pragma once

#include <string_view>
#include <vector>

#include "stages/painless/lang/token.h"

namespace sluice::painless {

/// The tokens of a script, the last one kEnd. Source: reference/painless.md 1. Throws CompileError.
std::vector<Token> tokenize(std::string_view source);

}  // namespace sluice::painless
