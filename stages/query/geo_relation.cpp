#include "stages/query/geo_relation.h"

#include <algorithm>
#include <exception>

#include <boost/geometry.hpp>
#include <boost/geometry/geometries/geometries.hpp>
#include <boost/geometry/geometries/point_xy.hpp>

#include "stages/query/geo_point.h"

namespace sluice::stages {

namespace {

namespace geometry = boost::geometry;
using pipeline::GeoPath;
using pipeline::GeoPolygon;
using pipeline::GeoPosition;
using pipeline::GeoShape;
using Point = geometry::model::d2::point_xy<double>;
using Line = geometry::model::linestring<Point>;
using Polygon = geometry::model::polygon<Point>;
using Box = geometry::model::box<Point>;
using Points = geometry::model::multi_point<Point>;
using Lines = geometry::model::multi_linestring<Line>;
using Polygons = geometry::model::multi_polygon<Polygon>;

/// As exact as an index keeps it: Elasticsearch does so with a query's shapes too.
Point point_of(const GeoPosition& at) {
  // Beyond the date line counts on.
  const bool beyond = at.lon > 180;
  const GeoPoint kept = as_indexed({at.lat, beyond ? at.lon - 360 : at.lon});
  return {kept.lon + (beyond ? 360 : 0), kept.lat};
}

Polygon polygon_of(const GeoPolygon& given) {
  Polygon polygon;
  polygon.inners().resize(given.rings.size() - 1);
  for (std::size_t i = 0; i < given.rings.size(); ++i) {
    auto& ring = i == 0 ? polygon.outer() : polygon.inners()[i - 1];
    for (const GeoPosition& at : given.rings[i]) ring.push_back(point_of(at));
  }
  geometry::correct(polygon);
  return polygon;
}

/// What lies on either side of the date line.
void split(const Polygon& polygon, Polygons& out) {
  Polygons east;
  Polygons west;
  geometry::intersection(polygon, Box(Point(-180, -90), Point(180, 90)), east);
  geometry::intersection(polygon, Box(Point(180, -90), Point(540, 90)), west);
  geometry::for_each_point(west, [](Point& point) { point.x(point.x() - 360); });
  out.insert(out.end(), east.begin(), east.end());
  out.insert(out.end(), west.begin(), west.end());
}

}  // namespace

/// A shape as Boost.Geometry has it.
struct GeoMatcher::Parts {
  Points points;
  Lines lines;
  Polygons polygons;

  void add(const GeoShape& shape) {
    for (const GeoPosition& at : shape.points) points.push_back(point_of(at));
    for (const GeoPath& path : shape.lines) {
      Line& line = lines.emplace_back();
      for (const GeoPosition& at : path) line.push_back(point_of(at));
    }
    for (const GeoPolygon& each : shape.polygons) {
      const Polygon polygon = polygon_of(each);
      if (each.crosses) {
        split(polygon, polygons);
      } else {
        polygons.push_back(polygon);
      }
    }
  }

  [[nodiscard]] bool empty() const { return points.empty() && lines.empty() && polygons.empty(); }

  [[nodiscard]] bool meets(const Parts& other) const {
    const auto with = [&other](const auto& mine) {
      if (mine.empty()) return false;
      return (!other.lines.empty() && geometry::intersects(mine, other.lines)) ||
             (!other.polygons.empty() && geometry::intersects(mine, other.polygons));
    };
    const auto holds = [](const Parts& outer) { return [&outer](const Point& point) { return outer.has(point); }; };
    return std::ranges::any_of(points, holds(other)) || std::ranges::any_of(other.points, holds(*this)) ||
           with(lines) || with(polygons);
  }

  [[nodiscard]] bool has(const Point& point) const {
    return std::ranges::any_of(points, [&](const Point& mine) { return geometry::equals(mine, point); }) ||
           std::ranges::any_of(lines, [&](const Line& line) { return geometry::covered_by(point, line); }) ||
           std::ranges::any_of(polygons, [&](const Polygon& area) { return geometry::covered_by(point, area); });
  }

  /// Whether each of its parts lies in one area of `outer`.
  [[nodiscard]] bool lies_in(const Parts& outer) const {
    const auto covered = [&outer](const auto& part) {
      return std::ranges::any_of(outer.polygons, [&](const Polygon& area) { return geometry::covered_by(part, area); });
    };
    return std::ranges::all_of(points, [&](const Point& point) { return outer.has(point); }) &&
           std::ranges::all_of(lines, covered) && std::ranges::all_of(polygons, covered);
  }

  /// The same, without touching the rims of these areas.
  [[nodiscard]] bool lies_inside(const Parts& outer) const {
    if (!lies_in(outer)) return false;
    for (const Polygon& area : outer.polygons) {
      if (touches(area.outer())) return false;
      if (std::ranges::any_of(area.inners(), [this](const auto& ring) { return touches(ring); })) return false;
    }
    return true;
  }

 private:
  template <typename Ring>
  [[nodiscard]] bool touches(const Ring& ring) const {
    const Line rim(ring.begin(), ring.end());
    return (!lines.empty() && geometry::intersects(lines, rim)) ||
           (!polygons.empty() && geometry::intersects(polygons, rim));
  }
};

GeoMatcher::GeoMatcher(const GeoShape& shape) {
  auto parts = std::make_unique<Parts>();
  parts->add(shape);
  parts_ = std::move(parts);
}

GeoMatcher::~GeoMatcher() = default;

bool GeoMatcher::matches(GeoRelation relation, std::span<const GeoShape> values) const try {
  Parts document;
  for (const GeoShape& value : values) document.add(value);
  if (document.empty()) return false;
  switch (relation) {
    case GeoRelation::kIntersects:
      return parts_->meets(document);
    case GeoRelation::kDisjoint:
      return !parts_->meets(document);
    case GeoRelation::kWithin:
      return document.lies_in(*parts_);
    default:
      return parts_->lies_inside(document);
  }
} catch (const std::exception&) {
  return false;  // Boost.Geometry's, of areas that cross themselves
}

}  // namespace sluice::stages
