#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "stages/painless/script.h"
#include "stages/query/compile.h"

namespace sluice::stages {

/// A script as a query or a sort has it: `"source"`, or an object. Errors: Elasticsearch's, with the place.
Result<ScriptText> read_script_text(std::string_view value, const QueryContext& context);

/// Compiles it as the context says, or as it stands. Errors: script_exception `compile error`, what the context's own
/// compiler says.
Result<std::shared_ptr<const painless::Script>> compile_script_text(const ScriptText& text,
                                                                    const painless::ScriptContext& inputs,
                                                                    const QueryContext& context);

/// What a shard says of a query whose script can't be had: `failed to create query: compile error`.
Error failed_script(const QueryContext& context, Error cause);

}  // namespace sluice::stages
