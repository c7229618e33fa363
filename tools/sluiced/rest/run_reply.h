#pragma once

#include <string>
#include <vector>

#include "reindex/reindex.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// Starts a request's run as a task and answers as the request wants it: with the task's id at once, or with the
/// response when the run has ended. What makes the options fail is the task's error where nobody waits.
Result<Reply> run_reply(Call& call, Services& services, Request request, Result<RunOptions> options);

/// What every run of the server has in common: the store, scripts, and what keeps both alive.
RunOptions store_options(Services& services, RequestKind kind);

}  // namespace sluice::rest
