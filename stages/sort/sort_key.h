#pragma once

#include <optional>
#include <string>

#include "stages/query/query.h"

namespace sluice::stages {

/// One key of `sort`.
struct SortKey {
  std::string field;  ///< also `_doc`, `_shard_doc`, `_score`
  bool descending = false;
  std::string mode{};                  ///< empty: min ascending, max descending
  std::string missing{};               ///< `_last` (also empty), `_first`, or a value as text
  std::string unmapped_type{};         ///< empty: a field that is not there is an error
  std::string format{};                ///< of dates; empty: numbers
  std::optional<ScriptText> script{};  ///< of `_script`
  bool script_gives_text = false;      ///< its `type` is `string`

  /// Whether the order depends on scores.
  [[nodiscard]] bool uses_score() const;
};

}  // namespace sluice::stages
