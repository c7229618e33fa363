#pragma once

#include <memory>
#include <optional>
#include <string>

#include "stages/script/update_script.h"
#include "tools/sluiced/rest/document_get.h"
#include "tools/sluiced/rest/update_request.h"

namespace sluice::rest {

struct UpdateOutcome {
  store::IndexPtr index;
  store::Written written;
  bool noop = false;
  bool dropped = false;  ///< by a pipeline: nothing was written
  bool fresh = false;    ///< there was no document
  bool exists = true;    ///< false: a scripted upsert that made nothing
  std::string source;    ///< the document as it is now
  std::string shown;  ///< what parts of the document are shown of, where that is another one: a script may have changed
                      ///< what it then did not write
};

/// The machine of the script that was run last, for updates in a row. One thread.
class UpdateScripts {
 public:
  stages::UpdateScript& of(std::shared_ptr<const painless::Script> script);

 private:
  std::unique_ptr<stages::UpdateScript> last_;
};

/// Reads, merges or runs the script, and writes, again and again where somebody else was faster, as often as the
/// request allows. Errors: document_missing_exception, 404; document_source_missing_exception, 400;
/// version_conflict_engine_exception, 409; illegal_argument_exception `failed to execute script`.
Result<UpdateOutcome> update_document(Services& services, const UpdateRequest& request, UpdateScripts& scripts);

/// What is said of a document that a pipeline has let go.
void write_update_dropped(JsonWriter& out, const UpdateRequest& request, const UpdateOutcome& outcome,
                          std::int64_t version);
/// `,"get":{..}` of the answer, where it was asked for.
void write_update_get(JsonWriter& out, const UpdateRequest& request, const UpdateOutcome& outcome);

}  // namespace sluice::rest
