#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/entries.h"
#include "io/store/documents/id_filter.h"

namespace sluice::store {

/// What the writers of a shard agree on. Everything but `mutex` is read and changed by whoever holds it.
struct ShardState {
  std::mutex mutex;
  bool loaded = false;
  bool dropped = false;  ///< its index is gone: nothing may be written any more
  ShardEntry entry;
  std::unique_ptr<IdFilter> ids;  ///< all that were ever written; null: not known

  /// Writes that are made ready beside the lock: what they will add, and whose turn it is to be written.
  ShardFacts planned;
  std::uint64_t tickets = 0;
  std::uint64_t turn = 0;
  std::condition_variable turn_changed;
};

/// Some shards of an index, locked in ascending order, so that writers never wait in a circle.
class LockedShards {
 public:
  [[nodiscard]] ShardState& state(std::uint32_t shard) const;

 private:
  friend class ShardStates;
  friend class PlannedWrite;
  struct Held {
    std::uint32_t shard;
    std::shared_ptr<ShardState> state;
    std::unique_lock<std::mutex> lock;
  };
  std::vector<Held> held_;
};

/// A place in the order of the writes that are made ready beside the lock of their shards, each of them on the guess
/// that those before it are written as they are planned and nothing comes in between. One thread.
class PlannedWrite {
 public:
  PlannedWrite() = default;
  /// Gives the place up. Not under the lock of the shards.
  ~PlannedWrite();
  PlannedWrite(const PlannedWrite&) = delete;
  PlannedWrite& operator=(const PlannedWrite&) = delete;

  /// Takes the place; `adds` has the new documents and bytes of each of the shards. What the shards' entries will be.
  std::vector<ShardEntry> begin(const LockedShards& locked, std::span<const ShardFacts> adds);
  /// Waits until all those before it are written or given up. Not under the lock of the shards.
  void wait();
  /// Under the lock of the shards.
  void end();

 private:
  struct Place {
    std::shared_ptr<ShardState> state;
    std::uint64_t ticket;
    ShardFacts adds;
  };
  static void leave(const Place& place);
  std::vector<Place> places_;
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
  /// Remembers ids that were written, as long as there is memory for it. Under the shard's lock.
  void remember(ShardState& state, std::span<const std::uint64_t> hashes);
  /// The primary term of what is written to the shard now. Under its lock.
  [[nodiscard]] std::int64_t primary_term(const ShardState& state) const {
    return static_cast<std::int64_t>(database_.opens() - state.entry.first_open + 1);
  }

 private:
  LockedShards lock_all(std::uint32_t index_number, std::span<const std::uint32_t> shards);
  Status load(const IndexKey& index, std::uint32_t shard, ShardState& state);
  void forget_ids(ShardState& state);

  const Database& database_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<ShardState>> states_;  ///< by number << 32 | shard
  std::atomic<std::size_t> filter_bytes_ = 0;
};

/// The entry of a shard as a picture of the store has it; a shard that was never written is empty.
Result<ShardEntry> read_shard_entry(const Database& database, const rocksdb::ReadOptions& options,
                                    std::uint32_t index_number, std::uint32_t shard);

}  // namespace sluice::store
