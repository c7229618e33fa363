#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/base/units.h"
#include "pipeline/model/lookup_plan.h"

namespace sluice::store {

/// An index as the document engine sees it: a number that is never used again, and how many shards it has.
struct IndexKey {
  std::uint32_t number = 0;
  std::uint32_t shards = 1;
  /// What the remainder of the hash is taken by, a multiple of `shards`: `shards` itself as Elasticsearch 9.4 does it,
  /// index.number_of_routing_shards as OpenSearch and Elasticsearch 8 do (1024 for 1 shard, 640 for 5: the number of
  /// shards, doubled while that gives at most 1024).
  std::uint32_t routing_shards = 1;
  std::string name;  ///< for errors
  std::string uuid;  ///< for errors
};

enum class WriteKind : std::uint8_t { kIndex, kCreate, kDelete };
enum class Versioning : std::uint8_t { kInternal, kExternal, kExternalGte };

/// One document to write. Views are used until write() returns.
struct Write {
  WriteKind kind = WriteKind::kIndex;
  std::string_view id{};       ///< text, not a JSON token; never empty: Documents::new_id() makes one
  bool fresh_id = false;       ///< the id came from new_id(): nothing can be there
  std::string_view routing{};  ///< empty: the id routes
  std::string_view source{};
  Versioning versioning = Versioning::kInternal;
  std::optional<std::int64_t> version{};
  std::optional<std::int64_t> if_seq_no{};
  std::optional<std::int64_t> if_primary_term{};
};

enum class WriteResult : std::uint8_t { kCreated, kUpdated, kDeleted, kNotFound };

/// What became of one Write.
struct Written {
  WriteResult result = WriteResult::kCreated;
  std::int64_t version = 0;
  std::int64_t seq_no = 0;
  std::int64_t primary_term = 1;
  std::uint32_t shard = 0;
  /// version_conflict_engine_exception, 409, with Elasticsearch's reason and index, shard, index_uuid details. Then the
  /// document was not written.
  std::optional<Error> error;
};

enum class Durability : std::uint8_t {
  kRequest,  ///< write() returns when it is on the disk
  kAsync,    ///< within 5 s
};

/// A document as it is stored. Views live as long as the Found or the step of the Scan that made them.
struct StoredDocument {
  std::string_view id;
  std::string_view routing;  ///< empty: none
  std::string_view source;
  std::int64_t version = 0;
  std::int64_t seq_no = 0;
  std::int64_t primary_term = 1;
  std::uint32_t shard = 0;
};

/// A document that owns its bytes. Buffer::kPadding readable bytes behind the source.
class Found {
 public:
  virtual ~Found() = default;
  [[nodiscard]] virtual const StoredDocument& document() const = 0;
};

/// Walks a part of a shard in the order in which documents were last written (ascending `_seq_no`).
class Scan {
 public:
  virtual ~Scan() = default;
  /// The next live document; nothing at the end. Buffer::kPadding readable bytes behind the source.
  virtual Result<const StoredDocument*> next() = 0;
  /// The same without the bytes behind it, and so without a copy: for who does not parse it.
  virtual Result<const StoredDocument*> next_in_place() = 0;
};

struct ShardFacts {
  std::uint64_t documents = 0;  ///< live
  std::uint64_t deleted = 0;    ///< overwritten or deleted since the index was made, and not yet forgotten
  std::int64_t max_seq_no = -1;
  std::uint64_t source_bytes = 0;  ///< of live documents
};

/// What the index of a field knows of the documents of a shard below the `_seq_no` `covered`, of all that were there
/// when it was made: some of them may be gone since.
struct FieldFacts {
  std::int64_t covered = 0;      ///< 0: there is no index
  std::uint64_t documents = 0;   ///< that were looked at
  std::uint64_t with_value = 0;  ///< of these, such as have a value
  std::uint64_t values = 0;      ///< that they have, each document's different ones
  std::uint64_t unknown = 0;     ///< documents that could not be read for it
};

/// How often keys stand in the index of a field, and the documents that it does not cover.
struct FieldEntries {
  FieldFacts facts;
  std::vector<std::uint64_t> in_range;  ///< entries, of each range of the plan; of documents that are gone too
  std::unique_ptr<Scan> behind;
};

/// Documents that are found by the index of one field: below `facts.covered` those that can match, and all from there
/// on.
struct FieldCandidates {
  FieldFacts facts;
  std::unique_ptr<Scan> scan;
};

/// A consistent, unchanging picture of all documents; what searches, scrolls and points in time read. Keeping one keeps
/// what was deleted since on the disk. Any thread.
class View {
 public:
  virtual ~View() = default;
  [[nodiscard]] virtual Result<ShardFacts> facts(const IndexKey& index, std::uint32_t shard) const = 0;
  /// Documents with `from` <= _seq_no < `to`.
  [[nodiscard]] virtual Result<std::unique_ptr<Scan>> scan(const IndexKey& index, std::uint32_t shard,
                                                           std::int64_t from, std::int64_t to) const = 0;
  /// The same without documents that the plan rules out, where an index of fields tells them and there are few; all of
  /// them where it doesn't. Those that are left have to be asked the query itself.
  [[nodiscard]] virtual Result<std::unique_ptr<Scan>> candidates(const IndexKey& index, std::uint32_t shard,
                                                                 std::int64_t from, std::int64_t to,
                                                                 const pipeline::LookupPlan& plan) const = 0;
  /// Counts the entries of a plan on one field; nothing: there is no index.
  [[nodiscard]] virtual Result<std::optional<FieldEntries>> field_entries(const IndexKey& index, std::uint32_t shard,
                                                                          const pipeline::LookupPlan& plan) const = 0;
  /// Those of a plan on one field, with what is known of the others; nothing: only a scan can tell.
  [[nodiscard]] virtual Result<std::optional<FieldCandidates>> field_candidates(
      const IndexKey& index, std::uint32_t shard, const pipeline::LookupPlan& plan) const = 0;
  /// Null: it is not there.
  [[nodiscard]] virtual Result<std::unique_ptr<Found>> get(const IndexKey& index, std::string_view id,
                                                           std::string_view routing) const = 0;
};
using ViewPtr = std::shared_ptr<const View>;

/// When indices of fields are made and used.
enum class LookupMode : std::uint8_t {
  kOff,     ///< never
  kUse,     ///< those that are there are used
  kAuto,    ///< a selective query has those made that it lacks, beside it, and later ones use them
  kAlways,  ///< for tests: they are made when they are asked for, and used whatever it costs
};

/// How often queries were answered with them, for tests and people who wonder.
struct LookupCounts {
  std::uint64_t used = 0;       ///< scans that were cut down to candidates
  std::uint64_t not_used = 0;   ///< scans with a plan that looked at all documents
  std::uint64_t found = 0;      ///< candidates
  std::uint64_t documents = 0;  ///< that were read to make indices
};

struct DocumentsOptions {
  std::string path;                                 ///< a folder; made where it is missing
  std::size_t block_cache = std::size_t{64} << 20;  ///< bytes
  std::size_t write_buffer = std::size_t{64} << 20;
  /// Bytes of the disk that documents leave free; nothing: three write buffers.
  std::optional<std::uint64_t> disk_reserve{};
  Nanoseconds forget_deletes_after = std::chrono::seconds(60);  ///< index.gc_deletes
  LookupMode lookups = LookupMode::kUse;
  /// So many new documents that are written at once become sorted files of their own, without the log.
  std::size_t fewest_in_tables = 8000;
};

/// Documents and small records on one RocksDB. What write() has acknowledged survives the death of the process at any
/// moment, whole or not at all; with Durability::kRequest the death of the machine too. Any thread.
class Documents {
 public:
  /// Errors: another process has it open (the reason names the folder), a newer format, a broken or full disk.
  static Result<std::unique_ptr<Documents>> open(const DocumentsOptions& options);
  virtual ~Documents() = default;

  /// The shard of a document: murmur3_x86_32 of the routing, or else the id, as Elasticsearch computes it.
  static std::uint32_t shard_of(const IndexKey& index, std::string_view id, std::string_view routing);
  /// 20 characters of URL-safe base64: time, sequence, process, as Elasticsearch's k-ordered ids, so that ids made one
  /// after the other lie close to each other. Never the same one twice. Any thread.
  static std::string new_id();

  /// Writes all of it in one step; `outcomes` is as long as `writes`. Later writes see earlier ones of the same call. A
  /// conflict is the outcome of its document only. An error means that nothing was written, unless it is that of a
  /// sync: then the writes are there, but may not outlive a power cut, and the store takes no more. Errors:
  /// index_not_found_exception (404) after drop(), disk_full_exception (429), store_exception (500). Where all of it
  /// are deletes, half of the disk's reserve is theirs.
  virtual Status write(const IndexKey& index, std::span<const Write> writes, std::span<Written> outcomes,
                       Durability durability) = 0;
  /// The newest state, refreshed or not. Null: it is not there.
  virtual Result<std::unique_ptr<Found>> get(const IndexKey& index, std::string_view id, std::string_view routing) = 0;
  /// The state of now.
  virtual ViewPtr view() = 0;
  /// Forgets all documents of an index; its number must not be used again. Its files go at once where no view older
  /// than this is left, else with reclaim().
  virtual Status drop(const IndexKey& index) = 0;
  /// Gives the disk what dropped indices still take of it, where no view shows them. How many wait for views that are
  /// older, or for `stop`. Rewrites files that hold other indices too: for a thread that has time.
  virtual Result<std::size_t> reclaim(std::atomic<bool>& stop) = 0;
  /// Waits until everything acknowledged is on the disk. `_flush`.
  virtual Status sync() = 0;
  /// Rewrites an index's files without what was deleted. `_forcemerge`.
  virtual Status compact(const IndexKey& index) = 0;
  /// Bytes on the disk, about.
  virtual std::uint64_t disk_bytes(const IndexKey& index) const = 0;
  virtual std::uint64_t disk_bytes() const = 0;

  virtual LookupCounts lookup_counts() const = 0;
  /// Waits until no index of a field is being made.
  virtual void settle_lookups() = 0;

  /// Small records beside the documents: the catalog, scripts, keys, runs that go on. Written together; with
  /// Durability::kAsync they survive the death of the process at once, that of the machine a little later.
  struct Record {
    std::string key;
    std::optional<std::string> value;  ///< nothing: delete
  };
  virtual Status put_records(std::span<const Record> records, Durability durability) = 0;
  Status put_records(std::span<const Record> records) { return put_records(records, Durability::kRequest); }
  /// A record that has an index dropped by the next opening of the store, should this one not come to drop().
  static Record drop_record(std::uint32_t index_number);
  virtual Result<std::optional<std::string>> record(std::string_view key) const = 0;
  /// All whose key starts with the prefix, in the order of their keys.
  virtual Result<std::vector<Record>> records(std::string_view prefix) const = 0;
};

}  // namespace sluice::store
