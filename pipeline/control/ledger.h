#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "pipeline/control/status.h"
#include "pipeline/model/document.h"
#include "pipeline/model/page.h"

namespace sluice::pipeline {

/// Counts the outcomes of a batch's documents. A document that is still pending is a bug of the sink and is counted
/// nowhere, so that balanced() shows it.
Counters count_outcomes(std::span<const Document> documents);

/// What became of every document of one slice, and how far the slice is complete: batches are settled in any order, the
/// prefix is the newest cursor below which every batch has been settled. Not thread-safe; the run's lock guards it.
class Ledger {
 public:
  /// Batch `sequence` has been settled; the slice goes on at `next`.
  void settle(std::uint64_t sequence, const Counters& outcomes, const Cursor& next);

  /// A slice that goes on at `prefix`, below which this became of its documents.
  void restore(const Counters& counters, const Cursor& prefix);

  /// Counts a batch that was not settled as a whole: the prefix ends before it.
  void add(const Counters& outcomes) { counters_ += outcomes; }

  [[nodiscard]] const Counters& counters() const { return counters_; }
  /// Where a resumed slice would start.
  [[nodiscard]] const Cursor& prefix() const { return prefix_; }
  /// What became of the documents below it.
  [[nodiscard]] const Counters& prefix_counters() const { return prefix_counters_; }
  [[nodiscard]] std::uint64_t batches_in_prefix() const { return next_sequence_; }

 private:
  struct Ahead {
    Cursor next;
    Counters outcomes;
  };
  Counters counters_;
  Cursor prefix_;
  Counters prefix_counters_;
  std::uint64_t next_sequence_ = 0;
  std::map<std::uint64_t, Ahead> ahead_;  ///< settled out of order
};

}  // namespace sluice::pipeline
