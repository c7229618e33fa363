#include "stages/query/field_script.h"

#include "stages/query/runtime_field.h"

namespace sluice::stages {

namespace {

/// Not those of the query, which may be looked at on the same thread.
DocumentFields& fields_of_this_thread() {
  static thread_local DocumentFields fields;
  return fields;
}

}  // namespace

Result<FieldScriptPtr> FieldScript::make(const ScriptText& text, const QueryContext& context) {
  auto made = std::make_shared<FieldScript>();
  ClauseContext clause{context};
  auto runtime = clause.runtime == nullptr ? RuntimeScripts::make(context) : clause.runtime;
  if (!runtime) return std::unexpected(std::move(runtime.error()));
  clause.runtime = made->runtime_ = std::move(*runtime);
  made->reads_.set_runtime(made->runtime_.get());
  clause.reads = &made->reads_;
  auto script = DocumentScript::make(text, painless::field_context(), clause);
  if (!script) return std::unexpected(std::move(script.error()));
  made->script_ = std::move(*script);
  return made;
}

Result<std::vector<std::string>> FieldScript::values(const QueryDocument& document) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(reads_, document);
  std::vector<std::string> values = script_->values(fields);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return values;
}

}  // namespace sluice::stages
