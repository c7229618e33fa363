#include "io/store/documents/rocks_documents.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "io/store/documents/bulk_write.h"
#include "io/store/documents/read_documents.h"
#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

/// The promise of Durability::kAsync is 5 s; the disk may take its time.
constexpr std::chrono::milliseconds kSyncDelay{2500};

}  // namespace

Result<std::unique_ptr<Documents>> Documents::open(const DocumentsOptions& options) {
  auto database = Database::open(options);
  if (!database) return std::unexpected(std::move(database.error()));
  auto documents = std::make_unique<RocksDocuments>(std::move(*database), options.lookups);
  if (auto begun = documents->begin(); !begun) return std::unexpected(std::move(begun.error()));
  return documents;
}

RocksDocuments::RocksDocuments(std::shared_ptr<Database> database, LookupMode lookups)
    : database_(std::move(database)),
      lookups_(std::make_shared<Lookups>(database_, lookups)),
      states_(*database_),
      group_sync_([&open = *database_] { return sync_log(open); }),
      delayed_sync_(group_sync_, kSyncDelay),
      dropped_(*database_) {}

Status RocksDocuments::write(const IndexKey& index, std::span<const Write> writes, std::span<Written> outcomes,
                             Durability durability) {
  if (writes.size() != outcomes.size()) {
    return std::unexpected(internal_error(
        fmt::format("{} writes were given with {} places for outcomes", writes.size(), outcomes.size())));
  }
  if (writes.empty()) return {};
  {
    BulkWrite bulk(*database_, states_, index, writes, outcomes);
    if (auto done = bulk.run(); !done) return done;
    if (bulk.on_disk()) return {};
  }  // the shards' locks are free again: the disk's time is nobody else's
  return durable(durability);
}

Status RocksDocuments::durable(Durability durability) {
  return durability == Durability::kRequest ? group_sync_.wait() : delayed_sync_.request();
}

Result<std::unique_ptr<Found>> RocksDocuments::get(const IndexKey& index, std::string_view id,
                                                   std::string_view routing) {
  return read_document(*database_, {}, index, id, routing);
}

ViewPtr RocksDocuments::view() { return make_view(database_, lookups_); }

Status RocksDocuments::sync() { return group_sync_.wait(); }

Status RocksDocuments::put_records(std::span<const Record> records, Durability durability) {
  rocksdb::WriteBatch batch;
  auto* family = database_->family(Family::kRecords);
  for (const Record& record : records) {
    const auto status = record.value ? batch.Put(family, record.key, *record.value) : batch.Delete(family, record.key);
    if (!status.ok()) return std::unexpected(store_error(status, "writing records", database_->path()));
  }
  if (auto done = write_batch(*database_, batch, "writing records", Room::kSmall); !done) return done;
  return durable(durability);
}

Result<std::optional<std::string>> RocksDocuments::record(std::string_view key) const {
  std::string value;
  const auto status =
      database_->db().Get({}, database_->family(Family::kRecords), rocksdb::Slice(key.data(), key.size()), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(store_error(status, "reading a record", database_->path()));
  return value;
}

Result<std::vector<Documents::Record>> RocksDocuments::records(std::string_view prefix) const {
  const rocksdb::Slice start(prefix.data(), prefix.size());
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database_->db().NewIterator({}, database_->family(Family::kRecords)));
  std::vector<Record> found;
  for (iterator->Seek(start); iterator->Valid() && iterator->key().starts_with(start); iterator->Next()) {
    found.push_back({iterator->key().ToString(), iterator->value().ToString()});
  }
  if (!iterator->status().ok()) {
    return std::unexpected(store_error(iterator->status(), "reading records", database_->path()));
  }
  return found;
}

}  // namespace sluice::store
