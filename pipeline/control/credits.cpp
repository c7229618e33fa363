#include "pipeline/control/credits.h"

#include <algorithm>

namespace sluice::pipeline {

void Credits::hold(std::size_t bytes) {
  in_use_ += bytes;
  peak_ = std::max(peak_, in_use_);
}

void Credits::take(std::size_t bytes, Task granted) {
  {
    const std::scoped_lock lock(mutex_);
    if (!waiters_.empty() || !fits(bytes)) {
      waiters_.push_back({bytes, std::move(granted)});
      return;
    }
    hold(bytes);
  }
  granted();
}

std::deque<Task> Credits::serve() {
  std::deque<Task> served;
  while (!waiters_.empty() && fits(waiters_.front().bytes)) {
    hold(waiters_.front().bytes);
    served.push_back(std::move(waiters_.front().granted));
    waiters_.pop_front();
  }
  return served;
}

void Credits::adjust(std::size_t held, std::size_t actual) {
  std::deque<Task> served;
  {
    const std::scoped_lock lock(mutex_);
    in_use_ -= held;
    hold(actual);
    served = serve();
  }
  for (Task& granted : served) granted();
}

void Credits::give_back(std::size_t bytes) {
  std::deque<Task> served;
  {
    const std::scoped_lock lock(mutex_);
    in_use_ -= bytes;
    served = serve();
  }
  for (Task& granted : served) granted();
}

void Credits::close() {
  std::deque<Task> served;
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    served = serve();
  }
  for (Task& granted : served) granted();
}

std::size_t Credits::in_use() const {
  const std::scoped_lock lock(mutex_);
  return in_use_;
}

std::size_t Credits::peak() const {
  const std::scoped_lock lock(mutex_);
  return peak_;
}

std::size_t Credits::waiting() const {
  const std::scoped_lock lock(mutex_);
  return waiters_.size();
}

}  // namespace sluice::pipeline
