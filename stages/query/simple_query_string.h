#pragma once

#include <cstdint>
#include <string_view>

#include "stages/query/query_string_parser.h"

namespace sluice::stages {

/// Operators of the simple syntax that can be switched off.
struct SimpleSyntax {
  bool both = true;        ///< AND: `+`
  bool either = true;      ///< OR: `|`
  bool negation = true;    ///< NOT: `-`
  bool prefix = true;      ///< PREFIX: `*` at the end
  bool phrase = true;      ///< PHRASE: `"..."`
  bool precedence = true;  ///< PRECEDENCE: `( )`
  bool escape = true;      ///< ESCAPE: `\`
  bool whitespace = true;  ///< WHITESPACE: it ends a word
  bool fuzzy = true;       ///< FUZZY: `~1` behind a word
  bool near = true;        ///< NEAR, SLOP: `~1` behind a phrase

  /// `AND|OR`, `ALL`, `NONE`. Errors: `Unknown simple_query_string flag [x]`.
  static Result<SimpleSyntax> parse(std::string_view text);
};

/// Reads the simple syntax, in which nothing is wrong. Null: there is nothing to look for. `all`: words without an
/// operator between them have to match all. Errors: those of the pieces. Source: Lucene's SimpleQueryParser.
Result<QueryPtr> parse_simple_query_string(std::string_view text, bool all, const SimpleSyntax& syntax,
                                           QueryStringPieces& pieces);

}  // namespace sluice::stages
