#include "tests/stages/painless/script_runner.h"

#include "stages/painless/run/json_document.h"
#include "stages/painless/script.h"
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
  context.is_ingest = true;
  auto script = compile(source, context);
  if (!script) return failure(script.error());
  Machine machine((*script)->program);
  const Value params = Value::null();
  return outcome_of(**script, machine, machine.run({&params, 1}));
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
