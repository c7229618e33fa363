#pragma once

#include <cstdint>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// What `_stats` and `_cat` count, of one index or of several together.
struct IndexFigures {
  std::int64_t docs = 0;  ///< that searches see
  std::int64_t deleted = 0;
  std::int64_t source_bytes = 0;
  std::int64_t bytes = 0;  ///< on the disk
  std::int64_t shards = 0;
  std::int64_t indexed = 0;
  std::int64_t index_ns = 0;
  std::int64_t index_failed = 0;
  std::int64_t index_conflicts = 0;
  std::int64_t removed = 0;
  std::int64_t remove_ns = 0;
  std::int64_t got = 0;
  std::int64_t got_ns = 0;
  std::int64_t missing = 0;
  std::int64_t missing_ns = 0;
  std::int64_t queries = 0;
  std::int64_t query_ns = 0;
  std::int64_t refreshes = 0;
  std::int64_t refresh_ns = 0;
  std::int64_t flushes = 0;
  std::int64_t flush_ns = 0;

  void add(const IndexFigures& other);
};

/// The figures of an index, from the picture of its last refresh. Errors: the store's.
Result<IndexFigures> figures_of(Services& services, const store::IndexMeta& index);

/// `green`, or `yellow` where copies have no node to be on.
std::string_view health_of(const store::IndexMeta& index);

}  // namespace sluice::rest
