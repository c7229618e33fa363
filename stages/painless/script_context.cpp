#include "stages/painless/script_context.h"

namespace sluice::painless {

const ScriptContext& changing_context() {
  static const ScriptContext context{"reindex", {{"params", "Map"}, {"ctx", "Map"}}, "void", true};
  return context;
}

const ScriptContext& test_context() {
  static const ScriptContext context{"painless_test", {{"params", "Map"}}, "def", true};
  return context;
}

const ScriptContext& ingest_context() {
  static const ScriptContext context{"ingest", {{"params", "Map"}, {"ctx", "Map"}}, "void", true};
  return context;
}

const ScriptContext& condition_context() {
  static const ScriptContext context{"ingest_conditional", {{"params", "Map"}, {"ctx", "Map"}}, "boolean"};
  return context;
}

}  // namespace sluice::painless
