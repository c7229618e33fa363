#pragma once

#include <ctime>
#include <optional>
#include <utility>

#include "io/serve/http_server.h"
#include "pipeline/base/error.h"
#include "pipeline/base/units.h"

namespace sluice::rest {

/// When a search is to end before it is done: its `timeout` is over, or nobody waits for it any more. Any thread.
class SearchStop {
 public:
  /// Never.
  SearchStop() = default;
  /// The time counts from now on; nothing, or `-1`: there is no end.
  explicit SearchStop(serve::Abandoned abandoned, const std::optional<TimeValue>& timeout = {});

  /// Asked before every document.
  [[nodiscard]] bool over() const {
    if (abandoned_ && abandoned_->load(std::memory_order_relaxed)) return true;
    return deadline_ && now() >= *deadline_;
  }
  /// Why it is over: of the kind kTimeout, or task_cancelled_exception.
  [[nodiscard]] Error why() const;
  [[nodiscard]] bool has_timeout() const { return deadline_.has_value(); }
  /// With as much time again.
  [[nodiscard]] SearchStop again() const;

 private:
  /// To four milliseconds, at the price of an addition.
  static Nanoseconds now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
  }

  serve::Abandoned abandoned_;
  Nanoseconds timeout_{};
  std::optional<Nanoseconds> deadline_;
};

/// A search's time was over, and who asked takes no partial results: search_timeout_exception, 429.
Error search_timeout();
/// Whether an error says that a search's time was over.
bool is_search_timeout(const Error& error);

}  // namespace sluice::rest
