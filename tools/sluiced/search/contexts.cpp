#include "tools/sluiced/search/contexts.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "io/store/catalog/create_index.h"
#include "tools/sluiced/rest/cluster_setting.h"

namespace sluice::rest {

namespace {

/// What an id of ours begins with, so that others are told apart from those that are gone.
constexpr std::string_view kMark = "sluice-";

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

std::unique_ptr<ScrollTurn> ScrollTurn::take(ContextPtr context) {
  if (context->taken.exchange(true)) return nullptr;
  return std::unique_ptr<ScrollTurn>(new ScrollTurn(std::move(context)));
}

void ScrollTurn::advance(const SearchResult& page) {
  context_->ended = page.count == 0 && !page.timed_out;
  if (page.count == 0) return;
  context_->position = page.position;
  context_->last_sort = page.last_sort;
}

ContextLimits ContextLimits::of(const Services& services) {
  ContextLimits limits;
  const std::string scrolls = cluster_setting(services, "search.max_open_scroll_context");
  std::from_chars(scrolls.data(), scrolls.data() + scrolls.size(), limits.scrolls);
  const std::string longest = cluster_setting(services, "search.max_keep_alive");
  if (const auto time = parse_time_value(longest, "search.max_keep_alive"); time) limits.longest = time->duration;
  return limits;
}

Status ContextLimits::check(const TimeValue& keep_alive) const {
  if (keep_alive.duration <= longest) return {};
  return std::unexpected(illegal_argument("Keep alive for request (" + human_duration(keep_alive.duration) +
                                          ") is too large. It must be less than (" + human_duration(longest) +
                                          "). This limit can be set by changing the [search.max_keep_alive] cluster "
                                          "level setting."));
}

// Who holds a context is making a page of it: its time begins when that is out.
void SearchContexts::sweep() {
  const auto now = Clock::now();
  for (auto& [_, entry] : entries_) {
    if (entry.context.use_count() > 1) entry.expires = now + entry.keep_alive;
  }
  std::erase_if(entries_, [now](const auto& each) { return each.second.expires < now; });
}

void SearchContexts::let_expired_go() {
  const std::scoped_lock lock(mutex_);
  sweep();
}

SearchContexts::Entries::iterator SearchContexts::entry_of(std::string_view id, ContextKind kind) {
  const auto found = entries_.find(id);
  return found != entries_.end() && found->second.context->kind() == kind ? found : entries_.end();
}

Result<std::string> SearchContexts::open(ContextPtr context, const TimeValue& keep_alive, const ContextLimits& limits) {
  if (auto checked = limits.check(keep_alive); !checked) return std::unexpected(checked.error());
  const std::scoped_lock lock(mutex_);
  sweep();
  const bool scroll = context->kind() == ContextKind::kScroll;
  const auto count = static_cast<std::size_t>(std::ranges::count_if(
      entries_, [&](const auto& entry) { return entry.second.context->kind() == context->kind(); }));
  const std::size_t most = scroll ? limits.scrolls : kMostPits;
  if (count >= most) {
    const std::string reason = std::string("Trying to create too many ") + (scroll ? "scroll" : "point in time") +
                               " contexts. Must be less than or equal to: [" + std::to_string(most) + "].";
    if (!scroll) {
      return std::unexpected(
          Error(ErrorKind::kThrottled, 429, "too_many_requests", reason + " Close those that are no longer needed."));
    }
    return std::unexpected(Error(ErrorKind::kThrottled, 429, "too_many_scroll_contexts_exception",
                                 reason + " This limit can be set by changing the [search.max_open_scroll_context] "
                                          "setting."));
  }
  // Padded as base64: clients decode ids to have a look at them.
  std::string id = std::string(kMark) + store::random_uuid() + store::random_uuid().substr(0, 11);
  entries_.emplace(id, Entry{std::move(context), keep_alive.duration, Clock::now() + keep_alive.duration, now_ms()});
  return id;
}

ContextPtr SearchContexts::find(std::string_view id, ContextKind kind, const std::optional<TimeValue>& keep_alive) {
  const std::scoped_lock lock(mutex_);
  sweep();
  const auto found = entry_of(id, kind);
  if (found == entries_.end()) return nullptr;
  // What was granted before stays granted.
  if (keep_alive) found->second.keep_alive = std::max(found->second.keep_alive, keep_alive->duration);
  found->second.expires = Clock::now() + found->second.keep_alive;
  return found->second.context;
}

bool SearchContexts::close(std::string_view id, ContextKind kind) {
  const std::scoped_lock lock(mutex_);
  sweep();
  const auto found = entry_of(id, kind);
  if (found == entries_.end()) return false;
  entries_.erase(found);
  return true;
}

std::size_t SearchContexts::close_all(ContextKind kind) {
  const std::scoped_lock lock(mutex_);
  sweep();
  return std::erase_if(entries_, [&](const auto& entry) { return entry.second.context->kind() == kind; });
}

SearchContexts::Open SearchContexts::open_count() {
  const std::scoped_lock lock(mutex_);
  sweep();
  const auto scrolls = std::ranges::count(entries_, ContextKind::kScroll,
                                          [](const auto& entry) { return entry.second.context->kind(); });
  return {entries_.size(), static_cast<std::size_t>(scrolls)};
}

std::vector<SearchContexts::Listed> SearchContexts::pits() {
  const std::scoped_lock lock(mutex_);
  sweep();
  std::vector<Listed> listed;
  for (const auto& [id, entry] : entries_) {
    if (entry.context->kind() == ContextKind::kPointInTime) listed.push_back({id, entry.keep_alive, entry.created_ms});
  }
  return listed;
}

}  // namespace sluice::rest
