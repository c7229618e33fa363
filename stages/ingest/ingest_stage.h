#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/base/idle_pool.h"
#include "pipeline/stage.h"
#include "stages/ingest/pipeline.h"

namespace sluice::ingest {

struct IngestStageOptions {
  std::shared_ptr<const PipelineLookup> pipelines;
  std::string pipeline;      ///< the id of the one that is run
  std::string version_type;  ///< of the writes: `internal`, `external`, `external_gte`
};

/// Runs an ingest pipeline on each document that is still pending, behind the stage that says where it goes. Fields
/// that no processor touches stay byte for byte. A document that a processor fails is a failure of its own, as if its
/// write had been refused; one that is dropped counts as updated, as in Elasticsearch. Any number of threads.
class IngestStage final : public pipeline::Stage {
 public:
  explicit IngestStage(IngestStageOptions options);
  ~IngestStage() override;
  [[nodiscard]] std::string_view name() const override { return "ingest"; }
  Status apply(pipeline::Batch& batch) const override;

 private:
  class Worker;
  class BatchRun;

  IngestStageOptions options_;
  mutable IdlePool<Worker> workers_;
};

/// Pipelines that a program or a file brings along. Immutable once made; any thread.
class PipelineSet final : public PipelineLookup {
 public:
  /// `json` is one pipeline, which gets the name `id`, or an object of pipelines by their names, as
  /// GET _ingest/pipeline shows them. Errors: of Pipeline::compile().
  static Result<std::shared_ptr<const PipelineSet>> compile(std::string_view json, std::string_view id,
                                                            const CompileEnvironment& environment);
  [[nodiscard]] std::shared_ptr<const Pipeline> find(std::string_view id) const override;
  /// In the order of the text.
  [[nodiscard]] const std::vector<std::shared_ptr<const Pipeline>>& all() const { return pipelines_; }

 private:
  std::vector<std::shared_ptr<const Pipeline>> pipelines_;
};

}  // namespace sluice::ingest
