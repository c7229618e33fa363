#include "stages/painless/run/doc_values.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "pipeline/base/java_number_text.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/geo_point.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

// --- GeoPoint

Value make_geo_point(Machine& machine, const stages::GeoPoint& point) {
  static const Class* const cls = Registry::get().class_named("org.elasticsearch.common.geo.GeoPoint");
  return made(machine.heap().make<GeoPointObject>(cls, point));
}

Value GeoPointObject::to_string(Machine& machine) {
  return machine.string_value(java_double_text(point.lat) + ", " + java_double_text(point.lon));
}

bool GeoPointObject::equals(Machine& /*machine*/, const Value& other) {
  if (!other.is_object() || other.o->type != type) return false;
  const stages::GeoPoint& right = static_cast<const GeoPointObject*>(other.o)->point;
  return point.lat == right.lat && point.lon == right.lon;
}

std::int32_t GeoPointObject::hash(Machine& /*machine*/) {
  const auto folded = [](double number) {
    const auto bits = number == 0 ? std::uint64_t{0} : std::bit_cast<std::uint64_t>(number);
    return static_cast<std::uint32_t>(bits ^ (bits >> 32));
  };
  return static_cast<std::int32_t>(31 * folded(point.lat) + folded(point.lon));
}

bool GeoPointObject::write_json(Machine& /*machine*/, std::string& out, int /*depth*/) {
  out += R"({"lat":)" + java_double_text(point.lat) + R"(,"lon":)" + java_double_text(point.lon) + "}";
  return true;
}

namespace {

const stages::GeoPoint& point_of(const Value& value) { return object<GeoPointObject>(value).point; }

Value make_origin(Machine& machine, const Value* /*a*/) { return make_geo_point(machine, {}); }
Value make_point(Machine& machine, const Value* a) { return make_geo_point(machine, {a[0].d, a[1].d}); }
Value lat_of_point(Machine& /*machine*/, const Value* a) { return Value::of_double(point_of(a[0]).lat); }
Value lon_of_point(Machine& /*machine*/, const Value* a) { return Value::of_double(point_of(a[0]).lon); }

// --- what all doc values have

Value refuse(Machine& machine, const Value* /*a*/) {
  return machine.raise(known().unsupported_operation, "doc values are unmodifiable");
}

Value at(Machine& machine, const Value* a) {
  auto& values = object<DocValues>(a[0]);
  if (a[1].i < 0 || a[1].i >= values.size(machine)) return values.raise_index(machine, a[1].i);
  return values.get(machine, static_cast<std::uint32_t>(a[1].i));
}

Value first(Machine& machine, const Value* a) {
  auto& values = object<DocValues>(a[0]);
  return values.size(machine) == 0 ? DocValues::raise_empty(machine) : values.get(machine, 0);
}

// --- points

template <double stages::GeoPoint::* kPart>
Value first_part(Machine& machine, const Value* a) {
  const Value value = first(machine, a);
  return value.is_error() ? value : Value::of_double(point_of(value).*kPart);
}

template <double stages::GeoPoint::* kPart>
Value all_parts(Machine& machine, const Value* a) {
  auto& values = object<DocValues>(a[0]);
  const std::uint32_t count = values.size(machine);
  Value* parts = machine.heap().array<Value>(count);
  for (std::uint32_t i = 0; i < count; ++i) parts[i] = Value::of_double(point_of(values.get(machine, i)).*kPart);
  const Registry& registry = Registry::get();
  return made(machine.heap().make<Array>(known().object, registry.array_of(registry.of(Kind::kDouble)), count, parts));
}

/// As if the earth were flat there. Source: Elasticsearch's GeoUtils.planeDistance.
double plane_distance(const stages::GeoPoint& a, const stages::GeoPoint& b) {
  constexpr double kRadius = 6371008.7714;
  const auto radians = [](double degrees) { return degrees * (std::numbers::pi / 180.0); };
  const double x = radians(b.lon - a.lon) * std::cos(radians((b.lat + a.lat) / 2.0));
  const double y = radians(b.lat - a.lat);
  return std::sqrt(x * x + y * y) * kRadius;
}

using Distance = double (*)(const stages::GeoPoint&, const stages::GeoPoint&);

template <Distance kDistance>
Value distance(Machine& machine, const Value* a) {
  const Value value = first(machine, a);
  if (value.is_error()) return value;
  return Value::of_double(kDistance(point_of(value), {a[1].d, a[2].d}));
}

template <Distance kDistance>
Value distance_or(Machine& machine, const Value* a) {
  return object<DocValues>(a[0]).size(machine) == 0 ? a[3] : distance<kDistance>(machine, a);
}

/// The corner of a geohash's cell towards the south pole and the date line. False: an exception is pending.
bool corner_of(Machine& machine, std::string_view hash, stages::GeoPoint& corner) {
  constexpr std::string_view kDigits = "0123456789bcdefghjkmnpqrstuvwxyz";
  constexpr std::size_t kMost = 12;
  if (hash.empty()) {
    machine.raise(known().illegal_argument, "empty geohash");
    return false;
  }
  double lat_step = 180;
  double lon_step = 360;
  corner = {-90, -180};
  bool is_lon = true;
  for (const char c : hash.substr(0, kMost)) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) {
      machine.raise(known().illegal_argument,
                    "unsupported symbol [" + std::string(1, c) + "] in geohash [" + std::string(hash) + "]");
      return false;
    }
    for (int bit = 4; bit >= 0; --bit, is_lon = !is_lon) {
      double& step = is_lon ? lon_step : lat_step;
      step /= 2;
      if (((digit >> bit) & 1U) != 0) (is_lon ? corner.lon : corner.lat) += step;
    }
  }
  return true;
}

Value hash_distance(Machine& machine, const Value* a) {
  const Value value = first(machine, a);
  if (value.is_error() || missing(machine, a[1], "Cannot invoke \"String.isEmpty()\" because \"hash\" is null")) {
    return Value::error();
  }
  stages::GeoPoint corner;
  if (!corner_of(machine, text(a[1]), corner)) return Value::error();
  return Value::of_double(stages::geo_distance(point_of(value), corner));
}

Value hash_distance_or(Machine& machine, const Value* a) {
  return object<DocValues>(a[0]).size(machine) == 0 ? a[2] : hash_distance(machine, a);
}

constexpr MethodRow kGeoPoint[] = {
    {"new()", make_origin, "The place at 0, 0.", "new GeoPoint()", "0.0, 0.0"},
    {"new(double,double)", make_point, "A place by its latitude and longitude.", "new GeoPoint(52.5, 13.4)",
     "52.5, 13.4"},
    {"double getLat()", lat_of_point, "Degrees north of the equator.", "new GeoPoint(52.5, 13.4).lat", "52.5"},
    {"double getLon()", lon_of_point, "Degrees east of Greenwich.", "new GeoPoint(52.5, 13.4).lon", "13.4"},
};
constexpr MethodRow kValues[] = {
    {"void replaceAll(UnaryOperator)", refuse, "Doc values stay as they are.", "doc['n'].replaceAll(x -> 1)",
     "unsupported_operation_exception: doc values are unmodifiable"},
    {"void sort(Comparator)", refuse, "Doc values stay as they are.", "doc['n'].sort(null)",
     "unsupported_operation_exception: doc values are unmodifiable"},
};
constexpr MethodRow kLongs[] = {
    {"Long get(int)", at, "A value by its place, the smallest first.", "doc['n'].get(1)", "7"},
    {"long getValue()", first, "The smallest value.", "doc['n'].value", "3"},
};
constexpr MethodRow kDoubles[] = {
    {"Double get(int)", at, "A value by its place, the smallest first.", "doc['f'][1]", "2.5"},
    {"double getValue()", first, "The smallest value.", "doc['f'].value", "-1.0"},
};
constexpr MethodRow kBooleans[] = {
    {"Boolean get(int)", at, "A value by its place, false first.", "doc['b'].get(0)", "true"},
    {"boolean getValue()", first, "The first value.", "doc['b'].value ? 'yes' : 'no'", "yes"},
};
constexpr MethodRow kStrings[] = {
    {"String get(int)", at, "A value by its place, in the order of their bytes, each once.", "doc['k'].get(1)", "red"},
    {"String getValue()", first, "The first value.", "doc['k'].value", "blue"},
};
constexpr MethodRow kDates[] = {
    {"ZonedDateTime get(int)", at, "A date by its place, the earliest first, in UTC.", "doc['d'].get(1)",
     "index_out_of_bounds_exception: attempted to fetch the [1] date when there are only [1] dates."},
    {"ZonedDateTime getValue()", first, "The earliest date, in UTC.", "doc['d'].value.dayOfWeekEnum", "FRIDAY"},
};
constexpr MethodRow kBytes[] = {
    {"def get(int)", at, "A value by its place.", "", ""},
    {"def getValue()", first, "The first value.", "", ""},
};
constexpr MethodRow kPoints[] = {
    {"double arcDistance(double,double)", distance<stages::geo_distance>,
     "Metres from the first point to a place by its latitude and longitude.", "doc['p'].arcDistance(52.5, 13.4)",
     "0.0"},
    {"double arcDistanceWithDefault(double,double,double)", distance_or<stages::geo_distance>,
     "Likewise, or the last argument where there is no point.", "doc['none'].arcDistanceWithDefault(1, 2, 5)", "5.0"},
    {"double geohashDistance(String)", hash_distance,
     "Metres from the first point to the corner of a geohash's cell in the south west.",
     "Math.round(doc['p'].geohashDistance('u33'))", "72652"},
    {"double geohashDistanceWithDefault(String,double)", hash_distance_or,
     "Likewise, or the last argument where there is no point.", "doc['none'].geohashDistanceWithDefault('u33', 5)",
     "5.0"},
    {"GeoPoint get(int)", at, "A point by its place, in the order of their latitudes.", "doc['p'].get(0)",
     "52.5, 13.4"},
    {"double getLat()", first_part<&stages::GeoPoint::lat>, "The latitude of the first point.", "doc['p'].lat", "52.5"},
    {"double[] getLats()", all_parts<&stages::GeoPoint::lat>, "The latitudes of all points.", "doc['p'].lats.length",
     "1"},
    {"double getLon()", first_part<&stages::GeoPoint::lon>, "The longitude of the first point.", "doc['p'].lon",
     "13.4"},
    {"double[] getLons()", all_parts<&stages::GeoPoint::lon>, "The longitudes of all points.", "doc['p'].lons[0]",
     "13.4"},
    {"GeoPoint getValue()", first, "The first point.", "doc['p'].value.lat", "52.5"},
    {"double planeDistance(double,double)", distance<plane_distance>,
     "As arcDistance(), as if the earth were flat there.", "doc['p'].planeDistance(52.5, 13.4)", "0.0"},
    {"double planeDistanceWithDefault(double,double,double)", distance_or<plane_distance>,
     "Likewise, or the last argument where there is no point.", "doc['none'].planeDistanceWithDefault(1, 2, 5)", "5.0"},
};

constexpr ClassRow kRows[] = {
    {"org.elasticsearch.index.fielddata.ScriptDocValues", "List",
     "What `doc['field']` gives: the values of a field, which can be read like a list.", kValues, false, true},
    {"org.elasticsearch.index.fielddata.ScriptDocValues$Longs", "org.elasticsearch.index.fielddata.ScriptDocValues",
     "Whole numbers of a document.", kLongs},
    {"org.elasticsearch.index.fielddata.ScriptDocValues$Doubles", "org.elasticsearch.index.fielddata.ScriptDocValues",
     "Numbers of a document.", kDoubles},
    {"org.elasticsearch.index.fielddata.ScriptDocValues$Booleans", "org.elasticsearch.index.fielddata.ScriptDocValues",
     "Booleans of a document.", kBooleans},
    {"org.elasticsearch.index.fielddata.ScriptDocValues$Strings", "org.elasticsearch.index.fielddata.ScriptDocValues",
     "Keywords and addresses of a document.", kStrings},
    {"org.elasticsearch.index.fielddata.ScriptDocValues$Dates", "org.elasticsearch.index.fielddata.ScriptDocValues",
     "Dates of a document.", kDates},
    {"org.elasticsearch.index.fielddata.ScriptDocValues$BytesRefs", "org.elasticsearch.index.fielddata.ScriptDocValues",
     "Binary values of a document.", kBytes},
    {"org.elasticsearch.index.fielddata.ScriptDocValues$GeoPoints", "org.elasticsearch.index.fielddata.ScriptDocValues",
     "Points of a document.", kPoints},
    {"org.elasticsearch.common.geo.GeoPoint", "", "A place on the earth.", kGeoPoint},
};

}  // namespace

std::span<const ClassRow> doc_values_family() { return kRows; }

}  // namespace sluice::painless::api
