#pragma once

#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/rest/search_answer.h"

namespace sluice::rest {

/// Runs one search, with its scroll or point in time. Errors: all that a search has; task_cancelled_exception once it
/// is `abandoned`.
Result<SearchAnswer> run_search(Services& services, SearchRequest request, std::string_view expression,
                                const store::IndexOptions& options, const serve::Abandoned& abandoned);

/// The next page of a scroll. Errors: of run_search(); es_rejected_execution_exception, 429, while the page before is
/// being sent.
Result<SearchAnswer> continue_scroll(Services& services, std::string_view id,
                                     const std::optional<TimeValue>& keep_alive, bool total_as_int,
                                     const serve::Abandoned& abandoned);

/// search_phase_execution_exception around search_context_missing_exception, 404.
Error context_missing(std::string_view id);
/// search_phase_execution_exception around what went wrong before a shard was asked.
Error no_shard_failed(Error cause);

}  // namespace sluice::rest
