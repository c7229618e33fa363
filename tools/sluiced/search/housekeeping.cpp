#include "tools/sluiced/search/housekeeping.h"

#include <utility>

#include "tools/sluiced/search/contexts.h"

namespace sluice::rest {

void tidy(store::Documents& documents, store::SearchViews& views, SearchContexts& contexts, std::atomic<bool>& stop) {
  contexts.let_expired_go();
  views.let_idle_go(store::SearchViews::Clock::now());
  const auto waiting = documents.reclaim(stop);
  if (!waiting || *waiting == 0) return;  // what a full disk keeps from being done is tried again
  views.renew();
  [[maybe_unused]] const auto done = documents.reclaim(stop);
}

Housekeeping::Housekeeping(Work work, Nanoseconds every)
    : work_(std::move(work)), every_(every), thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_one();
  thread_.join();
}

void Housekeeping::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, every_, [this] { return stop_.load(); })) {
    lock.unlock();
    work_(stop_);
    lock.lock();
  }
}

}  // namespace sluice::rest
