#pragma once

#include <string>
#include <vector>

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
  /// Has what Elasticsearch allows in some contexts only: digests and Json.
  bool is_extended = false;
};

/// reindex, update_by_query, update, ingest: `ctx` and `params`, no result.
const ScriptContext& changing_context();
/// `painless_test`: `params`, and any result.
const ScriptContext& test_context();
/// The `script` processor of an ingest pipeline: likewise, with the document's fields in `ctx` itself.
const ScriptContext& ingest_context();
/// A condition: `ctx` and `params`, a boolean.
const ScriptContext& condition_context();

}  // namespace sluice::painless
