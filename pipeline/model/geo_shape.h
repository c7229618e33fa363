#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::pipeline {

/// A place on the earth, degrees.
struct GeoPosition {
  double lon = 0;
  double lat = 0;
  bool operator==(const GeoPosition&) const = default;
};
using GeoPath = std::vector<GeoPosition>;

struct GeoPolygon {
  std::vector<GeoPath> rings;  ///< the shell and its holes, each closed
  /// It goes over the date line: its longitudes are counted on from 180 up to 540.
  bool crosses = false;
};

/// Places, lines and areas; a collection is all of its parts.
struct GeoShape {
  GeoPath points;
  std::vector<GeoPath> lines;
  std::vector<GeoPolygon> polygons;

  [[nodiscard]] bool empty() const { return points.empty() && lines.empty() && polygons.empty(); }
};

/// The arrays of GeoJSON: numbers, or more such arrays.
struct GeoNumbers {
  std::vector<double> numbers;
  std::vector<GeoNumbers> parts;
};

/// A shape as GeoJSON has it.
struct GeoJson {
  std::string type;
  GeoNumbers coordinates;
  std::vector<GeoJson> geometries;
  std::string orientation;  ///< empty: as the field has it
  bool has_coordinates = false;
  bool has_geometries = false;
};

/// What a field says about its shapes.
struct GeoRules {
  bool right = true;    ///< shells go counterclockwise; one that is wider than half the earth and doesn't goes over the
                        ///< date line
  bool coerce = false;  ///< rings that are open are closed
  bool ignore_z = true;  ///< heights are let be
  /// Places have to be on the earth. Otherwise points are moved to where they are on it, and areas may go over the date
  /// line.
  bool checks = true;
};

/// Where a place lies that is given as going on round the poles and the earth. Source: Elasticsearch's
/// GeoUtils.normalizePoint.
GeoPosition on_earth(GeoPosition at);

/// `right`, `ccw`, `counterclockwise`: true. Errors: `Unknown orientation [x]`.
Result<bool> parse_geo_orientation(std::string_view text);

/// Errors: Elasticsearch's, around what is wrong: places that are not on the earth, rings that are open, types that are
/// none; unsupported for circles. That rings don't cross themselves is not checked.
Result<GeoShape> geo_shape_of(const GeoJson& json, const GeoRules& rules);
/// The same for well-known text: `POLYGON ((0 0, 1 0, 1 1, 0 0))`, `BBOX (left, right, top, bottom)`.
Result<GeoShape> geo_shape_of_text(std::string_view text, const GeoRules& rules);

}  // namespace sluice::pipeline
