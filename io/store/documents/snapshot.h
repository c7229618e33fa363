#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <rocksdb/db.h>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/keys.h"
#include "pipeline/base/buffer.h"

namespace sluice::store {

/// A picture of the database that stays as it is. Any thread.
class Snapshot {
 public:
  explicit Snapshot(std::shared_ptr<Database> database);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  [[nodiscard]] const Database& database() const { return *database_; }
  [[nodiscard]] rocksdb::ReadOptions options() const;
  /// Later ones have a larger number, or the same where nothing was written in between.
  [[nodiscard]] std::uint64_t sequence() const { return snapshot_->GetSequenceNumber(); }

 private:
  std::shared_ptr<Database> database_;
  const rocksdb::Snapshot* snapshot_ = nullptr;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// A part of a shard, as Scan has it, which can leave documents out. One thread.
class ShardScan : public Scan {
 public:
  ShardScan(SnapshotPtr snapshot, const IndexKey& index, std::uint32_t shard, std::int64_t from, std::int64_t to);

  Result<const StoredDocument*> next() override;
  Result<const StoredDocument*> next_in_place() override;
  /// The next document will be the first one with this `_seq_no` or a higher one; never backwards.
  void skip_to(std::int64_t seq_no);

 private:
  [[nodiscard]] const std::string& path() const { return snapshot_->database().path(); }

  SnapshotPtr snapshot_;
  DocumentKey end_;
  rocksdb::Slice end_slice_;
  ShardKey shard_key_;
  std::uint32_t shard_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  bool begun_ = false;
  Buffer bytes_;
  StoredDocument document_;
};

}  // namespace sluice::store
