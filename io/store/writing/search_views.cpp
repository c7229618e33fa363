#include "io/store/writing/search_views.h"

#include <utility>
#include <vector>

#include "pipeline/base/units.h"

namespace sluice::store {

namespace {

/// Negative: never by itself.
Nanoseconds refresh_interval(const IndexMeta& index) {
  const std::string text = index.setting("index.refresh_interval", "1s");
  auto interval = parse_time_value(text, "index.refresh_interval");
  return interval ? interval->duration : Nanoseconds(std::chrono::seconds(1));
}

}  // namespace

SearchViews::SearchViews(Documents& documents, Catalog& catalog) : documents_(documents), catalog_(catalog) {
  catalog.set_on_gone([this](std::uint32_t index_number) { forget(index_number); });
}

void SearchViews::Entry::mark() {
  if (dirty) return;
  dirty = true;
  dirty_since = Clock::now();
}

bool SearchViews::Entry::may_renew(Nanoseconds interval, Clock::time_point now) const {
  if (dirty) return interval.count() >= 0 && now - dirty_since >= interval;
  return writers == 0;
}

// The catalog has forgotten an index before forget() is told: an entry that is made here is still found by it.
SearchViews::Entry* SearchViews::entry_of(const IndexMeta& index) {
  if (const auto found = entries_.find(index.number); found != entries_.end()) return &found->second;
  const IndexPtr now = catalog_.state()->find(index.name);
  if (now == nullptr || now->number != index.number) return nullptr;
  Entry& entry = entries_[index.number];
  entry.last_search = Clock::now();
  return &entry;
}

void SearchViews::before_write(const IndexMeta& index) {
  const Nanoseconds interval = refresh_interval(index);
  const std::scoped_lock lock(mutex_);
  const bool fresh = !entries_.contains(index.number);
  Entry* const entry = entry_of(index);
  if (entry == nullptr) return;
  if (entry->view == nullptr) {
    // Of an index that is never refreshed by itself the search to come must not see this.
    if (fresh || (interval.count() < 0 && !entry->dirty)) entry->view = documents_.view();
  } else if (interval.count() >= 0 && Clock::now() - entry->last_search > kIdle) {
    entry->view.reset();
  }
  ++entry->writers;
  entry->mark();
}

void SearchViews::after_write(const IndexMeta& index) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(index.number);
  if (found == entries_.end()) return;
  --found->second.writers;
  found->second.mark();  // a refresh while the write was going may have cleaned it, and not have seen the write
}

void SearchViews::refresh(const IndexMeta& index) {
  const std::scoped_lock lock(mutex_);
  Entry* const entry = entry_of(index);
  if (entry == nullptr) return;
  entry->dirty = false;
  entry->view = documents_.view();
}

ViewPtr SearchViews::view(const IndexMeta& index) {
  const Nanoseconds interval = refresh_interval(index);
  const std::scoped_lock lock(mutex_);
  Entry* const entry = entry_of(index);
  if (entry == nullptr) return documents_.view();
  const auto now = Clock::now();
  entry->last_search = now;
  if (entry->view == nullptr || (entry->dirty && entry->may_renew(interval, now))) {
    entry->dirty = false;
    entry->view = documents_.view();
  }
  return entry->view;
}

void SearchViews::let_idle_go(Clock::time_point now) {
  std::vector<ViewPtr> idle;  // ends outside the lock
  const StatePtr state = catalog_.state();
  const std::scoped_lock lock(mutex_);
  for (const auto& [_, index] : state->indices) {
    const auto found = entries_.find(index->number);
    if (found == entries_.end() || found->second.view == nullptr) continue;
    Entry& entry = found->second;
    if (now - entry.last_search <= kIdle || !entry.may_renew(refresh_interval(*index), now)) continue;
    idle.push_back(std::move(entry.view));
  }
}

void SearchViews::renew() {
  std::vector<ViewPtr> old;  // ends outside the lock
  const StatePtr state = catalog_.state();
  const std::scoped_lock lock(mutex_);
  const ViewPtr fresh = documents_.view();
  for (const auto& [_, index] : state->indices) {
    const auto found = entries_.find(index->number);
    if (found == entries_.end() || found->second.view == nullptr) continue;
    Entry& entry = found->second;
    if (!entry.may_renew(refresh_interval(*index), Clock::now())) continue;
    entry.dirty = false;
    old.push_back(std::exchange(entry.view, fresh));
  }
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
