#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/java_trim.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "stages/query/geo_clause.h"

namespace sluice::stages {

namespace {

struct Box {
  double top = 0;
  double bottom = 0;
  double left = 0;
  double right = 0;

  [[nodiscard]] bool holds(const GeoPoint& point) const {
    if (point.lat > top || point.lat < bottom) return false;
    // Over the date line the left side lies east of the right one.
    if (left > right) return point.lon >= left || point.lon <= right;
    return point.lon >= left && point.lon <= right;
  }
};

/// A number of degrees in ]-180, 180].
double centered(double degrees) {
  double rest = std::fmod(degrees, 360);
  if (rest <= 0) rest += 360;
  return rest > 180 ? rest - 360 : rest;
}

/// A corner as the point of the earth that it is. Source: Elasticsearch's GeoUtils.normalizePoint().
GeoPoint on_the_earth(GeoPoint point, bool whole_circle) {
  const bool over_pole = point.lat > 90 || point.lat < -90;
  const bool around = !whole_circle && (point.lon > 180 || point.lon < -180 || over_pole);
  if (over_pole) {
    point.lat = centered(point.lat);
    const bool other_side = point.lat < -90 || point.lat > 90;
    if (point.lat < -90) point.lat = -180 - point.lat;
    if (point.lat > 90) point.lat = 180 - point.lat;
    if (other_side) point.lon += around || centered(point.lon) <= 0 ? 180 : -180;
  }
  if (around) point.lon = centered(point.lon);
  return point;
}

/// A box of `validation_method` COERCE.
Box on_the_earth(const Box& box) {
  const bool whole_circle = box.right > box.left && std::fmod(box.right - box.left, 360) == 0;
  const GeoPoint high = on_the_earth({box.top, box.left}, whole_circle);
  const GeoPoint low = on_the_earth({box.bottom, box.right}, whole_circle);
  if (whole_circle) return {high.lat, low.lat, -180, 180};
  return {high.lat, low.lat, high.lon, low.lon};
}

/// The corners and sides of a body, as they were given.
struct Sides {
  std::optional<double> top;
  std::optional<double> bottom;
  std::optional<double> left;
  std::optional<double> right;
};

/// `BBOX (minx, maxx, maxy, miny)`
Status read_wkt(const std::string& text, Sides& sides) {
  const auto refuse = [&] {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "failed to parse WKT bounding box")
                               .wrapping(illegal_argument("Unknown geometry type: " + text)));
  };
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (!text.starts_with("BBOX") || open == std::string::npos || close == std::string::npos || close < open)
    return refuse();
  std::array<double, 4> numbers{};
  std::string_view rest = std::string_view(text).substr(open + 1, close - open - 1);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view text_of_side = java_trimmed(rest.substr(0, comma));
    const auto number = parse_number<double>(text_of_side);
    if (!number) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "failed to parse WKT bounding box")
                                 .wrapping(illegal_argument("invalid number found: " + std::string(text_of_side))));
    }
    numbers[i] = *number;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  sides = {numbers[2], numbers[3], numbers[0], numbers[1]};
  return {};
}

Status read_corner(const std::string& name, std::string_view value, Sides& sides) {
  const auto point = parse_geo_point(value);
  if (!point) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "geo_point expected"));
  }
  (name.starts_with("top") ? sides.top : sides.bottom) = point->lat;
  (name.ends_with("left") ? sides.left : sides.right) = point->lon;
  return {};
}

Error unexpected_field(const std::string& name) {
  return {ErrorKind::kBadRequest, 400, "parse_exception",
          "failed to parse bounding box. unexpected field [" + name + "]"};
}

Result<Sides> read_sides(std::string_view value) {
  Sides sides;
  auto members = json_members(value, "[geo_bounding_box]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "top_left" || name == "topLeft" || name == "bottom_right" || name == "bottomRight" ||
        name == "top_right" || name == "topRight" || name == "bottom_left" || name == "bottomLeft") {
      std::string plain = name;
      for (char& c : plain) c = c == 'L' ? 'l' : c == 'R' ? 'r' : c;
      if (auto read = read_corner(plain, member.value, sides); !read) return std::unexpected(read.error());
    } else if (name == "top" || name == "bottom" || name == "left" || name == "right") {
      const auto number = read_number(member.value);
      if (!number) {
        return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", number.error().reason));
      }
      (name == "top"      ? sides.top
       : name == "bottom" ? sides.bottom
       : name == "left"   ? sides.left
                          : sides.right) = *number;
    } else if (name == "wkt") {
      if (auto read = read_wkt(json_text_value(member.value).value_or(""), sides); !read) {
        return std::unexpected(read.error());
      }
    } else {
      return std::unexpected(unexpected_field(name));
    }
  }
  return sides;
}

struct Side {
  std::string_view name;
  double value;
  double most;
  [[nodiscard]] std::string wrong() const { return std::string(name) + " is invalid: " + java_double_text(value); }
};

std::array<Side, 4> sides_of(const Box& box) {
  return {{{"top latitude", box.top, 90},
           {"left longitude", box.left, 180},
           {"bottom latitude", box.bottom, 90},
           {"right longitude", box.right, 180}}};
}

/// What is missing shows at once, what lies beside the earth on a shard. Errors: `bottom latitude is invalid: NaN`;
/// query_shard_exception around query_validation_exception.
Status check_sides(const Box& box, const GeoClause& clause, const ClauseContext& context) {
  std::string wrong;
  int count = 0;
  for (const Side& side : sides_of(box)) {
    if (std::isnan(side.value)) return std::unexpected(illegal_argument(side.wrong()));
    if (!clause.checks || std::fabs(side.value) <= side.most) continue;
    wrong += " " + std::to_string(++count) + ": [geo_bounding_box] " + side.wrong() + ";";
  }
  if (wrong.empty()) return {};
  Error error = query_shard_error(context, "couldn't validate latitude/ longitude values");
  return std::unexpected(std::move(error).wrapping(
      {ErrorKind::kBadRequest, 400, "query_validation_exception", "Validation Failed:" + wrong}));
}

Result<Box> box_of(const GeoClause& clause, const ClauseContext& context) {
  auto sides = read_sides(clause.value);
  if (!sides) return std::unexpected(sides.error());
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  Box box{sides->top.value_or(kNone), sides->bottom.value_or(kNone), sides->left.value_or(kNone),
          sides->right.value_or(kNone)};
  if (auto valid = check_sides(box, clause, context); !valid) return std::unexpected(valid.error());
  if (clause.coerces) box = on_the_earth(box);
  if (box.top < box.bottom) {
    return std::unexpected(illegal_argument("top is below bottom corner: " + java_double_text(box.top) + " vs. " +
                                            java_double_text(box.bottom)));
  }
  if (box.left == box.right) {
    return std::unexpected(illegal_argument("left and right longitude cannot be the same: " +
                                            java_double_text(box.left) + " == " + java_double_text(box.right)));
  }
  return box;
}

}  // namespace

Result<QueryPtr> compile_geo_bounding_box(std::string_view body, const ClauseContext& context) {
  auto clause = read_geo_clause("geo_bounding_box", body, {}, context, /*points=*/false);
  if (!clause) return std::unexpected(clause.error());
  if (clause->field.empty() || !clause->value.starts_with('{')) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "[geo_bounding_box] requires a field with a box"));
  }
  auto box = box_of(*clause, context);
  if (!box) {
    if (box.error().type != "parse_exception") return std::unexpected(std::move(box.error()));
    box.error().reason = "failed to parse [geo_bounding_box] query. [" + box.error().reason + "]";
    return std::unexpected(request_error(std::move(box.error())));
  }
  auto field = geo_field(clause->field, clause->ignore_unmapped, "geo_bounding_box", context);
  if (!field) return std::unexpected(std::move(field.error()));
  if (*field == nullptr) return nothing("there is no field [" + clause->field + "]");
  // The sides are kept as coarsely as the points of an index.
  const GeoPoint low = as_indexed({box->bottom, box->left});
  const GeoPoint high = as_indexed({box->top, box->right});
  const Box kept{high.lat, low.lat, low.lon, high.lon};
  auto query = geo_query(
      **field, [kept](const GeoPoint& point) { return kept.holds(point); },
      fmt::format("lies in the box from {},{} to {},{}", box->top, box->left, box->bottom, box->right), context);
  return with_boost(std::move(query), clause->boost);
}

}  // namespace sluice::stages
