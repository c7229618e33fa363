#pragma once

#include "tools/sluiced/arguments.h"

namespace sluice::tools {

/// Opens the store, listens, says so in one line on stdout, and serves until SIGTERM or SIGINT. Errors: what kept it
/// from starting.
Status serve(const Arguments& arguments);

}  // namespace sluice::tools
