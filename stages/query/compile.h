#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/parse/json_object.h"
#include "stages/query/query.h"
#include "stages/query/query_node.h"
#include "stages/query/score_statistics.h"
#include "stages/query/word_source.h"

namespace sluice::stages {

class JoinPasses;

/// What a clause is compiled into, beside itself. One thread.
struct ClauseContext : QueryContext {
  ReadPlan* reads = nullptr;                 ///< of the document, or of the nested object that the clause is asked of
  WordSources* words = nullptr;              ///< likewise
  ScoreStatistics* statistics = nullptr;     ///< likewise
  JoinPasses* passes = nullptr;              ///< of the query
  std::size_t* passes_before = nullptr;      ///< how many the clauses within the innermost join need, of those so far
  std::vector<NamedQuery>* names = nullptr;  ///< of the query; null: nobody asks for them
  std::vector<InnerHits>* inner_hits = nullptr;  ///< of the query, or of the nested clause around; null: nobody asks
  std::string scope = {};                        ///< the path of that nested object; empty: the document
  bool filters = false;                          ///< within a filter, where boosts are dropped
  std::size_t depth = 0;                         ///< of this clause in it

  /// The field a name means here: null where there is none, or where it is inside of another nested object.
  [[nodiscard]] const pipeline::FieldSchema* find(std::string_view path) const;
};

#define QUERY(name, compile) Result<QueryPtr> compile(std::string_view body, const ClauseContext& context);
#include "stages/query/queries.def"
#undef QUERY

/// The analyzers of the index.
const Analysis& analysis_of(const QueryContext& context);

/// Compiles a clause within another one: an object with one key, the query's name. Errors: of compile_query().
Result<QueryPtr> compile_clause(std::string_view json, const ClauseContext& context);

/// Where `at`, which points into the context's text, stands in the request; nothing where nobody can know.
std::optional<TextPosition> position_in(const QueryContext& context, const char* at);
/// The same as `[line:column] `, or as nothing.
std::string position_text(const QueryContext& context, const char* at);

/// parsing_exception, 400, with the line and column of `at`.
Error query_parsing_error(const QueryContext& context, const char* at, std::string reason);
/// x_content_parse_exception, 400: what Elasticsearch's parsers of objects say, with the place in front.
Error query_object_error(const QueryContext& context, const char* at, const std::string& reason);
/// query_shard_exception, 400, with its index.
Error query_shard_error(const QueryContext& context, std::string reason);
/// What is_shard_error() says is a shard's, as the shard tells it.
Error as_told_by_shard(const QueryContext& context, Error error);
/// The same around what an index's mapping does not allow: `failed to create query: ..`.
Error failed_to_create(const QueryContext& context, Error cause);
/// `[term] query does not support [foo]`, at the parameter's value.
Error query_does_not_support(const QueryContext& context, std::string_view query, const JsonMember& parameter);
/// x_content_parse_exception, 400: `[bool] failed to parse field [must]`, around what is wrong in the clause `clause`.
/// What only shows on a shard is left as it is: Elasticsearch finds it later.
Error query_field_error(const QueryContext& context, std::string_view clause, std::string_view query,
                        std::string_view field, Error cause);
/// An error that is the request's own, though the same one can be an index's: a number that is none, and its like.
Error request_error(Error error);
/// Whether an error is one of those that an index's mapping brings about, and not of the query's text.
bool is_shard_error(const Error& error);
/// Where an object ends: at its bracket.
inline const char* end_of(std::string_view object) { return object.data() + object.size() - 1; }
/// illegal_argument_exception, 400: `Expected text at 1:25 but found START_ARRAY`.
Error expected_text(const QueryContext& context, std::string_view value);

/// The body of a query on one field: `{"field":value}` or `{"field":{parameters},"boost":..}`.
struct FieldClause {
  std::string field;
  std::string_view value;              ///< what stands behind the field's name
  std::vector<JsonMember> parameters;  ///< of an object; empty for the short form
  bool object = false;
  float boost = 1;  ///< beside the field
};
/// Errors: `[term] query doesn't support multiple fields, found [a] and [b]` and the like.
Result<FieldClause> read_field_clause(std::string_view query, std::string_view body, const QueryContext& context);

/// `boost`, which is read, and `_name`, which is let be. False: it is neither. Errors: `negative [boost] are not
/// allowed in [x], use a value between 0 and 1 to deboost`, numbers that are none.
Result<bool> read_boost_or_name(const JsonMember& member, std::string_view query, float& boost);

/// A number, or a text that is one. Errors: number_format_exception, 400.
Result<double> read_number(std::string_view value);
/// The same as Java's int: what is behind the point counts for nothing. Errors: also numbers that are out of range,
/// illegal_argument_exception.
Result<std::int32_t> read_int(std::string_view value);

/// The words of a field, shared by the clauses of a query. Texts are analyzed as they were for the index; the values of
/// other fields that have terms (keywords, booleans) are one word each, after normalization. Errors: analyzers that the
/// index has not.
Result<WordSource> words_of(const pipeline::FieldSchema& field, const ClauseContext& context);
/// What analyzes a query's text for a field. `quoted`: for phrases. Errors: analyzers that the index has not.
Result<AnalyzerPtr> search_analyzer(const pipeline::FieldSchema& field, bool quoted, const ClauseContext& context);

}  // namespace sluice::stages
