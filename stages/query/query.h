#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"
#include "pipeline/model/lookup_plan.h"
#include "pipeline/model/schema.h"
#include "stages/query/query_document.h"

namespace sluice::painless {
struct Script;
struct ScriptContext;
}  // namespace sluice::painless

namespace sluice::stages {

class JoinPasses;
class Query;
class ReadPlan;
class RuntimeScripts;
class ScoreStatistics;
struct ScoredField;
struct ScoredCounts;
class Analysis;

/// A line and column, from 1.
struct TextPosition {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Where `at`, which points into `text` or right behind it, stands, if `text` begins at `start`.
TextPosition position_of(std::string_view text, const char* at, TextPosition start = {});

/// A script as a query has it.
struct ScriptText {
  std::string source;  ///< empty for a stored script
  std::string id;      ///< of a stored script
  std::string lang = "painless";
  std::string params;             ///< raw JSON object; empty: none
  bool source_is_object = false;  ///< `source` is the JSON of one, which is nothing that Painless compiles
};

/// A limit of QueryContext that nothing reaches: for who only asks whether a query can be read.
inline constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

/// What a query is compiled for.
struct QueryContext {
  const pipeline::Schema& schema;
  std::string index{};                 ///< for errors and `_index`
  std::string index_uuid{};            ///< for errors
  std::size_t max_terms = 65'536;      ///< index.max_terms_count
  std::size_t max_clauses = 4'096;     ///< indices.query.bool.max_clause_count
  std::size_t max_regex = 1'000;       ///< index.max_regex_length
  std::size_t max_inner_hits = 100;    ///< index.max_inner_result_window
  bool ignores_malformed = false;      ///< index.mapping.ignore_malformed
  const Analysis* analysis = nullptr;  ///< of the index; null: Elasticsearch's own analyzers only
  bool scored = false;                 ///< whether anybody wants scores; false: they may be wrong
  /// The `_source` of another document, as padded JSON, for a terms lookup; nothing: it is not there. Empty: documents
  /// can't be looked up here.
  std::function<Result<std::optional<Buffer>>(const std::string& index, const std::string& id,
                                              const std::string& routing)>
      source_of = {};
  std::int64_t now_ms = 0;  ///< what `now` in dates stands for, milliseconds since 1970
  /// The text that is compiled, of which the clauses are spans: errors say where in it they are. Empty: they don't.
  std::string_view text = {};
  TextPosition start = {};  ///< of `text` in the request
  /// Compiles a script for what it is given: from a cache, within limits, stored ones too. Empty: scripts that the
  /// query brings are compiled as they stand, and there are no others.
  std::function<Result<std::shared_ptr<const painless::Script>>(const ScriptText&, const painless::ScriptContext&)>
      compile_script = {};
  /// The scripts of the schema's runtime fields; null: whoever compiles makes them.
  std::shared_ptr<const RuntimeScripts> runtime = {};
  /// Whether the index is one of those that a name, alias, date math or pattern with `*` stands for at a time
  /// (milliseconds since 1970). Errors: of date math. Empty: names of indices are compared.
  std::function<Result<bool>(std::string_view pattern, std::int64_t now_ms)> is_index = {};
  bool shows_inner_hits = false;  ///< whether anybody asks for CompiledQuery::inner_hits()
};

/// A clause that its `_name` names.
struct NamedQuery {
  std::string name;
  std::shared_ptr<const Query> query;
};

class InnerObjects;

/// `inner_hits` of a clause: what a hit shows of the objects or documents for which the clause found it.
struct InnerHits {
  enum class Of : std::uint8_t { kObjects, kChildren, kParent };
  Of of = Of::kObjects;
  std::string name;                 ///< in the answer
  std::string relation;             ///< the path of nested objects, or the name of the joined documents' relation
  std::string options;              ///< raw JSON object
  std::string query{};              ///< the clause within, raw JSON
  std::vector<InnerHits> within{};  ///< kObjects: of the clauses within
  std::shared_ptr<const InnerObjects> objects{};  ///< kObjects: who finds them
};

/// A nested object that matches.
struct InnerObject {
  std::string_view json;                         ///< a part of the document's source
  float score = 1;                               ///< of the clause within
  std::vector<std::vector<InnerObject>> within;  ///< for each of InnerHits::within
};

/// A query, compiled for one index: matches documents, and scores those that match. Immutable once its statistics are
/// complete; any number of threads. The schema must outlive it.
class CompiledQuery {
 public:
  CompiledQuery(std::shared_ptr<const Query> root, std::shared_ptr<const ReadPlan> reads,
                std::shared_ptr<ScoreStatistics> statistics, std::shared_ptr<const JoinPasses> passes = {},
                std::shared_ptr<const RuntimeScripts> runtime = {}, std::vector<NamedQuery> names = {},
                std::vector<InnerHits> inner_hits = {});

  /// Errors: scripts that fail, analyzers that refuse a text.
  [[nodiscard]] Result<bool> matches(const QueryDocument& document) const;
  /// Whether it matches, and if so its score: Lucene's, as a float. With needs_statistics(), add_statistics() has seen
  /// every document of the index before.
  [[nodiscard]] Result<bool> matches(const QueryDocument& document, float& score) const;
  /// Whether clauses have names.
  [[nodiscard]] bool has_names() const { return !names_.empty(); }
  /// The names of those that match, in the order of the query; those of clauses within nested objects never do, as in
  /// Elasticsearch. Errors: of matches().
  [[nodiscard]] Result<std::vector<std::string>> matched_names(const QueryDocument& document) const;
  /// `inner_hits` of its clauses. Empty where the context said that nobody asks.
  [[nodiscard]] const std::vector<InnerHits>& inner_hits() const { return inner_hits_; }
  /// The objects of a document that match the clause within, in the order of the document. `hits` is one of
  /// inner_hits(), of nested objects. Errors: of matches().
  [[nodiscard]] Result<std::vector<InnerObject>> inner_objects(const QueryDocument& document,
                                                               const InnerHits& hits) const;
  /// Whether every document matches, without looking.
  [[nodiscard]] bool matches_all() const;
  [[nodiscard]] bool matches_none() const;

  /// Which documents it can match at most, for a store with an index of fields; nothing: that can't be told.
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const;

  /// Scores depend on the other documents of the shard (BM25), or what matches does: a fuzzy term stands for the best
  /// so many terms that there are (max_expansions). Without statistics it stands for all of them.
  [[nodiscard]] bool needs_statistics() const;
  /// Errors: where nobody asked for scores, and nobody counts words, a `min_score` over scores of words, by name.
  [[nodiscard]] Status check_without_statistics() const;
  /// The same by an index of fields: see ScoreStatistics.
  [[nodiscard]] std::optional<std::vector<ScoredField>> scored_fields() const;
  /// Errors: analyzers that refuse a text.
  Status count_scored(std::uint32_t field, const QueryDocument& document, bool words_only, ScoredCounts& counts) const;
  void set_scored(std::uint32_t field, std::uint32_t shard, const ScoredCounts& counts, std::uint64_t documents) const;
  /// Counts one document's terms. One thread at a time, before any score is asked for. Source: Lucene's BM25Similarity.
  Status add_statistics(const QueryDocument& document) const;

  /// How often all documents of the shards have to be shown, with look(), before the first one is asked for: joins
  /// (has_child) find there what belongs together. After add_statistics().
  [[nodiscard]] std::size_t passes() const;
  /// Shows one document in one pass. One thread at a time. Errors: of matches(); more documents that are joined than a
  /// query may keep.
  Status look(std::size_t pass, const QueryDocument& document) const;

  /// The score of a document is the same for all that match.
  [[nodiscard]] bool constant_score() const;
  /// What is read and what is compared how, lines of text, for people.
  [[nodiscard]] std::string explain() const;

 private:
  std::shared_ptr<const Query> root_;
  std::shared_ptr<const ReadPlan> reads_;
  std::shared_ptr<ScoreStatistics> statistics_;
  std::shared_ptr<const JoinPasses> passes_;
  std::shared_ptr<const RuntimeScripts> runtime_;  ///< what the plan looks at
  std::vector<NamedQuery> names_;
  std::vector<InnerHits> inner_hits_;
};
using CompiledQueryPtr = std::shared_ptr<const CompiledQuery>;

/// Compiles a query: a JSON object with one key, the query's name; empty text is match_all. Buffer::kPadding readable
/// bytes behind `json`. Errors: Elasticsearch's parsing_exception, illegal_argument_exception and
/// query_shard_exception, 400; kUnsupported for queries that are not there yet, by name. Source:
/// reference/query-dsl.md.
Result<CompiledQueryPtr> compile_query(std::string_view json, const QueryContext& context);

}  // namespace sluice::stages
