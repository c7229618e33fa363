#pragma once

#include <memory>

#include "pipeline/base/error.h"
#include "pipeline/stage.h"
#include "reindex/reindex.h"
#include "stages/painless/script.h"

namespace sluice {

/// A request's script, compiled by the options' own means, which know the context, or here. Errors: as make_script()'s.
Result<std::shared_ptr<const painless::Script>> compile_request_script(const RequestScript& wanted,
                                                                       const painless::ScriptContext& context,
                                                                       const RunOptions& options);

/// The stage of a request's `script`, compiled. Errors: script_exception `compile error`; resource_not_found_exception
/// for a stored script that nobody knows; unsupported_operation_exception where none can be known.
Result<std::unique_ptr<pipeline::Stage>> make_script(const Request& request, const RunOptions& options);

}  // namespace sluice
