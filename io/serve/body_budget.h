#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "pipeline/base/error.h"

namespace sluice::serve {

/// How many bytes the bodies of all requests in flight may take together. Any thread.
class BodyBudget {
 public:
  explicit BodyBudget(std::size_t limit) : limit_(limit) {}

  /// Errors: circuit_breaking_exception, 429, as Elasticsearch's inflight_requests breaker.
  Status charge(std::size_t bytes);
  void release(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  [[nodiscard]] std::size_t used() const { return used_.load(std::memory_order_relaxed); }

 private:
  const std::size_t limit_;
  std::atomic<std::size_t> used_ = 0;
};

/// The part of a budget that one request has taken; gives it back at its end. One thread at a time.
class BodyCharge {
 public:
  explicit BodyCharge(std::shared_ptr<BodyBudget> budget) : budget_(std::move(budget)) {}
  BodyCharge(BodyCharge&& other) noexcept : budget_(std::move(other.budget_)), bytes_(std::exchange(other.bytes_, 0)) {}
  BodyCharge& operator=(BodyCharge&& other) noexcept {
    std::swap(budget_, other.budget_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~BodyCharge() {
    if (budget_) budget_->release(bytes_);
  }

  /// The request holds `bytes` now. Errors: as BodyBudget::charge; then it still holds what it held.
  Status grow_to(std::size_t bytes) {
    if (bytes <= bytes_) return {};
    if (auto charged = budget_->charge(bytes - bytes_); !charged) return charged;
    bytes_ = bytes;
    return {};
  }

 private:
  std::shared_ptr<BodyBudget> budget_;
  std::size_t bytes_ = 0;
};

}  // namespace sluice::serve
