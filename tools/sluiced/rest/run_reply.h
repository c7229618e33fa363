#pragma once

#include <string>
#include <vector>

#include "reindex/reindex.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// A request of one of the three kinds, ready to run. What makes the options fail is found out by the run in
/// Elasticsearch, and so is the task's error where nobody waits.
struct RunRequest {
  Request request;
  Result<RunOptions> options;
};

/// The same for a call that was made before a restart. Errors: what is wrong with the request itself.
Result<RunRequest> reindex_run(const Call& call, Services& services);
Result<RunRequest> by_query_run(RequestKind kind, const Call& call, Services& services);

/// Starts a request's run as a task and answers as the request wants it: with the task's id at once, or with the
/// response when the run has ended.
Result<Reply> run_reply(const Call& call, Services& services, RunRequest run);

/// What every run of the server has in common: the store and scripts.
RunOptions store_options(Services& services, const Request& request);

/// Goes on with the runs that were going when the process ended last, under the same task ids. For the start of the
/// server.
void resume_runs(Services& services);

}  // namespace sluice::rest
