#include "stages/painless/script_context.h"

#include <algorithm>
#include <array>

namespace sluice::painless {

namespace {

/// Of scripts that change documents.
ScriptContext changing(const char* name, Contexts kind, const char* functions) {
  return {name, {{"params", "Map"}, {"ctx", "Map"}}, "void", kind, functions};
}

}  // namespace

const ScriptContext& reindex_context() {
  static const ScriptContext context =
      changing("reindex", Contexts::kReindex, "org.elasticsearch.script.ReindexScript");
  return context;
}

const ScriptContext& by_query_context() {
  static const ScriptContext context =
      changing("update_by_query", Contexts::kByQuery, "org.elasticsearch.script.UpdateByQueryScript");
  return context;
}

const ScriptContext& update_context() {
  static const ScriptContext context = changing("update", Contexts::kUpdate, "org.elasticsearch.script.UpdateScript");
  return context;
}

const ScriptContext& test_context() {
  static const ScriptContext context{"painless_test", {{"params", "Map"}}, "def", Contexts::kTest};
  return context;
}

const ScriptContext& ingest_context() {
  static const ScriptContext context = changing("ingest", Contexts::kIngest, "org.elasticsearch.script.IngestScript");
  return context;
}

const ScriptContext& condition_context() {
  static const ScriptContext context{"ingest_conditional",
                                     {{"params", "Map"}, {"ctx", "Map"}},
                                     "boolean",
                                     Contexts::kCondition,
                                     "org.elasticsearch.script.IngestConditionalScript"};
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
                                     Contexts::kOther,
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

const ScriptContext* runtime_context(std::string_view type) {
  const auto make = [](const char* name, const char* functions) {
    return ScriptContext{name, {{"params", "Map"}, {"doc", "Map"}}, "void", Contexts::kOther, functions};
  };
  static const std::array<ScriptContext, 7> contexts{
      make("keyword_field", "org.elasticsearch.script.StringFieldScript"),
      make("long_field", "org.elasticsearch.script.LongFieldScript"),
      make("double_field", "org.elasticsearch.script.DoubleFieldScript"),
      make("date_field", "org.elasticsearch.script.DateFieldScript"),
      make("boolean_field", "org.elasticsearch.script.BooleanFieldScript"),
      make("ip_field", "org.elasticsearch.script.IpFieldScript"),
      make("geo_point_field", "org.elasticsearch.script.GeoPointFieldScript")};
  const auto found =
      std::ranges::find(contexts, std::string(type) + "_field", [](const ScriptContext& each) { return each.name; });
  return found == contexts.end() ? nullptr : &*found;
}

}  // namespace sluice::painless
