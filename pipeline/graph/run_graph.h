#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "pipeline/base/timers.h"
#include "pipeline/control/checkpoint.h"
#include "pipeline/control/failure_budget.h"
#include "pipeline/control/quota.h"
#include "pipeline/control/status.h"
#include "pipeline/ports.h"
#include "pipeline/stage.h"

namespace sluice::pipeline {

/// How a run of the graph behaves. Everything it refers to must outlive the graph.
struct GraphOptions {
  std::uint32_t batch_size = 1000;    ///< documents
  std::uint32_t tokens_per_lane = 2;  ///< batches of a slice in flight; 1 while there is a rate limit
  /// A slice's batches are written one after the other, in the order of its documents: what comes later in a file wins.
  bool ordered_writes = false;
  std::size_t memory = std::size_t{256} << 20;  ///< bytes of pages and bulks in flight
  float requests_per_second = kUnlimited;       ///< of all slices together
  bool smooth = false;                          ///< shorter batches rather than long waits
  /// A slice that has read everything waits once more after its last batch, as Elasticsearch does, which finds the end
  /// only behind it. Not where `max_docs` ends the run.
  bool wait_at_end = false;
  std::uint64_t max_docs = Quota::kNoLimit;  ///< writes
  std::optional<std::uint64_t> documents;    ///< SourceFacts::documents
  bool proceed_on_conflicts = false;
  FailureBudget max_failures;
  std::size_t kept_failures = 10'000;              ///< entries of `failures` that are kept for the response
  int threads = 0;                                 ///< workers; 0: one a core
  std::function<void(const Failure&)> on_failure;  ///< called for each failure, one at a time, on a worker
  /// Where an earlier run has left each slice; empty: at the beginning.
  std::vector<SliceCheckpoint> resume;
  /// Called when a slice is complete further than before, for one slice after the other, on a worker; must be quick.
  std::function<void(std::uint32_t slice, const SliceCheckpoint&)> on_checkpoint;
  std::function<void(std::uint32_t)> on_slice_end;  ///< called once for each slice, on any thread; must not block
};

/// One oneTBB flow graph for one run. For each slice a lane (tickets and tokens, joined, let a page be fetched); all
/// lanes share parse, the stages, the writer, settle and complete:
///
///   tickets -.
///            join -> fetch ->> parse -> stages... -> write ->> settle -> complete
///   tokens --'                                         ^----- again ----'   |
///      ^--------------------------- token, after the throttle --------------'
///
/// (->> is an asynchronous gateway.) A token *is* the batch: tokens_per_lane batches exist for each lane, and one is
/// used again as soon as it is home. See docs/architecture.md.
class RunGraph {
 public:
  /// The source has been opened with `slices` slices, and so has the sink. `stages` run in order, parse first.
  RunGraph(Source& source, Sink& sink, std::vector<const Stage*> stages, Timers& timers, std::uint32_t slices,
           GraphOptions options);
  ~RunGraph();
  RunGraph(const RunGraph&) = delete;
  RunGraph& operator=(const RunGraph&) = delete;

  /// Runs until the source is at its end, the quota is used up, something failed or cancel(); then drains. Blocks: call
  /// it once, on the run's own thread. Source and sink are not closed.
  void run();

  /// Stops fetching, ends waits and transfers of the source; bulks on their way are waited for `grace`, then ended too.
  /// Any thread; returns at once.
  void cancel(std::string reason, Nanoseconds grace);
  /// The rate of all slices together, spread over the unfinished ones. Any thread.
  void rethrottle(float requests_per_second);
  /// The same for one slice: the others keep their rates, or go on. What has been read of a cancelled one and not been
  /// sent counts as not read. False: the slice has finished, or there is none. Any thread.
  bool rethrottle_slice(std::uint32_t slice, float requests_per_second);
  bool cancel_slice(std::uint32_t slice, std::string reason);
  /// A consistent picture. Any thread, also during run().
  [[nodiscard]] RunStatus status() const;
  /// Most bytes that were held in pages and bulks at a time.
  [[nodiscard]] std::size_t peak_memory() const;
  /// Batches alive and tokens that are not home: 0 after run(). For tests.
  [[nodiscard]] std::size_t tokens_away() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sluice::pipeline
