#pragma once

#include <chrono>
#include <mutex>
#include <unordered_map>

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"

namespace sluice::store {

/// What searches see: for each index the picture of its last refresh. As in Elasticsearch a write shows in searches
/// after a refresh only: an explicit one, or by itself once `index.refresh_interval` (1s) has passed since the write.
/// An index that is gone has no picture any more, whoever still writes or searches it. Any thread.
class SearchViews {
 public:
  using Clock = std::chrono::steady_clock;
  /// An index that nobody searches for so long keeps no picture: that would keep what is overwritten on the disk.
  /// Source: Elasticsearch's index.search.idle.after.
  static constexpr std::chrono::seconds kIdle{30};

  /// Both outlive it.
  SearchViews(Documents& documents, Catalog& catalog);

  /// Both around every write to the index: what comes between them is not seen before the next refresh.
  void before_write(const IndexMeta& index);
  void after_write(const IndexMeta& index);
  void refresh(const IndexMeta& index);
  /// The picture for a search that starts now.
  ViewPtr view(const IndexMeta& index);
  /// Lets the pictures of indices go that nobody has searched for kIdle before `now`, and whose next one may be newer.
  void let_idle_go(Clock::time_point now);
  /// Takes pictures anew that may be newer: of indices that were not written since, or whose refresh is due. Old ones
  /// keep on the disk what was deleted after them, in other indices too.
  void renew();
  /// Whether a picture of the index is kept.
  bool has(std::uint32_t index_number);

 private:
  struct Entry {
    ViewPtr view;
    bool dirty = false;
    int writers = 0;  ///< between before_write() and after_write()
    Clock::time_point dirty_since;
    Clock::time_point last_search;

    void mark();
    /// Whether a picture of now shows nothing that it should not, for a refresh interval.
    [[nodiscard]] bool may_renew(Nanoseconds interval, Clock::time_point now) const;
  };

  /// The entry of an index; null: it is gone. Under the lock.
  Entry* entry_of(const IndexMeta& index);
  void forget(std::uint32_t index_number);

  Documents& documents_;
  Catalog& catalog_;
  std::mutex mutex_;
  std::unordered_map<std::uint32_t, Entry> entries_;
};

}  // namespace sluice::store
