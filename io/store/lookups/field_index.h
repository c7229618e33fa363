#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "io/store/documents/snapshot.h"
#include "io/store/lookups/entry_run.h"
#include "io/store/lookups/lookup_keys.h"

namespace sluice::store {

/// The index of one field of one shard: which part of the shard it covers, and for whom.
///
/// It is made in steps, each from a picture of the store. Below what a step covers it has every document that was there
/// in its picture, and so every one that any later picture shows; but not those that an earlier one shows and that were
/// deleted in between. So a reader uses the steps whose pictures are not later than its own, and looks at all
/// documents behind them. Any thread.
class FieldIndex {
 public:
  FieldIndex(const Database& database, std::uint32_t index_number, std::uint32_t shard, std::string definition);

  /// Reads what the store has of it. Errors: the store's.
  Status load();

  /// What a reader of a picture may use; `covered` 0: nothing.
  [[nodiscard]] FieldFacts usable(std::uint64_t sequence) const;
  /// What there is altogether.
  [[nodiscard]] FieldFacts all() const;

  /// Adds the `_seq_no`s of entries in the ranges, and those of documents that may have any value, from `from` up to
  /// `to` and what is covered. False: there are more than `most`, and only some were added. Errors: the store's.
  struct Wanted {
    const std::vector<pipeline::KeyRange>* ranges = nullptr;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::size_t most = 0;
  };
  Result<bool> collect(std::uint64_t sequence, const Wanted& wanted, FieldFacts& facts,
                       std::vector<std::int64_t>& seq_nos) const;
  /// Counts the entries of each range below what is covered. Errors: the store's.
  Status count(std::uint64_t sequence, const std::vector<pipeline::KeyRange>& ranges, FieldFacts& facts,
               std::vector<std::uint64_t>& counts) const;
  /// About how many entries there are in the ranges, by the sizes of what holds them.
  [[nodiscard]] std::uint64_t estimate(const std::vector<pipeline::KeyRange>& ranges) const;

  /// Writes entries, and then what is covered with them. False: the index is gone. One thread at a time.
  Result<bool> add(EntryRun& run, const FieldFacts& facts, std::uint64_t sequence);
  /// Forgets all entries; readers that have begun are not disturbed. One thread at a time.
  Status clear();
  /// From now on nothing is written any more.
  void drop();
  [[nodiscard]] bool dropped() const { return dropped_; }

  [[nodiscard]] const FieldPlace& place() const { return place_; }

 private:
  struct Step {
    FieldFacts facts;
    std::uint64_t sequence = 0;  ///< of the picture; 0: before this opening of the store
  };
  [[nodiscard]] FieldFacts usable_locked(std::uint64_t sequence) const;
  /// A picture of all entries, and what of them a reader may use. Null: nothing.
  std::unique_ptr<rocksdb::Iterator> open(std::uint64_t sequence, const rocksdb::ReadOptions& options,
                                          FieldFacts& facts) const;
  Result<bool> collect_range(rocksdb::Iterator& iterator, const FieldPlace::Range& range, const Wanted& wanted,
                             std::int64_t covered, std::vector<std::int64_t>& seq_nos) const;
  void forget_old_steps();

  const Database& database_;
  const FieldPlace place_;
  const std::string definition_;
  mutable std::shared_mutex mutex_;
  std::vector<Step> steps_;  ///< each covers more than the one before
  bool foreign_ = false;     ///< the place is another field's, whose definition hashes alike
  std::atomic<bool> dropped_ = false;
};
using FieldIndexPtr = std::shared_ptr<FieldIndex>;

}  // namespace sluice::store
