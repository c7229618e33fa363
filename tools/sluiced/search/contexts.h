#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/sluiced/search/execute.h"

namespace sluice::rest {

enum class ContextKind : std::uint8_t { kScroll, kPointInTime };

/// A scroll or a point in time: a picture that stays.
struct SearchContext {
  TargetsPtr targets;
  store::ShardChoice shards;  ///< that are read
  /// Scrolls only: the search and where it is, read and changed by who holds a ScrollTurn.
  std::optional<SearchRequest> request;
  CompiledSearches compiled;               ///< of its first page, with all that had to be seen for it beforehand
  bool ended = false;                      ///< a page had no hits
  std::optional<SearchPosition> position;  ///< nothing: at the beginning
  std::vector<SortValue> last_sort;
  std::int64_t total = 0;
  bool total_exact = true;

  std::atomic<bool> taken = false;  ///< somebody has the turn

  [[nodiscard]] ContextKind kind() const { return request ? ContextKind::kScroll : ContextKind::kPointInTime; }
};
using ContextPtr = std::shared_ptr<SearchContext>;

/// The right to go on with a scroll, until the answer has been made to its end. May end on another thread than it began
/// on.
class ScrollTurn {
 public:
  /// Null: somebody else has it. Nobody waits for a client that may take its time to read.
  static std::unique_ptr<ScrollTurn> take(ContextPtr context);
  ~ScrollTurn() { context_->taken = false; }
  ScrollTurn(const ScrollTurn&) = delete;
  ScrollTurn& operator=(const ScrollTurn&) = delete;
  /// Moves the scroll behind a page that was made whole.
  void advance(const SearchResult& page);
  [[nodiscard]] SearchContext& context() { return *context_; }

 private:
  explicit ScrollTurn(ContextPtr context) : context_(std::move(context)) {}
  ContextPtr context_;
};

/// What administrators may change of it while the server runs.
struct ContextLimits {
  std::size_t scrolls = 500;                    ///< search.max_open_scroll_context
  Nanoseconds longest{std::chrono::hours(24)};  ///< search.max_keep_alive

  /// Those that hold now.
  static ContextLimits of(const Services& services);
  /// `Keep alive for request (2d) is too large..`, 400, or nothing.
  [[nodiscard]] Status check(const TimeValue& keep_alive) const;
};

/// The open scrolls and points in time: counted, limited, and gone when nobody has asked for them for their keep-alive.
/// Ids can't be guessed. Any thread.
class SearchContexts {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMostPits = 300;  ///< OpenSearch's search.max_open_pit_context

  /// Errors: too many are open, 429; the keep-alive is too long, 400.
  Result<std::string> open(ContextPtr context, const TimeValue& keep_alive, const ContextLimits& limits);
  /// The context of an id, kept for `keep_alive` from when nobody uses it any more, or as long as before where that is
  /// longer. Null: it is gone, or never was, or is of the other kind.
  ContextPtr find(std::string_view id, ContextKind kind, const std::optional<TimeValue>& keep_alive);
  /// Whether there was one of that kind.
  bool close(std::string_view id, ContextKind kind);
  /// How many there were.
  std::size_t close_all(ContextKind kind);
  /// Lets those go whose time is over: their pictures keep on the disk what was deleted since.
  void let_expired_go();
  /// For `_stats`: how many are open.
  struct Open {
    std::size_t all = 0;
    std::size_t scrolls = 0;
  };
  Open open_count();

  struct Listed {
    std::string id;
    Nanoseconds keep_alive{};
    std::int64_t created_ms = 0;
  };
  std::vector<Listed> pits();

 private:
  struct Entry {
    ContextPtr context;
    Nanoseconds keep_alive{};
    Clock::time_point expires;
    std::int64_t created_ms = 0;
  };
  using Entries = std::map<std::string, Entry, std::less<>>;
  void sweep();
  /// The end where there is none of that kind. Under the lock.
  Entries::iterator entry_of(std::string_view id, ContextKind kind);

  std::mutex mutex_;
  Entries entries_;
};

}  // namespace sluice::rest
