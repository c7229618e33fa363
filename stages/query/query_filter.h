#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/query.h"

namespace sluice::stages {

/// Which documents of one index a search reads: those that its query matches and, where aliases led to the index, one
/// of their filters. Immutable; any number of threads.
class QueryFilter {
 public:
  /// `query` and `filters` are raw JSON; empty: everything. Errors say where in the query they are, from
  /// `context.start` on. The schema must outlive the filter. Errors: those of
  /// compile_query().
  static Result<QueryFilter> compile(std::string_view query, std::span<const std::string> filters,
                                     const QueryContext& context);

  /// Every document matches, without looking.
  [[nodiscard]] bool matches_all() const;
  /// Which documents it can match at most; nothing: that can't be told.
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const;
  /// How often all documents of the shards have to be shown, with look(), before matches(): see
  /// CompiledQuery::passes().
  [[nodiscard]] std::size_t passes() const;
  /// Shows one document in one pass. One thread at a time. Errors: of CompiledQuery::look().
  Status look(std::size_t pass, QueryDocument document) const;
  /// `document.source` is a JSON object with Buffer::kPadding readable bytes behind it, which is indexed here; one that
  /// is no JSON matches nothing that looks at it. Errors: of CompiledQuery::matches().
  [[nodiscard]] Result<bool> matches(QueryDocument document) const;

 private:
  QueryFilter(CompiledQueryPtr query, std::vector<CompiledQueryPtr> filters)
      : query_(std::move(query)), filters_(std::move(filters)) {}
  Status look_indexed(std::size_t pass, const QueryDocument& document) const;

  CompiledQueryPtr query_;
  std::vector<CompiledQueryPtr> filters_;  ///< one of them; none: all documents
};

}  // namespace sluice::stages
