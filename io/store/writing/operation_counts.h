#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace sluice::store {

/// What was done with an index since the server started. Any thread.
struct OperationCounts {
  std::atomic<std::int64_t> indexed{0};
  std::atomic<std::int64_t> index_ns{0};
  std::atomic<std::int64_t> index_failed{0};
  std::atomic<std::int64_t> index_conflicts{0};  ///< of those that failed
  std::atomic<std::int64_t> deleted{0};
  std::atomic<std::int64_t> delete_ns{0};
  std::atomic<std::int64_t> got{0};  ///< and it was there
  std::atomic<std::int64_t> got_ns{0};
  std::atomic<std::int64_t> missing{0};  ///< asked for, and it was not there
  std::atomic<std::int64_t> missing_ns{0};
  std::atomic<std::int64_t> queries{0};  ///< shards that were searched
  std::atomic<std::int64_t> query_ns{0};
  std::atomic<std::int64_t> refreshes{0};  ///< that were asked for
  std::atomic<std::int64_t> refresh_ns{0};
  std::atomic<std::int64_t> flushes{0};
  std::atomic<std::int64_t> flush_ns{0};
};

/// The counts of all indices, by their numbers. Any thread; a reference lives as long as this.
class IndexCounts {
 public:
  OperationCounts& of(std::uint32_t index_number) {
    const std::scoped_lock lock(mutex_);
    std::unique_ptr<OperationCounts>& counts = counts_[index_number];
    if (!counts) counts = std::make_unique<OperationCounts>();
    return *counts;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::uint32_t, std::unique_ptr<OperationCounts>> counts_;
};

}  // namespace sluice::store
