#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/base/units.h"
#include "pipeline/model/failure.h"

namespace sluice::pipeline {

/// Requests per second without a limit; printed as -1.0.
inline constexpr float kUnlimited = std::numeric_limits<float>::infinity();

/// What has become of the documents of a slice, or of all slices together. Each document that was read is in exactly
/// one of the counters once the run has ended: balanced().
struct Counters {
  std::uint64_t read = 0;
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t deleted = 0;
  std::uint64_t noops = 0;
  std::uint64_t version_conflicts = 0;
  std::uint64_t failed = 0;
  std::uint64_t filtered = 0;

  [[nodiscard]] std::uint64_t written() const { return created + updated + deleted; }
  [[nodiscard]] std::uint64_t settled() const { return written() + noops + version_conflicts + failed + filtered; }
  [[nodiscard]] bool balanced() const { return read == settled(); }
  Counters& operator+=(const Counters& other);
};

/// Time the settled batches of a slice spent in each state, for "what is the run waiting for". Batches overlap, so the
/// parts compare with each other, not with the clock.
struct Activity {
  Nanoseconds source{};    ///< waiting for a page
  Nanoseconds work{};      ///< in parse and the stages, and waiting for a worker
  Nanoseconds sink{};      ///< waiting for the answer to a bulk
  Nanoseconds throttle{};  ///< holding a token back
};

/// The state of one slice, or of the whole run: the keys of the API's status and, after them, sluice's own.
/// Source: reference/reindex.md 2.1.
struct SliceStatus {
  std::optional<std::uint32_t> slice_id;
  std::uint64_t total = 0;
  bool total_known = false;  ///< else `total` is what was read so far: a file tells at its end
  Counters counters;
  std::uint64_t batches = 0;
  std::uint64_t retries_bulk = 0;
  std::uint64_t retries_search = 0;
  Nanoseconds throttled{};
  float requests_per_second = kUnlimited;
  Nanoseconds throttled_until{};
  std::optional<std::string> canceled;  ///< the reason

  std::uint64_t bytes_read = 0;  ///< of the documents that were taken, and what is around them
  std::uint64_t bytes_written = 0;
  bool finished = false;
  Activity activity;
};

/// A consistent picture of a run, during it or after it.
struct RunStatus {
  Nanoseconds took{};
  bool timed_out = false;
  SliceStatus totals;
  std::vector<SliceStatus> slices;            ///< one for each slice, also when there is only one
  bool sliced = false;                        ///< the response shows `slices`
  std::vector<Failure> failures;              ///< bulk failures first, then search failures
  std::optional<Error> error;                 ///< the run ended with an exception: the response is its envelope
  std::optional<std::uint64_t> total_bytes;   ///< of the source, where known
  std::optional<std::uint64_t> packed_bytes;  ///< how many of them have been read, where the source is packed
  bool finished = false;
};

}  // namespace sluice::pipeline
