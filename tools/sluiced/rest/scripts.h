#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "reindex/request.h"
#include "stages/painless/script.h"
#include "stages/query/query.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// A request's script, compiled for a context that there is (`update`, `reindex`, ...), or as it was compiled before.
/// Errors: resource_not_found_exception, 404; illegal_argument_exception for a language that can't be run here and for
/// what is too long; script_exception; general_script_exception when too many have been compiled.
Result<std::shared_ptr<const painless::Script>> compiled_script(const Services& services, const RequestScript& script,
                                                                std::string_view context_name);

/// What compiles the scripts of queries and sorts: QueryContext::compile_script. `services` outlives it.
std::function<Result<std::shared_ptr<const painless::Script>>(const stages::ScriptText&,
                                                              const painless::ScriptContext&)>
query_script_compiler(const Services& services);

/// `script.max_size_in_bytes`.
std::size_t max_script_size(const Services& services);

/// What scripts are given in a context that sluiced runs them in (`reindex`, `update`, `painless_test`, ...); null:
/// none of those.
const painless::ScriptContext* runnable_context(std::string_view name);

}  // namespace sluice::rest
