#include "stages/query/hit_script.h"

#include "stages/query/runtime_field.h"

namespace sluice::stages {

namespace {

/// Not those of the query, which may be looked at on the same thread.
DocumentFields& fields_of_this_thread() {
  static thread_local DocumentFields fields;
  return fields;
}

}  // namespace

Result<HitScriptPtr> HitScript::make(const ScriptText& text, const painless::ScriptContext& inputs,
                                     const QueryContext& context) {
  auto made = std::make_shared<HitScript>();
  ClauseContext clause{context};
  auto runtime = clause.runtime == nullptr ? RuntimeScripts::make(context) : clause.runtime;
  if (!runtime) return std::unexpected(std::move(runtime.error()));
  clause.runtime = made->runtime_ = std::move(*runtime);
  made->reads_.set_runtime(made->runtime_.get());
  clause.reads = &made->reads_;
  auto script = DocumentScript::make(text, inputs, clause);
  if (!script) return std::unexpected(std::move(script.error()));
  made->script_ = std::move(*script);
  return made;
}

Result<double> HitScript::number(const QueryDocument& document, float score) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(reads_, document);
  const double number = script_->number(fields, static_cast<double>(score));
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return number;
}

Result<std::string> HitScript::text(const QueryDocument& document, float score) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(reads_, document);
  auto text = script_->text(fields, static_cast<double>(score));
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  if (text) return std::move(*text);
  return std::unexpected(Error(ErrorKind::kScript, 500, "null_pointer_exception",
                               "Cannot invoke \"java.lang.CharSequence.length()\" because \"text\" is null"));
}

Result<std::vector<std::string>> HitScript::values(const QueryDocument& document) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(reads_, document);
  std::vector<std::string> values = script_->values(fields);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return values;
}

}  // namespace sluice::stages
