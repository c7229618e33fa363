#pragma once

#include <boost/json/value.hpp>

#include "io/store/mappings/value_checks.h"

namespace sluice::store {

/// All forms of a geo_point: `{"lat","lon"}`, GeoJSON, `[lon,lat]`, `"lat,lon"`, `"POINT (lon lat)"`, a geohash, and
/// arrays of them.
bool check_geo_point(const Field& field, const boost::json::value& value, Misfit& misfit);
/// GeoJSON, well-known text, and arrays of them: of known types, on the earth for a `geo_shape`, rings closed.
bool check_shape(const Field& field, const boost::json::value& value, Misfit& misfit);

}  // namespace sluice::store
