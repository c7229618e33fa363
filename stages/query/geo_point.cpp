#include "stages/query/geo_point.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "stages/parse/hit_reader.h"
#include "stages/parse/structurals.h"
#include "stages/query/sloppy_math.h"

namespace sluice::stages {

namespace {

std::optional<double> number(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return parse_number<double>(text);
}

std::optional<double> number_of(std::string_view token) {
  return number(token.starts_with('"') && token.size() > 1 ? token.substr(1, token.size() - 2) : token);
}

std::optional<GeoPoint> parse_text(std::string_view text) {
  if (text.starts_with("POINT")) {
    const std::size_t open = text.find('(');
    const std::size_t close = text.find(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
    std::string_view inner = text.substr(open + 1, close - open - 1);
    while (inner.starts_with(' ')) inner.remove_prefix(1);
    const std::size_t space = inner.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto lon = number(inner.substr(0, space));
    const auto lat = number(inner.substr(space + 1));
    return lon && lat ? std::optional(GeoPoint{*lat, *lon}) : std::nullopt;
  }
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return geohash_corner(text);
  const auto lat = number(text.substr(0, comma));
  const auto lon = number(text.substr(comma + 1, text.find(',', comma + 1) - comma - 1));
  return lat && lon ? std::optional(GeoPoint{*lat, *lon}) : std::nullopt;
}

/// Takes points off the walker, as many as there are.
class PointReader {
 public:
  PointReader(Walker walker, std::vector<GeoPoint>& points) : walker_(walker), points_(points) {}

  void read() {
    switch (walker_.peek()) {
      case '[':
        read_array();
        return;
      case '{':
        read_object_of_point();
        return;
      default:
        add(parse_text(json_unquoted(walker_.take_value())));
    }
  }

 private:
  void add(const std::optional<GeoPoint>& point) {
    if (point) points_.push_back(*point);
  }

  /// `[lon,lat]`, also with a height behind it, or points.
  void read_array() {
    walker_.take('[');
    std::vector<double> numbers;
    while (!walker_.done() && !walker_.take(']')) {
      const char first = walker_.peek();
      if (first == '-' || (first >= '0' && first <= '9')) {
        numbers.push_back(number(walker_.take_value()).value_or(0));
      } else {
        const std::uint32_t* const before = walker_.position();
        read();
        if (walker_.position() == before) return;
      }
      walker_.take(',');
    }
    if (numbers.size() >= 2) points_.push_back({numbers[1], numbers[0]});
  }

  void read_object_of_point() {
    std::optional<double> lat;
    std::optional<double> lon;
    static_cast<void>(walk_object(walker_, [&](std::string_view key, Walker& at) {
      if (key == "\"coordinates\"" && at.peek() == '[') {
        PointReader inner(at, points_);
        inner.read();
        return !at.take_value().empty();
      }
      const std::string_view value = at.take_value();
      if (key == "\"lat\"") lat = number_of(value);
      if (key == "\"lon\"") lon = number_of(value);
      if (key == "\"geohash\"") add(geohash_corner(json_unquoted(value)));
      return !value.empty();
    }));
    if (lat && lon) points_.push_back({*lat, *lon});
  }

  Walker walker_;
  std::vector<GeoPoint>& points_;
};

struct Unit {
  std::string_view name;
  double metres;
};

/// The longer names first: a text ends with the first one that fits.
constexpr auto kUnits = std::to_array<Unit>({
    {"nauticalmiles", 1852.0},
    {"centimeters", 0.01},
    {"millimeters", 0.001},
    {"kilometers", 1000.0},
    {"meters", 1.0},
    {"miles", 1609.344},
    {"yards", 0.9144},
    {"feet", 0.3048},
    {"inch", 0.0254},
    {"nmi", 1852.0},
    {"mi", 1609.344},
    {"yd", 0.9144},
    {"ft", 0.3048},
    {"in", 0.0254},
    {"NM", 1852.0},
    {"km", 1000.0},
    {"cm", 0.01},
    {"mm", 0.001},
    {"m", 1.0},
});

}  // namespace

double geo_distance(const GeoPoint& a, const GeoPoint& b) {
  return sloppy_math::haversin_metres(a.lat, a.lon, b.lat, b.lon);
}

std::optional<GeoPoint> geohash_corner(std::string_view hash) {
  constexpr std::string_view kAlphabet = "0123456789bcdefghjkmnpqrstuvwxyz";
  if (hash.empty()) return std::nullopt;
  std::array<double, 2> low{-180, -90};
  std::array<double, 2> high{180, 90};
  std::size_t axis = 0;
  for (const char c : hash) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    for (int bit = 4; bit >= 0; --bit) {
      const double middle = (low[axis] + high[axis]) / 2;
      (((value >> bit) & 1) != 0 ? low : high)[axis] = middle;
      axis ^= 1;
    }
  }
  return GeoPoint{low[1], low[0]};
}

void read_geo_points(Walker walker, std::vector<GeoPoint>& points) { PointReader(walker, points).read(); }

std::optional<GeoPoint> parse_geo_point(std::string_view json) {
  Buffer padded(json.size());
  padded.append(json);
  Structurals structurals;
  if (structurals.build(padded.view()) != Structurals::Problem::kNone) return std::nullopt;
  std::vector<GeoPoint> points;
  read_geo_points(Walker(padded.view().data(), structurals.begin(), structurals.end()), points);
  return points.empty() ? std::nullopt : std::optional(points.front());
}

GeoPoint as_indexed(const GeoPoint& point) {
  constexpr double kSteps = 4294967296.0;  // 2^32
  const double lat_step = 180.0 / kSteps;
  const double lon_step = 360.0 / kSteps;
  const double lat = point.lat == 90.0 ? std::nextafter(90.0, 0.0) : point.lat;
  const double lon = point.lon == 180.0 ? std::nextafter(180.0, 0.0) : point.lon;
  return {std::floor(lat / lat_step) * lat_step, std::floor(lon / lon_step) * lon_step};
}

Result<double> parse_distance(std::string_view text, std::string_view unit) {
  std::string_view digits = text;
  std::string_view named = unit;
  for (const Unit& each : kUnits) {
    if (!text.ends_with(each.name)) continue;
    digits = text.substr(0, text.size() - each.name.size());
    named = each.name;
    break;
  }
  const auto value = number(digits);
  const auto found = std::ranges::find(kUnits, named, &Unit::name);
  if (found == kUnits.end()) {
    return std::unexpected(illegal_argument("No distance unit match [" + std::string(named) + "]"));
  }
  if (!value) return std::unexpected(number_format_error(digits));
  return *value * found->metres;
}

}  // namespace sluice::stages
