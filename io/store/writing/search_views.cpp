#include "io/store/writing/search_views.h"

#include "pipeline/base/units.h"

namespace sluice::store {

namespace {

/// An index that nobody searches keeps no old picture: that would keep what is overwritten on the disk.
/// Source: Elasticsearch's index.search.idle.after.
constexpr auto kIdle = std::chrono::seconds(30);

/// Negative: never by itself.
Nanoseconds refresh_interval(const IndexMeta& index) {
  const std::string text = index.setting("index.refresh_interval", "1s");
  auto interval = parse_time_value(text, "index.refresh_interval");
  return interval ? interval->duration : Nanoseconds(std::chrono::seconds(1));
}

}  // namespace

void SearchViews::mark(Entry& entry) {
  if (entry.dirty) return;
  entry.dirty = true;
  entry.dirty_since = Clock::now();
}

void SearchViews::before_write(const IndexMeta& index) {
  const std::scoped_lock lock(mutex_);
  auto [at, fresh] = entries_.try_emplace(index.number);
  Entry& entry = at->second;
  const auto now = Clock::now();
  if (fresh) {
    entry.view = documents_.view();
    entry.last_search = now;
  } else if (entry.view != nullptr && now - entry.last_search > kIdle && refresh_interval(index).count() >= 0) {
    entry.view.reset();
  }
  mark(entry);
}

void SearchViews::after_write(const IndexMeta& index) {
  // A refresh while the write was going may have cleaned the mark, and not have seen it.
  const std::scoped_lock lock(mutex_);
  mark(entries_[index.number]);
}

void SearchViews::refresh(const IndexMeta& index) {
  const std::scoped_lock lock(mutex_);
  Entry& entry = entries_[index.number];
  entry.dirty = false;
  entry.view = documents_.view();
}

ViewPtr SearchViews::view(const IndexMeta& index) {
  const Nanoseconds interval = refresh_interval(index);
  const std::scoped_lock lock(mutex_);
  Entry& entry = entries_[index.number];
  const auto now = Clock::now();
  entry.last_search = now;
  const bool due = entry.dirty && interval.count() >= 0 && now - entry.dirty_since >= interval;
  if (entry.view == nullptr || due) {
    entry.dirty = false;
    entry.view = documents_.view();
  }
  return entry.view;
}

bool SearchViews::has(std::uint32_t index_number) {
  const std::scoped_lock lock(mutex_);
  return entries_.contains(index_number);
}

void SearchViews::forget(std::uint32_t index_number) {
  const std::scoped_lock lock(mutex_);
  entries_.erase(index_number);
}

}  // namespace sluice::store
