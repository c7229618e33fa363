#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "io/store/catalog/index_names.h"
#include "io/store/documents/shard_choice.h"
#include "stages/query/hit_script.h"
#include "stages/query/query.h"
#include "stages/sort/sort_values.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/search/search_request.h"
#include "tools/sluiced/search/shard_failure.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

using stages::Sorter;
using stages::SortValue;

/// One index of a search, in the picture that the search sees.
struct IndexTarget {
  store::IndexPtr index;
  store::ViewPtr view;
  std::vector<std::string> filters;  ///< raw JSON, of the aliases that led to it: one of them has to match
  std::string routing;               ///< of these aliases; empty: all shards
};

/// Everything that a search looks at; what scrolls and points in time keep. Immutable; any thread.
struct SearchTargets {
  std::vector<IndexTarget> indices;
  /// How many shards a choice reads.
  [[nodiscard]] std::uint64_t shards(const store::ShardChoice& choice) const;
};
using TargetsPtr = std::shared_ptr<const SearchTargets>;

/// What an index with `index.blocks.read` says to a search or a get, 403.
Error read_blocked(const store::IndexMeta& index);

/// The indices of an expression, with their newest refreshed pictures. Errors: of resolve_indices(); index blocks.
Result<TargetsPtr> search_targets(Services& services, std::string_view expression, const store::IndexOptions& options);

/// One shard to look at, or a part of it.
struct ShardTarget {
  std::uint32_t index = 0;    ///< in SearchTargets::indices
  std::uint32_t ordinal = 0;  ///< over all indices; what `_shard_doc` counts
  std::uint32_t shard = 0;
  std::int64_t from = 0;  ///< sequence numbers
  std::int64_t to = 0;
};

/// The shards that a search reads: those of its choice, of its slice. `scroll`: scrolls have a limit of slices of their
/// own. Errors: of the store; slices over the limit.
Result<std::vector<ShardTarget>> shard_targets(const SearchTargets& targets, const store::ShardChoice& choice,
                                               const std::optional<SearchSlice>& slice, bool scroll = false);

/// A field of hits that a script makes.
struct CompiledScript {
  std::string name;
  stages::HitScriptPtr script;
  bool ignore_failure = false;
};

struct InnerSearch;  // inner_hits.h
using InnerSearchPtr = std::shared_ptr<const InnerSearch>;

/// A query and sort keys, made ready for one index.
struct CompiledSearch {
  store::MappingPtr mapping;  ///< what the fields are: the index's, with the search's runtime fields
  stages::CompiledQueryPtr query;
  stages::CompiledQueryPtr filter;  ///< of aliases; null: none
  std::vector<Sorter> sorters;
  std::map<std::string, stages::FieldReaderPtr, std::less<>> computed;  ///< the runtime fields that scripts make
  std::vector<CompiledScript> scripts;                                  ///< `script_fields`
  std::vector<InnerSearchPtr> inner;                                    ///< `inner_hits` of the query's clauses
  std::optional<pipeline::LookupPlan> plan;  ///< which documents can match; nothing: that can't be told
  float boost = 1;                           ///< what scores are multiplied with
  bool failed = false;  ///< its index refused the search: it has none of the others, and its shards are not looked at

  [[nodiscard]] bool everything() const { return failed || (query->matches_all() && filter == nullptr); }
  /// Whether a hit is looked into, whatever its search shows of it.
  [[nodiscard]] bool reads_hits() const {
    return !failed && (query->has_names() || !scripts.empty() || !inner.empty());
  }
  /// Errors: of CompiledQuery::matches().
  [[nodiscard]] Result<bool> matches(const stages::QueryDocument& document) const {
    auto matched = query->matches(document);
    if (!matched || !*matched || filter == nullptr) return matched;
    return filter->matches(document);
  }
  [[nodiscard]] Result<bool> matches(const stages::QueryDocument& document, float& score) const {
    auto matched = query->matches(document, score);
    if (!matched || !*matched) return matched;
    score *= boost;
    return filter == nullptr ? matched : filter->matches(document);
  }
};

/// The documents of a part of a shard that a search has to look at. Errors: the store's.
Result<std::unique_ptr<store::Scan>> open_scan(const IndexTarget& target, const CompiledSearch& search,
                                               std::uint32_t shard, std::int64_t from, std::int64_t to);

struct CompiledSearches {
  std::vector<CompiledSearch> each;    ///< one for each index
  std::vector<ShardFailure> failures;  ///< of some of them: the others answer
};

/// What a search asks of each index. What it names must outlive it.
struct SearchTerms {
  const QueryText& query;
  const std::vector<SortKey>& sort;
  bool scored = false;                                  ///< somebody wants scores
  const std::vector<ScriptedField>* scripts = nullptr;  ///< of hits; null: none
  bool inner_hits = false;                              ///< hits show those of the query
};

/// Compiles for each index. Errors: search_phase_execution_exception where every index refuses it, or where one does
/// and `partial` results are not wanted; the query's own errors as they are.
Result<CompiledSearches> compile_search(const Services& services, const SearchTargets& targets,
                                        const SearchTerms& terms, bool partial = true);
/// Compiles for one index. Errors: as one of its shards tells them.
Result<CompiledSearch> compile_search(const Services& services, const IndexTarget& target, const SearchTerms& terms);
/// A query of sluiced's own on an index. Errors: of stages::compile_query().
Result<stages::CompiledQueryPtr> compile_filter(const Services& services, const IndexTarget& target,
                                                const store::MappingPtr& mapping, std::string_view query);
/// Which documents can match both the query and the filter; nothing: that can't be told.
std::optional<pipeline::LookupPlan> plan_of(const CompiledSearch& search);

/// What is wrong with a query whatever the indices are. Errors: of stages::compile_query().
Status check_query(const QueryText& query);

}  // namespace sluice::rest
