#include "io/store/documents/dropped_indices.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <rocksdb/convenience.h>

#include "io/store/documents/keys.h"
#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

constexpr std::string_view kDoing = "dropping an index";
constexpr std::string_view kPrefix = "dropped/";
constexpr std::array kIndexFamilies{Family::kDocuments, Family::kIds, Family::kShards, Family::kLookups};
constexpr std::array kLargeFamilies{Family::kDocuments, Family::kIds, Family::kLookups};
/// Less of an index is left to the compactions that come by themselves.
constexpr std::uint64_t kWorthRewriting = std::uint64_t{1} << 20;

std::string record_key(std::uint32_t index_number) { return std::string(kPrefix) + std::to_string(index_number); }

}  // namespace

Documents::Record Documents::drop_record(std::uint32_t index_number) { return {record_key(index_number), ""}; }

Status DroppedIndices::load() {
  const rocksdb::Slice start(kPrefix.data(), kPrefix.size());
  const std::unique_ptr<rocksdb::Iterator> at(database_.db().NewIterator({}, database_.family(Family::kRecords)));
  for (at->Seek(start); at->Valid() && at->key().starts_with(start); at->Next()) {
    Waiting waiting;
    const char* const end = at->key().data() + at->key().size();
    const auto [rest, code] = std::from_chars(at->key().data() + kPrefix.size(), end, waiting.number);
    if (code != std::errc{} || rest != end) {
      return std::unexpected(damaged_entry("the record of a dropped index", database_.path()));
    }
    waiting_.push_back(waiting);
  }
  if (!at->status().ok()) return std::unexpected(store_error(at->status(), kDoing, database_.path()));
  // A full disk keeps no store from opening: reclaim() tries again.
  [[maybe_unused]] const auto removed = remove_files();
  return {};
}

Status DroppedIndices::drop(std::uint32_t index_number) {
  if (auto done = delete_range(index_number, false); !done) return done;
  const std::lock_guard lock(mutex_);
  waiting_.push_back({.number = index_number, .deleted = true, .sequence = database_.db().GetLatestSequenceNumber()});
  return {};
}

Status DroppedIndices::delete_range(std::uint32_t index_number, bool done) {
  const IndexRange range(index_number);
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  for (const Family family : kIndexFamilies) {
    if (status.ok()) status = batch.DeleteRange(database_.family(family), range.begin, range.end);
  }
  auto* const records = database_.family(Family::kRecords);
  const std::string key = record_key(index_number);
  if (status.ok()) status = done ? batch.Delete(records, key) : batch.Put(records, key, "");
  if (!status.ok()) return std::unexpected(store_error(status, kDoing, database_.path()));
  return write_batch(database_, batch, kDoing, Room::kSmall);
}

Result<std::size_t> DroppedIndices::remove_files() {
  const std::lock_guard lock(mutex_);
  for (Waiting& waiting : waiting_) {
    if (waiting.removed) continue;
    if (auto done = remove_files(waiting); !done) return std::unexpected(done.error());
  }
  std::erase_if(waiting_, [](const Waiting& waiting) { return waiting.gone; });
  return waiting_.size();
}

// Files go without regard to snapshots, and newer ones may go before older ones that reach beyond the range: so only
// when no older snapshot is left, and what they may uncover is deleted once more.
Status DroppedIndices::remove_files(Waiting& waiting) {
  if (!waiting.deleted) {
    if (auto done = delete_range(waiting.number, false); !done) return done;
    waiting.sequence = database_.db().GetLatestSequenceNumber();
    waiting.deleted = true;
  }
  if (shown(waiting)) return {};
  const IndexRange range(waiting.number);
  const rocksdb::Slice begin(range.begin);
  const rocksdb::Slice end(range.end);
  for (const Family family : kLargeFamilies) {
    const auto status = rocksdb::DeleteFilesInRange(&database_.db(), database_.family(family), &begin, &end, false);
    if (!status.ok()) return std::unexpected(store_error(status, kDoing, database_.path()));
  }
  const bool all = bytes_left(waiting.number) < kWorthRewriting;
  if (auto done = delete_range(waiting.number, all); !done) return done;
  waiting.removed = true;
  waiting.gone = all;
  return {};
}

Result<std::size_t> DroppedIndices::reclaim(std::atomic<bool>& stop) {
  const std::lock_guard one_at_a_time(reclaim_mutex_);
  if (auto removed = remove_files(); !removed || *removed == 0) return removed;
  std::vector<std::uint32_t> rest;
  {
    const std::lock_guard lock(mutex_);
    for (const Waiting& waiting : waiting_) {
      if (waiting.removed) rest.push_back(waiting.number);
    }
  }
  for (const std::uint32_t number : rest) {
    if (auto done = rewrite(number, stop); !done) return std::unexpected(done.error());
    if (stop) break;
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [number](const Waiting& waiting) { return waiting.number == number; });
  }
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

Status DroppedIndices::rewrite(std::uint32_t index_number, std::atomic<bool>& stop) {
  const IndexRange range(index_number);
  const rocksdb::Slice begin(range.begin);
  const rocksdb::Slice end(range.end);
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  options.canceled = &stop;
  for (const Family family : kLargeFamilies) {
    const auto status = database_.db().CompactRange(options, database_.family(family), &begin, &end);
    if (stop) return {};
    if (!status.ok()) return std::unexpected(store_error(status, kDoing, database_.path()));
  }
  rocksdb::WriteBatch batch;
  const auto status = batch.Delete(database_.family(Family::kRecords), record_key(index_number));
  if (!status.ok()) return std::unexpected(store_error(status, kDoing, database_.path()));
  return write_batch(database_, batch, kDoing, Room::kSmall);
}

bool DroppedIndices::shown(const Waiting& waiting) const {
  std::uint64_t oldest = 0;  // and where there is no snapshot
  database_.db().GetIntProperty(rocksdb::DB::Properties::kOldestSnapshotSequence, &oldest);
  return oldest != 0 && oldest < waiting.sequence;
}

std::uint64_t DroppedIndices::bytes_left(std::uint32_t index_number) const {
  const IndexRange range(index_number);
  std::uint64_t bytes = 0;
  for (const Family family : kLargeFamilies) bytes += approximate_bytes(database_, family, range);
  return bytes;
}

}  // namespace sluice::store
