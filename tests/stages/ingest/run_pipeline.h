#pragma once

#include <string>
#include <string_view>

#include "pipeline/base/buffer.h"
#include "stages/ingest/ingest_stage.h"
#include "stages/ingest/pipeline.h"

namespace sluice::tests {

/// The `_source` of a document of the index `i` behind a pipeline of these processors, JSON objects with commas between
/// them; `dropped` where it was dropped. Errors: of compiling the pipeline, of the document, of running.
inline Result<std::string> run_pipeline(const std::string& processors, std::string_view source,
                                        const ingest::CompileEnvironment& environment = {},
                                        painless::Limits limits = ingest::pipeline_limits()) {
  const auto pipeline = ingest::Pipeline::compile("p", R"({"processors":[)" + processors + "]}", environment);
  if (!pipeline) return std::unexpected(pipeline.error());
  Buffer padded(source.size());
  padded.append(source);
  ingest::Execution run(limits);
  ingest::DocumentMetadata metadata;
  metadata.index = "i";
  if (Status begun = run.begin(padded.view(), metadata, 0); !begun) return std::unexpected(begun.error());
  if (Status done = run.run(**pipeline, ingest::PipelineSet()); !done) return std::unexpected(done.error());
  if (run.dropped()) return "dropped";
  std::string written;
  if (Status done = run.document().write_source(written); !done) return std::unexpected(done.error());
  return written;
}

/// Likewise, or the reason of an error.
inline std::string after_pipeline(const std::string& processors, std::string_view source,
                                  const ingest::CompileEnvironment& environment = {}) {
  const auto written = run_pipeline(processors, source, environment);
  return written ? *written : written.error().reason;
}

}  // namespace sluice::tests
