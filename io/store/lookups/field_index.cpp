#include "io/store/lookups/field_index.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <utility>

#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

constexpr std::string_view kReading = "reading the index of a field";
constexpr std::string_view kWriting = "writing the index of a field";
/// More steps than these are joined: pictures older than the newest of two then look at the documents of both.
constexpr std::size_t kMostSteps = 64;
/// Of more ranges than these the sizes are not looked up.
constexpr std::size_t kSizedRanges = 16;

}  // namespace

FieldIndex::FieldIndex(const Database& database, std::uint32_t index_number, std::uint32_t shard,
                       std::string definition)
    : database_(database), place_(index_number, shard, definition), definition_(std::move(definition)) {}

Status FieldIndex::load() {
  std::string bytes;
  const auto status = database_.db().Get({}, database_.family(Family::kLookups), place_.state_key(), &bytes);
  if (status.IsNotFound()) return {};
  if (!status.ok()) return std::unexpected(store_error(status, kReading, database_.path()));
  const auto state = parse_state(bytes);
  if (!state) return std::unexpected(damaged_entry("the state of a field's index", database_.path()));
  foreign_ = state->definition != definition_;
  if (!foreign_) steps_.push_back({state->facts, 0});
  return {};
}

FieldFacts FieldIndex::usable_locked(std::uint64_t sequence) const {
  FieldFacts facts;
  for (const Step& step : steps_) {
    if (step.sequence > sequence) break;
    facts = step.facts;
  }
  return facts;
}

FieldFacts FieldIndex::usable(std::uint64_t sequence) const {
  const std::shared_lock lock(mutex_);
  return usable_locked(sequence);
}

FieldFacts FieldIndex::all() const {
  const std::shared_lock lock(mutex_);
  return steps_.empty() ? FieldFacts() : steps_.back().facts;
}

std::unique_ptr<rocksdb::Iterator> FieldIndex::open(std::uint64_t sequence, const rocksdb::ReadOptions& options,
                                                    FieldFacts& facts) const {
  const std::shared_lock lock(mutex_);
  facts = usable_locked(sequence);
  if (facts.covered == 0) return nullptr;
  // What happens to the entries from now on it does not see.
  return std::unique_ptr<rocksdb::Iterator>(database_.db().NewIterator(options, database_.family(Family::kLookups)));
}

Result<bool> FieldIndex::collect(std::uint64_t sequence, const Wanted& wanted, FieldFacts& facts,
                                 std::vector<std::int64_t>& seq_nos) const {
  rocksdb::ReadOptions options;
  const std::string end = place_.entries_end();
  const rocksdb::Slice upper(end);
  options.iterate_upper_bound = &upper;
  const auto iterator = open(sequence, options, facts);
  if (iterator == nullptr) return true;
  auto complete = collect_range(*iterator, place_.unknown(), wanted, facts.covered, seq_nos);
  for (auto range = wanted.ranges->begin(); complete && *complete && range != wanted.ranges->end(); ++range) {
    complete = collect_range(*iterator, place_.of(*range), wanted, facts.covered, seq_nos);
  }
  return complete;
}

Result<bool> FieldIndex::collect_range(rocksdb::Iterator& iterator, const FieldPlace::Range& range,
                                       const Wanted& wanted, std::int64_t covered,
                                       std::vector<std::int64_t>& seq_nos) const {
  const std::int64_t to = std::min(wanted.to, covered);
  std::string begin = range.begin;
  if (range.one_key) append_seq_no(begin, std::max<std::int64_t>(wanted.from, 0));
  for (iterator.Seek(begin); iterator.Valid() && iterator.key().compare(range.end) < 0; iterator.Next()) {
    const std::int64_t seq_no = entry_seq_no(iterator.key().ToStringView());
    if (seq_no >= to && range.one_key) break;
    if (seq_no < wanted.from || seq_no >= to) continue;
    if (seq_nos.size() >= wanted.most) return false;
    seq_nos.push_back(seq_no);
  }
  if (!iterator.status().ok()) return std::unexpected(store_error(iterator.status(), kReading, database_.path()));
  return true;
}

Status FieldIndex::count(std::uint64_t sequence, const std::vector<pipeline::KeyRange>& ranges, FieldFacts& facts,
                         std::vector<std::uint64_t>& counts) const {
  rocksdb::ReadOptions options;
  const std::string end = place_.entries_end();
  const rocksdb::Slice upper(end);
  options.iterate_upper_bound = &upper;
  const auto iterator = open(sequence, options, facts);
  if (iterator == nullptr) return {};
  for (const pipeline::KeyRange& each : ranges) {
    const FieldPlace::Range range = place_.of(each);
    std::uint64_t count = 0;
    for (iterator->Seek(range.begin); iterator->Valid() && iterator->key().compare(range.end) < 0; iterator->Next()) {
      if (entry_seq_no(iterator->key().ToStringView()) < facts.covered) ++count;
    }
    counts.push_back(count);
  }
  if (!iterator->status().ok()) return std::unexpected(store_error(iterator->status(), kReading, database_.path()));
  return {};
}

std::uint64_t FieldIndex::estimate(const std::vector<pipeline::KeyRange>& ranges) const {
  const FieldFacts facts = all();
  if (ranges.empty() || ranges.size() > kSizedRanges || facts.covered == 0) return 0;
  const std::string end = place_.entries_end();
  std::vector<FieldPlace::Range> places{{place_.entries(), end}};
  for (const pipeline::KeyRange& range : ranges) {
    FieldPlace::Range place = place_.of(range);
    if (place.begin < place.end) places.push_back(std::move(place));
  }
  std::vector<rocksdb::Range> slices;
  slices.reserve(places.size());
  for (const FieldPlace::Range& place : places) slices.emplace_back(place.begin, place.end);
  std::vector<std::uint64_t> sizes(places.size());
  rocksdb::SizeApproximationOptions options;
  options.include_memtables = true;
  options.include_files = true;
  const auto status = database_.db().GetApproximateSizes(options, database_.family(Family::kLookups), slices.data(),
                                                         static_cast<int>(slices.size()), sizes.data());
  if (!status.ok() || sizes.front() == 0) return 0;
  std::uint64_t some = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) some += sizes[i];
  const double share = std::min(1.0, static_cast<double>(some) / static_cast<double>(sizes.front()));
  return static_cast<std::uint64_t>(share * static_cast<double>(facts.values));
}

Result<bool> FieldIndex::add(EntryRun& run, const FieldFacts& facts, std::uint64_t sequence) {
  if (auto prepared = run.prepare(database_); !prepared) return std::unexpected(std::move(prepared.error()));
  const std::unique_lock lock(mutex_);
  if (dropped_ || foreign_) return false;
  if (auto written = run.write(database_); !written) return std::unexpected(std::move(written.error()));
  // Behind the entries: where the log loses its end, what is said to be covered goes first.
  rocksdb::WriteBatch batch;
  const auto status =
      batch.Put(database_.family(Family::kLookups), place_.state_key(), state_bytes({facts, definition_}));
  if (!status.ok()) return std::unexpected(store_error(status, kWriting, database_.path()));
  if (auto written = write_batch(database_, batch, kWriting); !written) {
    return std::unexpected(std::move(written.error()));
  }
  steps_.push_back({facts, sequence});
  forget_old_steps();
  return true;
}

/// Steps whose pictures are older than all that are alive count as one.
void FieldIndex::forget_old_steps() {
  std::uint64_t oldest = 0;
  std::string text;
  if (!database_.db().GetProperty("rocksdb.oldest-snapshot-sequence", &text)) return;
  static_cast<void>(std::from_chars(text.data(), text.data() + text.size(), oldest));
  if (oldest == 0) oldest = database_.db().GetLatestSequenceNumber();  // no picture is alive
  while (steps_.size() > 1 && (steps_[1].sequence <= oldest || steps_.size() > kMostSteps)) {
    steps_[1].sequence = std::max(steps_[0].sequence, steps_[1].sequence);
    steps_.erase(steps_.begin());
  }
}

Status FieldIndex::clear() {
  const std::unique_lock lock(mutex_);
  if (dropped_ || foreign_) return {};
  rocksdb::WriteBatch batch;
  auto* const family = database_.family(Family::kLookups);
  auto status = batch.Delete(family, place_.state_key());
  if (status.ok()) status = batch.DeleteRange(family, place_.entries(), place_.entries_end());
  if (!status.ok()) return std::unexpected(store_error(status, kWriting, database_.path()));
  if (auto written = write_batch(database_, batch, kWriting); !written) return written;
  steps_.clear();
  return {};
}

void FieldIndex::drop() {
  const std::unique_lock lock(mutex_);  // of who is writing to it
  dropped_ = true;
}

}  // namespace sluice::store
