#pragma once

#include <memory>

#include "reindex/reindex.h"
#include "tools/sluice/reindex_arguments.h"

namespace sluice::tools {

/// Signals as something to wait for. Made before any other thread starts: the threads inherit the blocked signals, and
/// nothing ever runs in a handler. SIGPIPE is ignored.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// The number of a signal that has come; 0: none.
  [[nodiscard]] int take() const;

 private:
  int descriptor_;
};

/// Waits for the end of a run: shows progress on stderr, cancels it at SIGINT and SIGTERM (at the second one the
/// process ends at once with 130), halves its rate at SIGUSR1 and doubles it at SIGUSR2.
pipeline::RunStatus watch(Run& run, const Signals& signals, ProgressMode mode);

/// The rate of the slices that still run, all together, after SIGUSR1 (`halve`) or SIGUSR2. What is unlimited halves to
/// half of what the run has done so far.
float changed_rate(const pipeline::RunStatus& status, bool halve);

}  // namespace sluice::tools
