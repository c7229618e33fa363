#include "io/store/documents/database_options.h"

#include <algorithm>
#include <memory>

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <sys/resource.h>

#include "io/store/documents/disk_guard.h"
#include "io/store/documents/keys.h"
#include "io/store/documents/tombstone_filter.h"

namespace sluice::store {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kSmallWriteBuffer = 4 * kMiB;
constexpr std::size_t kDocumentBlock = std::size_t{32} << 10;
constexpr int kTightLevel = 4;  ///< of LZ4HC
constexpr std::size_t kIdBlock = std::size_t{8} << 10;
constexpr double kBloomBitsPerId = 10;

std::shared_ptr<rocksdb::TableFactory> table(const std::shared_ptr<rocksdb::Cache>& cache, std::size_t block) {
  rocksdb::BlockBasedTableOptions options;
  options.block_cache = cache;
  options.block_size = block;
  options.format_version = 5;
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(options));
}

std::shared_ptr<rocksdb::TableFactory> id_table(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions options;
  options.block_cache = cache;
  options.block_size = kIdBlock;
  options.format_version = 5;
  options.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerId));
  options.whole_key_filtering = true;
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(options));
}

rocksdb::ColumnFamilyOptions document_family(const DocumentsOptions& options) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = options.write_buffer;
  family.max_write_buffer_number = 4;
  // A geonames document of 350 bytes, packed in blocks of 32 KiB, on one core: LZ4 135 bytes, packed in 0.5 us and
  // unpacked in 0.1; LZ4HC at 4 110 bytes, 2.4 us and 0.08; zstd at -1 115 bytes, 0.75 us and 0.2; at 1 93 bytes, 0.9
  // us and 0.25. So LZ4 for what is written, and LZ4HC, which is unpacked by the same code, for what is merged on
  // purpose. Blocks of 64 KiB save 8 bytes more, and every document that is got by its id waits for one.
  family.compression = rocksdb::kLZ4Compression;
  family.compression_opts.level = kTightLevel;  // LZ4 itself has no levels above 0
  family.target_file_size_base = std::max<std::uint64_t>(options.write_buffer, kMiB);
  family.max_bytes_for_level_base = 4 * family.target_file_size_base;
  // Keys ascend within a shard: the memtable remembers where it put the last one of each.
  family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kShardPrefixBytes));
  return family;
}

rocksdb::ColumnFamilyOptions id_family(const DocumentsOptions& options) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = std::max(options.write_buffer / 8, kMiB);
  family.max_write_buffer_number = 4;
  family.compression = rocksdb::kLZ4Compression;
  // Ids come in no order: many files of them are merged at once, or all ids would be written anew each time that a few
  // megabytes are new. By levels, as RocksDB 7.8 checks the order of files that were taken in: merged by their sizes,
  // they may seem to overlap a memtable that is older and newer than they are, and the store would stop.
  family.level0_file_num_compaction_trigger = 16;
  family.level0_slowdown_writes_trigger = 48;
  family.level0_stop_writes_trigger = 64;
  // A bulk brings its ids in order.
  family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kShardPrefixBytes));
  family.memtable_whole_key_filtering = true;  // most ids that are asked for are not there
  family.memtable_prefix_bloom_size_ratio = 0.05;
  family.compaction_filter_factory = make_tombstone_filters(
      std::chrono::duration_cast<std::chrono::milliseconds>(options.forget_deletes_after).count());
  return family;
}

rocksdb::ColumnFamilyOptions small_family() {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = kSmallWriteBuffer;
  family.compression = rocksdb::kLZ4Compression;
  return family;
}

/// Entries that come in files of their own, each of which reaches over all others. Many of them wait to be merged
/// rather than writers of documents.
rocksdb::ColumnFamilyOptions patient_family() {
  rocksdb::ColumnFamilyOptions family = small_family();
  family.level0_slowdown_writes_trigger = family.level0_stop_writes_trigger = 1 << 20;
  family.soft_pending_compaction_bytes_limit = family.hard_pending_compaction_bytes_limit = 0;
  return family;
}

/// All of them (-1) where the process may have so many; else half of what it may have, and RocksDB closes some.
int files_to_keep_open() {
  constexpr rlim_t kPlenty = rlim_t{1} << 16;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);  // where it is refused, what holds is read again
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kPlenty) return -1;
  return static_cast<int>(limit.rlim_cur / 2);
}

}  // namespace

rocksdb::DBOptions database_options(const DocumentsOptions& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = true;
  db.create_missing_column_families = true;
  db.max_background_jobs = 2;
  db.max_open_files = files_to_keep_open();
  db.bytes_per_sync = kMiB;  // files are written out as they grow, not all at once when they are closed
  db.max_total_wal_size = std::max<std::uint64_t>(4 * options.write_buffer, 16 * kMiB);  // what a crash makes us replay
  // Files that were taken in have numbers of RocksDB's order of writes to themselves. Logs behind a torn one are only
  // read where the numbers follow one another: so none is left to be read a second time.
  db.avoid_flush_during_recovery = false;
  db.skip_stats_update_on_db_open = true;
  db.skip_checking_sst_file_sizes_on_db_open = true;
  // A torn tail is what a power cut leaves behind unsynced writes; everything before it is kept.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  db.info_log = silent_logger();
  return db;
}

std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(const DocumentsOptions& options) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(options.block_cache);
  std::vector<rocksdb::ColumnFamilyDescriptor> families{
      {rocksdb::kDefaultColumnFamilyName, small_family()},
      {"documents", document_family(options)},
      {"ids", id_family(options)},
      {"shards", patient_family()},
      {"records", small_family()},
      {"lookups", patient_family()},
  };
  for (auto& family : families) family.options.table_factory = table(cache, kIdBlock);
  families[1].options.table_factory = table(cache, kDocumentBlock);
  families[2].options.table_factory = id_table(cache);
  return families;
}

}  // namespace sluice::store
