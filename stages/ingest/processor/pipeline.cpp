#include "stages/ingest/pipeline.h"

#include <memory>
#include <utility>

namespace sluice::ingest {

namespace {

constexpr OptionRow kOptions[] = {
    {"name", "string (template)", "", "The pipeline to run on the document."},
    {"ignore_missing_pipeline", "boolean", "false", "Whether a pipeline that is not there is no failure."},
};

std::string missing(const std::string& id) {
  return "Pipeline processor configured for non-existent pipeline [" + id + "]";
}

class PipelineProcessor final : public Processor {
 public:
  Template name;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    auto id = name.render(run.document());
    if (!id) return std::unexpected(std::move(id.error()));
    const std::shared_ptr<const Pipeline> pipeline = run.pipelines().find(*id);
    if (pipeline != nullptr) {
      run.keep(pipeline);  // values of the document point into it
      return run.run(*pipeline, run.pipelines());
    }
    if (ignore_missing) return {};
    return std::unexpected(Error(ErrorKind::kDocument, 500, "illegal_state_exception", missing(*id)));
  }

  Status check_called(Execution& run) const override {
    const auto id = name.render(run.document());
    if (!id) return std::unexpected(id.error());
    if (run.pipelines().find(*id) != nullptr) return {};
    return std::unexpected(illegal_argument(missing(*id)));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<PipelineProcessor>();
  auto name = config.text_template("name");
  if (!name) return std::unexpected(std::move(name.error()));
  const auto ignore_missing = config.flag("ignore_missing_pipeline", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->name = std::move(*name);
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& pipeline_processor() {
  static const ProcessorRow row{
      "pipeline",   "Runs another pipeline on the document.",
      kOptions,     R"({"name":"nowhere"})",
      R"({"a":1})", "illegal_state_exception: Pipeline processor configured for non-existent pipeline [nowhere]",
      make};
  return row;
}

}  // namespace sluice::ingest
