#pragma once

#include "pipeline/base/error.h"
#include "pipeline/control/status.h"

namespace sluice {

/// What a program that ran a request ends with.
enum class ExitStatus : int {
  kDone = 0,
  kIncomplete = 1,   ///< done with failures or conflicts, aborted, or ended by an error on the way
  kBadRequest = 2,   ///< the request is wrong; nothing was started
  kBadEndpoint = 3,  ///< an endpoint could not be used
  kCancelled = 130,
};

/// Of a run that has ended. Once it has read something, an error is one on the way, whatever kind it is of.
ExitStatus exit_status(const pipeline::RunStatus& status);
/// Whether the run has read anything: documents may have been written then, also where an error ended it.
bool has_read(const pipeline::RunStatus& status);
/// Of a run that ended with `error`, or did not start because of it.
ExitStatus exit_status(const Error& error);

}  // namespace sluice
