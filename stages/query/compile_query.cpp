#include <array>

#include "pipeline/base/json_text.h"
#include "stages/query/compile.h"

namespace sluice::stages {

namespace {

using Compile = Result<QueryPtr> (*)(std::string_view, const QueryContext&);

struct Row {
  std::string_view name;
  Compile compile;
};

constexpr auto kQueries = std::to_array<Row>({
#define QUERY(name, compile) {name, compile},
#include "stages/query/queries.def"
#undef QUERY
});

/// Queries of Elasticsearch that are not there yet; anything else is unknown.
constexpr auto kNotThere = std::to_array<std::string_view>({"boosting",
                                                            "combined_fields",
                                                            "dis_max",
                                                            "distance_feature",
                                                            "function_score",
                                                            "fuzzy",
                                                            "geo_bounding_box",
                                                            "geo_distance",
                                                            "geo_grid",
                                                            "geo_polygon",
                                                            "geo_shape",
                                                            "has_child",
                                                            "has_parent",
                                                            "intervals",
                                                            "knn",
                                                            "match_bool_prefix",
                                                            "match_phrase",
                                                            "match_phrase_prefix",
                                                            "more_like_this",
                                                            "multi_match",
                                                            "nested",
                                                            "parent_id",
                                                            "percolate",
                                                            "pinned",
                                                            "query_string",
                                                            "rank_feature",
                                                            "regexp",
                                                            "rule",
                                                            "script",
                                                            "script_score",
                                                            "semantic",
                                                            "shape",
                                                            "simple_query_string",
                                                            "span_containing",
                                                            "span_field_masking",
                                                            "span_first",
                                                            "span_gap",
                                                            "span_multi",
                                                            "span_near",
                                                            "span_not",
                                                            "span_or",
                                                            "span_term",
                                                            "span_within",
                                                            "sparse_vector",
                                                            "terms_set",
                                                            "text_expansion",
                                                            "weighted_tokens",
                                                            "wildcard",
                                                            "wrapper"});

}  // namespace

Error query_parsing_error(std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "parsing_exception", std::move(reason));
}

Error query_shard_error(const QueryContext& context, std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "query_shard_exception", std::move(reason))
      .with("index_uuid", context.index_uuid)
      .with("index", context.index);
}

Error query_does_not_support(std::string_view query, std::string_view parameter) {
  return query_parsing_error("[" + std::string(query) + "] query does not support [" + std::string(parameter) + "]");
}

Result<bool> read_boost_or_name(const JsonMember& member, std::string_view query) {
  if (member.key == "\"_name\"") return true;
  if (member.key != "\"boost\"") return false;
  const std::string text = json_text_value(member.value).value_or("");
  if (text.starts_with('-')) {
    return std::unexpected(illegal_argument("negative [boost] are not allowed in [" + std::string(query) +
                                            "], use a value between 0 and 1 to deboost"));
  }
  return true;
}

Result<FieldClause> read_field_clause(std::string_view query, std::string_view body) {
  auto members = json_members(body, "[" + std::string(query) + "]");
  if (!members) return std::unexpected(members.error());
  FieldClause clause;
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, query);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    if (!clause.field.empty()) {
      return std::unexpected(query_parsing_error("[" + std::string(query) +
                                                 "] query doesn't support multiple fields, found [" + clause.field +
                                                 "] and [" + member.name() + "]"));
    }
    clause.field = member.name();
    clause.value = member.value;
  }
  if (clause.field.empty()) {
    return std::unexpected(illegal_argument("field name is null or empty"));
  }
  clause.object = clause.value.starts_with('{');
  if (!clause.object) return clause;
  auto parameters = json_members(clause.value, "[" + std::string(query) + "]");
  if (!parameters) return std::unexpected(parameters.error());
  clause.parameters = std::move(*parameters);
  return clause;
}

Result<QueryPtr> compile_query(std::string_view json, const QueryContext& context) {
  if (json.empty()) return compile_match_all("{}", context);
  if (!json.starts_with('{')) {
    return std::unexpected(query_parsing_error("[_na] query malformed, must start with start_object"));
  }
  auto members = json_members(json, "the query");
  if (!members) return std::unexpected(members.error());
  if (members->empty()) return std::unexpected(illegal_argument("query malformed, empty clause found"));
  const std::string name = members->front().name();
  if (!members->front().value.starts_with('{')) {
    return std::unexpected(query_parsing_error("[" + name + "] query malformed, no start_object after query name"));
  }
  if (members->size() > 1) {
    return std::unexpected(
        query_parsing_error("[" + name + "] malformed query, expected [END_OBJECT] but found [FIELD_NAME]"));
  }
  for (const Row& row : kQueries) {
    if (row.name == name) return row.compile(members->front().value, context);
  }
  for (const std::string_view known : kNotThere) {
    if (known != name) continue;
    return std::unexpected(unsupported("the query [" + name +
                                       "] is not supported by this version of sluice; these are: bool, constant_score, "
                                       "exists, ids, match, match_all, match_none, prefix, range, term, terms"));
  }
  Error unknown = query_parsing_error("unknown query [" + name + "]");
  Error cause(ErrorKind::kBadRequest, 400, "named_object_not_found_exception", "unknown field [" + name + "]");
  return std::unexpected(std::move(unknown).wrapping(std::move(cause)));
}

}  // namespace sluice::stages
