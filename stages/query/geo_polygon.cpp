#include <fmt/format.h>

#include "stages/query/geo_clause.h"

namespace sluice::stages {

namespace {

/// Whether a point lies in a ring: a ray to the east crosses its sides an odd number of times.
bool is_inside(const std::vector<GeoPoint>& ring, const GeoPoint& point) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const GeoPoint& a = ring[i];
    const GeoPoint& b = ring[j];
    if ((a.lat > point.lat) != (b.lat > point.lat) &&
        point.lon < (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat) + a.lon) {
      inside = !inside;
    }
  }
  return inside;
}

Result<std::vector<GeoPoint>> ring_of(const GeoClause& clause, const ClauseContext& context) {
  auto members = json_members(clause.value, "[geo_polygon]");
  if (!members) return std::unexpected(members.error());
  std::vector<GeoPoint> ring;
  for (const JsonMember& member : *members) {
    if (member.key != "\"points\"") return std::unexpected(query_does_not_support(context, "geo_polygon", member));
    auto elements = json_elements(member.value, "[geo_polygon]");
    if (!elements) return std::unexpected(elements.error());
    for (const std::string_view each : *elements) {
      const auto point = parse_geo_point(each);
      if (!point) {
        return std::unexpected(query_parsing_error(context, each.data(), "failed to parse [geo_polygon] query"));
      }
      if (auto valid = check_point(*point, clause, "geo_polygon", context); !valid)
        return std::unexpected(valid.error());
      ring.push_back(*point);
    }
  }
  if (ring.empty()) return std::unexpected(illegal_argument("polygon must not be null or empty"));
  const bool closed = ring.front().lat == ring.back().lat && ring.front().lon == ring.back().lon;
  if (ring.size() < (closed ? 4U : 3U)) {
    return std::unexpected(illegal_argument("too few points defined for geo_polygon query"));
  }
  return ring;
}

}  // namespace

Result<QueryPtr> compile_geo_polygon(std::string_view body, const ClauseContext& context) {
  auto clause = read_geo_clause("geo_polygon", body, {}, context);
  if (!clause) return std::unexpected(clause.error());
  if (clause->field.empty() || !clause->value.starts_with('{')) {
    return std::unexpected(illegal_argument("no points defined for geo_polygon query"));
  }
  auto ring = ring_of(*clause, context);
  if (!ring) return std::unexpected(std::move(ring.error()));
  auto field = geo_field(clause->field, clause->ignore_unmapped, "geo_polygon", context);
  if (!field) return std::unexpected(std::move(field.error()));
  if (*field == nullptr) return nothing("there is no field [" + clause->field + "]");
  const std::size_t corners = ring->size();
  auto query = geo_query(
      **field, [ring = std::move(*ring)](const GeoPoint& point) { return is_inside(ring, point); },
      fmt::format("lies in a polygon of {} corners", corners), context);
  return with_boost(std::move(query), clause->boost);
}

}  // namespace sluice::stages
