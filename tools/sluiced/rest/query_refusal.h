#pragma once

#include "reindex/reindex.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// The error of a run that a shard fails: what a search for the same would answer. A run stops at the first document
/// that its query can't judge, so whether the other shards would have answered is looked up then, once for a run.
/// Errors: search_phase_execution_exception, `all shards failed` or `Partial shards failure`.
decltype(RunOptions::query_refused) query_refusal(Services& services, const RequestSource& source);

}  // namespace sluice::rest
