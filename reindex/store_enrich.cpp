#include "reindex/store_enrich.h"

#include <limits>
#include <utility>

#include "reindex/enrich_policy.h"

namespace sluice {

Result<std::shared_ptr<StoreEnrich::Kept>> StoreEnrich::place(const store::ClusterState& state,
                                                              std::string_view policy) const {
  if (cleaned_version_ != state.version) {
    std::erase_if(kept_, [&](const auto& entry) { return enrich_index(state, entry.first) == nullptr; });
    cleaned_version_ = state.version;
  }
  if (const auto kept = kept_.find(policy); kept != kept_.end()) return kept->second;
  if (!state.enrich_policies.contains(policy) || enrich_index(state, policy) == nullptr) {
    return std::unexpected(ingest::no_enrich_index(policy));
  }
  return kept_.emplace(policy, std::make_shared<Kept>()).first->second;
}

Result<std::shared_ptr<const ingest::EnrichTable>> StoreEnrich::find(std::string_view policy) const {
  // The state is taken with the lock: an older one than others have seen would bring an older table back.
  std::shared_ptr<Kept> kept;
  {
    const std::scoped_lock lock(mutex_);
    const store::StatePtr state = catalog_.state();
    auto found = place(*state, policy);
    if (!found) return std::unexpected(std::move(found.error()));
    kept = std::move(*found);
    if (current(*kept, *state, policy)) return kept->table;
  }
  const std::scoped_lock one_reads(kept->loading);
  while (true) {
    store::StatePtr state;
    {
      const std::scoped_lock lock(mutex_);
      state = catalog_.state();
      if (current(*kept, *state, policy)) return kept->table;
    }
    const auto known = state->enrich_policies.find(policy);
    const store::IndexPtr index = enrich_index(*state, policy);
    if (known == state->enrich_policies.end() || index == nullptr) {
      return std::unexpected(ingest::no_enrich_index(policy));
    }
    auto table = load(known->second, *index);
    const std::scoped_lock lock(mutex_);
    // An index that was deleted before it was read to its end has given a part of its documents, or none.
    const store::StatePtr now = catalog_.state();
    const store::IndexPtr index_now = enrich_index(*now, policy);
    if (index_now == nullptr || index_now->uuid != index->uuid) continue;
    if (!table) return table;
    kept->state_version = now->version;
    kept->index_uuid = index->uuid;
    kept->table = *table;
    return table;
  }
}

bool StoreEnrich::current(Kept& kept, const store::ClusterState& state, std::string_view policy) {
  if (kept.table == nullptr) return false;
  if (kept.state_version == state.version) return true;
  const store::IndexPtr index = enrich_index(state, policy);
  if (index == nullptr || index->uuid != kept.index_uuid) return false;
  kept.state_version = state.version;
  return true;
}

ingest::EnrichMemory StoreEnrich::memory() const {
  ingest::EnrichMemory sum;
  const std::scoped_lock lock(mutex_);
  for (const auto& [policy, kept] : kept_) {
    if (kept->table == nullptr) continue;
    const ingest::EnrichMemory its = kept->table->memory();
    sum.values += its.values;
    sum.bytes += its.bytes;
  }
  return sum;
}

Result<std::shared_ptr<const ingest::EnrichTable>> StoreEnrich::load(const std::string& policy_json,
                                                                     const store::IndexMeta& index) const {
  const auto policy = parse_enrich_policy(policy_json);
  if (!policy) return std::unexpected(policy.error());
  auto table = std::make_shared<ingest::EnrichTable>(
      ingest::EnrichTableOptions{.kind = policy->is_range() ? ingest::EnrichKind::kRange : ingest::EnrichKind::kMatch,
                                 .match_field = policy->match_field,
                                 .schema = index.mapping,
                                 .counters = shared_counters()});
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
