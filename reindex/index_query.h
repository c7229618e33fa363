#pragma once

#include <cstddef>
#include <string_view>

#include "io/store/catalog/catalog.h"
#include "stages/query/query.h"

namespace sluice {

/// A whole number that an index's settings say, or `fallback`.
std::size_t index_limit(const store::IndexMeta& index, std::string_view setting, std::size_t fallback);

/// What a query on an index of a store is compiled for: the index's fields, as `schema` has them, analyzers and limits.
/// `max_clauses`: indices.query.bool.max_clause_count. The time, scores, scripts and lookups are the caller's to add.
stages::QueryContext index_query(const store::IndexMeta& index, const pipeline::Schema& schema,
                                 const stages::Analysis* analysis, std::size_t max_clauses);

}  // namespace sluice
