#include "io/store/documents/bulk_write.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include <rocksdb/perf_level.h>
#include <rocksdb/write_batch.h>

#include "io/store/documents/store_error.h"
#include "io/store/documents/table_file.h"
#include "io/store/documents/version_check.h"

namespace sluice::store {
namespace {

constexpr std::string_view kDoing = "writing";
constexpr std::size_t kMostTables = 8;          ///< for documents: one a shard, each of which waits for the disk
constexpr std::size_t kBytesBesideSource = 96;  ///< of a document in a batch: keys, headers, the id twice

std::size_t batch_bytes(std::span<const Write> writes) {
  std::size_t bytes = 0;
  for (const Write& write : writes) bytes += write.source.size() + 2 * write.id.size() + kBytesBesideSource;
  return bytes;
}

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

/// As a number that is ordered as they are.
std::uint64_t first_bytes(std::string_view bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
  return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

}  // namespace

BulkWrite::BulkWrite(const Database& database, ShardStates& states, const IndexKey& index,
                     std::span<const Write> writes, std::span<Written> outcomes)
    : database_(database),
      states_(states),
      index_(index),
      writes_(writes),
      outcomes_(outcomes),
      now_ms_(wall_clock_ms()) {}

Status BulkWrite::run() {
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // its counters are thread-local, and cost a call for each key
  route();
  order_by_id();
  if (suits_tables()) {
    if (auto done = prepare_tables(); !done) return done;
  }
  auto locked = states_.lock(index_, touched_);
  if (!locked) return std::unexpected(std::move(locked.error()));
  locked_ = std::move(*locked);
  for (const std::uint32_t shard : touched_) entries_.push_back(locked_.state(shard).entry);
  if (auto done = look_up(); !done) return done;
  plan();
  if (std::ranges::none_of(ids_, [](const auto& entry) { return entry.has_value(); })) return {};
  on_disk_ = !files_.empty() && ids_ == guessed_ids_ && entries_ == guessed_entries_;
  if (auto done = on_disk_ ? TableFile::take_in(database_, files_, kDoing) : write_log(); !done) return done;
  for (std::size_t k = 0; k < touched_.size(); ++k) locked_.state(touched_[k]).entry = entries_[k];
  remember_ids();
  planned_.end();
  return {};
}

void BulkWrite::remember_ids() {
  std::vector<std::uint64_t> hashes;
  for (auto at = by_id_.begin(); at != by_id_.end();) {  // the shards' ids are side by side
    const std::uint32_t shard = outcomes_[*at].shard;
    hashes.clear();
    for (; at != by_id_.end() && outcomes_[*at].shard == shard; ++at) {
      if (ids_[*at]) hashes.push_back(hashes_[*at]);
    }
    states_.remember(locked_.state(shard), hashes);
  }
}

void BulkWrite::route() {
  key_ends_.reserve(writes_.size());
  hashes_.reserve(writes_.size());
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    const Write& write = writes_[i];
    outcomes_[i] = {};
    outcomes_[i].shard = Documents::shard_of(index_, write.id, write.routing);
    append_id_key(keys_, ShardKey(index_.number, outcomes_[i].shard), write.id);
    key_ends_.push_back(keys_.size());
    hashes_.push_back(IdFilter::hash_of(write.id));
    if (touched_.empty() || touched_.back() != outcomes_[i].shard) touched_.push_back(outcomes_[i].shard);
  }
  std::ranges::sort(touched_);
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
}

void BulkWrite::order_by_id() {
  struct Place {
    std::uint64_t first;  ///< bytes of the id
    std::size_t at;
  };
  const auto before = [this](const Place& a, const Place& b) {
    if (outcomes_[a.at].shard != outcomes_[b.at].shard) return outcomes_[a.at].shard < outcomes_[b.at].shard;
    if (a.first != b.first) return a.first < b.first;
    const int order = id_key(a.at).compare(id_key(b.at));
    return order != 0 ? order < 0 : a.at < b.at;
  };
  std::vector<Place> places(writes_.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = {first_bytes(writes_[i].id), i};
  if (!std::ranges::is_sorted(places, before)) std::ranges::sort(places, before);
  by_id_.resize(places.size());
  std::ranges::transform(places, by_id_.begin(), &Place::at);
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
    if (writes_[i].fresh_id) continue;
    const auto& known = locked_.state(outcomes_[i].shard).ids;
    if (!known || known->may_have(hashes_[i])) wanted.push_back(i);
  }
  if (wanted.empty()) return {};

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
    if (entry->forgotten(now_ms_, database_.keep_tombstones_ms())) continue;
    if (found_.empty()) found_.resize(writes_.size());
    found_[wanted[k]] = *entry;
  }
  return {};
}

const IdEntry* BulkWrite::current(std::size_t i) const {
  if (writes_[i].fresh_id) return nullptr;
  if (track_newest_) {
    if (const auto newest = newest_.find(id_key(i)); newest != newest_.end()) return &newest->second;
  }
  return !found_.empty() && found_[i] ? &*found_[i] : nullptr;
}

void BulkWrite::plan() {
  ids_.resize(writes_.size());
  for (std::size_t i = 0; i < writes_.size(); ++i) plan_one(i);
}

std::size_t BulkWrite::place_of(std::uint32_t shard) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(touched_, shard) - touched_.begin());
}

void BulkWrite::plan_one(std::size_t i) {
  const Write& write = writes_[i];
  Written& outcome = outcomes_[i];
  const IdEntry* before = current(i);
  const auto version = check_version(write, before);
  if (!version) {
    outcome.error = version_conflict(index_, outcome.shard, write.id, version.error());
    return;
  }
  ShardFacts& facts = entries_[place_of(outcome.shard)].facts;
  const bool was_live = before != nullptr && !before->deleted_at;
  if (was_live) {
    overwritten_.emplace_back(ShardKey(index_.number, outcome.shard), before->seq_no);
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
  }
  if (track_newest_ && !write.fresh_id) newest_[id_key(i)] = entry;
  ids_[i] = entry;
}

template <typename Put>
Status BulkWrite::put_document(std::size_t i, const IdEntry& id, const Put& put) {
  const Write& write = writes_[i];
  scratch_.clear();
  append_document_header(scratch_, write.id, write.routing, id.version, id.primary_term);
  const DocumentKey key(ShardKey(index_.number, outcomes_[i].shard), id.seq_no);
  return put(key.slice(), slice(write.source));
}

// In the order of their keys: the memtable finds the place of each near that of the one before.
template <typename Put>
Status BulkWrite::put_ids(const IdEntries& ids, const Put& put) {
  for (const std::size_t i : by_id_) {
    if (!ids[i]) continue;
    scratch_.clear();
    append_id_entry(scratch_, *ids[i]);
    if (auto done = put(slice(id_key(i)), scratch_); !done) return done;
  }
  return {};
}

template <typename Put>
Status BulkWrite::put_shards(std::span<const ShardEntry> entries, const Put& put) {
  for (std::size_t k = 0; k < touched_.size(); ++k) {
    scratch_.clear();
    append_shard_entry(scratch_, entries[k]);
    if (auto done = put(ShardKey(index_.number, touched_[k]).slice(), scratch_); !done) return done;
  }
  return {};
}

Status BulkWrite::write_log() {
  rocksdb::WriteBatch batch(batch_bytes(writes_));
  const auto checked = [this](const rocksdb::Status& status) -> Status {
    if (status.ok()) return {};
    return std::unexpected(store_error(status, kDoing, database_.path()));
  };
  const auto put_in_batch = [&](rocksdb::Slice key, rocksdb::Slice source) {
    const std::array value{rocksdb::Slice(scratch_), source};
    return checked(batch.Put(database_.family(Family::kDocuments), rocksdb::SliceParts(&key, 1),
                             rocksdb::SliceParts(value.data(), static_cast<int>(value.size()))));
  };
  const auto put_in = [&](Family family) {
    return [&, family](rocksdb::Slice key, rocksdb::Slice value) {
      return checked(batch.Put(database_.family(family), key, value));
    };
  };
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    if (!ids_[i] || ids_[i]->deleted_at) continue;
    if (auto done = put_document(i, *ids_[i], put_in_batch); !done) return done;
  }
  // A document's key is written once and deleted once.
  for (const DocumentKey& key : overwritten_) {
    auto done = checked(batch.SingleDelete(database_.family(Family::kDocuments), key.slice()));
    if (!done) return done;
  }
  if (auto done = put_ids(ids_, put_in(Family::kIds)); !done) return done;
  if (auto done = put_shards(entries_, put_in(Family::kShards)); !done) return done;
  const bool deletes =
      std::ranges::all_of(writes_, [](const Write& write) { return write.kind == WriteKind::kDelete; });
  return write_batch(database_, batch, kDoing, deletes ? Room::kDeletes : Room::kGrows);
}

// A shard has a file of its own, so that the files of a shard follow one another and are never merged.
bool BulkWrite::suits_tables() const {
  const std::size_t fewest = database_.fewest_in_tables();
  return writes_.size() >= std::max(fewest, touched_.size() * fewest / 2) && touched_.size() <= kMostTables &&
         !track_newest_ && std::ranges::all_of(writes_, [](const Write& write) {
           return write.kind != WriteKind::kDelete && check_version(write, nullptr).has_value();
         });
}

// Files are written without the lock, on the guess that all documents are new and that nobody else writes to the shards
// meanwhile. Under the lock everything is looked up and planned as ever; where that is what was guessed, the files are
// taken in, else they are thrown away.
Status BulkWrite::prepare_tables() {
  if (auto room = database_.guard().check(batch_bytes(writes_)); !room) return room;
  {
    auto locked = states_.lock(index_, touched_);
    if (!locked) return std::unexpected(std::move(locked.error()));
    guess(*locked);
  }
  if (auto done = fill_tables(); !done) return done;
  // After a power cut nothing may be missing that the facts in the files count.
  if (auto done = sync_log(database_); !done) return done;
  planned_.wait();
  return {};
}

void BulkWrite::guess(const LockedShards& locked) {
  std::vector<ShardFacts> adds(touched_.size());
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    ShardFacts& facts = adds[place_of(outcomes_[i].shard)];
    ++facts.documents;
    facts.source_bytes += writes_[i].source.size();
  }
  guessed_entries_ = planned_.begin(locked, adds);
  std::vector<std::int64_t> next(touched_.size());  ///< `_seq_no` of each shard
  for (std::size_t k = 0; k < next.size(); ++k) {
    next[k] = guessed_entries_[k].facts.max_seq_no + 1 - static_cast<std::int64_t>(adds[k].documents);
  }
  guessed_ids_.resize(writes_.size());
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    const std::uint32_t shard = outcomes_[i].shard;
    guessed_ids_[i] = IdEntry{next[place_of(shard)]++,
                              *check_version(writes_[i], nullptr),
                              states_.primary_term(locked.state(shard)),
                              writes_[i].source.size(),
                              {}};
  }
}

Status BulkWrite::fill_tables() {
  files_.reserve(touched_.size() + 2);
  for (const std::uint32_t shard : touched_) {
    TableFile& file = files_.emplace_back(database_, Family::kDocuments);
    const auto put_in_file = [&](rocksdb::Slice key, rocksdb::Slice source) {
      scratch_.append(source.data(), source.size());
      return file.put(key, scratch_);
    };
    for (std::size_t i = 0; i < writes_.size(); ++i) {
      if (outcomes_[i].shard != shard) continue;
      if (auto done = put_document(i, *guessed_ids_[i], put_in_file); !done) return done;
    }
  }
  const auto put_in = [](TableFile& file) {
    return [&file](rocksdb::Slice key, rocksdb::Slice value) { return file.put(key, value); };
  };
  if (auto done = put_ids(guessed_ids_, put_in(files_.emplace_back(database_, Family::kIds))); !done) return done;
  TableFile& facts = files_.emplace_back(database_, Family::kShards);
  if (auto done = put_shards(guessed_entries_, put_in(facts)); !done) return done;
  for (TableFile& file : files_) {
    if (auto done = file.finish(); !done) return done;
  }
  return {};
}

}  // namespace sluice::store
