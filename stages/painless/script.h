#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/script_context.h"

/// Painless, Elasticsearch's script language: compile() once, run a Machine for each worker. Source of what it does:
/// Elasticsearch 9's own behaviour; docs/painless.md lists the classes, docs/compatibility.md the differences.
namespace sluice::painless {

/// What a script may be.
struct CompileOptions {
  std::size_t max_size = 65535;  ///< `script.max_size_in_bytes`, of inline scripts
  bool regex_enabled = true;     ///< `script.painless.regex.enabled`
  std::string name;              ///< a stored script's id, which errors show instead of the source; empty: inline
};

/// A compiled script. Immutable; any thread.
struct Script {
  Program program;
  std::string shown;  ///< what errors show as `script`
};

/// `exceeded max allowed inline script size in bytes`, illegal_argument_exception. Bytes of UTF-8.
Status check_script_size(std::string_view source, std::size_t max_size);

/// Compiles. Errors: script_exception `compile error` with its place, or illegal_argument_exception for what is too
/// large or no UTF-8.
Result<std::shared_ptr<const Script>> compile(std::string_view source, const ScriptContext& context,
                                              const CompileOptions& options = {});

/// The script_exception of what `machine` ended with: `runtime error`, its place and cause.
Error runtime_error(const Script& script, const Machine& machine);

/// An exception alone, as Elasticsearch's JSON has it, and what caused it.
Error exception_error(const Throwable& thrown);

/// What is answered to a document that can't be written after the script: the exception alone, as Elasticsearch writes
/// documents outside of the script.
Error writing_error(const Script& script, const Machine& machine);

}  // namespace sluice::painless
