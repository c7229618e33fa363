#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

/// Behind which document a page goes on, in the order of shards and sequence numbers.
struct SearchPosition {
  std::uint32_t ordinal = 0;
  std::int64_t seq_no = -1;
};

/// What a search found, rendered.
struct SearchResult {
  std::string hits;  ///< a JSON array
  std::int64_t count = 0;
  std::int64_t total = 0;
  bool total_exact = true;
  bool terminated_early = false;
  bool scored = false;  ///< hits have a score
  /// Behind the last hit: where the next page of the same search starts.
  SearchPosition position;
  std::vector<SortValue> last_sort;
};

/// What one page of a search is made with.
struct SearchPage {
  const SearchRequest& request;
  const SearchTargets& targets;
  const std::vector<ShardTarget>& shards;
  const std::vector<CompiledSearch>& compiled;
  bool with_shard_doc = false;  ///< a point in time: `_shard_doc` ends every sort
  bool count_total = true;
  /// Scrolls: where the page before ended. Its sort values are in `after_sort`, one for each key.
  std::optional<SearchPosition> after;
  std::vector<SortValue> after_sort;
};

/// Reads, sorts, cuts and renders. Errors: the store's; 429 circuit_breaking_exception for a page over 1 GiB.
Result<SearchResult> execute_search(const SearchPage& page);

/// How many documents match. Errors: the store's.
Result<std::int64_t> count_matches(const SearchTargets& targets, const std::vector<ShardTarget>& shards,
                                   const std::vector<CompiledSearch>& compiled, std::int64_t most);

}  // namespace sluice::rest
