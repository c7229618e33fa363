#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/structurals.h"
#include "stages/query/field_values.h"
#include "stages/query/geo_field.h"
#include "stages/query/geo_relation.h"
#include "stages/query/geo_shape_reader.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;
using pipeline::GeoShape;

/// That the shapes or points of a field have something to do with a shape.
class GeoShapeQuery final : public Query {
 public:
  GeoShapeQuery(FieldAccess access, const FieldSchema& field, const GeoShape& shape, GeoRelation relation,
                std::string line)
      : access_(std::move(access)),
        matcher_(shape),
        relation_(relation),
        points_(field.kind == FieldKind::kGeoPoint),
        line_(std::move(line)) {
    // A document's shapes were checked when it was written.
    rules_.checks = false;
    rules_.coerce = true;
    rules_.right = pipeline::parse_geo_orientation(field.orientation).value_or(true);
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    static thread_local std::vector<GeoShape> shapes;
    shapes.clear();
    if (points_) {
      static thread_local std::vector<GeoPoint> points;
      points.clear();
      read_points(access_, document, points);
      GeoShape& all = shapes.emplace_back();
      for (const GeoPoint& point : points) all.points.push_back({point.lon, point.lat});
    } else {
      access_.any_value(document, [&](const FieldValue& value) {
        read_geo_shapes(Walker(document.document().bytes, value.begin, value.end), rules_, shapes);
        return false;
      });
    }
    return matcher_.matches(relation_, shapes);
  }
  [[nodiscard]] double cost() const override { return cost::kScript; }
  void explain(PlanText& plan) const override { plan.leaf("[" + access_.path() + "] " + line_); }

 private:
  FieldAccess access_;
  GeoMatcher matcher_;
  GeoRelation relation_;
  bool points_;
  pipeline::GeoRules rules_;
  std::string line_;
};

struct IndexedShape {
  std::string index = "shapes";
  std::string id = {};
  std::string path = "shape";
  std::string routing = {};
};

struct ShapeClause {
  std::string field;
  std::optional<GeoShape> shape;
  IndexedShape indexed;
  GeoRelation relation = GeoRelation::kIntersects;
  bool ignore_unmapped = false;
  float boost = 0;  ///< Elasticsearch's, where the query says none
};

Error does_not_support(const ClauseContext& context, const JsonMember& member) {
  return query_parsing_error(context, member.value.data(), "query does not support [" + member.name() + "]");
}

std::optional<GeoRelation> relation_named(std::string name) {
  name = ascii_lower_case(name);
  if (name == "intersects") return GeoRelation::kIntersects;
  if (name == "disjoint") return GeoRelation::kDisjoint;
  if (name == "within") return GeoRelation::kWithin;
  return name == "contains" ? std::optional(GeoRelation::kContains) : std::nullopt;
}

/// A shape of a query: as it is given, wherever on the earth that is.
Result<GeoShape> shape_of(std::string_view json) {
  auto shape = read_geo_shape(json, {.coerce = true, .checks = false});
  if (!shape) return shape;
  const auto is_beyond = [](const pipeline::GeoPosition& at) { return std::fabs(at.lon) > 180; };
  for (const pipeline::GeoPath& line : shape->lines) {
    if (!std::ranges::any_of(line, is_beyond)) continue;
    return std::unexpected(unsupported("lines over the date line are not supported by this version of sluice"));
  }
  return shape;
}

/// What is wrong with the request's own shape, and no shard's.
Error own_error(Error error) {
  const bool known = error.kind != ErrorKind::kBadRequest || !error.root_causes.empty();
  return known ? error : request_error(std::move(error));
}

Status read_indexed(const JsonMember& member, IndexedShape& indexed) {
  auto members = json_members(member.value, "[geo_shape]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& each : *members) {
    const std::string name = each.name();
    const std::string text = json_text_value(each.value).value_or("");
    if (name == "index") {
      indexed.index = text;
    } else if (name == "id") {
      indexed.id = text;
    } else if (name == "path") {
      indexed.path = text;
    } else if (name == "routing") {
      indexed.routing = text;
    }
  }
  return {};
}

Status read_field(const JsonMember& field, const ClauseContext& context, ShapeClause& clause) {
  auto members = json_members(field.value, "[geo_shape]");
  if (!members) return std::unexpected(members.error());
  clause.field = field.name();
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "shape" && member.value != "null") {
      auto shape = shape_of(member.value);
      if (!shape) return std::unexpected(own_error(std::move(shape.error())));
      clause.shape = std::move(*shape);
    } else if (name == "relation") {
      const std::string text = json_text_value(member.value).value_or("");
      const auto relation = relation_named(text);
      if (!relation) {
        return std::unexpected(
            query_parsing_error(context, member.value.data(), "Unknown shape operation [" + text + " ]"));
      }
      clause.relation = *relation;
    } else if (name == "indexed_shape" && member.value.starts_with('{')) {
      if (auto read = read_indexed(member, clause.indexed); !read) return read;
    } else if (name != "shape" && name != "strategy") {
      return std::unexpected(does_not_support(context, member));
    }
  }
  return {};
}

Result<ShapeClause> read_clause(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[geo_shape]");
  if (!members) return std::unexpected(members.error());
  ShapeClause clause;
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, "geo_shape", clause.boost);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    if (member.value.starts_with('{')) {
      if (!clause.field.empty()) {
        return std::unexpected(
            query_parsing_error(context, member.value.data(), "point specified twice. [" + member.name() + "]"));
      }
      if (auto read = read_field(member, context, clause); !read) return std::unexpected(read.error());
    } else if (member.key == "\"ignore_unmapped\"") {
      auto flag = json_flag_value(member.value);
      if (!flag) return std::unexpected(flag.error());
      clause.ignore_unmapped = *flag;
    } else {
      return std::unexpected(does_not_support(context, member));
    }
  }
  if (clause.field.empty()) return std::unexpected(illegal_argument("fieldName is required"));
  if (!clause.shape && clause.indexed.id.empty()) {
    return std::unexpected(illegal_argument("either shape or indexedShapeId is required"));
  }
  return clause;
}

/// The shape that another document has.
Result<GeoShape> look_up(const IndexedShape& indexed, const ClauseContext& context) {
  if (!context.source_of) {
    return std::unexpected(unsupported(
        "an indexed_shape needs an index to look in, and there is none here: write the shape in the query itself"));
  }
  auto source = context.source_of(indexed.index, indexed.id, indexed.routing);
  if (!source) return std::unexpected(std::move(source.error()));
  if (!*source) return std::unexpected(illegal_argument("Shape with ID [" + indexed.id + "] not found"));
  Structurals structurals;
  QueryDocument document{.source = (*source)->view()};
  std::optional<Result<GeoShape>> shape;
  if (structurals.build(document.source) == Structurals::Problem::kNone) {
    document.set_structurals(structurals);
    any_value(document, indexed.path, [&](std::string_view token) {
      shape = shape_of(token);
      return true;
    });
  }
  if (shape) return std::move(*shape);
  return std::unexpected(
      illegal_argument("Shape with name [" + indexed.id + "] found but missing " + indexed.path + " field"));
}

Result<const FieldSchema*> shape_field(const ShapeClause& clause, const GeoShape& shape, const ClauseContext& context) {
  const FieldSchema* field = context.find(clause.field);
  if (field == nullptr) {
    if (clause.ignore_unmapped) return nullptr;
    return std::unexpected(query_shard_error(context, "failed to find type for field [" + clause.field + "]"));
  }
  if (field->kind != FieldKind::kGeoPoint && field->kind != FieldKind::kGeoShape) {
    return std::unexpected(query_shard_error(
        context, "Field [" + clause.field + "] is of unsupported type [" + field->type + "] for [geo_shape] query"));
  }
  if (clause.relation != GeoRelation::kWithin || shape.lines.empty()) return field;
  if (field->kind == FieldKind::kGeoPoint) {
    Error error = query_shard_error(
        context, "Exception creating query on Field [" + clause.field + "] found an unsupported shape Line");
    return std::unexpected(std::move(error).wrapping(illegal_argument("found an unsupported shape Line")));
  }
  return std::unexpected(failed_to_create(
      context, illegal_argument("LatLonShapeQuery does not support WITHIN queries with line geometries")));
}

std::string described(const GeoShape& shape, GeoRelation relation) {
  constexpr auto kRelations = std::to_array<std::string_view>({"meet", "don't meet", "lie in", "hold"});
  return fmt::format("has shapes that {} one of {} points, {} lines and {} areas",
                     kRelations.at(static_cast<std::size_t>(relation)), shape.points.size(), shape.lines.size(),
                     shape.polygons.size());
}

}  // namespace

Result<QueryPtr> compile_geo_shape(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(std::move(clause.error()));
  auto shape = clause->shape ? Result<GeoShape>(std::move(*clause->shape)) : look_up(clause->indexed, context);
  if (!shape) return std::unexpected(std::move(shape.error()));
  auto field = shape_field(*clause, *shape, context);
  if (!field) return std::unexpected(std::move(field.error()));
  if (*field == nullptr) return nothing("there is no field [" + clause->field + "]");
  if (shape->empty()) return nothing("an empty shape");
  FieldAccess access(**field, context.scope, *context.reads, Take::kWhole);
  return with_boost(std::make_shared<const GeoShapeQuery>(std::move(access), **field, *shape, clause->relation,
                                                          described(*shape, clause->relation)),
                    clause->boost);
}

}  // namespace sluice::stages
