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
  static const ScriptContext context{"ingest", {{"params", "Map"}, {"ctx", "Map"}}, "void", true, {}, true};
  return context;
}

const ScriptContext& condition_context() {
  static const ScriptContext context{"ingest_conditional", {{"params", "Map"}, {"ctx", "Map"}}, "boolean"};
  return context;
}

const ScriptContext& filter_context() {
  static const ScriptContext context{"filter", {{"params", "Map"}, {"doc", "Map"}}, "boolean"};
  return context;
}

const ScriptContext& score_context() {
  static const ScriptContext context{"score",
                                     {{"params", "Map"}, {"doc", "Map"}, {"_score", "double"}},
                                     "double",
                                     false,
                                     "org.elasticsearch.script.ScoreScriptUtils"};
  return context;
}

const ScriptContext& number_sort_context() {
  static const ScriptContext context{
      "number_sort", {{"params", "Map"}, {"doc", "Map"}, {"_score", "double"}}, "double"};
  return context;
}

const ScriptContext& string_sort_context() {
  static const ScriptContext context{
      "string_sort", {{"params", "Map"}, {"doc", "Map"}, {"_score", "double"}}, "String"};
  return context;
}

const ScriptContext& terms_set_context() {
  static const ScriptContext context{"terms_set", {{"params", "Map"}, {"doc", "Map"}}, "Number"};
  return context;
}

const ScriptContext& field_context() {
  static const ScriptContext context{"field", {{"params", "Map"}, {"doc", "Map"}}, "def"};
  return context;
}

}  // namespace sluice::painless
