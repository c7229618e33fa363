#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/base/similar_names.h"
#include "stages/query/compile.h"
#include "stages/query/inner_hits.h"
#include "stages/query/join_passes.h"
#include "stages/query/runtime_field.h"

namespace sluice::stages {

namespace {

using Compile = Result<QueryPtr> (*)(std::string_view, const ClauseContext&);

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
constexpr auto kNotThere = std::to_array<std::string_view>({
    "geo_grid",
    "knn",
    "percolate",
    "rule",
    "semantic",
    "shape",
    "sparse_vector",
    "text_expansion",
    "weighted_tokens",
});

/// indices.query.bool.max_nested_depth
constexpr std::size_t kMaxDepth = 30;

std::vector<std::string_view> known_names() {
  std::vector<std::string_view> names(kNotThere.begin(), kNotThere.end());
  for (const Row& row : kQueries) names.push_back(row.name);
  return names;
}

/// Where the body of the query in a clause ends: Elasticsearch's parser is there when it has read it.
const char* inner_end(std::string_view clause) {
  const std::size_t outer = clause.rfind('}');
  if (outer == std::string_view::npos || outer == 0) return clause.data();
  const std::size_t inner = clause.rfind('}', outer - 1);
  return clause.data() + (inner == std::string_view::npos ? outer : inner);
}

/// The token behind a value: Elasticsearch has looked at it once more before it says that the value is none.
const char* behind(const QueryContext& context, std::string_view value) {
  const char* at = value.data() + value.size();
  const char* const end = context.text.data() + context.text.size();
  if (!position_in(context, at)) return value.data();
  while (at != end && (*at == ',' || *at == ' ' || *at == '\n')) ++at;
  return at;
}

Error empty_clause(const QueryContext& context, std::string_view json) {
  const auto place = position_in(context, json.data() + json.rfind('}'));
  const std::string where =
      place ? " at [" + std::to_string(place->line) + ":" + std::to_string(place->column) + "]" : std::string();
  return illegal_argument("query malformed, empty clause found" + where);
}

std::optional<std::string> name_in(const std::vector<JsonMember>& members) {
  const auto found = std::ranges::find(members, "\"_name\"", &JsonMember::key);
  return found == members.end() ? std::nullopt : json_text_value(found->value);
}

/// The `_name` of a clause: in its body, or in what stands behind its field there.
std::optional<std::string> name_of(std::string_view body) {
  if (!body.contains("\"_name\"")) return std::nullopt;
  const auto members = json_members(body, "the query");
  if (!members) return std::nullopt;
  if (auto name = name_in(*members)) return name;
  for (const JsonMember& member : *members) {
    if (!member.value.starts_with('{')) continue;
    const auto inner = json_members(member.value, "the query");
    if (!inner) continue;
    if (auto name = name_in(*inner)) return name;
  }
  return std::nullopt;
}

}  // namespace

TextPosition position_of(std::string_view text, const char* at, TextPosition start) {
  const std::string_view passed = text.substr(0, static_cast<std::size_t>(at - text.data()));
  const auto lines = static_cast<std::size_t>(std::ranges::count(passed, '\n'));
  if (lines == 0) return TextPosition{start.line, start.column + passed.size()};
  return TextPosition{start.line + lines, passed.size() - passed.rfind('\n')};
}

std::optional<TextPosition> position_in(const QueryContext& context, const char* at) {
  const std::string_view text = context.text;
  const std::less_equal<const char*> before;
  if (text.empty() || !before(text.data(), at) || !before(at, text.data() + text.size())) return std::nullopt;
  return position_of(text, at, context.start);
}

std::string position_text(const QueryContext& context, const char* at) {
  const auto place = position_in(context, at);
  return place ? "[" + std::to_string(place->line) + ":" + std::to_string(place->column) + "] " : std::string();
}

Error query_parsing_error(const QueryContext& context, const char* at, std::string reason) {
  Error error(ErrorKind::kBadRequest, 400, "parsing_exception", std::move(reason));
  const auto place = position_in(context, at);
  if (!place) return error;
  return std::move(error).with_raw("line", std::to_string(place->line)).with_raw("col", std::to_string(place->column));
}

Error query_object_error(const QueryContext& context, const char* at, const std::string& reason) {
  return x_content_parse_error(position_text(context, at) + reason);
}

Error request_error(Error error) {
  Error self = error;
  self.caused_by = nullptr;
  error.root_causes.push_back(self);
  return error;
}

bool is_shard_error(const Error& error) {
  if (!error.root_causes.empty()) return false;
  const bool nowhere = error.type == "parsing_exception" && error.details.size() == 2 && error.details[1].second == "0";
  return nowhere || error.type == "query_shard_exception" || error.type == "number_format_exception" ||
         error.type == "parse_exception" || (error.kind == ErrorKind::kBadRequest && error.status == 500) ||
         error.reason.starts_with("boost must be a positive float") ||
         error.reason.starts_with("Fielddata is disabled") || error.reason.starts_with("The number of terms") ||
         error.reason.starts_with("Can't parse boolean") || error.reason.starts_with("Cannot search on field") ||
         error.reason.ends_with("is not an IP string literal.") || is_inner_hits_error(error);
}

Error query_field_error(const QueryContext& context, std::string_view clause, std::string_view query,
                        std::string_view field, Error cause) {
  if (is_shard_error(cause) || cause.kind != ErrorKind::kBadRequest || cause.type == "too_many_clauses") return cause;
  std::string place = position_text(context, inner_end(clause));
  const bool parsing = cause.type == "parsing_exception";
  if (parsing && cause.details.size() == 2) {
    place = "[" + cause.details[0].second + ":" + cause.details[1].second + "] ";
  } else if (cause.type == "x_content_parse_exception" && cause.reason.starts_with('[')) {
    place = cause.reason.substr(0, cause.reason.find(' ') + 1);
  }
  Error error =
      x_content_parse_error(place + "[" + std::string(query) + "] failed to parse field [" + std::string(field) + "]");
  if (parsing || cause.type == "x_content_parse_exception") error.root_causes = std::move(cause.root_causes);
  cause.root_causes.clear();
  if (error.root_causes.empty() && (parsing || cause.type == "x_content_parse_exception")) {
    error.root_causes.push_back(cause);
    error.root_causes.front().caused_by = nullptr;
  }
  return std::move(error).wrapping(std::move(cause));
}

Error expected_text(const QueryContext& context, std::string_view value) {
  const auto place = position_in(context, value.data());
  const std::string where =
      place ? " at " + std::to_string(place->line) + ":" + std::to_string(place->column) : std::string();
  return illegal_argument("Expected text" + where + " but found " + std::string(json_token_name(value)));
}

Error query_shard_error(const QueryContext& context, std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "query_shard_exception", std::move(reason))
      .with("index_uuid", context.index_uuid)
      .with("index", context.index);
}

Error as_told_by_shard(const QueryContext& context, Error error) {
  if (error.type == "query_shard_exception" || error.type == "parse_exception" || error.type == "parsing_exception" ||
      error.status == 500 || error.reason.starts_with("Fielddata is disabled") || is_inner_hits_error(error)) {
    return error;
  }
  Error wrapped = query_shard_error(context, "failed to create query: " + error.reason);
  return std::move(wrapped).wrapping(std::move(error));
}

Error failed_to_create(const QueryContext& context, Error cause) {
  cause.root_causes.clear();
  Error error = query_shard_error(context, "failed to create query: " + cause.reason);
  return std::move(error).wrapping(std::move(cause));
}

Error query_does_not_support(const QueryContext& context, std::string_view query, const JsonMember& parameter) {
  return query_parsing_error(context, parameter.value.data(),
                             "[" + std::string(query) + "] query does not support [" + parameter.name() + "]");
}

Result<bool> read_boost_or_name(const JsonMember& member, std::string_view query, float& boost) {
  if (member.key == "\"_name\"") return true;
  if (member.key != "\"boost\"") return false;
  const std::string text = json_text_value(member.value).value_or("");
  auto value = parse_number<float>(text);
  if (!value) {  // too large for one, or no number at all
    if (const auto large = parse_number<double>(text)) value = static_cast<float>(*large);
  }
  if (!value) {
    return std::unexpected(request_error(text.empty() ? illegal_argument("empty String") : number_format_error(text)));
  }
  if (*value < 0) {
    return std::unexpected(illegal_argument("negative [boost] are not allowed in [" + std::string(query) +
                                            "], use a value between 0 and 1 to deboost"));
  }
  if (!std::isfinite(*value)) {
    return std::unexpected(illegal_argument("boost must be a positive float, got " + java_float_text(*value)));
  }
  boost = *value;
  return true;
}

namespace {

/// A body without a field, or with nothing behind it: each query says it in its own way.
Error no_field(std::string_view query, std::string_view body, const FieldClause& clause, const QueryContext& context) {
  if (query == "match") return query_parsing_error(context, end_of(body), "No text specified for text query");
  const std::string name(query);
  if (query.starts_with("match_")) {
    return illegal_argument("[" + name + (clause.field.empty() ? "] requires fieldName" : "] requires query value"));
  }
  if (query == "fuzzy") {
    return illegal_argument(clause.field.empty() ? "field name cannot be null or empty" : "query value cannot be null");
  }
  return illegal_argument("field name is null or empty");
}

}  // namespace

Result<double> read_number(std::string_view value) {
  // A raw token, or a text that was one.
  const std::string text = value.starts_with('"') ? json_text_value(value).value_or("") : std::string(value);
  const auto number = parse_number<double>(text);
  if (!number) return std::unexpected(number_format_error(text));
  return *number;
}

Result<std::int32_t> read_int(std::string_view value) {
  auto number = read_number(value);
  if (!number) return std::unexpected(std::move(number.error()));
  if (std::isnan(*number)) return 0;
  using Limits = std::numeric_limits<std::int32_t>;
  if (*number >= Limits::min() && *number <= Limits::max()) return static_cast<std::int32_t>(*number);
  const std::string text = json_unquoted(value);
  return std::unexpected(illegal_argument(value.starts_with('"') ? "Value [" + text + "] is out of range for an integer"
                                                                 : "Numeric value (" + text + ") out of range of int"));
}

Result<FieldClause> read_field_clause(std::string_view query, std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[" + std::string(query) + "]");
  if (!members) return std::unexpected(members.error());
  FieldClause clause;
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, query, clause.boost);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    if (!clause.field.empty()) {
      return std::unexpected(query_parsing_error(context, member.value.data(),
                                                 "[" + std::string(query) +
                                                     "] query doesn't support multiple fields, found [" + clause.field +
                                                     "] and [" + member.name() + "]"));
    }
    clause.field = member.name();
    clause.value = member.value;
  }
  if (clause.field.empty() || clause.value == "null") return std::unexpected(no_field(query, body, clause, context));
  clause.object = clause.value.starts_with('{');
  if (!clause.object) return clause;
  auto parameters = json_members(clause.value, "[" + std::string(query) + "]");
  if (!parameters) return std::unexpected(parameters.error());
  clause.parameters = std::move(*parameters);
  return clause;
}

Result<QueryPtr> compile_clause(std::string_view json, const ClauseContext& outer) {
  ClauseContext context = outer;
  if (++context.depth > kMaxDepth) {
    return std::unexpected(
        illegal_argument("The nested depth of the query exceeds the maximum nested depth for queries set in "
                         "[indices.query.bool.max_nested_depth]"));
  }
  if (json.empty()) return everything();
  if (!json.starts_with('{')) {
    return std::unexpected(
        query_parsing_error(context, behind(context, json), "[_na] query malformed, must start with start_object"));
  }
  auto members = json_members(json, "the query");
  if (!members) return std::unexpected(members.error());
  if (members->empty()) return std::unexpected(empty_clause(context, json));
  const std::string name = members->front().name();
  const char* const body = members->front().value.data();
  if (*body != '{') {
    return std::unexpected(
        query_parsing_error(context, body, "[" + name + "] query malformed, no start_object after query name"));
  }
  for (const Row& row : kQueries) {
    if (row.name != name) continue;
    auto compiled = row.compile(members->front().value, context);
    if (compiled && context.names != nullptr && context.scope.empty()) {
      if (auto called = name_of(members->front().value)) context.names->push_back({std::move(*called), *compiled});
    }
    if (!compiled || members->size() == 1) return compiled;
    return std::unexpected(
        query_parsing_error(context, (*members)[1].key.data(),
                            "[" + name + "] malformed query, expected [END_OBJECT] but found [FIELD_NAME]"));
  }
  for (const std::string_view known : kNotThere) {
    if (known != name) continue;
    return std::unexpected(unsupported("the query [" + name + "] is not supported by this version of sluice"));
  }
  Error unknown =
      query_parsing_error(context, body, "unknown query [" + name + "]" + did_you_mean(name, known_names()));
  Error cause(ErrorKind::kBadRequest, 400, "named_object_not_found_exception",
              position_text(context, body) + "unknown field [" + name + "]");
  return std::unexpected(std::move(unknown).wrapping(std::move(cause)));
}

Result<CompiledQueryPtr> compile_query(std::string_view json, const QueryContext& context) {
  auto reads = std::make_shared<ReadPlan>();
  auto statistics = std::make_shared<ScoreStatistics>();
  WordSources words;
  ClauseContext clause{context};
  if (clause.runtime == nullptr) {
    auto runtime = RuntimeScripts::make(context);
    if (!runtime) return std::unexpected(std::move(runtime.error()));
    clause.runtime = std::move(*runtime);
  }
  reads->set_runtime(clause.runtime.get());
  clause.reads = reads.get();
  clause.words = &words;
  clause.statistics = statistics.get();
  auto passes = std::make_shared<JoinPasses>();
  std::size_t passes_before = 0;
  clause.passes = passes.get();
  clause.passes_before = &passes_before;
  std::vector<NamedQuery> names;
  clause.names = &names;
  std::vector<InnerHits> inner_hits;
  if (context.shows_inner_hits) clause.inner_hits = &inner_hits;
  auto root = compile_clause(json, clause);
  if (!root) return std::unexpected(std::move(root.error()));
  return std::make_shared<const CompiledQuery>(std::move(*root), std::move(reads), std::move(statistics),
                                               std::move(passes), std::move(clause.runtime), std::move(names),
                                               std::move(inner_hits));
}

}  // namespace sluice::stages
