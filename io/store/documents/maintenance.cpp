#include <algorithm>
#include <array>
#include <filesystem>
#include <numeric>
#include <system_error>
#include <thread>
#include <utility>

#include <rocksdb/table_properties.h>

#include "io/store/documents/rocks_documents.h"
#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

constexpr std::array kIndexFamilies{Family::kDocuments, Family::kIds, Family::kShards, Family::kLookups};

std::vector<std::uint32_t> all_shards(const IndexKey& index) {
  std::vector<std::uint32_t> shards(index.shards);
  std::iota(shards.begin(), shards.end(), 0U);
  return shards;
}

/// While it lives, documents that are rewritten for good are packed as tightly as can be unpacked quickly. That takes
/// five times as long, and is nothing for compactions that happen by themselves.
class TightPacking {
 public:
  explicit TightPacking(const Database& database) : database_(database) { set("kLZ4HCCompression"); }
  ~TightPacking() { set("kDisableCompressionOption"); }
  TightPacking(const TightPacking&) = delete;
  TightPacking& operator=(const TightPacking&) = delete;

 private:
  /// Where it fails files are larger or take longer to write, and hold the same.
  void set(const char* compression) {
    database_.db()
        .SetOptions(database_.family(Family::kDocuments), {{"bottommost_compression", compression}})
        .PermitUncheckedError();
  }
  const Database& database_;
};

/// Whether all files of a range are packed so already.
bool is_tight(const Database& database, const IndexRange& range) {
  const rocksdb::Range slices(range.begin, range.end);
  rocksdb::TablePropertiesCollection tables;
  const auto status =
      database.db().GetPropertiesOfTablesInRange(database.family(Family::kDocuments), &slices, 1, &tables);
  return status.ok() &&
         std::ranges::all_of(tables, [](const auto& table) { return table.second->compression_name == "LZ4HC"; });
}

}  // namespace

Status RocksDocuments::drop(const IndexKey& index) {
  {
    const LockedShards locked = states_.drop(index.number, index.shards);
    lookups_->drop(index.number);
    if (auto done = dropped_.drop(index.number); !done) return done;
  }
  if (auto done = group_sync_.wait(); !done) return done;
  // It is gone already: what fails here is tried again.
  [[maybe_unused]] const auto removed = dropped_.remove_files();
  return {};
}

Result<std::size_t> RocksDocuments::reclaim(std::atomic<bool>& stop) { return dropped_.reclaim(stop); }

Status RocksDocuments::compact(const IndexKey& index) {
  std::vector<std::uint64_t> deleted;
  {
    auto locked = states_.lock(index, all_shards(index));
    if (!locked) return std::unexpected(std::move(locked.error()));
    for (std::uint32_t shard = 0; shard < index.shards; ++shard) {
      deleted.push_back(locked->state(shard).entry.facts.deleted);
    }
  }
  if (auto done = rewrite(IndexRange(index.number)); !done) return done;
  return forget_deleted(index, deleted);
}

Status RocksDocuments::rewrite(const IndexRange& range) {
  const std::lock_guard one_at_a_time(rewrite_mutex_);
  const TightPacking packing(*database_);
  const rocksdb::Slice begin(range.begin);
  const rocksdb::Slice end(range.end);
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  options.max_subcompactions = std::max(1U, std::thread::hardware_concurrency());
  for (const Family family : kIndexFamilies) {
    options.bottommost_level_compaction = family == Family::kDocuments && !is_tight(*database_, range)
                                              ? rocksdb::BottommostLevelCompaction::kForceOptimized
                                              : rocksdb::BottommostLevelCompaction::kIfHaveCompactionFilter;
    const auto status = database_->db().CompactRange(options, database_->family(family), &begin, &end);
    if (!status.ok()) return std::unexpected(store_error(status, "compacting", database_->path()));
  }
  return {};
}

Status RocksDocuments::forget_deleted(const IndexKey& index, std::span<const std::uint64_t> deleted_before) {
  if (std::ranges::all_of(deleted_before, [](std::uint64_t deleted) { return deleted == 0; })) return {};
  auto locked = states_.lock(index, all_shards(index));
  if (!locked) return std::unexpected(std::move(locked.error()));
  rocksdb::WriteBatch batch;
  for (std::uint32_t shard = 0; shard < index.shards; ++shard) {
    ShardEntry entry = locked->state(shard).entry;
    entry.facts.deleted -= std::min(entry.facts.deleted, deleted_before[shard]);
    std::string bytes;
    append_shard_entry(bytes, entry);
    const auto status = batch.Put(database_->family(Family::kShards), ShardKey(index.number, shard).slice(), bytes);
    if (!status.ok()) return std::unexpected(store_error(status, "compacting", database_->path()));
  }
  if (auto done = write_batch(*database_, batch, "compacting", Room::kSmall); !done) return done;
  for (std::uint32_t shard = 0; shard < index.shards; ++shard) {
    auto& facts = locked->state(shard).entry.facts;
    facts.deleted -= std::min(facts.deleted, deleted_before[shard]);
  }
  return delayed_sync_.request();
}

std::uint64_t RocksDocuments::disk_bytes(const IndexKey& index) const {
  const IndexRange range(index.number);
  std::uint64_t bytes = 0;
  for (const Family family : kIndexFamilies) bytes += approximate_bytes(*database_, family, range);
  return bytes;
}

std::uint64_t RocksDocuments::disk_bytes() const {
  std::uint64_t bytes = 0;
  std::error_code code;
  for (std::filesystem::directory_iterator at(database_->path(), code), end; !code && at != end; at.increment(code)) {
    std::error_code gone;  // RocksDB removes files meanwhile
    const auto size = at->file_size(gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

}  // namespace sluice::store
