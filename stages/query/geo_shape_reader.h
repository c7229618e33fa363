#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/geo_shape.h"
#include "stages/parse/walker.h"

namespace sluice::stages {

/// Appends the shapes of a document's value, one or an array of them; what is none is left out.
void read_geo_shapes(Walker walker, const pipeline::GeoRules& rules, std::vector<pipeline::GeoShape>& shapes);
/// Reads a shape from raw JSON: GeoJSON as an object, well-known text as a string. Errors: those of
/// pipeline::geo_shape_of().
Result<pipeline::GeoShape> read_geo_shape(std::string_view json, const pipeline::GeoRules& rules);

}  // namespace sluice::stages
