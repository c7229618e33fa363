#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/base/error.h"
#include "pipeline/model/batch.h"

/// What a cluster answers to a `_bulk` request. Pure.
namespace sluice::io {

struct BulkReplyFacts {
  std::uint32_t refused = 0;  ///< items with 429 or 503: still pending
  bool breaker = false;       ///< a circuit breaker refused some: less at a time helps
};

/// Gives each document in `batch.bulk.items` its outcome and, where it went wrong, a failure. Items that were refused
/// for a moment stay pending unless `last_try` says that they fail now. `reply` is padded as a Buffer is.
/// Errors: the reply is not one to this bulk (an HTTP 200 that is not JSON, fewer items than documents).
/// Source: reference/reindex.md 2.4, 2.5; every version from Elasticsearch 1 on.
Result<BulkReplyFacts> read_bulk_reply(pipeline::Batch& batch, std::string_view default_index, bool last_try);

}  // namespace sluice::io
