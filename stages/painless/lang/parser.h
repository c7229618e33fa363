#pragma once

#include <string_view>

#include "stages/painless/lang/node.h"

namespace sluice::painless {

/// The tree of a script, names and types not looked at. Source: reference/painless.md 2. Throws CompileError.
void parse(std::string_view source, Tree& tree);

}  // namespace sluice::painless
