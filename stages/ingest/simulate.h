#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/ingest/pipeline.h"

namespace sluice::ingest {

/// What `_ingest/pipeline/_simulate` is asked with beside its body.
struct SimulationOptions {
  std::shared_ptr<const Pipeline> pipeline;  ///< the one of the path; null: the body has one
  bool verbose = false;
  std::int64_t now = 0;  ///< nanoseconds since 1970
};

/// Answers a body of `_ingest/pipeline/_simulate`: documents as pipelines leave them, nothing is written. Errors:
/// parse_exception and illegal_argument_exception, 400, of the body; what a document fails with is in its answer.
/// Source: reference/ingest.md 12, and a node's answers.
Result<std::string> simulate(std::string_view body, const SimulationOptions& options,
                             const CompileEnvironment& environment, const PipelineLookup& pipelines);

}  // namespace sluice::ingest
