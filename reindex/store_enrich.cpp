#include "reindex/store_enrich.h"

#include <limits>
#include <utility>

#include "reindex/enrich_policy.h"

namespace sluice {

Result<std::shared_ptr<const ingest::EnrichTable>> StoreEnrich::find(std::string_view policy) const {
  const store::StatePtr state = catalog_.state();
  const std::scoped_lock lock(mutex_);
  const auto kept = kept_.find(policy);
  if (kept != kept_.end() && kept->second.state_version == state->version) return kept->second.table;
  const auto known = state->enrich_policies.find(policy);
  const store::IndexPtr index = enrich_index(*state, policy);
  if (known == state->enrich_policies.end() || index == nullptr) {
    if (kept != kept_.end()) kept_.erase(kept);
    return std::unexpected(ingest::no_enrich_index(policy));
  }
  if (kept != kept_.end() && kept->second.index_uuid == index->uuid) {
    kept->second.state_version = state->version;
    return kept->second.table;
  }
  auto table = load(known->second, *index);
  if (!table) return table;
  kept_.insert_or_assign(std::string(policy), Kept{state->version, index->uuid, *table});
  return table;
}

Result<std::shared_ptr<const ingest::EnrichTable>> StoreEnrich::load(const std::string& policy_json,
                                                                     const store::IndexMeta& index) const {
  const auto policy = parse_enrich_policy(policy_json);
  if (!policy) return std::unexpected(policy.error());
  auto table = std::make_shared<ingest::EnrichTable>(
      ingest::EnrichTableOptions{.kind = policy->is_range() ? ingest::EnrichKind::kRange : ingest::EnrichKind::kMatch,
                                 .match_field = policy->match_field,
                                 .schema = index.mapping});
  const store::ViewPtr view = documents_.view();
  for (std::uint32_t shard = 0; shard < index.shards(); ++shard) {
    auto scan = view->scan(index.key(), shard, 0, std::numeric_limits<std::int64_t>::max());
    if (!scan) return std::unexpected(std::move(scan.error()));
    while (true) {
      const auto document = (*scan)->next_in_place();
      if (!document) return std::unexpected(document.error());
      if (*document == nullptr) break;
      if (Status added = table->add((*document)->source); !added) return std::unexpected(std::move(added.error()));
    }
  }
  return table;
}

}  // namespace sluice
