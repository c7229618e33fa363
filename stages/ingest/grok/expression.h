#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "stages/ingest/grok/pattern_bank.h"

namespace sluice::ingest {

/// The regular expression of a grok expression: `%{NAME}` becomes `(?:..)`, `%{NAME:field:type}` becomes
/// `(?<NAME:field:type>..)`, again and again. Errors: a name that the bank does not have, in the node's words.
std::expected<std::string, std::string> expand(std::string_view expression, const PatternBank& bank);

}  // namespace sluice::ingest
