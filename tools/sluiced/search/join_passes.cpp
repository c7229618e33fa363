#include <algorithm>
#include <set>
#include <utility>

#include "tools/sluiced/search/execute.h"

namespace sluice::rest {

namespace {

std::size_t passes_of(const CompiledSearch& search) {
  return std::max(search.query->passes(), search.filter == nullptr ? 0 : search.filter->passes());
}

Status look(const CompiledSearch& search, std::size_t pass, const stages::QueryDocument& document) {
  for (const stages::CompiledQuery* query : {search.query.get(), search.filter.get()}) {
    if (query == nullptr || pass >= query->passes()) continue;
    if (auto seen = query->look(pass, document); !seen) return seen;
  }
  return {};
}

Status pass_over(const IndexTarget& target, std::uint32_t shard, const CompiledSearch& search, std::size_t pass,
                 const SearchStop& stop) {
  return each_document(target, shard, stop,
                       [&](const stages::QueryDocument& document) { return look(search, pass, document); });
}

}  // namespace

Status make_join_passes(const SearchTargets& targets, const std::vector<ShardTarget>& shards,
                        const std::vector<CompiledSearch>& compiled, const SearchStop& stop) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const ShardTarget& part : shards) {
    const CompiledSearch& search = compiled[part.index];
    if (search.failed || !seen.emplace(part.index, part.shard).second) continue;
    for (std::size_t pass = 0; pass < passes_of(search); ++pass) {
      if (auto made = pass_over(targets.indices[part.index], part.shard, search, pass, stop); !made) return made;
    }
  }
  return {};
}

}  // namespace sluice::rest
