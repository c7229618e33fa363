#include "io/store/documents/shard_states.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "io/store/documents/keys.h"
#include "io/store/documents/store_error.h"

namespace sluice::store {

ShardState& LockedShards::state(std::uint32_t shard) const {
  return *std::ranges::lower_bound(held_, shard, {}, &Held::shard)->state;
}

Result<LockedShards> ShardStates::lock(const IndexKey& index, std::span<const std::uint32_t> shards) {
  LockedShards locked = lock_all(index.number, shards);
  for (const auto& held : locked.held_) {
    if (held.state->dropped) {
      return std::unexpected(
          Error(ErrorKind::kNotFound, 404, "index_not_found_exception", fmt::format("no such index [{}]", index.name))
              .with("index_uuid", index.uuid)
              .with("index", index.name));
    }
    if (held.state->loaded) continue;
    if (auto loaded = load(index, held.shard, *held.state); !loaded) return std::unexpected(loaded.error());
  }
  return locked;
}

LockedShards ShardStates::drop(std::uint32_t index_number, std::uint32_t shards) {
  std::vector<std::uint32_t> all(shards);
  std::iota(all.begin(), all.end(), 0U);
  LockedShards locked = lock_all(index_number, all);
  for (const auto& held : locked.held_) held.state->dropped = true;
  return locked;
}

LockedShards ShardStates::lock_all(std::uint32_t index_number, std::span<const std::uint32_t> shards) {
  LockedShards locked;
  locked.held_.reserve(shards.size());
  {
    const std::lock_guard lock(mutex_);
    for (const std::uint32_t shard : shards) {
      auto& state = states_[std::uint64_t{index_number} << 32 | shard];
      if (!state) state = std::make_shared<ShardState>();
      locked.held_.push_back({shard, state, {}});
    }
  }
  for (auto& held : locked.held_) held.lock = std::unique_lock(held.state->mutex);
  return locked;
}

Status ShardStates::load(const IndexKey& index, std::uint32_t shard, ShardState& state) {
  auto entry = read_shard_entry(database_, {}, index.number, shard);
  if (!entry) return std::unexpected(std::move(entry.error()));
  state.entry = *entry;
  if (state.entry.first_open == 0) state.entry.first_open = database_.opens();
  state.loaded = true;
  return {};
}

Result<ShardEntry> read_shard_entry(const Database& database, const rocksdb::ReadOptions& options,
                                    std::uint32_t index_number, std::uint32_t shard) {
  std::string bytes;
  const auto status =
      database.db().Get(options, database.family(Family::kShards), ShardKey(index_number, shard).slice(), &bytes);
  if (status.IsNotFound()) return ShardEntry{};
  if (!status.ok()) return std::unexpected(store_error(status, "reading a shard's facts", database.path()));
  const auto entry = parse_shard_entry(bytes);
  if (!entry) return std::unexpected(damaged_entry("the facts of a shard", database.path()));
  return *entry;
}

}  // namespace sluice::store
