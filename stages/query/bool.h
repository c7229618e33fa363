#pragma once

#include <vector>

#include "stages/query/query_node.h"

namespace sluice::stages {

/// The clauses of a `bool`.
struct BoolClauses {
  std::vector<QueryPtr> must;
  std::vector<QueryPtr> filter;  ///< have to match like `must`, and don't score
  std::vector<QueryPtr> must_not;
  std::vector<QueryPtr> should;
  std::size_t least = 0;  ///< how many of `should`
};

/// Documents that match all of `must` and `filter`, none of `must_not` and enough of `should`; the score is the sum of
/// those of `must` and of the `should` that match.
QueryPtr bool_query(BoolClauses clauses);
/// Asks for some of the optional clauses, where the query is a `bool`; as it is where it is something else. Empty text:
/// likewise. Errors: of minimum_should_match().
Result<QueryPtr> with_minimum_should_match(QueryPtr query, std::string_view minimum);
/// One of several; the score is the sum.
QueryPtr any_of(std::vector<QueryPtr> queries);
/// One of several; the score is the best one, and `tie_breaker` times the others.
QueryPtr best_of(std::vector<QueryPtr> queries, float tie_breaker);

}  // namespace sluice::stages
