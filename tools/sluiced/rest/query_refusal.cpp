#include "tools/sluiced/rest/query_refusal.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reindex/store_ends.h"
#include "tools/sluiced/search/execute.h"

namespace sluice::rest {

namespace {

/// Whether the query can be asked of all documents of a shard. Errors: why not.
Status ask_shard(const IndexTarget& target, const ShardTarget& part, const CompiledSearch& search) {
  const SearchStop never;
  if (Status seen = see_shard(target, part.shard, search, never); !seen) return seen;
  std::int64_t matches = 0;
  return count_matches(target, part, search, std::nullopt, std::numeric_limits<std::int64_t>::max(), never, matches);
}

/// Whether a shard beside the one that failed answers; those that don't are added.
bool others_answer(Services& services, const RequestSource& source, std::vector<ShardFailure>& failures) {
  const auto targets =
      search_targets(services, fmt::format("{}", fmt::join(source.indices, ",")), index_options(source.expansion));
  if (!targets) return false;
  store::ShardChoice choice{.routing = source.routing, .numbers = {}};
  if (!store::read_preference(source.preference, choice)) return false;
  const auto shards = shard_targets(**targets, choice, std::nullopt);
  if (!shards) return false;
  const QueryText query{source.query, {}, std::string(source.other_key("runtime_mappings"))};
  const std::vector<SortKey> no_sort;
  const auto compiled = compile_search(services, **targets, {query, no_sort});
  if (!compiled) return false;
  for (const ShardTarget& part : *shards) {
    const IndexTarget& target = (*targets)->indices[part.index];
    const CompiledSearch& search = compiled->each[part.index];
    if (search.failed || failures.front().is_of(*target.index, part.shard)) continue;
    Status asked = ask_shard(target, part, search);
    if (asked) return true;
    failures.push_back({target.index, part.shard, std::move(asked.error())});
  }
  return false;
}

Error refusal(Services& services, const RequestSource& source, const std::string& index,
              std::optional<std::uint32_t> shard, Error cause) {
  const store::StatePtr state = services.catalog.state();
  const auto found = state->indices.find(index);
  if (found == state->indices.end()) return cause;
  std::vector<ShardFailure> failures{{found->second, shard, std::move(cause)}};
  const bool partial = shard && others_answer(services, source, failures);
  return shards_failed(services, partial ? kPartialShardsFailure : kAllShardsFailed, failures);
}

}  // namespace

decltype(RunOptions::query_refused) query_refusal(Services& services, const RequestSource& source) {
  struct Refusal {
    std::once_flag once;
    std::optional<Error> error;
  };
  return [&services, source, first = std::make_shared<Refusal>()](const std::string& index,
                                                                  std::optional<std::uint32_t> shard, Error cause) {
    std::call_once(first->once, [&] { first->error = refusal(services, source, index, shard, std::move(cause)); });
    return *first->error;
  };
}

}  // namespace sluice::rest
