#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/entries.h"

namespace sluice::store {

/// What the writers of a shard agree on. Everything but `mutex` is read and changed by whoever holds it.
struct ShardState {
  std::mutex mutex;
  bool loaded = false;
  bool dropped = false;  ///< its index is gone: nothing may be written any more
  ShardEntry entry;
};

/// Some shards of an index, locked in ascending order, so that writers never wait in a circle.
class LockedShards {
 public:
  [[nodiscard]] ShardState& state(std::uint32_t shard) const;

 private:
  friend class ShardStates;
  struct Held {
    std::uint32_t shard;
    std::shared_ptr<ShardState> state;
    std::unique_lock<std::mutex> lock;
  };
  std::vector<Held> held_;
};

/// The shards that have been written since the store was opened. Loaded when first used. Any thread.
class ShardStates {
 public:
  explicit ShardStates(const Database& database) : database_(database) {}

  /// Locks the shards, which are sorted and unique, and loads what is not yet loaded. Errors: the index was dropped
  /// (index_not_found_exception, 404), damage.
  Result<LockedShards> lock(const IndexKey& index, std::span<const std::uint32_t> shards);
  /// Locks the shards of an index that have been written, and marks the index as dropped.
  LockedShards drop(std::uint32_t index_number, std::uint32_t shards);
  /// The primary term of what is written to the shard now. Under its lock.
  [[nodiscard]] std::int64_t primary_term(const ShardState& state) const {
    return static_cast<std::int64_t>(database_.opens() - state.entry.first_open + 1);
  }

 private:
  LockedShards lock_all(std::uint32_t index_number, std::span<const std::uint32_t> shards);
  Status load(const IndexKey& index, std::uint32_t shard, ShardState& state);

  const Database& database_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<ShardState>> states_;  ///< by number << 32 | shard
};

/// The entry of a shard as a picture of the store has it; a shard that was never written is empty.
Result<ShardEntry> read_shard_entry(const Database& database, const rocksdb::ReadOptions& options,
                                    std::uint32_t index_number, std::uint32_t shard);

}  // namespace sluice::store
