#include "tools/sluiced/search/search_stop.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kTimeout = "search_timeout_exception";

}  // namespace

SearchStop::SearchStop(serve::Abandoned abandoned, const std::optional<TimeValue>& timeout)
    : abandoned_(std::move(abandoned)) {
  if (!timeout || timeout->duration.count() < 0) return;
  timeout_ = timeout->duration;
  deadline_ = now() + timeout_;
}

// As Elasticsearch 9 says it to who wants no partial results.
Error search_timeout() { return {ErrorKind::kTimeout, 429, std::string(kTimeout), "Time exceeded"}; }

Error SearchStop::why() const {
  if (abandoned_ && abandoned_->load()) {
    return {ErrorKind::kCancelled, 400, "task_cancelled_exception", "task cancelled [channel closed]"};
  }
  return search_timeout();
}

SearchStop SearchStop::again() const {
  SearchStop stop = *this;
  if (stop.deadline_) stop.deadline_ = now() + timeout_;
  return stop;
}

bool is_search_timeout(const Error& error) { return error.type == kTimeout; }

}  // namespace sluice::rest
