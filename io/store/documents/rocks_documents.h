#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/dropped_indices.h"
#include "io/store/documents/group_sync.h"
#include "io/store/documents/keys.h"
#include "io/store/documents/shard_states.h"
#include "io/store/lookups/lookups.h"

namespace sluice::store {

/// Documents on RocksDB.
class RocksDocuments : public Documents {
 public:
  RocksDocuments(std::shared_ptr<Database> database, LookupMode lookups);
  /// Takes up what an earlier opening left to do. Before there are other threads.
  Status begin() { return dropped_.load(); }
  ~RocksDocuments() override { lookups_->stop(); }
  RocksDocuments(const RocksDocuments&) = delete;
  RocksDocuments& operator=(const RocksDocuments&) = delete;

  Status write(const IndexKey& index, std::span<const Write> writes, std::span<Written> outcomes,
               Durability durability) override;
  Result<std::unique_ptr<Found>> get(const IndexKey& index, std::string_view id, std::string_view routing) override;
  ViewPtr view() override;
  Status drop(const IndexKey& index) override;
  Result<std::size_t> reclaim(std::atomic<bool>& stop) override;
  Status sync() override;
  Status compact(const IndexKey& index) override;
  [[nodiscard]] std::uint64_t disk_bytes(const IndexKey& index) const override;
  [[nodiscard]] std::uint64_t disk_bytes() const override;
  [[nodiscard]] LookupCounts lookup_counts() const override { return lookups_->counts(); }
  void settle_lookups() override { lookups_->settle(); }
  using Documents::put_records;
  Status put_records(std::span<const Record> records, Durability durability) override;
  [[nodiscard]] Result<std::optional<std::string>> record(std::string_view key) const override;
  [[nodiscard]] Result<std::vector<Record>> records(std::string_view prefix) const override;

 private:
  Status durable(Durability durability);
  Status rewrite(const IndexRange& range);
  Status forget_deleted(const IndexKey& index, std::span<const std::uint64_t> deleted_before);

  std::shared_ptr<Database> database_;
  std::shared_ptr<Lookups> lookups_;
  ShardStates states_;
  GroupSync group_sync_;
  DelayedSync delayed_sync_;
  std::mutex rewrite_mutex_;
  DroppedIndices dropped_;
};

}  // namespace sluice::store
