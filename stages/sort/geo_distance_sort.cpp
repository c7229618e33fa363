#include "stages/sort/geo_distance_sort.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <numbers>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_number_text.h"
#include "pipeline/model/geo_shape.h"
#include "stages/query/compile.h"
#include "stages/query/geo_field.h"
#include "stages/query/sloppy_math.h"
#include "stages/sort/nested_sort.h"
#include "stages/sort/sort_request.h"
#include "stages/sort/sort_values.h"

namespace sluice::stages {

namespace {

constexpr double kHalfTurn = 180;

Error parsing_error(std::string_view body, const char* at, std::string reason) {
  const TextPosition place = position_of(body, at);
  return Error(ErrorKind::kBadRequest, 400, "parsing_exception", std::move(reason))
      .with_raw("line", std::to_string(place.line))
      .with_raw("col", std::to_string(place.column));
}

Status add_point(std::string_view value, std::vector<GeoPoint>& points) {
  const auto point = parse_geo_point(value);
  if (!point) return std::unexpected(not_a_point(value));
  points.push_back(*point);
  return {};
}

/// `[lon,lat]`, or points.
Status add_points(std::string_view value, std::vector<GeoPoint>& points) {
  auto elements = json_elements(value, "[_geo_distance]");
  if (!elements) return std::unexpected(elements.error());
  if (elements->empty()) return {};
  const char first = elements->front().front();
  if (first != '{' && first != '[' && first != '"') return add_point(value, points);
  for (const std::string_view each : *elements) {
    if (auto added = add_point(each, points); !added) return added;
  }
  return {};
}

/// Once round the poles and the date line.
GeoPoint on_earth(const GeoPoint& point) {
  const pipeline::GeoPosition there = pipeline::on_earth({point.lon, point.lat});
  return {.lat = there.lat, .lon = there.lon};
}

double plane_distance(const GeoPoint& a, const GeoPoint& b) {
  constexpr double kRadians = std::numbers::pi / kHalfTurn;
  const double x = (b.lon - a.lon) * kRadians * std::cos((b.lat + a.lat) / 2 * kRadians);
  const double y = (b.lat - a.lat) * kRadians;
  return std::sqrt(x * x + y * y) * sloppy_math::kMeanEarthRadius;
}

/// Reads a sort member by member. Source: Elasticsearch's GeoDistanceSortBuilder.
class Reader {
 public:
  explicit Reader(std::string_view body) : body_(body) {}

  Result<SortKey> read(std::string_view value) {
    auto members = json_members(value, "[_geo_distance]");
    if (!members) return std::unexpected(members.error());
    for (const JsonMember& member : *members) {
      Status read = member.value.starts_with('[')   ? read_points(member)
                    : member.value.starts_with('{') ? read_object(member)
                                                    : read_value(member);
      if (!read) return std::unexpected(std::move(read.error()));
    }
    if (geo_.from.empty()) return std::unexpected(illegal_argument("Geo distance sorting needs at least one point."));
    if (coerces_) std::ranges::transform(geo_.from, geo_.from.begin(), on_earth);
    key_.geo = std::move(geo_);
    return std::move(key_);
  }

 private:
  Status read_points(const JsonMember& member) {
    key_.field = member.name();
    return add_points(member.value, geo_.from);
  }

  Status read_object(const JsonMember& member) {
    if (member.key != "\"nested\"") return read_point(member);
    auto nested = read_nested_sort(body_, member);
    if (!nested) return std::unexpected(std::move(nested.error()));
    key_.nested = std::move(*nested);
    return {};
  }

  Status read_point(const JsonMember& member) {
    const std::string name = member.name();
    if (!key_.field.empty() && key_.field != name) {
      return std::unexpected(
          parsing_error(body_, member.value.data(),
                        "Trying to reset fieldName to [" + name + "], already set to [" + key_.field + "]."));
    }
    key_.field = name;
    return add_point(member.value, geo_.from);
  }

  Status read_value(const JsonMember& member) {
    const std::string name = member.name();
    const std::string text = json_text_value(member.value).value_or("");
    if (name == "order") return set_sort_order(key_, text);
    if (name == "mode") return read_mode(text);
    if (name == "unit") {
      auto unit = parse_distance("1", text);
      if (!unit) return std::unexpected(std::move(unit.error()));
      geo_.unit = *unit;
      return {};
    }
    if (name == "distance_type") return read_type(text);
    if (name == "validation_method") return read_validation(text);
    if (name == "ignore_unmapped") {
      auto flag = json_flag_value(member.value);
      if (!flag) return std::unexpected(std::move(flag.error()));
      geo_.ignore_unmapped = *flag;
      return {};
    }
    if (member.value.starts_with('"')) return read_point(member);
    if (key_.field == name) {
      return std::unexpected(parsing_error(body_, member.value.data(),
                                           "Only geohashes of type string supported for field [" + name + "]"));
    }
    return std::unexpected(
        parsing_error(body_, member.value.data(), "[_geo_distance] does not support [" + name + "]"));
  }

  Status read_mode(const std::string& text) {
    if (auto set = set_sort_mode(key_, text); !set) return set;
    if (key_.mode != "sum") return {};
    return std::unexpected(illegal_argument("sort_mode [sum] isn't supported for sorting by geo distance"));
  }

  Status read_type(const std::string& text) {
    const std::string name = ascii_lower_case(text);
    if (name != "arc" && name != "plane")
      return std::unexpected(illegal_argument("No geo distance for [" + text + "]"));
    geo_.plane = name == "plane";
    return {};
  }

  Status read_validation(const std::string& text) {
    const std::string name = ascii_upper_case(text);
    if (name != "STRICT" && name != "COERCE" && name != "IGNORE_MALFORMED") {
      return std::unexpected(
          illegal_argument("operator needs to be either [COERCE, IGNORE_MALFORMED, STRICT], but not [" + text + "]"));
    }
    geo_.checks = name == "STRICT";
    coerces_ = name == "COERCE";
    return {};
  }

  std::string_view body_;
  SortKey key_;
  GeoSort geo_;
  bool coerces_ = false;
};

/// `illegal latitude value [100.0] for [GeoDistanceSort] for field [p].`
Status check_points(const SortKey& key) {
  if (!key.geo->checks) return {};
  for (const GeoPoint& point : key.geo->from) {
    const bool lat = std::abs(point.lat) > kHalfTurn / 2;
    if (!lat && std::abs(point.lon) <= kHalfTurn) continue;
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception",
                                 std::string("illegal ") + (lat ? "latitude" : "longitude") + " value [" +
                                     java_double_text(lat ? point.lat : point.lon) +
                                     "] for [GeoDistanceSort] for field [" + key.field + "]."));
  }
  return {};
}

/// One distance for several. `least` also where no mode is given and the order is ascending.
double combined_distance(std::vector<double>& distances, std::string_view mode, bool most) {
  std::ranges::sort(distances);
  const std::size_t count = distances.size();
  if (mode == "avg") {
    double sum = 0;
    for (const double each : distances) sum += each;
    return sum / static_cast<double>(count);
  }
  if (mode == "median") {
    const std::size_t half = count / 2;
    return count % 2 == 1 ? distances[half] : (distances[half - 1] + distances[half]) / 2;
  }
  return most ? distances.back() : distances.front();
}

}  // namespace

Result<SortKey> read_geo_distance_sort(std::string_view body, const JsonMember& member) {
  return Reader(body).read(member.value);
}

Status Sorter::prepare_distance(const QueryContext& context) {
  by_ = By::kGeoDistance;
  kind_ = pipeline::FieldKind::kFloating;
  if (auto checked = check_points(key_); !checked) return checked;
  const pipeline::FieldSchema* field = context.schema.find(key_.field);
  if (field == nullptr) {
    unmapped_ = true;
    if (key_.geo->ignore_unmapped) return {};
    return std::unexpected(
        illegal_argument("failed to find mapper for [" + key_.field + "] for geo distance based sort"));
  }
  if (field->kind != pipeline::FieldKind::kGeoPoint) {
    return std::unexpected(illegal_argument("unable to apply geo distance sort to field [" + key_.field +
                                            "] of type [" + field->type + "]"));
  }
  return prepare_reader(*field, context);
}

Result<SortValue> Sorter::distance(const QueryDocument& document) const {
  SortValue value;
  value.kind = SortValue::Kind::kFloating;
  value.floating = std::numeric_limits<double>::infinity();  // of what has no point, whatever the order is
  if (unmapped_) return value;
  static thread_local std::vector<GeoPoint> points;
  points.clear();
  if (auto read = reader_->points(document, points); !read) return std::unexpected(std::move(read.error()));
  if (points.empty()) return value;
  std::vector<double> distances;
  for (const GeoPoint& from : key_.geo->from) {
    for (const GeoPoint& point : points) {
      const GeoPoint to = as_indexed(point);
      distances.push_back((key_.geo->plane ? plane_distance(from, to) : geo_distance(from, to)) / key_.geo->unit);
    }
  }
  value.floating = combined_distance(distances, key_.mode, take_most_);
  return value;
}

}  // namespace sluice::stages
