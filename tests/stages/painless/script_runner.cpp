#include "tests/stages/painless/script_runner.h"

#include "stages/painless/api/natives.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_document.h"
#include "stages/painless/script.h"
#include "stages/script/ctx_map.h"
#include "tests/stages/painless/example_document.h"

namespace sluice::painless {

namespace {

Outcome failure(const Error& error) {
  Outcome outcome{true, {}, error.envelope()};
  for (const Error* cause = error.caused_by.get(); cause != nullptr; cause = cause->caused_by.get()) {
    if (!outcome.text.empty()) outcome.text += " <- ";
    outcome.text += cause->type + ": " + (cause->reason_is_null ? "null" : cause->reason);
  }
  if (error.caused_by == nullptr) outcome.text = error.type + ": " + error.reason;
  return outcome;
}

Outcome outcome_of(const Script& script, Machine& machine, const Value& result) {
  if (result.is_error()) return failure(runtime_error(script, machine));
  const String* text = machine.to_text(result);
  if (text == nullptr) return failure(runtime_error(script, machine));
  return {false, std::string(text->text()), {}};
}

}  // namespace

Outcome run_script(std::string_view source, std::string_view params) {
  auto script = compile(source, test_context());
  if (!script) return failure(script.error());
  Machine machine((*script)->program);
  JsonDocument document;
  auto given = document.read(machine, params);
  if (!given) return failure(given.error());
  return outcome_of(**script, machine, machine.run({&*given, 1}));
}

Outcome run_pipeline_script(std::string_view source) {
  ScriptContext context = test_context();
  context.kind = Contexts::kIngest;
  auto script = compile(source, context);
  if (!script) return failure(script.error());
  Machine machine((*script)->program);
  const Value params = Value::null();
  return outcome_of(**script, machine, machine.run({&params, 1}));
}

Outcome run_changing_script(std::string_view source) {
  ScriptContext context = reindex_context();
  context.result_name = "def";
  auto script = compile(source, context);
  if (!script) return failure(script.error());
  Machine machine((*script)->program);
  stages::CtxMap ctx(known().map, stages::reindex_rules());
  const auto put = [&](std::string_view key, const Value& value) {
    ctx.append(machine.heap(), machine.string_value(key), value, java_hash(key));
  };
  put("_source", Value::of(api::new_linked_map(machine)));
  put("op", machine.string_value("index"));
  put("_index", machine.string_value("books"));
  put("_id", machine.string_value("1"));
  put("_version", Value::of_long(-1));
  put("_routing", Value::null());
  machine.set_changed_document(&ctx);
  const Value given[] = {Value::null(), Value::of(&ctx)};
  return outcome_of(**script, machine, machine.run(given));
}

Outcome run_document_script(std::string_view source) {
  ScriptContext context = field_context();
  context.functions = score_context().functions;
  auto script = compile(source, context);
  if (!script) return failure(script.error());
  Machine machine((*script)->program);
  ExampleDocument document;
  machine.set_fields(&document);
  DocMap doc(document);
  const Value given[] = {Value::null(), Value::of(&doc)};
  return outcome_of(**script, machine, machine.run(given));
}

}  // namespace sluice::painless
