#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "pipeline/base/units.h"
#include "stages/query/geo_field.h"
#include "stages/query/value_readers.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;

/// The nearer the nearest value of a field is to the origin, the more: pivot / (pivot + distance). Source: Lucene's
/// LongDistanceFeatureQuery and LatLonPointDistanceFeatureQuery.
class DistanceFeature : public Query {
 public:
  DistanceFeature(FieldAccess access, double pivot) : access_(std::move(access)), pivot_(pivot) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override { return nearest(document).has_value(); }
  [[nodiscard]] float score(DocumentFields& document) const override { return match_score(document).value_or(0); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const auto distance = nearest(document);
    if (!distance) return std::nullopt;
    return static_cast<float>(pivot_ / (pivot_ + *distance));
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] double cost() const override { return access_.is_computed() ? cost::kScript : cost::kConverted; }
  void explain(PlanText& plan) const override {
    plan.leaf("[" + access_.path() + "] has a value, scored by its distance");
  }

 protected:
  [[nodiscard]] virtual std::optional<double> nearest(DocumentFields& document) const = 0;
  [[nodiscard]] const FieldAccess& access() const { return access_; }

 private:
  FieldAccess access_;
  double pivot_;
};

class DateFeature final : public DistanceFeature {
 public:
  DateFeature(FieldAccess access, double pivot_nanos, DateReader reader, Wide origin)
      : DistanceFeature(std::move(access), pivot_nanos), reader_(std::move(reader)), origin_(origin) {}

 private:
  [[nodiscard]] std::optional<double> nearest(DocumentFields& document) const override {
    std::optional<Wide> least;
    access().any(document, [&](std::string_view token) {
      if (token.starts_with('{')) return false;
      if (const auto date = reader_(token)) {
        const Wide distance = *date > origin_ ? *date - origin_ : origin_ - *date;
        least = std::min(least.value_or(distance), distance);
      }
      return false;
    });
    return least ? std::optional(static_cast<double>(*least)) : std::nullopt;
  }

  DateReader reader_;
  Wide origin_;
};

class PointFeature final : public DistanceFeature {
 public:
  PointFeature(FieldAccess access, double pivot, GeoPoint origin)
      : DistanceFeature(std::move(access), pivot), origin_(origin) {}

 private:
  [[nodiscard]] std::optional<double> nearest(DocumentFields& document) const override {
    static thread_local std::vector<GeoPoint> points;
    points.clear();
    read_points(access(), document, points);
    std::optional<double> least;
    for (const GeoPoint& point : points) {
      const double distance = geo_distance(origin_, as_indexed(point));
      least = std::min(least.value_or(distance), distance);
    }
    return least;
  }

  GeoPoint origin_;
};

constexpr std::string_view kName = "distance_feature";
constexpr std::int64_t kNanosPerMilli = 1'000'000;

struct Clause {
  std::string field;
  std::string_view origin;  ///< raw JSON
  std::string pivot;
  float boost = 1;
};

Error wrong_kind(const ClauseContext& context, const JsonMember& member) {
  return query_object_error(context, member.value.data(),
                            "[distance_feature] " + member.name() +
                                " doesn't support values of type: " + std::string(json_token_name(member.value)));
}

Result<Clause> read_clause(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[distance_feature]");
  if (!members) return std::unexpected(members.error());
  Clause clause;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    const bool text = member.value.starts_with('"');
    if (name == "field" || name == "pivot") {
      if (!text) return std::unexpected(wrong_kind(context, member));
      (name == "field" ? clause.field : clause.pivot) = json_text_value(member.value).value_or("");
    } else if (name == "origin") {
      const char first = member.value.front();
      if (first == 't' || first == 'f' || first == 'n') return std::unexpected(wrong_kind(context, member));
      clause.origin = member.value;
    } else {
      auto known = read_boost_or_name(member, kName, clause.boost);
      if (!known) return std::unexpected(known.error());
      if (!*known) {
        return std::unexpected(
            query_object_error(context, member.key.data(), "[distance_feature] unknown field [" + name + "]"));
      }
    }
  }
  std::string missing;
  const auto need = [&missing](bool there, const char* name) {
    if (!there) missing += (missing.empty() ? "" : ", ") + std::string(name);
  };
  need(!clause.field.empty(), "field");
  need(!clause.origin.empty(), "origin");
  need(!clause.pivot.empty(), "pivot");
  if (!missing.empty()) return std::unexpected(illegal_argument("Required [" + missing + "]"));
  return clause;
}

/// A point as a date's parser is given it.
std::string origin_text(std::string_view origin) {
  if (!origin.starts_with('[') && !origin.starts_with('{')) return json_text_value(origin).value_or("");
  const auto point = parse_geo_point(origin);
  return point ? fmt::format("{:.1f}, {:.1f}", point->lat, point->lon) : std::string(origin);
}

Result<QueryPtr> date_query(const FieldSchema& field, const Clause& clause, const ClauseContext& context) {
  auto format = date_format_of(field.format);
  if (!format) return std::unexpected(std::move(format.error()));
  auto origin = parse_query_date(origin_text(clause.origin), **format, /*round_up=*/true, context);
  if (!origin) return std::unexpected(std::move(origin.error()));
  auto pivot = parse_time_value(clause.pivot, "distance_feature.pivot");
  if (!pivot) return std::unexpected(std::move(pivot.error()));
  const bool exact = field.type == "date_nanos";
  auto nanos = pivot->duration.count();
  if (!exact) nanos -= nanos % kNanosPerMilli;  // counted in milliseconds
  if (nanos <= 0) {
    return std::unexpected(
        illegal_argument("pivotDistance must be > 0, got " + std::to_string(exact ? nanos : nanos / kNanosPerMilli)));
  }
  auto values = date_format_of(field.value_format());
  if (!values) return std::unexpected(std::move(values.error()));
  // Milliseconds have no part of one, before 1970 neither.
  const Wide part = (*origin % kNanosPerMilli + kNanosPerMilli) % kNanosPerMilli;
  const Wide moment = exact ? *origin : *origin - part;
  return std::make_shared<const DateFeature>(FieldAccess(field, context.scope, *context.reads),
                                             static_cast<double>(nanos), DateReader(std::move(*values), exact), moment);
}

Result<QueryPtr> point_query(const FieldSchema& field, const Clause& clause, const ClauseContext& context) {
  const char first = clause.origin.front();
  if (first != '{' && first != '[' && first != '"') {
    return std::unexpected(illegal_argument(
        "Illegal type [class java.lang.Long] for [origin]! Must be of type [geo_point] or [string] for geo_point "
        "fields!"));
  }
  const auto origin = parse_geo_point(clause.origin);
  if (!origin) return std::unexpected(not_a_point(clause.origin));
  auto pivot = parse_distance(clause.pivot);
  if (!pivot) return std::unexpected(std::move(pivot.error()));
  if (!(*pivot > 0)) {
    return std::unexpected(illegal_argument("pivotDistance must be > 0, got " + fmt::format("{:.1f}", *pivot)));
  }
  return std::make_shared<const PointFeature>(FieldAccess(field, context.scope, *context.reads, Take::kWhole), *pivot,
                                              *origin);
}

}  // namespace

Result<QueryPtr> compile_distance_feature(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(clause.error());
  const FieldSchema* field = context.find(clause->field);
  if (field == nullptr) return nothing("there is no field [" + clause->field + "]");
  auto query =
      field->kind == FieldKind::kDate ? date_query(*field, *clause, context)
      : field->kind == FieldKind::kGeoPoint
          ? point_query(*field, *clause, context)
          : Result<QueryPtr>(std::unexpected(illegal_argument("Illegal data type of [" + field->type +
                                                              "]![distance_feature] query can only be run on a date, "
                                                              "date_nanos or geo_point field type!")));
  if (!query) return std::unexpected(failed_to_create(context, std::move(query.error())));
  return with_boost(std::move(*query), clause->boost);
}

}  // namespace sluice::stages
