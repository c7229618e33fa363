#include "io/store/documents/bulk_write.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include <rocksdb/perf_level.h>

#include "io/store/documents/keys.h"
#include "io/store/documents/store_error.h"
#include "io/store/documents/version_check.h"

namespace sluice::store {
namespace {

constexpr std::size_t kBytesBesideSource = 96;  ///< of a document in a batch: keys, headers, the id twice

std::size_t batch_bytes(std::span<const Write> writes) {
  std::size_t bytes = 0;
  for (const Write& write : writes) bytes += write.source.size() + 2 * write.id.size() + kBytesBesideSource;
  return bytes;
}

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

BulkWrite::BulkWrite(const Database& database, ShardStates& states, const IndexKey& index,
                     std::span<const Write> writes, std::span<Written> outcomes)
    : database_(database),
      states_(states),
      index_(index),
      writes_(writes),
      outcomes_(outcomes),
      now_ms_(wall_clock_ms()),
      batch_(batch_bytes(writes)) {}

Status BulkWrite::run() {
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // its counters are thread-local, and cost a call for each key
  route();
  auto locked = states_.lock(index_, touched_);
  if (!locked) return std::unexpected(std::move(locked.error()));
  locked_ = std::move(*locked);
  for (const std::uint32_t shard : touched_) entries_.push_back(locked_.state(shard).entry);
  if (auto done = look_up(); !done) return done;
  if (auto done = plan(); !done) return done;
  if (batch_.Count() == 0 && std::ranges::none_of(ids_, [](const auto& entry) { return entry.has_value(); })) return {};
  if (auto done = put_ids(); !done) return done;
  if (auto done = put_shards(); !done) return done;
  return commit();
}

void BulkWrite::route() {
  key_ends_.reserve(writes_.size());
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    const Write& write = writes_[i];
    outcomes_[i] = {};
    outcomes_[i].shard = Documents::shard_of(index_, write.id, write.routing);
    append_id_key(keys_, ShardKey(index_.number, outcomes_[i].shard), write.id);
    key_ends_.push_back(keys_.size());
    if (touched_.empty() || touched_.back() != outcomes_[i].shard) touched_.push_back(outcomes_[i].shard);
  }
  std::ranges::sort(touched_);
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());

  by_id_.resize(writes_.size());
  std::iota(by_id_.begin(), by_id_.end(), std::size_t{0});
  const auto before = [this](std::size_t a, std::size_t b) {
    const int order = id_key(a).compare(id_key(b));
    return order != 0 ? order < 0 : a < b;
  };
  if (!std::ranges::is_sorted(by_id_, before)) std::ranges::sort(by_id_, before);
  const auto same = [this](std::size_t a, std::size_t b) { return id_key(a) == id_key(b); };
  track_newest_ = std::ranges::adjacent_find(by_id_, same) != by_id_.end();
}

std::string_view BulkWrite::id_key(std::size_t i) const {
  const std::size_t begin = i == 0 ? 0 : key_ends_[i - 1];
  return std::string_view(keys_).substr(begin, key_ends_[i] - begin);
}

Status BulkWrite::look_up() {
  std::vector<std::size_t> wanted;
  for (const std::size_t i : by_id_) {
    if (!writes_[i].fresh_id) wanted.push_back(i);
  }
  if (wanted.empty()) return {};
  found_.resize(writes_.size());

  std::vector<rocksdb::Slice> keys(wanted.size());
  std::ranges::transform(wanted, keys.begin(), [&](std::size_t i) { return slice(id_key(i)); });
  std::vector<rocksdb::PinnableSlice> values(wanted.size());
  std::vector<rocksdb::Status> statuses(wanted.size());
  database_.db().MultiGet({}, database_.family(Family::kIds), keys.size(), keys.data(), values.data(), statuses.data(),
                          true);
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    if (statuses[k].IsNotFound()) continue;
    if (!statuses[k].ok()) return std::unexpected(store_error(statuses[k], "looking up an id", database_.path()));
    auto entry = parse_id_entry({values[k].data(), values[k].size()});
    if (!entry) return std::unexpected(damaged_entry("the entry of an id", database_.path()));
    if (!entry->forgotten(now_ms_, database_.keep_tombstones_ms())) found_[wanted[k]] = *entry;
  }
  return {};
}

const IdEntry* BulkWrite::current(std::size_t i) const {
  if (writes_[i].fresh_id) return nullptr;
  if (track_newest_) {
    if (const auto newest = newest_.find(id_key(i)); newest != newest_.end()) return &newest->second;
  }
  return found_[i] ? &*found_[i] : nullptr;
}

Status BulkWrite::plan() {
  ids_.resize(writes_.size());
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    if (auto done = plan_one(i); !done) return done;
  }
  return {};
}

Status BulkWrite::plan_one(std::size_t i) {
  const Write& write = writes_[i];
  Written& outcome = outcomes_[i];
  const IdEntry* before = current(i);
  const auto version = check_version(write, before);
  if (!version) {
    outcome.error = version_conflict(index_, outcome.shard, write.id, version.error());
    return {};
  }
  const auto at = static_cast<std::size_t>(std::ranges::lower_bound(touched_, outcome.shard) - touched_.begin());
  ShardFacts& facts = entries_[at].facts;
  const bool was_live = before != nullptr && !before->deleted_at;
  if (was_live) {
    const DocumentKey old(ShardKey(index_.number, outcome.shard), before->seq_no);
    // A document's key is written once and deleted once.
    if (auto done = checked(batch_.SingleDelete(database_.family(Family::kDocuments), old.slice())); !done) return done;
    --facts.documents;
    ++facts.deleted;
    facts.source_bytes -= before->source_bytes;
  }
  IdEntry entry{++facts.max_seq_no, *version, states_.primary_term(locked_.state(outcome.shard)), 0, {}};
  outcome.version = entry.version;
  outcome.seq_no = entry.seq_no;
  outcome.primary_term = entry.primary_term;
  if (write.kind == WriteKind::kDelete) {
    entry.deleted_at = now_ms_;
    outcome.result = was_live ? WriteResult::kDeleted : WriteResult::kNotFound;
  } else {
    entry.source_bytes = write.source.size();
    outcome.result = was_live ? WriteResult::kUpdated : WriteResult::kCreated;
    ++facts.documents;
    facts.source_bytes += write.source.size();
    if (auto done = put_document(i, entry); !done) return done;
  }
  if (track_newest_ && !write.fresh_id) newest_[id_key(i)] = entry;
  ids_[i] = entry;
  return {};
}

// In the order of their keys: the memtable finds the place of each near that of the one before.
Status BulkWrite::put_ids() {
  for (const std::size_t i : by_id_) {
    if (!ids_[i]) continue;
    if (auto done = put_id(i, *ids_[i]); !done) return done;
  }
  return {};
}

Status BulkWrite::put_document(std::size_t i, const IdEntry& entry) {
  const Write& write = writes_[i];
  scratch_.clear();
  append_document_header(scratch_, write.id, write.routing, entry.version, entry.primary_term);
  const DocumentKey key(ShardKey(index_.number, outcomes_[i].shard), entry.seq_no);
  const rocksdb::Slice key_part = key.slice();
  const std::array value{rocksdb::Slice(scratch_), slice(write.source)};
  return checked(batch_.Put(database_.family(Family::kDocuments), rocksdb::SliceParts(&key_part, 1),
                            rocksdb::SliceParts(value.data(), static_cast<int>(value.size()))));
}

Status BulkWrite::put_id(std::size_t i, const IdEntry& entry) {
  scratch_.clear();
  append_id_entry(scratch_, entry);
  return checked(batch_.Put(database_.family(Family::kIds), slice(id_key(i)), scratch_));
}

Status BulkWrite::put_shards() {
  for (std::size_t k = 0; k < touched_.size(); ++k) {
    scratch_.clear();
    append_shard_entry(scratch_, entries_[k]);
    auto done =
        checked(batch_.Put(database_.family(Family::kShards), ShardKey(index_.number, touched_[k]).slice(), scratch_));
    if (!done) return done;
  }
  return {};
}

Status BulkWrite::commit() {
  if (auto done = write_batch(database_, batch_, "writing"); !done) return done;
  for (std::size_t k = 0; k < touched_.size(); ++k) locked_.state(touched_[k]).entry = entries_[k];
  return {};
}

Status BulkWrite::checked(const rocksdb::Status& status) const {
  if (status.ok()) return {};
  return std::unexpected(store_error(status, "writing", database_.path()));
}

}  // namespace sluice::store
