#pragma once

#include <string_view>

namespace sluice {

/// Whether `text` is what `pattern` says, in which `*` stands for any number of characters. Takes time in proportion to
/// the product of both lengths at most.
bool wildcard_match(std::string_view pattern, std::string_view text);

}  // namespace sluice
