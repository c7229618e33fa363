#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "pipeline/base/units.h"

/// What differs from version to version of Elasticsearch and OpenSearch, in one table.
namespace sluice::io {

enum class Distribution : std::uint8_t { kElasticsearch, kOpenSearch };

struct ServerVersion {
  int major = 0;
  int minor = 0;
  int patch = 0;
  auto operator<=>(const ServerVersion&) const = default;
};

enum class Feature : std::uint8_t {
  kPointInTime,        ///< a PIT, and `_shard_doc`, the cheap sort that is total over all shards
  kSlicedPointInTime,  ///< `slice` in a search over a PIT
  kPitImplicitSort,    ///< appends `_shard_doc` to a PIT's sort by itself
  kSlicedScroll,
  kJsonScrollId,      ///< `{"scroll_id":..}` bodies; before: the bare id as text
  kExactKeepAlive,    ///< every time unit in keep-alives; before: whole milliseconds at most
  kRoutingInHits,     ///< hits have `_routing` unasked; before: `fields=_routing`
  kNoPartialResults,  ///< `allow_partial_search_results`
  kUntypedBulk,       ///< a bulk's action needs no `_type`
  kUnderscoreType,    ///< `_doc` is a valid type
  kFilterPath,        ///< `filter_path` on a bulk
  kWriteConditions,   ///< `if_seq_no` and `if_primary_term` in a bulk's action
  kHidesVectors,      ///< leaves vectors out of `_source` unless told not to
};

/// A server, as its root page introduces it. A value type; any thread.
struct Dialect {
  Distribution distribution = Distribution::kElasticsearch;
  ServerVersion version;
  std::string number;  ///< as the server says it, for messages

  [[nodiscard]] bool has(Feature feature) const;
  /// `Elasticsearch 7.10.2`.
  [[nodiscard]] std::string name() const;
  /// The `_type` for documents that come without one; empty: none is needed.
  [[nodiscard]] std::string_view default_type() const;
  /// A keep-alive in a unit the server understands, never shorter than asked.
  [[nodiscard]] std::string keep_alive(Nanoseconds duration) const;
};

/// Reads what `GET /` answers. An OpenSearch that introduces itself as 7.10.2 is taken for that Elasticsearch, which it
/// behaves like. Errors: what answered is neither.
Result<Dialect> read_dialect(std::string_view root_json, std::string_view origin);

}  // namespace sluice::io
