#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/idle_pool.h"
#include "stages/painless/script.h"
#include "stages/query/script_field.h"

namespace sluice::stages {

class RuntimeField;

/// A script that looks at a document and says something about it: the `script` query, scores, sorts. Compiled once;
/// each thread that runs it has a machine. Only the fields that it names are read. Immutable; any number of threads.
class DocumentScript {
 public:
  /// One that is compiled already. The fields that it names are added to `reads`. `shows_source`: it has
  /// `params._source`.
  static std::shared_ptr<const DocumentScript> make(std::shared_ptr<const painless::Script> script, std::string params,
                                                    ScriptScope scope, ReadPlan& reads, bool shows_source);
  /// Errors: those of compile_script_text(), as they are.
  static Result<std::shared_ptr<const DocumentScript>> make(const ScriptText& text,
                                                            const painless::ScriptContext& inputs,
                                                            const ClauseContext& context);
  DocumentScript(std::shared_ptr<const painless::Script> script, std::string params, ScriptScope scope);
  ~DocumentScript();

  /// The script mentions `_score`.
  [[nodiscard]] bool uses_score() const;
  /// What it says of a document. A script that fails is told by DocumentFields::fail(), and false, 0 or nothing is
  /// returned.
  [[nodiscard]] bool truth(DocumentFields& document) const;
  [[nodiscard]] double number(DocumentFields& document, double score) const;
  /// A Number without its fraction; nothing for null.
  [[nodiscard]] std::optional<std::int64_t> whole(DocumentFields& document) const;
  [[nodiscard]] std::optional<std::string> text(DocumentFields& document, double score) const;
  /// What it gives, raw JSON: each element of a list, or one value.
  [[nodiscard]] std::vector<std::string> values(DocumentFields& document) const;
  /// Runs the script of a runtime field, which emits the values. What it fails with; nothing: it does not.
  [[nodiscard]] std::optional<Error> emit(DocumentFields& document, const RuntimeField& field,
                                          EmittedValues& values) const;

  /// `[doc['n'].value > 3]`, for people.
  [[nodiscard]] std::string explain() const;

 private:
  class Worker;
  template <typename Take>
  void run(DocumentFields& document, double score, Take take) const;

  std::shared_ptr<const painless::Script> script_;
  std::string params_;  ///< raw JSON object; empty: none
  ScriptScope scope_;
  bool shows_source_ = false;                                ///< in `params._source`
  std::vector<std::pair<std::string, ScriptField>> fields_;  ///< those that the script names
  mutable IdlePool<Worker> workers_;
};
using DocumentScriptPtr = std::shared_ptr<const DocumentScript>;

}  // namespace sluice::stages
