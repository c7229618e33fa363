#include <memory>
#include <string>
#include <utility>

#include <rocksdb/db.h>
#include <rocksdb/perf_level.h>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"
#include "io/store/documents/entries.h"
#include "io/store/documents/keys.h"
#include "io/store/documents/read_documents.h"
#include "io/store/documents/shard_states.h"
#include "io/store/documents/store_error.h"
#include "pipeline/base/buffer.h"

namespace sluice::store {
namespace {

class Snapshot {
 public:
  explicit Snapshot(std::shared_ptr<Database> database) : database_(std::move(database)) {
    database_->count_view(1);  // before the snapshot is taken: see Database::views()
    snapshot_ = database_->db().GetSnapshot();
  }
  ~Snapshot() {
    database_->db().ReleaseSnapshot(snapshot_);
    database_->count_view(-1);
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  [[nodiscard]] const Database& database() const { return *database_; }
  [[nodiscard]] rocksdb::ReadOptions options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

 private:
  std::shared_ptr<Database> database_;
  const rocksdb::Snapshot* snapshot_ = nullptr;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

class ShardScan : public Scan {
 public:
  ShardScan(SnapshotPtr snapshot, const IndexKey& index, std::uint32_t shard, std::int64_t from, std::int64_t to)
      : snapshot_(std::move(snapshot)),
        end_(ShardKey(index.number, shard), to),
        end_slice_(end_.slice()),
        shard_(shard) {
    rocksdb::ReadOptions options = snapshot_->options();
    options.iterate_upper_bound = &end_slice_;
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // its counters are thread-local, and cost a call for each key
    options.fill_cache = false;  // a scan reads everything once; what point reads need stays cached
    iterator_.reset(snapshot_->database().db().NewIterator(options, snapshot_->database().family(Family::kDocuments)));
    iterator_->Seek(DocumentKey(ShardKey(index.number, shard), from).slice());
  }

  Result<const StoredDocument*> next() override {
    auto found = next_in_place();
    if (!found || *found == nullptr) return found;
    const rocksdb::Slice value = iterator_->value();
    bytes_.clear();  // a copy, as nobody may read behind the end of RocksDB's own block
    bytes_.append({value.data(), value.size()});
    static_cast<void>(parse_document(bytes_.view(), document_));  // as it was parsed a moment ago
    return &document_;
  }

  Result<const StoredDocument*> next_in_place() override {
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

 private:
  [[nodiscard]] const std::string& path() const { return snapshot_->database().path(); }

  SnapshotPtr snapshot_;
  DocumentKey end_;
  rocksdb::Slice end_slice_;
  std::uint32_t shard_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  bool begun_ = false;
  Buffer bytes_;
  StoredDocument document_;
};

class SnapshotView : public View {
 public:
  explicit SnapshotView(std::shared_ptr<Database> database)
      : snapshot_(std::make_shared<const Snapshot>(std::move(database))) {}

  [[nodiscard]] Result<ShardFacts> facts(const IndexKey& index, std::uint32_t shard) const override {
    auto entry = read_shard_entry(snapshot_->database(), snapshot_->options(), index.number, shard);
    if (!entry) return std::unexpected(std::move(entry.error()));
    return entry->facts;
  }
  [[nodiscard]] Result<std::unique_ptr<Scan>> scan(const IndexKey& index, std::uint32_t shard, std::int64_t from,
                                                   std::int64_t to) const override {
    return std::make_unique<ShardScan>(snapshot_, index, shard, from, to);
  }
  [[nodiscard]] Result<std::unique_ptr<Found>> get(const IndexKey& index, std::string_view id,
                                                   std::string_view routing) const override {
    return read_document(snapshot_->database(), snapshot_->options(), index, id, routing);
  }

 private:
  SnapshotPtr snapshot_;
};

}  // namespace

ViewPtr make_view(std::shared_ptr<Database> database) {
  return std::make_shared<const SnapshotView>(std::move(database));
}

}  // namespace sluice::store
