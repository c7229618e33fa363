#pragma once

#include <chrono>
#include <mutex>
#include <unordered_map>

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"

namespace sluice::store {

/// What searches see: for each index the picture of its last refresh. As in Elasticsearch a write shows in searches
/// after a refresh only: an explicit one, or by itself once `index.refresh_interval` (1s) has passed since the write.
/// Any thread.
class SearchViews {
 public:
  using Clock = std::chrono::steady_clock;

  explicit SearchViews(Documents& documents) : documents_(documents) {}

  /// Both around every write to the index: what comes between them is not seen before the next refresh.
  void before_write(const IndexMeta& index);
  void after_write(const IndexMeta& index);
  void refresh(const IndexMeta& index);
  /// The picture for a search that starts now.
  ViewPtr view(const IndexMeta& index);
  void forget(std::uint32_t index_number);
  /// Whether a picture of the index is kept.
  bool has(std::uint32_t index_number);

 private:
  struct Entry {
    ViewPtr view;
    bool dirty = false;
    Clock::time_point dirty_since;
    Clock::time_point last_search;
  };

  void mark(Entry& entry);

  Documents& documents_;
  std::mutex mutex_;
  std::unordered_map<std::uint32_t, Entry> entries_;
};

}  // namespace sluice::store
