#include "stages/query/geo_field.h"

#include <algorithm>

namespace sluice::stages {

namespace {

class GeoQuery final : public Query {
 public:
  GeoQuery(FieldAccess access, GeoTest test, std::string line)
      : access_(std::move(access)), test_(std::move(test)), line_(std::move(line)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    static thread_local std::vector<GeoPoint> points;
    points.clear();
    read_points(access_, document, points);
    return std::ranges::any_of(points, [this](const GeoPoint& point) { return test_(as_indexed(point)); });
  }
  [[nodiscard]] double cost() const override { return cost::kPattern; }
  void explain(PlanText& plan) const override { plan.leaf("a point of [" + access_.path() + "] " + line_); }

 private:
  FieldAccess access_;
  GeoTest test_;
  std::string line_;
};

}  // namespace

void read_points(const FieldAccess& access, DocumentFields& document, std::vector<GeoPoint>& points) {
  access.any_value(document, [&](const FieldValue& value) {
    if (value.begin == nullptr) {
      if (const auto point = parse_geo_point(value.token)) points.push_back(*point);
      return false;
    }
    read_geo_points(Walker(document.document().bytes, value.begin, value.end), points);
    return false;
  });
}

Result<const pipeline::FieldSchema*> geo_field(const std::string& name, bool ignore_unmapped, std::string_view query,
                                               const ClauseContext& context) {
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) {
    if (ignore_unmapped) return nullptr;
    const bool point = query == "geo_polygon";
    return std::unexpected(query_shard_error(
        context, std::string("failed to find ") + (point ? "geo_point" : "geo") + " field [" + name + "]"));
  }
  if (field->kind != pipeline::FieldKind::kGeoPoint) {
    if (query == "geo_polygon") {
      return std::unexpected(query_shard_error(context, "field [" + name + "] is not a geo_point field"));
    }
    return std::unexpected(query_shard_error(context, "Field [" + name + "] is of unsupported type [" + field->type +
                                                          "] for [" + std::string(query) + "] query"));
  }
  return field;
}

QueryPtr geo_query(const pipeline::FieldSchema& field, GeoTest test, std::string line, const ClauseContext& context) {
  return std::make_shared<const GeoQuery>(FieldAccess(field, context.scope, *context.reads, Take::kWhole),
                                          std::move(test), std::move(line));
}

Error not_a_point(std::string_view json) {
  const std::string text = json_text_value(json).value_or(std::string(json));
  constexpr std::string_view kAlphabet = "0123456789bcdefghjkmnpqrstuvwxyz";
  const std::size_t bad = text.find_first_not_of(kAlphabet);
  const std::string symbol = bad == std::string::npos ? std::string() : text.substr(bad, 1);
  const std::string reason = "unsupported symbol [" + symbol + "] in geohash [" + text + "]";
  return Error(ErrorKind::kBadRequest, 400, "parse_exception", reason).wrapping(illegal_argument(reason));
}

}  // namespace sluice::stages
