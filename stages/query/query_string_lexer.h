#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// The tokens of Lucene's classic query syntax.
enum class QueryToken : std::uint8_t {
  kEnd,
  kAnd,
  kOr,
  kNot,
  kPlus,
  kMinus,
  kBareOperator,  ///< `+`, `-` or `!` with white space behind: a term
  kOpen,
  kClose,
  kColon,
  kStar,
  kBoost,
  kQuoted,
  kTerm,
  kFuzzySlop,
  kPrefixTerm,
  kWildTerm,
  kRegexp,
  kRangeOpen,           ///< `[`
  kRangeOpenExclusive,  ///< `{`
  kNumber,
  kRangeTo,
  kRangeClose,           ///< `]`
  kRangeCloseExclusive,  ///< `}`
  kRangeQuoted,
  kRangeTerm,
};

struct QueryStringToken {
  QueryToken kind = QueryToken::kEnd;
  std::string_view text = {};  ///< as it stands
  std::size_t at = 0;          ///< where it begins, in bytes
};

/// How Lucene names a token: `<TERM>`, `"("`.
std::string_view token_image(QueryToken kind);

/// Splits a query; the last token is the end. `text` must outlive the tokens. Errors: Lucene's token_mgr_error with its
/// words. Source: Lucene's QueryParser.jj.
Result<std::vector<QueryStringToken>> split_query_string(std::string_view text);

}  // namespace sluice::stages
