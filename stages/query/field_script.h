#pragma once

#include <memory>
#include <string>
#include <vector>

#include "stages/query/document_script.h"

namespace sluice::stages {

/// A script that makes a field of a hit, with a plan of its own for what it reads: `script_fields`. Immutable; any
/// number of threads.
class FieldScript {
 public:
  /// Errors: those of compile_script_text().
  static Result<std::shared_ptr<const FieldScript>> make(const ScriptText& text, const QueryContext& context);

  /// The values that it gives, raw JSON. Errors: of the script.
  [[nodiscard]] Result<std::vector<std::string>> values(const QueryDocument& document) const;

 private:
  std::shared_ptr<const RuntimeScripts> runtime_;
  ReadPlan reads_;
  DocumentScriptPtr script_;
};
using FieldScriptPtr = std::shared_ptr<const FieldScript>;

}  // namespace sluice::stages
