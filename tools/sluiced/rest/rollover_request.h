#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/create_index.h"
#include "pipeline/base/error.h"

namespace sluice::rest {

/// A condition of `_rollover`.
struct RolloverCondition {
  enum class Measure : std::uint8_t { kAge, kDocs, kSize, kShardSize, kShardDocs };
  std::string name;  ///< `max_docs`
  std::string text;  ///< the value as it was given
  Measure measure = Measure::kDocs;
  bool least = false;      ///< `min_*`: has to be met too
  std::int64_t value = 0;  ///< milliseconds, documents or bytes
};

/// What an index has, to be compared with conditions.
struct IndexMeasures {
  std::int64_t age_ms = 0;
  std::int64_t docs = 0;
  std::int64_t bytes = 0;
  std::int64_t largest_shard_bytes = 0;
  std::int64_t largest_shard_docs = 0;
};

struct RolloverRequest {
  std::vector<RolloverCondition> conditions;
  store::NewIndex index;  ///< settings, mappings and aliases of the new one
};

/// Reads the body; an empty one says nothing. `body` has Buffer::kPadding readable bytes behind it. Errors:
/// x_content_parse_exception with positions; action_request_validation_exception for min_* without max_*.
Result<RolloverRequest> parse_rollover(std::string_view body);

bool is_met(const RolloverCondition& condition, const IndexMeasures& measures);
/// Any of the max_* and all of the min_*; no conditions: always.
bool all_met(const std::vector<RolloverCondition>& conditions, const IndexMeasures& measures);

/// The name after `provided`, counted up: `logs-000002` after `logs-1`, `<logs-{now/d}-000002>` after date math.
/// `resolved` is what `provided` stands for. Errors: illegal_argument_exception where there is nothing to count.
Result<std::string> next_index_name(const std::string& provided, const std::string& resolved);

}  // namespace sluice::rest
