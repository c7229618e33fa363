#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <rocksdb/write_batch.h>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/entries.h"
#include "io/store/documents/shard_states.h"

namespace sluice::store {

/// One call of Documents::write(): finds what is there, checks versions, numbers the documents and encodes them as one
/// step of RocksDB's. Nothing outside changes before commit(). One thread.
class BulkWrite {
 public:
  BulkWrite(const Database& database, ShardStates& states, const IndexKey& index, std::span<const Write> writes,
            std::span<Written> outcomes);

  /// Locks the shards, writes and unlocks them. An error: nothing was written, and nothing is counted.
  Status run();

 private:
  void route();
  Status look_up();
  Status plan();
  Status plan_one(std::size_t i);
  Status put_document(std::size_t i, const IdEntry& entry);
  Status put_id(std::size_t i, const IdEntry& entry);
  Status put_ids();
  Status put_shards();
  Status commit();
  [[nodiscard]] const IdEntry* current(std::size_t i) const;
  [[nodiscard]] std::string_view id_key(std::size_t i) const;
  Status checked(const rocksdb::Status& status) const;

  const Database& database_;
  ShardStates& states_;
  const IndexKey& index_;
  std::span<const Write> writes_;
  std::span<Written> outcomes_;

  std::vector<std::uint32_t> touched_;  ///< shards, sorted and unique
  LockedShards locked_;
  std::vector<ShardEntry> entries_;  ///< of the touched shards, as they will be
  std::string keys_;                 ///< the ids' keys, one behind the other
  std::vector<std::size_t> key_ends_;
  std::vector<std::size_t> by_id_;  ///< all writes in the order of their ids' keys, and then as they were given
  std::vector<std::optional<IdEntry>> found_;             ///< for each write, what was there before the call
  std::unordered_map<std::string_view, IdEntry> newest_;  ///< by key: what this call has made of it
  std::vector<std::optional<IdEntry>> ids_;               ///< what each write makes of its id; nothing: a conflict
  bool track_newest_ = false;                             ///< an id is there twice
  std::int64_t now_ms_ = 0;
  std::string scratch_;
  rocksdb::WriteBatch batch_;
};

}  // namespace sluice::store
