#include "stages/ingest/execution.h"

#include <algorithm>
#include <utility>

#include "stages/ingest/pipeline.h"
#include "stages/painless/run/json_walk.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr std::size_t kMostStates = 512;  // scripts that are remembered between documents
constexpr std::string_view kCycle = "graph_structure_exception";
constexpr std::uint32_t kEmptyObject[3] = {0, 1, 2};

/// What caused all of it.
const Error& root_of(const Error& error) {
  const Error* at = &error;
  while (at->caused_by != nullptr) at = at->caused_by.get();
  return *at;
}

}  // namespace

void Execution::forget_document() {
  dropped_ = terminated_ = rerouted_ = false;
  ids_.clear();
  culprit_.reset();
  kept_.clear();
  if (states_.size() > kMostStates) states_.clear();
}

Status Execution::run(const Pipeline& pipeline, const PipelineLookup& pipelines) {
  if (std::ranges::find(ids_, pipeline.id()) != ids_.end()) {
    return std::unexpected(
        Error(ErrorKind::kDocument, 500, std::string(kCycle), "Cycle detected for pipeline: " + pipeline.id()));
  }
  const PipelineLookup* const before = std::exchange(pipelines_, &pipelines);
  ids_.push_back(pipeline.id());
  document_.set_pipeline(&ids_.back());
  const FieldAccess access = document_.access();
  document_.set_access(pipeline.access());
  // Nodes of the map stay where they are when more come.
  Status done = counting_ ? run_counted(pipeline.steps(), counts_[pipeline.id()]) : run(pipeline.steps());
  if (!done && !pipeline.on_failure().empty()) done = handle(done.error(), pipeline.on_failure());
  terminated_ = false;
  document_.set_access(access);
  ids_.pop_back();
  document_.set_pipeline(ids_.empty() ? nullptr : &ids_.back());
  pipelines_ = before;
  return done;
}

Status Execution::run_counted(std::span<const Step> steps, PipelineCounts& counts) {
  const auto begin = std::chrono::steady_clock::now();
  auto last = begin;
  counts.steps.resize(std::max(counts.steps.size(), steps.size()));
  Status done;
  for (std::size_t i = 0; i < steps.size() && done && !stopped(); ++i) {
    done = run(steps[i]);
    const auto now = std::chrono::steady_clock::now();
    counts.steps[i].add({1, done ? 0U : 1U, static_cast<std::uint64_t>((now - last).count())});
    last = now;
  }
  counts.total.add({1, done ? 0U : 1U, static_cast<std::uint64_t>((last - begin).count())});
  return done;
}

Status Execution::run(std::span<const Step> steps) {
  for (const Step& step : steps) {
    if (Status done = run(step); !done) return done;
    if (stopped()) break;
  }
  return {};
}

Status Execution::run(const Step& step) {
  const auto begin = tracker_ != nullptr ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
  std::optional<bool> condition;
  const auto tell = [&](StepStatus status, const Error* error) {
    if (tracker_ == nullptr) return;
    tracker_->after(step, status, condition, error, std::chrono::steady_clock::now() - begin, *this);
  };
  if (step.condition) {
    auto wanted = test(*step.condition);
    if (!wanted) {
      if (!culprit_) culprit_ = {"conditional", step.tag, std::string(pipeline_id())};
      tell(StepStatus::kError, &wanted.error());
      return std::unexpected(std::move(wanted.error()));
    }
    condition = *wanted;
    if (!*wanted) {
      tell(StepStatus::kSkipped, nullptr);
      return {};
    }
  }
  Status done;
  if (tracker_ == nullptr || step.type != "pipeline") {
    done = step.processor->run(*this);
  } else if (auto told = call_told(step, tell, done)) {
    return std::move(*told);
  }
  if (done) {
    tell(dropped_ ? StepStatus::kDropped : StepStatus::kSuccess, nullptr);
    return done;
  }
  if (step.ignore_failure) {
    tell(StepStatus::kErrorIgnored, &done.error());
    culprit_.reset();
    return {};
  }
  // With a condition it is the condition that failed, unless the step handles failures itself.
  const bool conditional = step.condition && step.on_failure.empty();
  if (!culprit_) culprit_ = {conditional ? "conditional" : step.type, step.tag, std::string(pipeline_id())};
  tell(StepStatus::kError, &done.error());
  return step.on_failure.empty() ? std::move(done) : handle(done.error(), step.on_failure);
}

/// Calls a pipeline that tells of itself in front of its steps. Nothing: it is to be told of as of any step, `done`.
template <typename Tell>
std::optional<Status> Execution::call_told(const Step& step, const Tell& tell, Status& done) {
  if (Status callable = step.processor->check_called(*this); !callable) {
    if (step.processor->run(*this)) {
      tell(StepStatus::kErrorIgnored, &callable.error());
      return Status();
    }
    tell(StepStatus::kError, &callable.error());
    if (step.ignore_failure) return Status();
    culprit_ = {step.type, step.tag, std::string(pipeline_id())};
    return step.on_failure.empty() ? std::move(callable) : handle(callable.error(), step.on_failure);
  }
  const std::size_t before = tracker_->remembered();
  tell(StepStatus::kSuccess, nullptr);
  done = step.processor->run(*this);
  if (done) return Status();
  if (done.error().type == kCycle) {
    tracker_->keep(before);
    return std::nullopt;
  }
  if (!step.ignore_failure) return step.on_failure.empty() ? std::move(done) : handle(done.error(), step.on_failure);
  culprit_.reset();
  return Status();
}

/// What is kept in `_ingest` while a failure is handled.
void Execution::show_culprit(const Error& error) {
  painless::Machine& machine = document_.machine();
  const Culprit culprit = culprit_.value_or(Culprit());
  const auto text = [&](const std::string& what) {
    return what.empty() ? Value::null() : Value::of(machine.string(what));
  };
  const Error& root = root_of(error);
  document_.set_ingest("on_failure_message", root.reason_is_null ? Value::null() : machine.string_value(root.reason));
  document_.set_ingest("on_failure_processor_type", text(culprit.type));
  document_.set_ingest("on_failure_processor_tag", text(culprit.tag));
  if (!culprit.pipeline.empty()) document_.set_ingest("on_failure_pipeline", text(culprit.pipeline));
}

Status Execution::handle(const Error& error, std::span<const Step> handlers) {
  show_culprit(error);
  culprit_.reset();
  Status done;
  // A node looks for `terminate` and `reroute` in front of each processor of a list only, and handlers of a failure are
  // none: those behind run nevertheless, unless they are a list themselves.
  for (const Step& step : handlers) {
    const bool is_list = step.ignore_failure || !step.on_failure.empty() || step.type == "pipeline";
    if (stopped() && is_list) continue;
    done = run(step);
    if (!done || dropped_) break;
  }
  for (const std::string_view key :
       {"on_failure_message", "on_failure_processor_type", "on_failure_processor_tag", "on_failure_pipeline"})
    document_.remove_ingest(key);
  return done;
}

Execution::ScriptState& Execution::state_of(const PipelineScript& script) {
  std::unique_ptr<ScriptState>& state = states_[script.script.get()];
  if (state == nullptr) state = std::make_unique<ScriptState>(script);
  return *state;
}

Result<Value> Execution::run_script(const PipelineScript& script) {
  if (script.script == nullptr) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                 "unable to find script [" + script.missing + "] in cluster state"));
  }
  ScriptState& state = state_of(script);
  painless::Machine& machine = document_.machine();
  const std::vector<bool>& used = script.script->program.inputs_used;
  Value params = Value::null();
  if (used.front()) {
    auto read = script.params.empty()
                    ? Result<Value>(painless::json_container(machine, {"{}", kEmptyObject, kEmptyObject + 2}))
                    : state.params.read(machine, script.params);
    if (!read) return read;
    params = *read;
  }
  document_.fields().show_metadata(machine);
  const Value result = machine.run(state.program, params, Value::of(&document_.fields()));
  if (!result.is_error()) return result;
  Error error = painless::runtime_error(*script.script, machine);
  machine.take_failure();
  return std::unexpected(std::move(error));
}

Status Execution::run(const PipelineScript& script) {
  auto done = run_script(script);
  if (!done) return std::unexpected(std::move(done.error()));
  return {};
}

Result<bool> Execution::test(const PipelineScript& condition) {
  document_.machine().set_document_read_only(true);
  auto result = run_script(condition);
  document_.machine().set_document_read_only(false);
  if (!result) return std::unexpected(std::move(result.error()));
  return result->i != 0;
}

}  // namespace sluice::ingest
