#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <rocksdb/db.h>

#include "io/store/documents/disk_guard.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/keys.h"

namespace sluice::store {

/// The column families, in the order of their handles.
enum class Family : std::uint8_t {
  kMeta,       ///< `format`, `opens`
  kDocuments,  ///< number, shard, _seq_no -> header, _source
  kIds,        ///< number, shard, id -> IdEntry
  kShards,     ///< number, shard -> ShardEntry
  kRecords,    ///< small records
  kLookups,    ///< number, shard, field, value, _seq_no: indices of fields
};
constexpr std::size_t kFamilies = 6;

/// An open RocksDB with the families of the store; closes it when the last owner is gone. Any thread.
class Database {
 public:
  /// Errors: in use, a newer format, damage, the disk.
  static Result<std::shared_ptr<Database>> open(const DocumentsOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] rocksdb::DB& db() const { return *db_; }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const DiskGuard& guard() const { return *guard_; }
  /// How often the store has been opened, this time included; from 1.
  [[nodiscard]] std::uint64_t opens() const { return opens_; }
  [[nodiscard]] std::int64_t keep_tombstones_ms() const { return keep_tombstones_ms_; }
  [[nodiscard]] std::size_t fewest_in_tables() const { return fewest_in_tables_; }

 private:
  Database() = default;
  Status check_format();
  Status count_opening();

  std::string path_;
  std::shared_ptr<DiskGuard> guard_;
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies> handles_{};
  std::uint64_t opens_ = 0;
  std::int64_t keep_tombstones_ms_ = 0;
  std::size_t fewest_in_tables_ = 0;
};

/// Writes a batch into the log and the memory, not yet surely on the disk. `doing` names it in an error, after which
/// nothing of the batch is there. `room`: how much of the disk has to be free for it.
Status write_batch(const Database& database, rocksdb::WriteBatch& batch, std::string_view doing,
                   Room room = Room::kGrows);
/// Puts what was written on the disk.
Status sync_log(const Database& database);

/// Bytes of a range of keys in memory and on the disk, about.
std::uint64_t approximate_bytes(const Database& database, Family family, const IndexRange& range);

/// Milliseconds since 1970.
std::int64_t wall_clock_ms();

}  // namespace sluice::store
