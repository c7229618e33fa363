#pragma once

#include <string>
#include <string_view>

namespace sluice::painless {

/// Runs a script as `_scripts/painless/_execute` does with the context `painless_test`.
/// What came out.
struct Outcome {
  bool failed = false;
  std::string text;      ///< the result, or the causes of the error: `type: reason <- type: reason`
  std::string envelope;  ///< Elasticsearch's JSON of the error
};
Outcome run_script(std::string_view source, std::string_view params = "{}");
/// Likewise a script that has the class Processors.
Outcome run_pipeline_script(std::string_view source);
/// Likewise a script of `_reindex`, on an empty document with the id 1 in the index books, that may return something.
Outcome run_changing_script(std::string_view source);
/// Likewise a script that has `doc`, of an ExampleDocument, and the functions of scripts that score.
Outcome run_document_script(std::string_view source);

}  // namespace sluice::painless
