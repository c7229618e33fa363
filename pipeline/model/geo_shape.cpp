#include "pipeline/model/geo_shape.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_number_text.h"

namespace sluice::pipeline {

namespace {

constexpr std::size_t kMostDepth = 100;  // of collections in collections

Error parse_error(std::string reason) { return {ErrorKind::kBadRequest, 400, "parse_exception", std::move(reason)}; }

/// Twice the area, positive where a ring goes counterclockwise.
double signed_area(const GeoPath& ring) {
  double sum = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) sum += ring[i - 1].lon * ring[i].lat - ring[i].lon * ring[i - 1].lat;
  return sum;
}

void go_over_date_line(GeoPath& ring) {
  for (GeoPosition& at : ring) at.lon += at.lon < 0 ? 360 : 0;
}

double centred(double value) {
  const double turns = std::fmod(value, 360);
  return turns > 180 ? turns - 360 : turns <= -180 ? turns + 360 : turns;
}

Error plain_error(std::string reason) { return {ErrorKind::kBadRequest, 400, "exception", std::move(reason)}; }

/// Puts the parts of shapes together, and checks them.
class ShapeMaker {
 public:
  ShapeMaker(const GeoRules& rules, GeoShape& shape) : rules_(rules), shape_(shape) {}

  Status add(const GeoJson& json) {
    if (++depth_ > kMostDepth) return std::unexpected(illegal_argument("geometry collections are nested too deeply"));
    Status added = add_one(json);
    --depth_;
    return added;
  }

 private:
  Status add_one(const GeoJson& json) {
    const std::string type = ascii_lower_case(json.type);
    if (type == "geometrycollection") {
      if (!json.has_geometries) return std::unexpected(parse_error("geometries not included"));
      if (json.geometries.empty()) return std::unexpected(no_shapes());
      for (const GeoJson& each : json.geometries) {
        if (auto added = add(each); !added) return added;
      }
      return {};
    }
    constexpr auto kTypes = std::to_array<std::string_view>(
        {"point", "multipoint", "linestring", "multilinestring", "polygon", "multipolygon", "envelope", "circle"});
    if (std::ranges::find(kTypes, type) == kTypes.end()) {
      const std::string upper = ascii_upper_case(type);
      return std::unexpected(illegal_argument("No enum constant org.elasticsearch.geometry.ShapeType." + upper));
    }
    if (!json.has_coordinates) return std::unexpected(parse_error("coordinates not included"));
    if (type == "circle") return std::unexpected(unsupported("circles are not supported by this version of sluice"));
    if (!json.orientation.empty()) {
      auto right = parse_geo_orientation(json.orientation);
      if (!right) return std::unexpected(std::move(right.error()));
      right_ = *right;
    } else {
      right_ = rules_.right;
    }
    return add_coordinates(type, json.coordinates);
  }

  Status add_coordinates(const std::string& type, const GeoNumbers& coordinates) {
    if (type == "point") return add_point(coordinates);
    if (type == "linestring") return add_line(coordinates);
    if (type == "polygon") return add_polygon(coordinates);
    if (type == "envelope") return add_envelope(coordinates);
    if (!coordinates.numbers.empty()) return std::unexpected(plain_error("expected a list but got a point"));
    if (coordinates.parts.empty()) return std::unexpected(no_shapes());
    for (const GeoNumbers& part : coordinates.parts) {
      Status added = type == "multipoint"        ? add_point(part)
                     : type == "multilinestring" ? add_line(part)
                                                 : add_polygon(part);
      if (!added) return added;
    }
    return {};
  }

  static Error no_shapes() { return illegal_argument("the list of shapes cannot be null or empty"); }

  Result<GeoPosition> position(const GeoNumbers& numbers) const {
    const std::size_t count = numbers.numbers.size();
    if (!numbers.parts.empty()) return std::unexpected(plain_error("expected a single points but got a list"));
    if (count < 2) return std::unexpected(parse_error("geo coordinates must be numbers"));
    if (count > 3) return std::unexpected(parse_error("geo coordinates greater than 3 dimensions are not supported"));
    const GeoPosition at{numbers.numbers[0], numbers.numbers[1]};
    if (!rules_.checks) return at;
    return checked(at, count == 3 ? numbers.numbers[2] : 0, count == 3);
  }

  Result<GeoPosition> checked(const GeoPosition& at, double height, bool has_height) const {
    if (!(at.lat >= -90 && at.lat <= 90)) {
      return std::unexpected(
          illegal_argument("invalid latitude " + java_double_text(at.lat) + "; must be between -90.0 and 90.0"));
    }
    if (!(at.lon >= -180 && at.lon <= 180)) {
      return std::unexpected(
          illegal_argument("invalid longitude " + java_double_text(at.lon) + "; must be between -180.0 and 180.0"));
    }
    if (has_height && !rules_.ignore_z) {
      return std::unexpected(illegal_argument("found Z value [" + java_double_text(height) +
                                              "] but [ignore_z_value] parameter is [false]"));
    }
    return at;
  }

  Result<GeoPath> path(const GeoNumbers& numbers) const {
    if (!numbers.numbers.empty()) return std::unexpected(plain_error("expected a list of points but got a point"));
    GeoPath path;
    for (const GeoNumbers& part : numbers.parts) {
      auto at = position(part);
      if (!at) return std::unexpected(std::move(at.error()));
      path.push_back(*at);
    }
    return path;
  }

  Status add_point(const GeoNumbers& numbers) {
    auto at = position(numbers);
    if (!at) return std::unexpected(std::move(at.error()));
    shape_.points.push_back(on_earth(*at));
    return {};
  }

  Status add_line(const GeoNumbers& numbers) {
    auto line = path(numbers);
    if (!line) return std::unexpected(std::move(line.error()));
    if (line->size() < 2) return std::unexpected(plain_error("not enough points to build a line"));
    shape_.lines.push_back(std::move(*line));
    return {};
  }

  Result<GeoPath> ring(const GeoNumbers& numbers) const {
    auto ring = path(numbers);
    if (!ring || ring->empty()) return ring;
    if (rules_.coerce && ring->front() != ring->back()) ring->push_back(ring->front());
    const GeoPosition& first = ring->front();
    const GeoPosition& last = ring->back();
    const std::string end = std::to_string(ring->size() - 1);
    if (first != last) {
      return std::unexpected(
          illegal_argument("first and last points of the linear ring must be the same (it must close itself): x[0]=" +
                           java_double_text(first.lon) + " x[" + end + "]=" + java_double_text(last.lon) +
                           " y[0]=" + java_double_text(first.lat) + " y[" + end + "]=" + java_double_text(last.lat)));
    }
    if (ring->size() < 4) return std::unexpected(illegal_argument("at least 4 polygon points required"));
    return ring;
  }

  Status add_polygon(const GeoNumbers& numbers) {
    GeoPolygon polygon;
    for (const GeoNumbers& part : numbers.parts) {
      auto read = ring(part);
      if (!read) return std::unexpected(std::move(read.error()));
      if (!read->empty()) polygon.rings.push_back(std::move(*read));
    }
    if (polygon.rings.empty()) {
      return std::unexpected(
          Error(ErrorKind::kBadRequest, 400, "index_out_of_bounds_exception", "Index 0 out of bounds for length 0"));
    }
    const auto [west, east] = std::ranges::minmax(polygon.rings.front(), {}, &GeoPosition::lon);
    if (west.lon < -180 || east.lon > 180) {
      for (GeoPath& each : polygon.rings) {
        for (GeoPosition& at : each) at.lon += west.lon < -180 ? 360 : 0;
      }
      polygon.crosses = true;
      shape_.polygons.push_back(std::move(polygon));
      return {};
    }
    const double width = east.lon - west.lon;
    const bool counterclockwise = signed_area(polygon.rings.front()) > 0;
    if (counterclockwise != right_ && width > 180 && width < 360) {
      polygon.crosses = true;
      for (GeoPath& each : polygon.rings) go_over_date_line(each);
    }
    shape_.polygons.push_back(std::move(polygon));
    return {};
  }

  /// The upper left and the lower right corner.
  Status add_envelope(const GeoNumbers& numbers) {
    auto corners = path(numbers);
    if (!corners) return std::unexpected(std::move(corners.error()));
    if (corners->size() != 2) {
      return std::unexpected(
          parse_error("invalid number of points [" + std::to_string(corners->size()) +
                      "] provided for geo_shape [ENVELOPE] when expecting an array of 2 coordinates"));
    }
    const auto [left, top] = (*corners)[0];
    const auto [last_lon, bottom] = (*corners)[1];
    if (top < bottom) {
      return std::unexpected(illegal_argument("max y cannot be less than min y"));
    }
    const double right = last_lon < left ? last_lon + 360 : last_lon;
    shape_.polygons.push_back(
        {{{{left, bottom}, {right, bottom}, {right, top}, {left, top}, {left, bottom}}}, last_lon < left});
    return {};
  }

  const GeoRules& rules_;
  GeoShape& shape_;
  bool right_ = true;
  std::size_t depth_ = 0;
};

}  // namespace

GeoPosition on_earth(GeoPosition at) {
  if (std::fabs(at.lat) > 90) {
    at.lat = centred(at.lat);
    if (std::fabs(at.lat) > 90) {
      at.lat = std::copysign(180, at.lat) - at.lat;
      at.lon += 180;
    }
  }
  if (std::fabs(at.lon) > 180) at.lon = centred(at.lon);
  return at;
}

Result<bool> parse_geo_orientation(std::string_view text) {
  const std::string name = ascii_lower_case(text);
  if (name == "right" || name == "ccw" || name == "counterclockwise") return true;
  if (name == "left" || name == "cw" || name == "clockwise") return false;
  return std::unexpected(illegal_argument("Unknown orientation [" + std::string(text) + "]"));
}

Result<GeoShape> geo_shape_of(const GeoJson& json, const GeoRules& rules) {
  GeoShape shape;
  if (json.type.empty()) return std::unexpected(illegal_argument("Required [type]"));
  if (auto added = ShapeMaker(rules, shape).add(json); !added) {
    if (added.error().kind != ErrorKind::kBadRequest) return std::unexpected(std::move(added.error()));
    Error error = x_content_parse_error("Failed to build [geojson] after last required field arrived");
    if (added.error().type.ends_with("parse_exception") || added.error().type == "exception")
      error.root_causes.push_back(added.error());
    return std::unexpected(std::move(error).wrapping(std::move(added.error())));
  }
  return shape;
}

}  // namespace sluice::pipeline
