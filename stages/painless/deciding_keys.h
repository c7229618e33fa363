#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "stages/painless/run/program.h"

namespace sluice::painless {

/// The keys of `ctx` that a program names, where they and `params` alone decide what it does: it changes nothing else,
/// and leaves the same there for all that have the same there. Nothing: it may look at more, at a clock, or at a random
/// number. Conservative.
/// `ctx`: the register of that argument. The texts are the program's.
std::optional<std::vector<std::string_view>> deciding_keys(const Program& program, std::uint16_t ctx);

}  // namespace sluice::painless
