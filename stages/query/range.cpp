#include <algorithm>

#include "pipeline/base/ascii_case.h"
#include "stages/query/multi_term.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

Status read_bound(std::string_view name, std::string_view value, const ClauseContext& context, RangeBounds& bounds) {
  if (value.starts_with('{')) {
    auto members = json_members(value, "[range]");
    if (!members) return std::unexpected(members.error());
    if (!members->empty()) return std::unexpected(query_does_not_support(context, "range", members->front()));
  }
  auto text = json_text_value(value);
  const bool low = name == "gt" || name == "gte" || name == "from";
  std::optional<Bound>& bound = low ? bounds.low : bounds.high;
  if (!text) {
    bound.reset();
    return {};
  }
  const bool inclusive = name != "gt" && name != "lt";
  bound = Bound{std::move(*text), inclusive, !value.starts_with('"')};
  return {};
}

/// Of use for fields that hold ranges themselves; checked for all of them.
Status read_relation(std::string_view value, RangeBounds& bounds) {
  const std::string text = json_text_value(value).value_or("");
  const std::string name = ascii_lower_case(text);
  if (name == "disjoint") {
    return std::unexpected(illegal_argument("[range] query does not support relation [" + text + "]"));
  }
  if (name != "intersects" && name != "contains" && name != "within") {
    return std::unexpected(illegal_argument(text + " is not a valid relation"));
  }
  bounds.relation = name == "contains" ? RangeRelation::kContains
                    : name == "within" ? RangeRelation::kWithin
                                       : RangeRelation::kIntersects;
  return {};
}

Result<RangeBounds> read_bounds(const FieldClause& clause, const ClauseContext& context, float& boost) {
  RangeBounds bounds;
  bool include_lower = true;
  bool include_upper = true;
  for (const JsonMember& member : clause.parameters) {
    const std::string name = member.name();
    if (name == "gt" || name == "gte" || name == "lt" || name == "lte" || name == "from" || name == "to") {
      if (auto read = read_bound(name, member.value, context, bounds); !read) return std::unexpected(read.error());
    } else if (name == "include_lower" || name == "include_upper") {
      auto flag = json_flag_value(member.value);
      if (!flag) return std::unexpected(flag.error());
      (name == "include_lower" ? include_lower : include_upper) = *flag;
    } else if (name == "format") {
      bounds.format = json_text_value(member.value).value_or("");
    } else if (name == "time_zone") {
      bounds.time_zone = json_text_value(member.value).value_or("");
      auto zone = QueryZone::of(bounds.time_zone);
      if (!zone) return std::unexpected(std::move(zone.error()));
      bounds.zone = *zone;
    } else if (name == "relation") {
      if (auto read = read_relation(member.value, bounds); !read) return std::unexpected(read.error());
    } else {
      auto known = read_boost_or_name(member, "range", boost);
      if (!known) return std::unexpected(known.error());
      if (!*known) return std::unexpected(query_does_not_support(context, "range", member));
    }
  }
  if (bounds.low && !include_lower) bounds.low->inclusive = false;
  if (bounds.high && !include_upper) bounds.high->inclusive = false;
  return bounds;
}

}  // namespace

Result<QueryPtr> range_query(const std::string& name, const RangeBounds& bounds, const ClauseContext& context) {
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) return nothing("there is no field [" + name + "]");
  RangeBounds asked = bounds;
  for (std::optional<Bound>* bound : {&asked.low, &asked.high}) {
    if (!*bound) continue;
    auto text = normalized(*field, (*bound)->text, context);
    if (!text) return std::unexpected(std::move(text.error()));
    (*bound)->text = std::move(*text);
  }
  auto test = test_range(*field, asked, context);
  if (!test && field->runtime) return std::unexpected(as_shard_error(context, std::move(test.error())));
  if (!test) return std::unexpected(test.error());
  const bool normal = field->kind == pipeline::FieldKind::kKeyword && !field->normalizer.empty();
  if (field->kind == pipeline::FieldKind::kText || normal) return words_query(*field, std::move(*test), context);
  return field_query(*field, std::move(*test), context);
}

Result<QueryPtr> compile_range(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("range", body, context);
  if (!clause) return std::unexpected(clause.error());
  if (!clause->object) {
    return std::unexpected(
        query_parsing_error(context, clause->value.data(), "[range] query does not support [" + clause->field + "]"));
  }
  float boost = clause->boost;
  auto bounds = read_bounds(*clause, context, boost);
  if (!bounds) return std::unexpected(bounds.error());
  auto query = range_query(clause->field, *bounds, context);
  if (!query) return query;
  return with_boost(std::move(*query), boost);
}

}  // namespace sluice::stages
