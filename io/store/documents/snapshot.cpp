#include "io/store/documents/snapshot.h"

#include <utility>

#include <rocksdb/perf_level.h>

#include "io/store/documents/entries.h"
#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

/// Documents that are stepped over rather than looked for in the index of the files: they lie in the same block.
constexpr int kSteps = 16;

}  // namespace

Snapshot::Snapshot(std::shared_ptr<Database> database) : database_(std::move(database)) {
  snapshot_ = database_->db().GetSnapshot();
}

Snapshot::~Snapshot() { database_->db().ReleaseSnapshot(snapshot_); }

rocksdb::ReadOptions Snapshot::options() const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  return options;
}

ShardScan::ShardScan(SnapshotPtr snapshot, const IndexKey& index, std::uint32_t shard, std::int64_t from,
                     std::int64_t to)
    : snapshot_(std::move(snapshot)),
      end_(ShardKey(index.number, shard), to),
      end_slice_(end_.slice()),
      shard_key_(index.number, shard),
      shard_(shard) {
  rocksdb::ReadOptions options = snapshot_->options();
  options.iterate_upper_bound = &end_slice_;
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // its counters are thread-local, and cost a call for each key
  options.fill_cache = false;  // a scan reads everything once; what point reads need stays cached
  iterator_.reset(snapshot_->database().db().NewIterator(options, snapshot_->database().family(Family::kDocuments)));
  iterator_->Seek(DocumentKey(shard_key_, from).slice());
}

Result<const StoredDocument*> ShardScan::next() {
  auto found = next_in_place();
  if (!found || *found == nullptr) return found;
  const rocksdb::Slice value = iterator_->value();
  bytes_.clear();  // a copy, as nobody may read behind the end of RocksDB's own block
  bytes_.append({value.data(), value.size()});
  static_cast<void>(parse_document(bytes_.view(), document_));  // as it was parsed a moment ago
  return &document_;
}

Result<const StoredDocument*> ShardScan::next_in_place() {
  if (begun_ && iterator_->Valid()) iterator_->Next();
  begun_ = true;
  if (!iterator_->Valid()) {
    const auto status = iterator_->status();
    if (!status.ok()) return std::unexpected(store_error(status, "reading documents", path()));
    return nullptr;
  }
  const rocksdb::Slice value = iterator_->value();
  document_.seq_no = DocumentKey::seq_no(iterator_->key());
  document_.shard = shard_;
  if (!parse_document({value.data(), value.size()}, document_)) {
    return std::unexpected(damaged_entry("a document", path()));
  }
  return &document_;
}

void ShardScan::skip_to(std::int64_t seq_no) {
  begun_ = false;
  const DocumentKey wanted(shard_key_, seq_no);
  for (int step = 0; iterator_->Valid() && iterator_->key().compare(wanted.slice()) < 0; ++step) {
    if (step == kSteps) return iterator_->Seek(wanted.slice());
    iterator_->Next();
  }
}

}  // namespace sluice::store
