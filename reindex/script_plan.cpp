#include "reindex/script_plan.h"

#include <chrono>
#include <utility>

#include "stages/script/script.h"

namespace sluice {

Result<std::shared_ptr<const painless::Script>> compile_request_script(const RequestScript& wanted,
                                                                       const painless::ScriptContext& context,
                                                                       const RunOptions& options) {
  if (options.compile_script) return options.compile_script(wanted);
  std::string source = wanted.source;
  painless::CompileOptions compiling;
  if (!wanted.id.empty()) {
    if (!options.stored_script) {
      return std::unexpected(unsupported("script [" + wanted.id +
                                         "] is a stored one, and there is nowhere to look for it: give its [source]"));
    }
    auto stored = options.stored_script(wanted.id);
    if (!stored) return std::unexpected(std::move(stored.error()));
    source = std::move(*stored);
    compiling.name = wanted.id;
  }
  return painless::compile(source, context, compiling);
}

Result<std::unique_ptr<pipeline::Stage>> make_script(const Request& request, const RunOptions& options) {
  auto compiled = compile_request_script(*request.script, painless::reindex_context(), options);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  stages::ScriptOptions script;
  script.script = std::move(*compiled);
  script.params = request.script->params;
  script.now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  script.has_versions = request.dest.external_versions();
  return std::make_unique<stages::Script>(std::move(script));
}

}  // namespace sluice
