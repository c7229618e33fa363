#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/query/geo_field.h"

namespace sluice::stages {

/// The body of a geo query: its field with what belongs to it, and parameters beside it.
struct GeoClause {
  std::string field;
  std::string_view value;         ///< what stands behind the field's name, raw JSON
  std::optional<GeoPoint> point;  ///< where that is one
  std::vector<std::pair<std::string, std::string>> parameters;
  bool ignore_unmapped = false;
  bool checks = true;  ///< validation_method STRICT: coordinates have to be on the earth
  bool coerces = false;
  float boost = 1;

  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

/// `known`: parameters of this query beside `validation_method`, `ignore_unmapped`, `boost` and `_name`. Errors:
/// Elasticsearch's for parameters that are unknown.
/// `points`: what belongs to the field may be a text, which is a point.
Result<GeoClause> read_geo_clause(std::string_view query, std::string_view body,
                                  std::initializer_list<std::string_view> known, const ClauseContext& context,
                                  bool points = true);

/// Errors: `couldn't validate latitude/ longitude values`, query_shard_exception, 400.
Status check_point(const GeoPoint& point, const GeoClause& clause, std::string_view query,
                   const ClauseContext& context);

}  // namespace sluice::stages
