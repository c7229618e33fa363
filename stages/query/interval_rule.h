#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/compile.h"
#include "stages/query/edit_distance.h"
#include "stages/query/interval_source.h"

namespace sluice::stages {

struct IntervalRule;

/// `filter` of a rule: which of its intervals are left.
struct IntervalFilter {
  std::string type;  ///< `containing`, `before` and so on; perhaps none of them
  std::unique_ptr<IntervalRule> rule;
};

/// A rule of an `intervals` query, as it was written.
struct IntervalRule {
  enum class Kind : std::uint8_t { kMatch, kPrefix, kWildcard, kRegexp, kFuzzy, kRange, kAllOf, kAnyOf };
  Kind kind = Kind::kMatch;
  std::string text = {};  ///< `query`, `prefix`, `pattern`, `term`
  std::string analyzer = {};
  std::string use_field = {};
  std::int32_t max_gaps = -1;
  bool ordered = false;
  Fuzziness fuzziness = {};
  std::int32_t prefix_length = 0;
  bool transpositions = true;
  std::optional<std::string> low = std::nullopt;  ///< of a range
  std::optional<std::string> high = std::nullopt;
  bool with_low = true;  ///< the end belongs to it
  bool with_high = true;
  std::vector<IntervalRule> rules = {};
  std::optional<IntervalFilter> filter = std::nullopt;
};

/// Reads `"match":{..}`. Errors: Elasticsearch's, with their places; unsupported for filters by script.
Result<IntervalRule> read_interval_rule(const JsonMember& member, const ClauseContext& context);

}  // namespace sluice::stages
