#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/ingest/document.h"
#include "stages/painless/script.h"

namespace sluice::ingest {

class Pipeline;
struct Step;

/// A script of a pipeline and its `params`.
struct PipelineScript {
  std::shared_ptr<const painless::Script> script;
  std::string params;   ///< a raw JSON object; empty: none
  std::string missing;  ///< the id of a stored script that is not there; `script` is null then
};

/// Where pipelines are found by their names. Any thread.
class PipelineLookup {
 public:
  virtual ~PipelineLookup() = default;
  /// Null: there is none.
  [[nodiscard]] virtual std::shared_ptr<const Pipeline> find(std::string_view id) const = 0;
};

/// How a step went.
enum class StepStatus : std::uint8_t { kSuccess, kError, kErrorIgnored, kSkipped, kDropped };

/// How often something ran, and how long.
struct RunCounts {
  std::uint64_t count = 0;
  std::uint64_t failed = 0;
  std::uint64_t nanoseconds = 0;
  void add(const RunCounts& more) {
    count += more.count;
    failed += more.failed;
    nanoseconds += more.nanoseconds;
  }
};

/// What `_nodes/stats/ingest` tells of a pipeline.
struct PipelineCounts {
  RunCounts total;
  std::vector<RunCounts> steps;
};

class Execution;

/// Is told of every step, when somebody wants to know: simulations, and the command line.
class Tracker {
 public:
  virtual ~Tracker() = default;
  /// `error`: why it failed; null otherwise. `condition`: what its `if` said; nothing: it has none.
  virtual void after(const Step& step, StepStatus status, std::optional<bool> condition, const Error* error,
                     std::chrono::nanoseconds took, Execution& run) = 0;
  /// How many steps it remembers.
  [[nodiscard]] virtual std::size_t remembered() const { return 0; }
  /// Keeps the first `count` of them: the others have been the steps of pipelines that call each other in a circle.
  virtual void keep(std::size_t count) { (void)count; }
};

/// What the pipelines of one document may take together: the memory of a script, and a second.
inline painless::Limits pipeline_limits() {
  painless::Limits limits;
  limits.time = std::chrono::seconds(1);
  return limits;
}

/// Runs pipelines over one document after the other, and keeps what the scripts need between two. Not thread-safe: one
/// for each worker.
class Execution {
 public:
  explicit Execution(painless::Limits limits = pipeline_limits()) : document_(limits) {}

  /// Starts with a document: see IngestDocument::begin().
  template <typename Source>
  Status begin(const Source& source, const DocumentMetadata& metadata, std::int64_t timestamp) {
    forget_document();
    return document_.begin(source, metadata, timestamp);
  }
  /// Runs a pipeline. Errors: what a processor failed with, if nothing handled it.
  Status run(const Pipeline& pipeline, const PipelineLookup& pipelines);
  /// Runs steps until one stops the pipeline. Errors: likewise.
  Status run(std::span<const Step> steps);

  [[nodiscard]] IngestDocument& document() { return document_; }
  [[nodiscard]] const PipelineLookup& pipelines() const { return *pipelines_; }
  /// Of whatever runs; null: nobody wants to know.
  void set_tracker(Tracker* tracker) { tracker_ = tracker; }
  [[nodiscard]] Tracker* tracker() const { return tracker_; }
  /// Counts from here on: of each pipeline that runs, by id.
  void start_counting() { counting_ = true; }
  std::unordered_map<std::string, PipelineCounts> take_counts() { return std::exchange(counts_, {}); }

  /// The document is not to be written.
  void drop() { dropped_ = true; }
  [[nodiscard]] bool dropped() const { return dropped_; }
  /// The pipeline that runs ends here.
  void terminate() { terminated_ = true; }
  /// All pipelines end here: the document goes to another index, whose own pipelines come next.
  void reroute() { rerouted_ = true; }
  [[nodiscard]] bool rerouted() const { return rerouted_; }
  void clear_reroute() { rerouted_ = false; }
  /// A failure is told of as the one of whoever asked for the steps: `foreach`.
  void forget_culprit() { culprit_.reset(); }
  /// The pipeline that runs; empty: none.
  [[nodiscard]] std::string_view pipeline_id() const { return ids_.empty() ? std::string_view() : ids_.back(); }

  /// Keeps something until the next document: values of this one are made of it.
  void keep(std::shared_ptr<const void> kept) { kept_.push_back(std::move(kept)); }

  /// Runs a script with the document as `ctx`. Errors: script_exception.
  Status run(const PipelineScript& script);
  /// What a condition says; the document is for reading only meanwhile. Errors: script_exception.
  Result<bool> test(const PipelineScript& condition);

 private:
  struct ScriptState {
    explicit ScriptState(const PipelineScript& its_script) : script(its_script), program(its_script.script->program) {}
    PipelineScript script;  ///< keeps the program
    painless::ProgramState program;
    painless::JsonDocument params;
  };
  /// Who failed first: what `_ingest.on_failure_*` say.
  struct Culprit {
    std::string type;
    std::string tag;
    std::string pipeline;
  };

  void forget_document();
  Status run(const Step& step);
  template <typename Tell>
  std::optional<Status> call_told(const Step& step, const Tell& tell, Status& done);
  Status run_counted(std::span<const Step> steps, PipelineCounts& counts);
  Status handle(const Error& error, std::span<const Step> handlers);
  Result<painless::Value> run_script(const PipelineScript& script);
  ScriptState& state_of(const PipelineScript& script);
  [[nodiscard]] bool stopped() const { return dropped_ || terminated_ || rerouted_; }
  void show_culprit(const Error& error);

  IngestDocument document_;
  const PipelineLookup* pipelines_ = nullptr;
  Tracker* tracker_ = nullptr;
  std::vector<std::string> ids_;  ///< of the pipelines that run, the outermost first
  std::optional<Culprit> culprit_;
  std::unordered_map<const painless::Script*, std::unique_ptr<ScriptState>> states_;
  std::unordered_map<std::string, PipelineCounts> counts_;
  std::vector<std::shared_ptr<const void>> kept_;
  bool counting_ = false;
  bool dropped_ = false;
  bool terminated_ = false;
  bool rerouted_ = false;
};

}  // namespace sluice::ingest
