#pragma once

#include <memory>
#include <string>

#include "stages/query/document_script.h"

namespace sluice::stages {

/// A script that documents are sorted by, with a plan of its own for what it reads. Immutable; any number of threads.
class SortScript {
 public:
  /// `texts`: it gives texts, not numbers. Errors: those of compile_script_text().
  static Result<std::shared_ptr<const SortScript>> make(const ScriptText& text, bool texts,
                                                        const QueryContext& context);

  /// `score`: of the document, for scripts that mention it. Errors: of the script.
  [[nodiscard]] Result<double> number(const QueryDocument& document, float score) const;
  [[nodiscard]] Result<std::string> text(const QueryDocument& document, float score) const;

 private:
  std::shared_ptr<const RuntimeScripts> runtime_;
  ReadPlan reads_;
  DocumentScriptPtr script_;
};
using SortScriptPtr = std::shared_ptr<const SortScript>;

}  // namespace sluice::stages
