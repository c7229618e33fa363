#pragma once

#include <cstdint>

#include "pipeline/base/units.h"
#include "pipeline/control/status.h"
#include "pipeline/model/page.h"

namespace sluice::pipeline {

/// How far a slice is complete: every document below `cursor` has an outcome, and `counters` says which. What a run
/// that was interrupted goes on from; what lies behind it is read, and written, once more.
struct SliceCheckpoint {
  Cursor cursor;
  Counters counters;
  std::uint64_t total = 0;
  std::uint64_t batches = 0;
  std::uint64_t retries_bulk = 0;
  std::uint64_t retries_search = 0;
  Nanoseconds throttled{};
  bool finished = false;  ///< there is nothing behind it
};

}  // namespace sluice::pipeline
