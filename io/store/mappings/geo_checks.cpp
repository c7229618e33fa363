#include "io/store/mappings/geo_checks.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "pipeline/base/java_number_text.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/model/geo_shape.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

bool refuse(Misfit& misfit, std::string reason) {
  misfit.type = "parse_exception";
  misfit.reason = std::move(reason);
  return false;
}

std::optional<double> number_of(const json::value& value) {
  if (value.is_number()) return value.to_number<double>();
  return parse_number<double>(java_text(value));
}

bool check_ranges(const Field& field, double lat, double lon, Misfit& misfit) {
  misfit.type = "illegal_argument_exception";
  if (!(lat >= -90 && lat <= 90)) {
    misfit.reason = "illegal latitude value [" + java_double_text(lat) + "] for " + field.path;
    return false;
  }
  if (!(lon >= -180 && lon <= 180)) {
    misfit.reason = "illegal longitude value [" + java_double_text(lon) + "] for " + field.path;
    return false;
  }
  return true;
}

bool check_geohash(std::string_view text, Misfit& misfit) {
  constexpr std::string_view kLetters = "0123456789bcdefghjkmnpqrstuvwxyz";
  for (const char c : text) {
    if (kLetters.find(c) != std::string_view::npos) continue;
    return refuse(misfit, "unsupported symbol [" + std::string(1, c) + "] in geohash [" + std::string(text) + "]");
  }
  return true;
}

bool check_text(const Field& field, const std::string& text, Misfit& misfit) {
  if (text.starts_with("POINT") || text.starts_with("point")) {
    const std::size_t open = text.find('(');
    double lon = 0;
    double lat = 0;
    const char* const end = text.data() + text.size();
    if (open == std::string::npos || text.back() != ')')
      return refuse(misfit, "expected a POINT, but got [" + text + "]");
    const auto first = std::from_chars(text.data() + open + 1, end, lon);
    const auto second = first.ec == std::errc() ? std::from_chars(first.ptr + 1, end, lat) : first;
    if (second.ec != std::errc()) return refuse(misfit, "expected a POINT, but got [" + text + "]");
    return check_ranges(field, lat, lon, misfit);
  }
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos) return check_geohash(text, misfit);
  std::string left = text.substr(0, comma);
  std::string right = text.substr(comma + 1);
  std::erase(left, ' ');
  std::erase(right, ' ');
  const auto lat = number_of(json::value(left));
  const auto lon = number_of(json::value(right.substr(0, right.find(','))));
  if (!lat) return refuse(misfit, "latitude must be a number");
  if (!lon) return refuse(misfit, "longitude must be a number");
  return check_ranges(field, *lat, *lon, misfit);
}

bool check_coordinates(const Field& field, const json::array& list, Misfit& misfit) {
  if (list.size() < 2 || list.size() > 3) {
    return refuse(misfit, list.size() > 3 ? "[geo_point] field type does not accept more than 3 values"
                                          : "field must be either lat/lon or geohash");
  }
  const auto lon = number_of(list[0]);
  const auto lat = number_of(list[1]);
  if (!lon || !lat) return refuse(misfit, "numeric value expected");
  return check_ranges(field, *lat, *lon, misfit);
}

bool check_object(const Field& field, const json::object& object, Misfit& misfit) {
  if (const json::value* geohash = object.if_contains("geohash")) return check_geohash(java_text(*geohash), misfit);
  if (const json::value* coordinates = object.if_contains("coordinates")) {
    const json::array* list = coordinates->if_array();
    return list != nullptr ? check_coordinates(field, *list, misfit) : refuse(misfit, "coordinates must be an array");
  }
  for (const auto& [key, value] : object) {
    if (key == "lat" || key == "lon" || key == "z" || key == "type") continue;
    return refuse(misfit, "field [" + std::string(key.data(), key.size()) +
                              "] not supported - must be one of: lon, lat, z, type, coordinates");
  }
  const json::value* lat = object.if_contains("lat");
  const json::value* lon = object.if_contains("lon");
  if (lat == nullptr) return refuse(misfit, "Required [lat]");
  if (lon == nullptr) return refuse(misfit, "Required [lon]");
  const auto north = number_of(*lat);
  const auto east = number_of(*lon);
  if (!north) return refuse(misfit, "[lat] must be a valid double value");
  if (!east) return refuse(misfit, "[lon] must be a valid double value");
  return check_ranges(field, *north, *east, misfit);
}

}  // namespace

bool check_geo_point(const Field& field, const json::value& value, Misfit& misfit) {
  if (value.is_null()) return true;
  if (const json::object* object = value.if_object()) return check_object(field, *object, misfit);
  if (const json::array* list = value.if_array()) {
    if (list->empty()) return true;
    if (list->front().is_number()) return check_coordinates(field, *list, misfit);
    return std::ranges::all_of(*list, [&](const json::value& each) { return check_geo_point(field, each, misfit); });
  }
  if (value.is_string()) return check_text(field, java_text(value), misfit);
  return refuse(misfit, "geo_point expected");
}

namespace {

/// Numbers that are texts count too. False: there is something else.
bool read_numbers(const json::value& value, pipeline::GeoNumbers& numbers) {
  if (!value.is_array()) return false;
  for (const json::value& each : value.get_array()) {
    if (each.is_array()) {
      if (!read_numbers(each, numbers.parts.emplace_back())) return false;
      continue;
    }
    const auto number = number_of(each);
    if (!number) return false;
    numbers.numbers.push_back(*number);
  }
  return true;
}

bool read_shape(const json::object& object, pipeline::GeoJson& shape) {
  if (const json::value* type = object.if_contains("type")) shape.type = java_text(*type);
  if (const json::value* orientation = object.if_contains("orientation")) shape.orientation = java_text(*orientation);
  if (const json::value* coordinates = object.if_contains("coordinates")) {
    shape.has_coordinates = true;
    if (!read_numbers(*coordinates, shape.coordinates)) return false;
  }
  const json::value* const geometries = object.if_contains("geometries");
  if (geometries == nullptr) return true;
  shape.has_geometries = true;
  return geometries->is_array() && std::ranges::all_of(geometries->get_array(), [&](const json::value& each) {
           return each.is_object() && read_shape(each.get_object(), shape.geometries.emplace_back());
         });
}

pipeline::GeoRules rules_of(const Field& field) {
  const auto flag = [&](std::string_view name, bool otherwise) {
    const Parameter* const given = field.parameter(name);
    return given == nullptr ? otherwise : given->json == "true";
  };
  return {.right = pipeline::parse_geo_orientation(field.schema.orientation).value_or(true),
          .coerce = flag("coerce", false),
          .ignore_z = flag("ignore_z_value", true)};
}

/// A misfit's types are literals.
std::string_view type_of(const Error& error) {
  for (const std::string_view known : {"x_content_parse_exception", "parse_exception", "i_o_exception", "exception",
                                       "index_out_of_bounds_exception"}) {
    if (error.type == known) return known;
  }
  return "illegal_argument_exception";
}

bool refuse_shape(Misfit& misfit, const Error& error) {
  misfit.type = type_of(error);
  misfit.reason = error.reason;
  if (error.caused_by != nullptr) {
    misfit.inner_type = type_of(*error.caused_by);
    misfit.inner_reason = error.caused_by->reason;
  }
  return false;
}

}  // namespace

bool check_shape(const Field& field, const json::value& value, Misfit& misfit) {
  if (value.is_null()) return true;
  if (const json::array* list = value.if_array()) {
    return std::ranges::all_of(*list, [&](const json::value& each) { return check_shape(field, each, misfit); });
  }
  pipeline::GeoRules rules = rules_of(field);
  // A `shape` lies on a plane.
  rules.checks = field.type == FieldType::kGeoShape;
  Result<pipeline::GeoShape> shape;
  if (const json::object* object = value.if_object()) {
    pipeline::GeoJson geo;
    if (!read_shape(*object, geo)) return refuse(misfit, "geo coordinates must be numbers");
    shape = pipeline::geo_shape_of(geo, rules);
  } else if (value.is_string()) {
    shape = pipeline::geo_shape_of_text(java_text(value), rules);
  } else {
    return refuse(misfit, "shape must be an object consisting of type and coordinates");
  }
  return shape || refuse_shape(misfit, shape.error());
}

}  // namespace sluice::store
