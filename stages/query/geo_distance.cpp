#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "stages/query/geo_clause.h"

namespace sluice::stages {

Result<QueryPtr> compile_geo_distance(std::string_view body, const ClauseContext& context) {
  auto clause = read_geo_clause("geo_distance", body, {"distance", "unit", "distance_type"}, context);
  if (!clause) return std::unexpected(clause.error());
  if (clause->field.empty()) {
    return std::unexpected(illegal_argument("fieldName must not be null or empty"));
  }
  const auto distance_text = clause->parameter("distance");
  if (!distance_text) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "geo_distance requires 'distance' to be specified"));
  }
  if (const auto type = clause->parameter("distance_type")) {
    // Both are close to each other where a query decides by them; a sort tells them apart.
    const std::string name = ascii_lower_case(*type);
    if (name != "arc" && name != "plane")
      return std::unexpected(illegal_argument("No geo distance for [" + *type + "]"));
  }
  const auto unit = clause->parameter("unit").value_or("m");
  auto metres = parse_distance(*distance_text, unit);
  if (!metres) return std::unexpected(std::move(metres.error()));
  if (!(*metres > 0)) return std::unexpected(illegal_argument("distance must be greater than zero"));
  const auto center = clause->point;
  if (!center) {
    return std::unexpected(query_parsing_error(context, clause->value.data(), "failed to parse [geo_distance] query"));
  }
  if (auto valid = check_point(*center, *clause, "geo_distance", context); !valid)
    return std::unexpected(std::move(valid.error()));
  auto field = geo_field(clause->field, clause->ignore_unmapped, "geo_distance", context);
  if (!field) return std::unexpected(std::move(field.error()));
  if (*field == nullptr) return nothing("there is no field [" + clause->field + "]");
  const GeoPoint from = *center;
  auto query = geo_query(
      **field, [from, most = *metres](const GeoPoint& point) { return geo_distance(from, point) <= most; },
      fmt::format("is at most {} m from {},{}", *metres, from.lat, from.lon), context);
  return with_boost(std::move(query), clause->boost);
}

}  // namespace sluice::stages
