#pragma once

#include <cstddef>

#include "io/store/catalog/catalog.h"
#include "stages/query/query.h"

namespace sluice {

/// What a query on an index of a store is compiled for: the index's fields, as `schema` has them, analyzers and limits.
/// `max_clauses`: indices.query.bool.max_clause_count. The time, scores, scripts and lookups are the caller's to add.
stages::QueryContext index_query(const store::IndexMeta& index, const pipeline::Schema& schema,
                                 const stages::Analysis* analysis, std::size_t max_clauses);

}  // namespace sluice
