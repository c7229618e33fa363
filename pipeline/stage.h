#pragma once

#include <string_view>

#include "pipeline/base/error.h"
#include "pipeline/model/batch.h"

namespace sluice::pipeline {

/// A pure transformation batch -> batch. Immutable once made: apply() is called by several workers at once, each with a
/// batch of its own; what changes is in the batch or in a per-thread state.
class Stage {
 public:
  virtual ~Stage() = default;
  /// The field's term for what it does: `parse`, `source_filter`, ...
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// Edits the batch. Documents are never removed: one that goes no further gets an outcome (filtered, noop, failed).
  /// An error fails the whole batch and stops the run. Must not block, and must not start TBB work.
  virtual Status apply(Batch& batch) const = 0;
};

}  // namespace sluice::pipeline
