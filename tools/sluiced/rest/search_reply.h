#pragma once

#include <chrono>

#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/search/contexts.h"

namespace sluice::rest {

/// What a search answers.
struct SearchReply {
  std::string_view scroll_id;  ///< empty: none
  std::string_view pit_id;     ///< the same
  std::chrono::steady_clock::time_point began;
  std::uint64_t shards = 0;
  const SearchRequest& request;
  const SearchResult& result;
  const std::vector<IndexFailure>& failures;  ///< of indices that did not take the search
};
std::string search_reply_json(const Services& services, const SearchReply& reply);

/// Runs one search, with its scroll or point in time. Returns the body of the answer. Errors: all that a search has.
Result<std::string> run_search(Services& services, const SearchRequest& request, std::string_view expression,
                               const store::IndexOptions& options);

/// The next page of a scroll.
Result<std::string> continue_scroll(Services& services, std::string_view id, const std::optional<TimeValue>& keep_alive,
                                    bool total_as_int);

/// search_phase_execution_exception around search_context_missing_exception, 404.
Error context_missing(std::string_view id);
/// search_phase_execution_exception around what went wrong before a shard was asked.
Error no_shard_failed(Error cause);

}  // namespace sluice::rest
