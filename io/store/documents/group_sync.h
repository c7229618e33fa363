#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "pipeline/base/error.h"

namespace sluice::store {

/// One sync for all who wait for one: the first of them leads, and whoever comes while a sync is under way shares the
/// next. Any thread.
class GroupSync {
 public:
  /// `sync` puts on the disk all that was written before it was called; it is never called twice at the same time.
  explicit GroupSync(std::function<Status()> sync) : sync_(std::move(sync)) {}

  /// Returns when a sync that began after the call has ended. Its error, where it failed.
  Status wait();

 private:
  std::function<Status()> sync_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool running_ = false;
  std::uint64_t begun_ = 0;   ///< syncs that have begun; they are numbered from 1
  std::uint64_t failed_ = 0;  ///< the newest that failed
  Status failure_;
};

/// Syncs what was written without waiting, not later than a period after it was written. Owns a thread.
class DelayedSync {
 public:
  DelayedSync(GroupSync& group, std::chrono::milliseconds period);
  ~DelayedSync();
  DelayedSync(const DelayedSync&) = delete;
  DelayedSync& operator=(const DelayedSync&) = delete;

  /// Something was written. Any thread. The error of a sync that failed since the last call, so that it is told to the
  /// next writer instead of to nobody.
  Status request();

 private:
  void run(const std::stop_token& stop);

  GroupSync& group_;
  std::chrono::milliseconds period_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool requested_ = false;
  Status failure_;
  std::jthread thread_;  ///< last: it uses the others
};

}  // namespace sluice::store
