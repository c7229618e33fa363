#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "io/store/reindexing/batch_groups.h"
#include "io/store/reindexing/worker_pool.h"
#include "io/store/store.h"
#include "pipeline/ports.h"

namespace sluice::store {

struct StoreSinkOptions {
  std::string name;      ///< for messages: `store:DIR [index]`
  std::string index;     ///< where documents without an index of their own go
  std::string pipeline;  ///< an ingest pipeline; empty: the index's own
  bool create = false;
  Versioning versioning = Versioning::kInternal;
  /// Documents of this store are written, or deleted, where they were read, and only while they are what was read:
  /// where another write came in between, that is a conflict.
  bool unchanged_only = false;
  /// `wait_for_active_shards`: a number or `all`; empty: nobody waits. A store has one copy of each shard.
  std::string active_shards;
  std::string timeout;  ///< for the error of it
  /// So many of the first batches of each slice may have been written by an earlier run that was interrupted: documents
  /// that are there already, the same ones, are taken for written and left alone.
  std::uint64_t replayed_batches = 0;
  bool refresh = false;  ///< refresh what was written once the run has ended by itself
  std::size_t bulk_bytes = std::size_t{10} << 20;
  std::size_t threads = 4;  ///< that wait for the disk; they share a sync
};

/// Writes batches to indices of the store, as `_bulk` would: each batch is one write, or several where it is over
/// `bulk_bytes`, or a part of one that it shares with others. What is refused is its document's failure, a version that
/// is not newer its conflict; the run ends where the store itself fails.
///
/// Thread-safe for different batches. The store must outlive it.
class StoreSink final : public pipeline::Sink {
 public:
  /// What write_together() says: a group is written, one waits for it, and one is read.
  static constexpr std::uint32_t kDocumentsInFlight = 3 * BatchGroups::kGroupDocuments;

  StoreSink(const Store& store, StoreSinkOptions options);
  ~StoreSink() override;

  [[nodiscard]] std::string name() const override { return options_.name; }
  /// As long as all documents are new: many of them at once become sorted files. See Documents::write().
  std::uint32_t write_together() override;
  void open(pipeline::Done done) override;
  Status encode(pipeline::Batch& batch) override;
  void send(const pipeline::BatchPtr& batch, Task done) override;
  Result<pipeline::Settlement> settle(pipeline::Batch& batch) override;
  void abort() override { aborted_ = true; }
  void close(bool complete, pipeline::Done done) override;

 private:
  void start(std::vector<BatchGroup> groups);
  void write(const BatchGroup& group);
  void add_items(pipeline::Batch& batch, std::vector<IndexItem>& items);
  Status write_items(const BatchGroup& group, std::vector<IndexItem>& items);
  void take_outcomes(pipeline::Batch& batch, std::span<IndexItem> items);
  /// Finds what an earlier run has written already.
  Status find_replayed(pipeline::Batch& batch, std::span<IndexItem> items);
  /// Refuses what wants more copies than there are.
  void check_copies(std::vector<IndexItem>& items);
  void keep_targets(const std::vector<IndexItem>& items);

  const Store store_;
  const StoreSinkOptions options_;
  std::mutex mutex_;
  std::map<std::uint32_t, IndexPtr> written_;  ///< by number, for the refresh
  std::atomic<bool> aborted_ = false;
  /// What fields a new index has, and of which types, is said by the batch that is sent first, as in Elasticsearch, and
  /// not by chance.
  BatchGroups groups_;
  std::unique_ptr<WorkerPool> own_workers_;  ///< last: its threads use the rest
  WorkerPool* workers_ = nullptr;
};

}  // namespace sluice::store
