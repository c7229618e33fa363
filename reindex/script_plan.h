#pragma once

#include <memory>

#include "pipeline/base/error.h"
#include "pipeline/stage.h"
#include "reindex/reindex.h"

namespace sluice {

/// The stage of a request's `script`, compiled. Errors: script_exception `compile error`; resource_not_found_exception
/// for a stored script that nobody knows; unsupported_operation_exception where none can be known.
Result<std::unique_ptr<pipeline::Stage>> make_script(const Request& request, const RunOptions& options);

}  // namespace sluice
