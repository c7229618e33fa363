#include "tools/sluiced/rest/index_analysis.h"

#include "stages/query/runtime_field.h"

namespace sluice::rest {

namespace {

Error no_analyzer(const std::string& name) {
  Error cause = illegal_argument("analyzer [" + name + "] has not been configured in mappings");
  return Error(ErrorKind::kBadRequest, 400, "mapper_parsing_exception", "Failed to parse mapping: " + cause.reason)
      .wrapping(std::move(cause));
}

Error no_normalizer(const pipeline::FieldSchema& field) {
  Error cause(ErrorKind::kBadRequest, 400, "mapper_parsing_exception",
              "normalizer [" + field.normalizer + "] not found for field [" +
                  field.path.substr(field.path.rfind('.') + 1) + "]");
  Error error(ErrorKind::kBadRequest, 400, "mapper_parsing_exception", "Failed to parse mapping: " + cause.reason);
  error.root_causes = {cause};
  return std::move(error).wrapping(std::move(cause));
}

}  // namespace

Result<stages::AnalysisPtr> analysis_of(const store::IndexMeta& index) {
  return stages::Analysis::make(index.settings);
}

Status check_index_analysis(const store::IndexMeta& index) {
  auto analysis = analysis_of(index);
  if (!analysis) {
    Error error = analysis.error();
    if (error.reason.starts_with("setting [index.analysis")) error.reason += " for index [" + index.name + "]";
    return std::unexpected(std::move(error));
  }
  for (const pipeline::FieldSchema* field : index.mapping->matching("*")) {
    if (!field->analyzer.empty()) {
      const auto found = (*analysis)->analyzer(field->analyzer);
      // One that sluice has not may be named: nothing is lost before a query needs it.
      if (!found && found.error().kind != ErrorKind::kUnsupported) return std::unexpected(no_analyzer(field->analyzer));
    }
    if (!field->normalizer.empty() && !(*analysis)->normalizer(field->normalizer)) {
      return std::unexpected(no_normalizer(*field));
    }
  }
  return check_runtime_scripts(*index.mapping);
}

Status check_runtime_scripts(const store::Mapping& mapping) {
  auto scripts = stages::RuntimeScripts::make({.schema = mapping});
  if (scripts) return {};
  Error cause = std::move(scripts.error());
  Error error(ErrorKind::kBadRequest, 400, "mapper_parsing_exception", "Failed to parse mapping: " + cause.reason);
  error.root_causes.push_back(cause);
  error.root_causes.front().caused_by = nullptr;
  return std::unexpected(std::move(error).wrapping(std::move(cause)));
}

}  // namespace sluice::rest
