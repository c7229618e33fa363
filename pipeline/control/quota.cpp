#include "pipeline/control/quota.h"

#include <algorithm>

namespace sluice::pipeline {

void Quota::reserve(std::uint32_t wanted, bool whole, Granted granted) {
  if (!limited_) {
    granted(wanted);
    return;
  }
  std::deque<Grant> grants;
  {
    const std::scoped_lock lock(mutex_);
    waiters_.push_back({wanted, whole, std::move(granted)});
    grants = serve();
  }
  run(std::move(grants));
}

std::deque<Quota::Grant> Quota::serve() {
  std::deque<Grant> grants;
  while (!waiters_.empty()) {
    Waiter& first = waiters_.front();
    const std::uint64_t least = first.whole ? first.wanted : 1;
    if (!closed_ && left_ < least && reserved_ > 0) break;
    const auto documents = static_cast<std::uint32_t>(closed_ ? 0 : std::min<std::uint64_t>(left_, first.wanted));
    left_ -= documents;
    reserved_ += documents;
    grants.push_back({std::move(first.granted), documents});
    waiters_.pop_front();
  }
  return grants;
}

void Quota::run(std::deque<Grant> grants) {
  for (Grant& grant : grants) grant.granted(grant.documents);
}

void Quota::settle(std::uint64_t unused, std::uint64_t written) {
  if (!limited_) return;
  std::deque<Grant> grants;
  {
    const std::scoped_lock lock(mutex_);
    reserved_ -= unused + written;
    left_ += unused;
    grants = serve();
  }
  run(std::move(grants));
}

bool Quota::used_up() {
  const std::scoped_lock lock(mutex_);
  return limited_ && left_ == 0 && reserved_ == 0;
}

void Quota::close() {
  std::deque<Grant> grants;
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    grants = serve();
  }
  run(std::move(grants));
}

}  // namespace sluice::pipeline
