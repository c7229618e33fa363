#include "io/store/documents/read_documents.h"

#include <string>
#include <utility>

#include "io/store/documents/entries.h"
#include "io/store/documents/keys.h"
#include "io/store/documents/store_error.h"
#include "pipeline/base/buffer.h"

namespace sluice::store {
namespace {

class FoundDocument : public Found {
 public:
  /// False: the bytes are damaged.
  bool load(std::string_view bytes, std::int64_t seq_no, std::uint32_t shard) {
    bytes_.reserve(bytes.size());
    bytes_.append(bytes);
    document_.seq_no = seq_no;
    document_.shard = shard;
    return parse_document(bytes_.view(), document_);
  }
  [[nodiscard]] const StoredDocument& document() const override { return document_; }

 private:
  Buffer bytes_;
  StoredDocument document_;
};

Result<std::optional<IdEntry>> read_id(const Database& database, const rocksdb::ReadOptions& options,
                                       std::string_view key) {
  rocksdb::PinnableSlice bytes;
  const auto status =
      database.db().Get(options, database.family(Family::kIds), rocksdb::Slice(key.data(), key.size()), &bytes);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(store_error(status, "looking up an id", database.path()));
  auto entry = parse_id_entry({bytes.data(), bytes.size()});
  if (!entry) return std::unexpected(damaged_entry("the entry of an id", database.path()));
  return entry;
}

}  // namespace

Result<std::unique_ptr<Found>> read_document(const Database& database, const rocksdb::ReadOptions& options,
                                             const IndexKey& index, std::string_view id, std::string_view routing) {
  const std::uint32_t shard = Documents::shard_of(index, id, routing);
  const ShardKey shard_key(index.number, shard);
  std::string key;
  append_id_key(key, shard_key, id);
  for (std::int64_t last_seen = -1;;) {
    const auto entry = read_id(database, options, key);
    if (!entry) return std::unexpected(entry.error());
    if (!*entry || (*entry)->deleted_at) return nullptr;
    rocksdb::PinnableSlice bytes;
    const auto status = database.db().Get(options, database.family(Family::kDocuments),
                                          DocumentKey(shard_key, (*entry)->seq_no).slice(), &bytes);
    if (status.ok()) {
      auto found = std::make_unique<FoundDocument>();
      if (!found->load({bytes.data(), bytes.size()}, (*entry)->seq_no, shard)) break;
      return found;
    }
    if (!status.IsNotFound()) return std::unexpected(store_error(status, "reading a document", database.path()));
    // Without a snapshot the document may have been written anew between the two reads; then its id says so.
    if ((*entry)->seq_no == last_seen) break;
    last_seen = (*entry)->seq_no;
  }
  return std::unexpected(damaged_entry("a document", database.path()));
}

}  // namespace sluice::store
