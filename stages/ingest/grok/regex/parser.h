#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "stages/ingest/grok/regex/node.h"

namespace sluice::ingest::regex {

/// Parses an expression in Ruby's syntax. Errors: Joni's message, `end pattern with unmatched parenthesis`.
std::expected<Tree, std::string> parse(std::string_view pattern);

/// Why an expression can't be run although its syntax is right, in Joni's words: a look-behind of no fixed length, a
/// call without an end. Empty: it can.
std::string problem_of(const Tree& tree);

/// How many characters all that a node matches has; nothing: it differs.
std::optional<std::uint64_t> fixed_length(const Node& node);

}  // namespace sluice::ingest::regex
