#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/schema.h"
#include "stages/parse/structurals.h"

namespace sluice::stages {

/// One document, as queries look at it. Views and index live while it is looked at.
struct QueryDocument {
  std::string_view id;                       ///< text, not a JSON token
  std::string_view index;                    ///< its index's name
  std::string_view routing;                  ///< empty: none
  std::string_view source;                   ///< a JSON object
  const Structurals* structurals = nullptr;  ///< of `source`
};

/// A clause of the query DSL, compiled for one index. Immutable; any number of threads.
class Query {
 public:
  virtual ~Query() = default;
  [[nodiscard]] virtual bool matches(const QueryDocument& document) const = 0;
  /// Whether every document matches, without looking.
  [[nodiscard]] virtual bool matches_all() const { return false; }
  [[nodiscard]] virtual bool matches_none() const { return false; }
  /// The ids that a document has to have one of, where the query says so: then nothing else needs to be looked at.
  [[nodiscard]] virtual const std::vector<std::string>* only_ids() const { return nullptr; }
};
using QueryPtr = std::shared_ptr<const Query>;

/// A line and column, from 1.
struct TextPosition {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Where `at`, which points into `text` or right behind it, stands, if `text` begins at `start`.
TextPosition position_of(std::string_view text, const char* at, TextPosition start = {});

/// What a query is compiled for.
struct QueryContext {
  const pipeline::Schema& schema;
  std::string index;                ///< for errors and `_index`
  std::string index_uuid;           ///< for errors
  std::size_t max_terms = 65'536;   ///< index.max_terms_count
  std::size_t max_clauses = 4'096;  ///< indices.query.bool.max_clause_count
  std::int64_t now_ms = 0;          ///< what `now` in dates stands for, milliseconds since 1970
  /// The text that is compiled, of which the clauses are spans: errors say where in it they are. Empty: they don't.
  std::string_view text = {};
  TextPosition start = {};  ///< of `text` in the request
};

/// Compiles a query: a JSON object with one key, the query's name; empty text is match_all. Buffer::kPadding readable
/// bytes behind `json`. Errors: Elasticsearch's parsing_exception, illegal_argument_exception and
/// query_shard_exception, 400; kUnsupported for queries that are not there yet, by name. Source:
/// reference/query-dsl.md.
Result<QueryPtr> compile_query(std::string_view json, const QueryContext& context);

}  // namespace sluice::stages
