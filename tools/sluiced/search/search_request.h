#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/documents/shard_choice.h"
#include "pipeline/base/units.h"
#include "reindex/request.h"
#include "stages/parse/json_object.h"
#include "stages/query/field_reader.h"
#include "stages/query/query.h"
#include "stages/sort/sort_key.h"
#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

using stages::SortKey;

/// A query as it stands in a request.
struct QueryText {
  std::string json;            ///< raw; empty: all documents
  stages::TextPosition start;  ///< of its first character
  std::string runtime{};       ///< `runtime_mappings`, raw; empty: none
};

/// A field whose values hits show.
struct ShownField {
  std::string name;               ///< or a pattern
  std::string format{};           ///< of dates, and of numbers that are doc values; empty: the field's
  bool include_unmapped = false;  ///< also what the mapping does not know
};

/// A field of hits that a script makes.
struct ScriptedField {
  std::string name;
  stages::ScriptText script{};
  bool ignore_failure = false;  ///< a hit whose script fails does without
};

/// By how much the scores of an index count.
struct IndexBoost {
  std::string expression;
  float boost = 1;
};

struct SearchSlice {
  int id = 0;
  int max = 0;
  std::string field;
};

/// `_search`: what the body and the URL say. Raw JSON parts are kept as texts of their own.
struct SearchRequest {
  std::int64_t from = 0;
  std::int64_t size = 10;
  bool from_set = false;
  QueryText query;
  std::vector<SortKey> sort;
  std::vector<std::string> search_after;  ///< raw JSON values
  bool search_after_set = false;
  SourceFields source;
  std::vector<std::string> stored_fields;
  bool stored_fields_set = false;
  std::vector<ShownField> fields;
  std::vector<ShownField> docvalue_fields;
  std::vector<ScriptedField> script_fields;
  std::vector<IndexBoost> index_boosts;  ///< the first that names an index counts
  bool version = false;
  bool seq_no = false;
  bool track_scores = false;
  std::int64_t track_total = 10'000;  ///< exact up to so many; 0: not at all; max: always
  bool total_as_int = false;          ///< rest_total_hits_as_int
  std::optional<std::int64_t> terminate_after;
  std::optional<float> min_score;
  std::optional<TimeValue> timeout;
  std::optional<TimeValue> scroll;
  std::string pit;  ///< a point in time's id; empty: none
  std::optional<TimeValue> pit_keep_alive;
  std::optional<SearchSlice> slice;
  store::ShardChoice shards;
  bool preference_set = false;     ///< for validation only
  bool global_statistics = false;  ///< search_type dfs_query_then_fetch: scores are by all shards together
  bool request_cache = false;
  std::optional<bool> partial;  ///< allow_partial_search_results; empty: as the cluster's setting says
};

/// Whether anybody sees scores, or they decide what is found.
bool wants_scores(const SearchRequest& request);

/// Reads a search. Errors: Elasticsearch's for unknown keys and values that are wrong,
/// action_request_validation_exception for what does not go together, 400; parts that are not there yet are refused by
/// name, 501.
Result<SearchRequest> read_search(const Call& call, std::string_view body);

/// Reads one member of the body `body`. Errors: of read_search().
Status read_search_member(std::string_view body, const stages::JsonMember& member, SearchRequest& request);

/// Reads the body alone into `request`. Buffer::kPadding readable bytes behind it.
Status read_search_body(std::string_view body, SearchRequest& request);

/// What does not go together. `indices_named`: the request has an index expression.
Status validate_search(const SearchRequest& request, bool indices_named);

}  // namespace sluice::rest
