// How indices of fields are made.

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "io/store/documents/shard_states.h"
#include "io/store/documents/store_error.h"
#include "io/store/lookups/lookups.h"

namespace sluice::store {
namespace {

/// Fields of a shard that have an index at a time; the one that was not used for the longest time makes room.
constexpr std::size_t kMostFields = 32;
/// An index that has entries of so many documents more than twice those that there are is made anew.
constexpr std::uint64_t kMostStale = 100'000;
constexpr auto kAfterFailure = std::chrono::minutes(1);
constexpr std::uint32_t kLookAround = 1024;

/// Adds a document's entries, and counts it.
void add_document(const StoredDocument& document, const pipeline::FieldKeys& field, pipeline::KeyList& keys,
                  EntryRun& run, FieldFacts& facts) {
  keys.clear();
  field.append(document.source, keys);
  for (std::size_t i = 0; i < keys.size(); ++i) run.add(FieldPlace::kValue, keys[i], document.seq_no);
  if (keys.unknown()) run.add(FieldPlace::kUnknown, {}, document.seq_no);
  ++facts.documents;
  facts.with_value += keys.values() != 0 ? 1 : 0;
  facts.unknown += keys.unknown() ? 1 : 0;
  facts.values += keys.values();
  facts.covered = document.seq_no + 1;
}

}  // namespace

void Lookups::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
    if (stopped_) return;
    {
      const Request request = std::move(queue_.front());
      queue_.pop_front();
      current_ = name_of(request.view, *request.keys);
      lock.unlock();
      const Status built = build(request);
      lock.lock();
      const auto known = fields_.find(*current_);
      if (!built && known != fields_.end()) known->second.not_before = std::chrono::steady_clock::now() + kAfterFailure;
      lock.unlock();
    }  // the picture is let go
    lock.lock();
    current_.reset();
    changed_.notify_all();
  }
}

/// Covers what the request's picture shows and the index does not have yet.
Status Lookups::build(const Request& request) {
  const std::lock_guard one_at_a_time(build_mutex_);
  const ShardView& view = request.view;
  const FieldIndexPtr index = field(view, *request.keys);
  if (index == nullptr) return {};
  auto entry = read_shard_entry(*database_, view.snapshot->options(), view.index.number, view.shard);
  if (!entry) return std::unexpected(std::move(entry.error()));
  const std::int64_t end = entry->facts.max_seq_no + 1;
  FieldFacts facts = index->all();
  if (facts.covered >= end) return {};
  if (facts.documents > 2 * entry->facts.documents + kMostStale) {
    if (auto cleared = index->clear(); !cleared) return cleared;
    facts = {};
  }
  if (facts.covered == 0) {
    if (auto room = make_room(view, index->place()); !room) return room;
  }
  EntryRun run(index->place().entries());
  pipeline::KeyList keys;
  ShardScan scan(view.snapshot, view.index, view.shard, facts.covered, std::numeric_limits<std::int64_t>::max());
  for (std::uint32_t passed = 0;; ++passed) {
    if (passed % kLookAround == 0 && (stopped_ || index->dropped())) return {};
    const auto document = scan.next();
    if (!document) return std::unexpected(document.error());
    const bool last = *document == nullptr;
    if (last) {
      facts.covered = end;
    } else {
      add_document(**document, *request.keys, keys, run, facts);
      ++documents_;
    }
    if (!last && !run.full()) continue;
    auto added = index->add(run, facts, view.snapshot->sequence());
    if (!added) return std::unexpected(std::move(added.error()));
    if (last || !*added) return {};
    run.clear();
  }
}

/// Lets go of an index of the shard where there are as many as there may be.
Status Lookups::make_room(const ShardView& view, const FieldPlace& place) {
  const std::string prefix = state_prefix(view.index.number, view.shard);
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database_->db().NewIterator({}, database_->family(Family::kLookups)));
  std::size_t count = 0;
  std::string oldest;
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (iterator->Seek(prefix); iterator->Valid() && iterator->key().starts_with(prefix); iterator->Next()) {
    auto state = parse_state(iterator->value().ToStringView());
    if (!state || iterator->key() == rocksdb::Slice(place.state_key())) continue;
    ++count;
    const std::lock_guard lock(mutex_);
    const auto known = fields_.find({view.index.number, view.shard, state->definition});
    const std::uint64_t used = known == fields_.end() ? 0 : known->second.last_used;
    if (used >= least) continue;
    least = used;
    oldest = std::move(state->definition);
  }
  if (!iterator->status().ok()) {
    return std::unexpected(store_error(iterator->status(), "reading the indices of fields", database_->path()));
  }
  if (count < kMostFields) return {};
  FieldIndexPtr index;
  {
    const std::lock_guard lock(mutex_);
    const auto known = fields_.find({view.index.number, view.shard, oldest});
    if (known != fields_.end()) index = known->second.index;
  }
  if (index == nullptr) {
    index = std::make_shared<FieldIndex>(*database_, view.index.number, view.shard, oldest);
    if (auto loaded = index->load(); !loaded) return loaded;
  }
  return index->clear();
}

}  // namespace sluice::store
