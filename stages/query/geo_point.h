#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/parse/walker.h"

namespace sluice::stages {

/// A place on the earth, degrees.
struct GeoPoint {
  double lat = 0;
  double lon = 0;
};

/// Metres between two places on a sphere of the earth's mean radius, 6,371,008.7714 m (haversine). Source: Lucene's
/// SloppyMath.
double geo_distance(const GeoPoint& a, const GeoPoint& b);

/// One point as raw JSON: `{"lat":..,"lon":..}`, `[lon,lat]`, `"lat,lon"`, a geohash, `"POINT (lon lat)"`, GeoJSON.
/// Nothing: it is none.
std::optional<GeoPoint> parse_geo_point(std::string_view json);
/// All points of a document's value: one, or an array of them.
void read_geo_points(Walker walker, std::vector<GeoPoint>& points);

/// The lower left corner of a geohash's cell, which is what Elasticsearch takes it for; nothing: characters that are
/// none of its.
std::optional<GeoPoint> geohash_corner(std::string_view hash);

/// What an index keeps of a point: 32 bits for each coordinate. Source: Lucene's GeoEncodingUtils.
GeoPoint as_indexed(const GeoPoint& point);

/// `12km`, `3mi`, `100`: metres. `unit`: of numbers without one. Errors: `failed to parse setting [x] with value ..`
/// and the like, illegal_argument_exception.
Result<double> parse_distance(std::string_view text, std::string_view unit = "m");

}  // namespace sluice::stages
