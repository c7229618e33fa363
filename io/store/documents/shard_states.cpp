#include "io/store/documents/shard_states.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "io/store/documents/keys.h"
#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

/// Of all shards: 16 million ids.
constexpr std::size_t kMostFilterBytes = std::size_t{32} << 20;

}  // namespace

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
  for (const auto& held : locked.held_) {
    held.state->dropped = true;
    forget_ids(*held.state);
  }
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

PlannedWrite::~PlannedWrite() {
  wait();
  for (const Place& place : places_) {
    const std::lock_guard lock(place.state->mutex);
    leave(place);
  }
}

std::vector<ShardEntry> PlannedWrite::begin(const LockedShards& locked, std::span<const ShardFacts> adds) {
  std::vector<ShardEntry> entries;
  for (std::size_t k = 0; k < adds.size(); ++k) {
    ShardState& state = *locked.held_[k].state;
    state.planned.documents += adds[k].documents;
    state.planned.source_bytes += adds[k].source_bytes;
    ShardEntry& entry = entries.emplace_back(state.entry);
    entry.facts.documents += state.planned.documents;
    entry.facts.max_seq_no += static_cast<std::int64_t>(state.planned.documents);
    entry.facts.source_bytes += state.planned.source_bytes;
    places_.push_back({locked.held_[k].state, state.tickets++, adds[k]});
  }
  return entries;
}

void PlannedWrite::wait() {
  for (const Place& place : places_) {
    std::unique_lock lock(place.state->mutex);
    place.state->turn_changed.wait(lock, [&] { return place.state->turn == place.ticket; });
  }
}

void PlannedWrite::end() {
  for (const Place& place : places_) leave(place);
  places_.clear();
}

void PlannedWrite::leave(const Place& place) {
  place.state->planned.documents -= place.adds.documents;
  place.state->planned.source_bytes -= place.adds.source_bytes;
  ++place.state->turn;
  place.state->turn_changed.notify_all();
}

Status ShardStates::load(const IndexKey& index, std::uint32_t shard, ShardState& state) {
  auto entry = read_shard_entry(database_, {}, index.number, shard);
  if (!entry) return std::unexpected(std::move(entry.error()));
  state.entry = *entry;
  if (state.entry.first_open == 0) state.entry.first_open = database_.opens();
  if (state.entry.facts.max_seq_no < 0) state.ids = std::make_unique<IdFilter>();
  state.loaded = true;
  return {};
}

void ShardStates::remember(ShardState& state, std::span<const std::uint64_t> hashes) {
  if (!state.ids) return;
  const std::size_t before = state.ids->bytes();
  for (const std::uint64_t hash : hashes) state.ids->add(hash);
  const std::size_t grown = state.ids->bytes() - before;
  if (grown == 0) return;
  if (filter_bytes_.fetch_add(grown) + grown > kMostFilterBytes) forget_ids(state);
}

void ShardStates::forget_ids(ShardState& state) {
  if (!state.ids) return;
  filter_bytes_ -= state.ids->bytes();
  state.ids.reset();
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
