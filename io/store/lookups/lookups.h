#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "io/store/lookups/field_index.h"

namespace sluice::store {

/// A shard in a picture of the store.
struct ShardView {
  SnapshotPtr snapshot;
  IndexKey index;
  std::uint32_t shard = 0;
};

/// The indices of fields of all shards: which documents a query can match is looked up in them. They are made from
/// documents that are there already, by a thread of its own, so that writing documents costs nothing; and since every
/// candidate is asked the query itself, entries of documents that are gone do no harm. Any thread.
class Lookups {
 public:
  Lookups(std::shared_ptr<Database> database, LookupMode mode);
  ~Lookups();
  Lookups(const Lookups&) = delete;
  Lookups& operator=(const Lookups&) = delete;

  /// View::candidates(), View::field_candidates() and View::field_entries().
  Result<std::unique_ptr<Scan>> candidates(const ShardView& view, std::int64_t from, std::int64_t to,
                                           const pipeline::LookupPlan& plan);
  Result<std::optional<FieldCandidates>> field_candidates(const ShardView& view, const pipeline::LookupPlan& plan);
  Result<std::optional<FieldEntries>> field_entries(const ShardView& view, const pipeline::LookupPlan& plan);

  /// The index of a field, whatever there is of it. Null: it can't be read, or its store's index was dropped.
  FieldIndexPtr field(const ShardView& view, const pipeline::FieldKeys& keys);
  /// Asks for an index that covers the picture; it is there later, or never. With LookupMode::kAlways it is there when
  /// this returns.
  void want(const ShardView& view, const pipeline::FieldKeysPtr& keys);

  /// Forgets the indices of an index of documents, whose number is never used again.
  void drop(std::uint32_t index_number);
  /// Makes no more of them.
  void stop();
  void settle();
  [[nodiscard]] LookupCounts counts() const;

 private:
  struct FieldOf {
    std::uint32_t number = 0;
    std::uint32_t shard = 0;
    std::string definition;
    auto operator<=>(const FieldOf&) const = default;
  };
  struct Known {
    FieldIndexPtr index;
    std::uint64_t last_used = 0;
    std::chrono::steady_clock::time_point not_before;  ///< making it failed
  };
  struct Request {
    ShardView view;
    pipeline::FieldKeysPtr keys;
  };

  /// The index of a plan on one field, for who counts; null: there is none, or all are counted as fast.
  Result<FieldIndexPtr> countable(const ShardView& view, const pipeline::LookupPlan& plan, ShardFacts& facts);
  void work();
  Status build(const Request& request);
  Status make_room(const ShardView& view, const FieldPlace& place);
  [[nodiscard]] static FieldOf name_of(const ShardView& view, const pipeline::FieldKeys& keys) {
    return {view.index.number, view.shard, keys.definition()};
  }

  const std::shared_ptr<Database> database_;
  const LookupMode mode_;
  std::atomic<std::uint64_t> used_ = 0;
  std::atomic<std::uint64_t> not_used_ = 0;
  std::atomic<std::uint64_t> found_ = 0;
  std::atomic<std::uint64_t> documents_ = 0;

  std::mutex build_mutex_;  ///< one index is made at a time; taken before the other one
  mutable std::mutex mutex_;
  std::map<FieldOf, Known> fields_;
  std::set<std::uint32_t> dropped_;
  std::uint64_t uses_ = 0;
  std::deque<Request> queue_;
  std::optional<FieldOf> current_;  ///< that the thread works on
  std::condition_variable changed_;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;  ///< started when there is something to do
};

}  // namespace sluice::store
