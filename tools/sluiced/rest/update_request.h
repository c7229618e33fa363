#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reindex/request.h"

namespace sluice::rest {

/// One update: a partial document or a script, and what to write where there is no document. Views are used until
/// update_document() returns.
struct UpdateRequest {
  std::string_view index;
  std::string_view id;
  std::string_view routing;
  std::string_view doc;     ///< raw JSON object; empty: not given
  std::string_view upsert;  ///< the same
  std::optional<RequestScript> script;
  bool doc_as_upsert = false;
  bool scripted_upsert = false;
  bool detect_noop = true;  ///< of `doc`; what a script leaves as it was is written
  bool require_alias = false;
  bool has_version = false;
  bool runs_pipelines = false;  ///< those of the index, on all that is written; false: on what is new only
  int retry_on_conflict = 0;
  std::optional<std::int64_t> if_seq_no;
  std::optional<std::int64_t> if_primary_term;
  SourceFields source;                ///< of `get` in the answer; `json` set: it was asked for
  std::vector<std::string> warnings;  ///< texts of `Warning` headers
};

/// Reads the body: `doc`, `script`, `upsert`, `doc_as_upsert`, `scripted_upsert`, `detect_noop`, `_source`. The body
/// has Buffer::kPadding readable bytes behind it. Errors: unknown keys and values of the wrong kind.
Status read_update_body(std::string_view body, UpdateRequest& request);

/// What Elasticsearch's `validate()` finds.
std::vector<std::string> update_problems(const UpdateRequest& request);

}  // namespace sluice::rest
