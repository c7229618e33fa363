#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/entries.h"
#include "io/store/documents/keys.h"
#include "io/store/documents/shard_states.h"
#include "io/store/documents/table_file.h"

namespace sluice::store {

/// One call of Documents::write(): finds what is there, checks versions, numbers the documents and encodes them as one
/// step of RocksDB's: through the log, or, many new documents, as table files. Nothing outside changes before commit().
/// One thread.
class BulkWrite {
 public:
  BulkWrite(const Database& database, ShardStates& states, const IndexKey& index, std::span<const Write> writes,
            std::span<Written> outcomes);

  /// Locks the shards, writes and unlocks them. An error: nothing was written, and nothing is counted.
  Status run();
  /// Whether it is on the disk already.
  [[nodiscard]] bool on_disk() const { return on_disk_; }

 private:
  using IdEntries = std::vector<std::optional<IdEntry>>;  ///< what each write makes of its id; nothing: a conflict

  void route();
  void order_by_id();
  Status look_up();
  void plan();
  void plan_one(std::size_t i);
  void remember_ids();
  Status write_log();
  [[nodiscard]] bool suits_tables() const;
  Status prepare_tables();
  void guess(const LockedShards& locked);
  Status fill_tables();
  template <typename Put>
  Status put_document(std::size_t i, const IdEntry& id, const Put& put);
  template <typename Put>
  Status put_ids(const IdEntries& ids, const Put& put);
  template <typename Put>
  Status put_shards(std::span<const ShardEntry> entries, const Put& put);
  [[nodiscard]] std::size_t place_of(std::uint32_t shard) const;
  [[nodiscard]] const IdEntry* current(std::size_t i) const;
  [[nodiscard]] std::string_view id_key(std::size_t i) const;

  const Database& database_;
  ShardStates& states_;
  const IndexKey& index_;
  std::span<const Write> writes_;
  std::span<Written> outcomes_;

  std::vector<std::uint32_t> touched_;  ///< shards, sorted and unique
  PlannedWrite planned_;                ///< before locked_: it is given up without the lock
  LockedShards locked_;
  std::vector<ShardEntry> entries_;       ///< of the touched shards, as they will be
  std::vector<DocumentKey> overwritten_;  ///< of documents that are there no more
  std::string keys_;                      ///< the ids' keys, one behind the other
  std::vector<std::size_t> key_ends_;
  std::vector<std::uint64_t> hashes_;  ///< of the ids
  std::vector<std::size_t> by_id_;     ///< all writes in the order of their ids' keys, and then as they were given
  IdEntries found_;  ///< for each write, what was there before the call; empty: nothing of any of them
  std::unordered_map<std::string_view, IdEntry> newest_;  ///< by key: what this call has made of it
  IdEntries ids_;
  bool track_newest_ = false;  ///< an id is there twice
  std::int64_t now_ms_ = 0;
  std::string scratch_;
  std::vector<TableFile> files_;             ///< filled with what the next two say
  IdEntries guessed_ids_;                    ///< what `ids_` will be where all documents are new
  std::vector<ShardEntry> guessed_entries_;  ///< and `entries_`, where nothing is written in between
  bool on_disk_ = false;
};

}  // namespace sluice::store
