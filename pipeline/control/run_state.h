#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/timers.h"
#include "pipeline/control/checkpoint.h"
#include "pipeline/control/failure_budget.h"
#include "pipeline/control/ledger.h"
#include "pipeline/control/status.h"
#include "pipeline/control/throttle.h"
#include "pipeline/model/batch.h"

namespace sluice::pipeline {

struct RunRules {
  float requests_per_second = kUnlimited;
  std::uint64_t max_docs = 0;              ///< 0: no limit
  std::optional<std::uint64_t> documents;  ///< of all slices together, where the source knows
  bool proceed_on_conflicts = false;
  FailureBudget max_failures;
  std::size_t kept_failures = 10'000;
};

/// What a run knows about itself: the ledgers, throttles and failures of its slices, and whether it is to stop. One
/// lock, never held across a callback. Thread-safe. No TBB, no I/O; time comes in as a parameter.
class RunState {
 public:
  RunState(std::uint32_t slices, RunRules rules, TimePoint began);

  /// Nothing more is to be read. Lock-free: asked before every fetch and write.
  [[nodiscard]] bool stopping() const { return stopping_.load(std::memory_order_acquire); }
  /// The first error wins. True: this call is the one that stopped the run.
  bool stop_with(Error error);
  /// Ends the throttling of unfinished slices too, as a cancel does in Elasticsearch.
  bool stop_cancelled(std::string reason);
  /// Enough failures, or a search failure: the run ends, and reports normally.
  bool stop_failed();

  /// A page was parsed: total, time-outs.
  void page_read(const Batch& batch);
  /// A page failed to be read, a stage failed on it, or the run stopped before it was written: its documents count as
  /// not read, and the prefix of its slice ends before it.
  void batch_failed(const Batch& batch);
  /// Every document of the batch has an outcome (also where the batch failed after a part of it had been sent).
  /// `failures` of the batch are moved out of it; conflicts that are proceeded over are not kept. True: the run has to
  /// stop now.
  bool batch_settled(Batch& batch, const Counters& outcomes, TimePoint now);
  void slice_finished(std::uint32_t slice);
  /// A slice that an earlier run has left at `checkpoint`; before it begins.
  void restore(std::uint32_t slice, const SliceCheckpoint& checkpoint);
  /// How far the slice is complete now. `finished`: it has read to its end by itself, so that all of it is.
  [[nodiscard]] SliceCheckpoint checkpoint(std::uint32_t slice, bool finished) const;
  /// Ends one slice; the others go on. False: it has finished, or was cancelled before.
  bool cancel_slice(std::uint32_t slice, std::string reason);

  /// The throttle of a slice: when its token may go home. `now`: at once. Later: the slice waits, until waited().
  TimePoint token_due(const Batch& batch, std::uint64_t requests, TimePoint now);
  /// When the wait of the slice ends; the epoch if it does not wait (any more).
  [[nodiscard]] TimePoint wait_ends(std::uint32_t slice) const;
  /// The wait is over after `time`. It counts as throttled with what its schedule said last: a wait that a faster rate
  /// ends early counts as the rest that was left to it then. Source: reference/reindex.md 3.2.
  void waited(std::uint32_t slice, Nanoseconds time);
  /// Spreads the rate over unfinished slices. Returns, for each slice, when a pending wait ends now.
  std::vector<TimePoint> rethrottle(float requests_per_second, TimePoint now);
  /// The same for one slice; nothing: it has finished.
  std::optional<TimePoint> rethrottle_slice(std::uint32_t slice, float requests_per_second, TimePoint now);
  [[nodiscard]] float slice_rate(std::uint32_t slice) const;
  /// How long the throttle makes the slice wait after a batch of so many documents, at the rate it has now.
  [[nodiscard]] Nanoseconds longest_wait(std::uint32_t slice, std::uint32_t documents) const;

  void finish(TimePoint now);
  [[nodiscard]] RunStatus status(TimePoint now) const;

 private:
  struct Slice {
    explicit Slice(float rate) : throttle(rate) {}
    Ledger ledger;
    Throttle throttle;
    SliceStatus status;
    std::optional<TimePoint> due;
    TimePoint wait_began{};
    Nanoseconds wait_scheduled{};
  };
  static TimePoint set_rate(Slice& slice, float requests_per_second, TimePoint now);
  void keep_failures(Batch& batch);
  [[nodiscard]] bool must_stop(const Batch& batch, const Counters& outcomes, bool search_failed) const;

  const RunRules rules_;
  const TimePoint began_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<Slice> slices_;
  std::optional<Error> error_;
  std::optional<std::string> canceled_;
  bool timed_out_ = false;
  std::vector<Failure> bulk_failures_;
  std::vector<Failure> search_failures_;
  std::optional<TimePoint> ended_;
};

}  // namespace sluice::pipeline
