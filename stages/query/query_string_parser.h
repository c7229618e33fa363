#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stages/query/query_node.h"

namespace sluice::stages {

/// Makes the queries of a query string's pieces. `field`: as the query names it; null: it names none. Texts have no
/// escapes any more, but for wildcards and regular expressions. Null queries: there is nothing to look for.
class QueryStringPieces {
 public:
  virtual ~QueryStringPieces() = default;
  virtual Result<QueryPtr> words(const std::string* field, const std::string& text) = 0;
  /// `slop`: what stands behind the phrase's `~`; nothing: none.
  virtual Result<QueryPtr> phrase(const std::string* field, const std::string& text, std::optional<float> slop) = 0;
  virtual Result<QueryPtr> prefix(const std::string* field, const std::string& text) = 0;
  virtual Result<QueryPtr> wildcard(const std::string* field, const std::string& text) = 0;
  virtual Result<QueryPtr> regexp(const std::string* field, const std::string& text) = 0;
  /// `fuzziness`: empty: the default.
  virtual Result<QueryPtr> fuzzy(const std::string* field, const std::string& text, const std::string& fuzziness) = 0;
  struct End {
    std::optional<std::string> text;  ///< nothing: open
    bool inclusive = true;
  };
  virtual Result<QueryPtr> range(const std::string* field, const End& low, const End& high) = 0;
};

/// Reads Lucene's classic query syntax. `all`: terms without an operator between them have to match all. Errors:
/// parse_exception, `Cannot parse 'x': ..`, with Lucene's words; those of the pieces. Source: Lucene's QueryParser.jj
/// and QueryParserBase.
Result<QueryPtr> parse_query_string(std::string_view text, bool all, QueryStringPieces& pieces);

/// Puts `\` in front of everything that is an operator.
std::string escape_query_string(std::string_view text);

}  // namespace sluice::stages
