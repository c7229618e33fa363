#include <algorithm>

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

}  // namespace

Status make_join_passes(const IndexTarget& target, std::uint32_t shard, const CompiledSearch& search,
                        const SearchStop& stop) {
  for (std::size_t pass = 0; pass < passes_of(search); ++pass) {
    auto made = each_document(target, shard, stop,
                              [&](const stages::QueryDocument& document) { return look(search, pass, document); });
    if (!made) return made;
  }
  return {};
}

}  // namespace sluice::rest
