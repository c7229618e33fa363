#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stages/query/field_reader.h"
#include "stages/query/query.h"

namespace sluice::stages {

/// What `_geo_distance` sorts by.
struct GeoSort {
  std::vector<GeoPoint> from;  ///< each value counts with its distance to each of these
  double unit = 1;             ///< metres
  bool plane = false;          ///< distance_type `plane`
  bool ignore_unmapped = false;
  bool checks = true;  ///< validation_method STRICT: coordinates have to be on the earth
};

/// One key of `sort`.
struct SortKey {
  std::string field;  ///< also `_doc`, `_shard_doc`, `_score`
  bool descending = false;
  std::string mode{};           ///< empty: min ascending, max descending
  std::string missing{};        ///< `_last` (also empty), `_first`, or a value as text
  std::string unmapped_type{};  ///< empty: a field that is not there is an error
  std::string format{};         ///< of dates; empty: numbers
  std::string numeric_type{};   ///< `long`, `double`, `date`, `date_nanos`: what values become; empty: what they are
  std::optional<NestedPart> nested{};
  std::optional<GeoSort> geo{};        ///< of `_geo_distance`, where `field` is the field of points
  std::optional<ScriptText> script{};  ///< of `_script`
  bool script_gives_text = false;      ///< its `type` is `string`

  /// Whether the order depends on scores.
  [[nodiscard]] bool uses_score() const;
};

}  // namespace sluice::stages
