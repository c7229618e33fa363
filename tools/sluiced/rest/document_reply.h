#pragma once

#include <string>
#include <string_view>

#include "io/store/writing/indexer.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// `created`, `updated`, `deleted`, `not_found`.
std::string_view result_text(store::WriteResult result);
/// 201, 200, or 404 for a delete that found nothing.
int result_status(store::WriteResult result);

/// What a write answers: `_index`, `_id`, `_version`, `result`, `_shards`, `_seq_no`, `_primary_term`, without the
/// brackets around them, so that a bulk item can go on. `index` is null where none was found.
struct WriteReply {
  const store::IndexMeta& index;
  std::string_view id;
  const store::Written& written;
  std::string_view result;  ///< empty: result_text() of `written`
  bool forced_refresh = false;
  bool in_bulk = false;  ///< where Elasticsearch shows the shards of a no-op too
};
void write_reply_members(JsonWriter& out, const WriteReply& reply);

/// The same for a document that a pipeline has let go: `result` is `noop`. `id` empty: it would have been made.
void write_dropped_members(JsonWriter& out, std::string_view index, std::string_view id, std::int64_t version);

/// `refresh=true|false|wait_for|` (empty: true).
enum class Refresh : std::uint8_t { kNo, kNow, kWait };
Result<Refresh> refresh_of(const Call& call);
/// Makes what was written visible to searches, where the request wants it. A refresh here costs nothing, so waiting for
/// the next one is the same as having one.
void refresh_after(Services& services, Refresh refresh, const store::IndexMeta& index);

/// `version`, `version_type`, `if_seq_no`, `if_primary_term`, `op_type` and `routing` as URL parameters. Errors: texts
/// that are none of these; what contradicts itself is said by check_versions().
Status read_versions(const Call& call, store::Write& write, bool* create);
/// What Elasticsearch's `validate()` finds; `has_id`: the caller gave an id.
std::vector<std::string> version_problems(const store::Write& write, bool has_id);
/// `internal`, `external`, `external_gt`, `external_gte`. Errors: `No version type match [x]`.
Result<store::Versioning> version_type_of(std::string_view text);

/// `wait_for_active_shards`: one copy of each shard is all there is. Errors: unavailable_shards_exception, 503, when
/// more are asked for.
Status check_active_shards(const Call& call, const store::IndexMeta& index);

}  // namespace sluice::rest
