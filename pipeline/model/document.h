#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::pipeline {

enum class Operation : std::uint8_t { kIndex, kCreate, kDelete };

/// What became of a document: every document that was read ends in exactly one of these.
enum class Outcome : std::uint8_t { kPending, kCreated, kUpdated, kDeleted, kNoop, kConflict, kFailed, kFiltered };

inline constexpr std::int64_t kNoVersion = -1;

/// How the version of a write is compared with that of the document that is there.
enum class VersionRule : std::uint8_t { kOfRun, kInternal, kExternal, kExternalGte };

/// One hit: its metadata and its `_source`, as views into the page or the batch's arena. Metadata are raw JSON tokens,
/// strings with their quotes and escapes, so that they are spliced, not written anew; an empty view means absent.
struct Document {
  std::string_view index;
  std::string_view id;
  std::string_view routing;
  std::string_view type;    ///< `_type` of a version that has types
  std::string_view source;  ///< a JSON object
  std::int64_t version = kNoVersion;
  /// The part of Batch::structurals that is `source`'s; empty where parse did not keep it, or `source` was edited
  /// since.
  std::uint32_t structurals_begin = 0;
  std::uint32_t structurals_end = 0;
  std::uint32_t offset = 0;  ///< of the hit (or action line) in its page, bytes
  Operation operation = Operation::kIndex;
  Outcome outcome = Outcome::kPending;
  bool index_is_set = false;    ///< by a script: the destination's index gives way
  bool routing_is_set = false;  ///< by a script: the rule for routings gives way
  bool version_is_set = false;  ///< by a script: written also where versions are the destination's own
  bool has_condition = false;   ///< by a pipeline: Batch::conditions says which
  VersionRule version_rule = VersionRule::kOfRun;  ///< by a pipeline, which has set `version` or how it is compared

  /// Whether a script took the version away, so that the document is written whatever version is there.
  [[nodiscard]] bool overwrites() const { return version_is_set && version == kNoVersion; }
};

}  // namespace sluice::pipeline
