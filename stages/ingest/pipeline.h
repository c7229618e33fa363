#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

/// A processor where it stands in a pipeline, with the options that all of them have. Source: reference/ingest.md 5.
struct Step {
  std::string type;
  std::string tag;
  std::string description;
  std::optional<PipelineScript> condition;
  bool ignore_failure = false;
  std::vector<Step> on_failure;
  ProcessorPtr processor;
};

/// A compiled pipeline. Immutable; any thread.
class Pipeline {
 public:
  /// Compiles a body: scripts, patterns and templates too. Errors: parse_exception, script_exception and others, 400,
  /// with the processor's type and tag; where more than one processor is wrong, the first one's with the others in
  /// `suppressed`.
  static Result<std::shared_ptr<const Pipeline>> compile(std::string id, std::string_view body,
                                                         const CompileEnvironment& environment);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& description() const { return description_; }
  [[nodiscard]] std::optional<std::int32_t> version() const { return version_; }
  [[nodiscard]] FieldAccess access() const { return access_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<Step>& on_failure() const { return on_failure_; }
  /// All that it does, where that is no more than edits of members; nothing otherwise.
  [[nodiscard]] const std::optional<std::vector<painless::MemberEdit>>& edits() const { return edits_; }

 private:
  std::string id_;
  std::string description_;
  std::optional<std::int32_t> version_;
  FieldAccess access_ = FieldAccess::kClassic;
  std::vector<Step> steps_;
  std::vector<Step> on_failure_;
  std::optional<std::vector<painless::MemberEdit>> edits_;
};

/// The steps of a list of processors: of a pipeline, `on_failure`, `foreach`. Errors: of Pipeline::compile().
Result<std::vector<Step>> compile_steps(std::span<const std::string_view> processors,
                                        const CompileEnvironment& environment);
/// A script as it stands in a pipeline: a text, or an object with `source` or `id`, and `params`. Errors:
/// script_exception, illegal_argument_exception, x_content_parse_exception. A stored script that is not there is none:
/// PipelineScript::missing says so.
Result<PipelineScript> compile_script(std::string_view json, const painless::ScriptContext& context,
                                      const CompileEnvironment& environment);

}  // namespace sluice::ingest
