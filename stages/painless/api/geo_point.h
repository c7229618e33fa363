#pragma once

#include <cstdint>
#include <string>

#include "stages/painless/run/object.h"
#include "stages/query/geo_point.h"

namespace sluice::painless::api {

/// org.elasticsearch.common.geo.GeoPoint.
struct GeoPointObject final : Object {
  stages::GeoPoint point;

  GeoPointObject(const Class* cls, const stages::GeoPoint& its_point) : Object(cls), point(its_point) {}
  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
};

Value make_geo_point(Machine& machine, const stages::GeoPoint& point);

}  // namespace sluice::painless::api
