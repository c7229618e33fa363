#pragma once

#include "reindex/request.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// Whether the sources take so many slices (`index.max_slices_per_scroll`) and so large a page
/// (`index.max_result_window`). `elsewhere`: other clusters are read too, or instead; they are asked for no more slices
/// than an index takes by itself. Errors: search_phase_execution_exception, 400, as the shards of a node answer it.
Status check_run_limits(const Request& request, const Services& services, bool elsewhere);

}  // namespace sluice::rest
