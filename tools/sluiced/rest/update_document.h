#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/buffer.h"
#include "reindex/request.h"
#include "tools/sluiced/rest/document_get.h"

namespace sluice::rest {

/// One update: a partial document, or what to write where there is none. Views are used until update_document()
/// returns.
struct UpdateRequest {
  std::string_view index;
  std::string_view id;
  std::string_view routing;
  std::string_view doc;     ///< raw JSON object; empty: not given
  std::string_view upsert;  ///< the same
  bool doc_as_upsert = false;
  bool detect_noop = true;
  bool has_script = false;
  bool require_alias = false;
  bool has_version = false;
  int retry_on_conflict = 0;
  std::optional<std::int64_t> if_seq_no;
  std::optional<std::int64_t> if_primary_term;
  SourceFields source;  ///< of `get` in the answer; `json` set: it was asked for
};

struct UpdateOutcome {
  store::IndexPtr index;
  store::Written written;
  bool noop = false;
  std::string source;  ///< the document as it is now
};

/// Reads the body: `doc`, `upsert`, `doc_as_upsert`, `detect_noop`, `_source`, `script` (refused later). The body has
/// Buffer::kPadding readable bytes behind it. Errors: unknown keys and values of the wrong kind.
Status read_update_body(std::string_view body, UpdateRequest& request);

/// What Elasticsearch's `validate()` finds.
std::vector<std::string> update_problems(const UpdateRequest& request);

/// Reads, merges and writes, again and again where somebody else was faster, as often as the request allows.
/// Errors: document_missing_exception, 404; version_conflict_engine_exception, 409; scripts are not there yet, 501.
Result<UpdateOutcome> update_document(Services& services, const UpdateRequest& request);

/// `,"get":{..}` of the answer, where it was asked for.
void write_update_get(JsonWriter& out, const UpdateRequest& request, const UpdateOutcome& outcome);

}  // namespace sluice::rest
