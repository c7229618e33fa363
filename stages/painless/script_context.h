#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/run/types.h"

namespace sluice::painless {

/// What a script is given and what is expected of it: `reindex`, `update`, `painless_test`, ...
struct ScriptContext {
  struct Input {
    std::string name;       ///< `ctx`
    std::string type_name;  ///< `Map`
  };
  std::string name;
  std::vector<Input> inputs;         ///< the arguments of the entry function, in order; read-only to the script
  std::string result_name = "void";  ///< `void`, `def`, `boolean`, ...
  Contexts kind = Contexts::kOther;  ///< one bit: which classes and methods it has
  std::string functions{};           ///< the Java name of a class whose static methods it has as functions; empty: none
};

/// `_reindex`: `ctx` and `params`, no result.
const ScriptContext& reindex_context();
/// `_update_by_query` and `_update`: likewise, where a document can't go elsewhere.
const ScriptContext& by_query_context();
const ScriptContext& update_context();
/// `painless_test`: `params`, and any result.
const ScriptContext& test_context();
/// The `script` processor of an ingest pipeline: likewise, with the document's fields in `ctx` itself.
const ScriptContext& ingest_context();
/// A condition: `ctx` and `params`, a boolean.
const ScriptContext& condition_context();

/// The `script` query: `params` and `doc`, a boolean.
const ScriptContext& filter_context();
/// The `script_score` query and function: `params`, `doc` and `_score`, a double.
const ScriptContext& score_context();
/// A sort by script, by numbers and by texts: `params`, `doc` and `_score`.
const ScriptContext& number_sort_context();
const ScriptContext& string_sort_context();
/// `minimum_should_match_script` of `terms_set`: `params` and `doc`, a Number.
const ScriptContext& terms_set_context();
/// Anything of `params` and `doc`: what Elasticsearch's `script_fields` are.
const ScriptContext& field_context();

/// The script of a runtime field of a type (`long`, `keyword`, ..): `params` and `doc`, and `emit(..)` for its values.
/// Null: there are no scripts for the type.
const ScriptContext* runtime_context(std::string_view type);

}  // namespace sluice::painless
