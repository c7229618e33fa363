#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/documents/documents.h"
#include "pipeline/base/error.h"
#include "reindex/request.h"

namespace sluice::rest {

enum class BulkKind : std::uint8_t { kIndex, kCreate, kDelete, kUpdate };

/// One action of a bulk. Texts are views into the body or into the request's own strings.
struct BulkAction {
  BulkKind kind = BulkKind::kIndex;
  std::string_view index;
  std::string_view id;
  bool has_id = false;
  std::string_view routing;
  std::string_view pipeline;
  bool names_no_pipeline = false;  ///< its pipeline's name is empty
  std::optional<bool> list_executed;
  std::string_view source;  ///< the second line; empty for deletes
  store::Versioning versioning = store::Versioning::kInternal;
  std::optional<std::int64_t> version;
  std::optional<std::int64_t> if_seq_no;
  std::optional<std::int64_t> if_primary_term;
  int retry_on_conflict = 0;
  std::optional<bool> require_alias;
  std::optional<bool> require_data_stream;
  std::optional<SourceFields> fields;  ///< `_source` of an update
};

/// What holds for actions that don't say it themselves.
struct BulkDefaults {
  std::string_view index;
  std::string_view routing;
  std::string_view pipeline;
};

/// A bulk body, read. Lives as long as its body and its strings.
struct BulkRequest {
  std::vector<BulkAction> actions;
  std::deque<std::string> strings;  ///< texts with escapes, resolved
};

/// Reads `_bulk`'s lines. `body` has Buffer::kPadding readable bytes behind it. Errors, 400, refuse the whole bulk:
/// an action line that is malformed, unknown parameters, a last line that does not end.
Result<BulkRequest> read_bulk(std::string_view body, const BulkDefaults& defaults);

/// What Elasticsearch's `validate()` finds in all of it.
std::vector<std::string> bulk_problems(const BulkRequest& request);

}  // namespace sluice::rest
