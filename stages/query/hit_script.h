#pragma once

#include <memory>
#include <string>
#include <vector>

#include "stages/query/document_script.h"

namespace sluice::stages {

/// A script that is asked about single documents, beside a query: for sorts and `script_fields`. It has a plan of its
/// own for what it reads. Immutable; any number of threads.
class HitScript {
 public:
  /// `inputs`: what it is for. Errors: those of compile_script_text().
  static Result<std::shared_ptr<const HitScript>> make(const ScriptText& text, const painless::ScriptContext& inputs,
                                                       const QueryContext& context);

  // What it says of a document. `score`: the document's, for scripts that mention it. Errors: of the script.
  [[nodiscard]] Result<double> number(const QueryDocument& document, float score) const;
  [[nodiscard]] Result<std::string> text(const QueryDocument& document, float score) const;
  /// The values of a field, raw JSON.
  [[nodiscard]] Result<std::vector<std::string>> values(const QueryDocument& document) const;

 private:
  std::shared_ptr<const RuntimeScripts> runtime_;
  ReadPlan reads_;
  DocumentScriptPtr script_;
};
using HitScriptPtr = std::shared_ptr<const HitScript>;

}  // namespace sluice::stages
