#include <memory>
#include <utility>

#include "stages/ingest/pipeline.h"
#include "stages/ingest/processor.h"
#include "stages/painless/script_context.h"

namespace sluice::ingest {

namespace {

constexpr OptionRow kOptions[] = {
    {"source", "string", "", "The script, in Painless; `ctx` has the fields and the metadata side by side."},
    {"id", "string", "none", "A stored script instead."},
    {"lang", "string", "painless", "The language; there is no other one."},
    {"params", "object", "{}", "What the script calls `params`."},
};

class ScriptProcessor final : public Processor {
 public:
  PipelineScript script;
  Status run(Execution& run) const override { return run.run(script); }
};

/// What a node's factory throws around an error that is none of Elasticsearch's own.
Error wrapped(Error cause) {
  if (cause.type == "script_exception" || cause.type == "resource_not_found_exception") return cause;
  const bool parsing = cause.type == "x_content_parse_exception";
  const std::string java =
      parsing ? "org.elasticsearch.xcontent.XContentParseException" : "java.lang.IllegalArgumentException";
  Error error(ErrorKind::kBadRequest, 500, "exception", java + ": " + cause.reason);
  return std::move(error).wrapping(std::move(cause));
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment& environment) {
  auto made = std::make_unique<ScriptProcessor>();
  auto script = compile_script(config.take_rest(), painless::ingest_context(), environment);
  if (!script) return std::unexpected(wrapped(std::move(script.error())));
  if (script->script == nullptr) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                 "unable to find script [" + script->missing + "] in cluster state"));
  }
  made->script = std::move(*script);
  return made;
}

}  // namespace

const ProcessorRow& script_processor() {
  static const ProcessorRow row{"script",     "Runs a Painless script on the document.",
                                kOptions,     R"({"source":"ctx.c = ctx.a + params.b","params":{"b":2}})",
                                R"({"a":1})", R"({"a":1,"c":3})",
                                make};
  return row;
}

}  // namespace sluice::ingest
