#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "stages/painless/script.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// The source of a stored script. Errors: resource_not_found_exception, 404; illegal_argument_exception for a language
/// that can't be run here.
Result<std::string> stored_script_source(const Services& services, const std::string& id);

/// What scripts are given in a context that sluiced runs them in (`reindex`, `update`, `painless_test`, ...); null:
/// none of those.
const painless::ScriptContext* runnable_context(std::string_view name);

}  // namespace sluice::rest
