#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/query/regex_terms.h"

namespace sluice::stages {

/// Operators of Lucene's regular expressions that can be switched off.
struct RegexFlags {
  bool intersection = true;    ///< `a&b`
  bool complement = true;      ///< `~a`
  bool empty = true;           ///< `#`
  bool any_string = true;      ///< `@`
  bool interval = true;        ///< `<1-9>`
  bool named_automata = true;  ///< `<name>`, of which there are none
};

/// `INTERVAL|EMPTY`, `ALL`, `NONE`. Errors: `Unknown regexp flag [x]`.
Result<RegexFlags> parse_regex_flags(std::string_view text);

/// Reads Lucene's syntax. `fold`: single characters in any case; ranges keep theirs. Errors: illegal_argument_exception
/// with Lucene's words. Source: Lucene's RegExp.
Result<RegexTerms::Id> parse_regex(std::string_view text, const RegexFlags& flags, bool fold, RegexTerms& terms);

}  // namespace sluice::stages
