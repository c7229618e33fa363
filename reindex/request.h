#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/base/units.h"
#include "pipeline/control/status.h"

namespace sluice {

/// `source.remote`: another cluster to read from. Source: reference/reindex.md 1.6.
struct RemoteSource {
  std::string scheme;  ///< `http` or `https`, as given
  std::string host;    ///< an IPv6 address keeps its brackets
  int port = 0;
  std::string path_prefix;  ///< with its slashes; empty: none
  std::optional<std::string> username;
  std::optional<std::string> password;
  std::optional<std::string> api_key;
  std::vector<std::pair<std::string, std::string>> headers;
  Nanoseconds socket_timeout = std::chrono::seconds(30);
  Nanoseconds connect_timeout = std::chrono::seconds(30);

  /// `scheme://host:port/prefix`, without credentials.
  [[nodiscard]] std::string url() const;
};

/// A key of RequestSource::other that the embedded store has: how many documents a shard finds at most.
inline constexpr std::string_view kTerminateAfter = "terminate_after";

/// `_source` of a source: which fields are copied.
struct SourceFields {
  bool enabled = true;
  std::vector<std::string> includes;  ///< empty: all
  std::vector<std::string> excludes;
  std::string json;  ///< raw, as it came; empty: not given

  [[nodiscard]] bool everything() const { return enabled && includes.empty() && excludes.empty(); }
};

/// `source.slice`: this request reads one of `max` disjoint parts. Source: reference/reindex.md 4.
struct ManualSlice {
  std::string field;  ///< empty: the endpoint's default
  int id = 0;
  int max = 0;
  std::string json;  ///< raw, as it came
};

/// What patterns among indices stand for, and what may be missing: `expand_wildcards` and its like.
struct RequestIndices {
  bool ignore_unavailable = false;
  bool allow_no_indices = true;
  bool expand_open = true;
  bool expand_closed = false;
  bool expand_hidden = false;
};

struct RequestSource {
  std::vector<std::string> indices;
  RequestIndices expansion;
  std::optional<RemoteSource> remote;
  std::string query;       ///< raw JSON; empty: all documents
  std::string routing;     ///< of the shards that are read, separated by commas; empty: those of the aliases, or all
  std::string preference;  ///< which shards are read, see store::read_preference(); empty: not given
  SourceFields fields;
  int size = 1000;   ///< documents in a batch
  std::string sort;  ///< raw JSON; empty: not given
  std::optional<ManualSlice> slice;
  /// Further keys of the search, with raw JSON values, in the order given (`runtime_mappings`, `timeout`, ...): a
  /// cluster gets them as they are, other sources refuse them.
  std::vector<std::pair<std::string, std::string>> other;
  /// The value of one of these; empty: it was not given.
  [[nodiscard]] std::string_view other_key(std::string_view name) const;
  /// The first of these but `runtime_mappings`, which every source that runs the query itself has, and `known`, which
  /// this one has besides; empty: none.
  [[nodiscard]] std::string_view unsupported_key(std::string_view known = {}) const;
  bool from_set = false;           ///< for validation only
  int from = 0;                    ///< for validation only
  bool stored_fields_set = false;  ///< for validation only
};

/// What the destination does with a document's routing.
enum class RoutingMode : std::uint8_t { kKeep, kDiscard, kSet, kInvalid };

enum class VersionType : std::uint8_t { kInternal, kExternal, kExternalGte };

struct RequestDest {
  /// `dest.remote`, sluice's own: another cluster to write to, with the keys of `source.remote`.
  std::optional<RemoteSource> remote;
  std::string index;
  bool index_set = false;     ///< an empty name is a name, and the endpoint's to refuse
  bool pipeline_set = false;  ///< for validation only
  RoutingMode routing = RoutingMode::kKeep;
  std::string routing_text;  ///< with kSet: what follows the `=`; with kInvalid: the whole value
  bool create = false;       ///< op_type
  std::string pipeline;      ///< empty: the index's own
  VersionType version_type = VersionType::kInternal;

  /// Whether the source's versions are read and written.
  [[nodiscard]] bool external_versions() const { return version_type != VersionType::kInternal; }
};

/// `script`, parsed but not compiled.
struct RequestScript {
  std::string source;  ///< empty for a stored script
  std::string id;      ///< of a stored script
  std::string lang = "painless";
  std::string params;             ///< raw JSON object; empty: none
  bool source_is_object = false;  ///< `source` is the JSON of one, which is nothing that Painless compiles
};

/// What a request does with the documents that it finds.
enum class RequestKind : std::uint8_t {
  kReindex,        ///< writes them to another index: `_reindex`
  kUpdateByQuery,  ///< writes them where they are, changed or not: `_update_by_query`
  kDeleteByQuery,  ///< deletes them: `_delete_by_query`
};

/// A parsed and validated `_reindex` body with its URL parameters: a plain value that programs may also fill in
/// themselves (and then check with validate()). Source: reference/reindex.md 1.2 to 1.8.
struct Request {
  RequestKind kind = RequestKind::kReindex;
  RequestSource source;
  RequestDest dest;
  std::optional<RequestScript> script;
  bool proceed_on_conflicts = false;
  bool script_sees_versions = false;  ///< `_update_by_query?version=true`
  std::optional<std::uint64_t> max_docs;
  std::uint32_t slices = 1;  ///< 0: auto
  float requests_per_second = pipeline::kUnlimited;
  bool refresh = false;
  TimeValue timeout{std::chrono::minutes(1), "1m"};
  std::string wait_for_active_shards;  ///< empty: the index's own setting; else a number or `all`
  bool wait_for_completion = true;
  bool require_alias = false;
  TimeValue scroll{std::chrono::minutes(5), "5m"};  ///< how long a search context is kept alive between two pages
  std::vector<std::string> warnings;                ///< texts of the `Warning` headers that Elasticsearch answers with

  [[nodiscard]] bool auto_slices() const { return slices == 0; }
};

/// What differs between the doors of sluice.
struct RequestRules {
  /// Elasticsearch refuses to slice a remote source; sluice can. False: refused with Elasticsearch's error.
  bool remote_slices = true;
  /// Whether keys that Elasticsearch does not have are understood: `dest.remote`. False: its error for an unknown key.
  bool extensions = true;
  /// The path of the request, for `contains unrecognized parameter`.
  std::string path = "/_reindex";
  /// Whether a source without an index, and a destination without one, is right, because the endpoint names none.
  bool source_names_index = true;
  bool dest_names_index = true;
  /// Whether the source is a store, which runs the query itself: one that can't be read is an error in the request. A
  /// cluster reads its queries alone.
  bool reads_query = false;
  /// The aliases of linked projects; none: `source.project_routing` is refused.
  std::vector<std::string> projects{};
};

/// `requests_per_second`: above 0, or -1 for pipeline::kUnlimited. Errors: Elasticsearch's, 400.
Result<float> parse_rate(std::string_view text);

using UrlParameters = std::vector<std::pair<std::string, std::string>>;

/// The query that `q` asks for, as JSON, with `df`, `default_operator`, `analyzer`, `analyze_wildcard` and `lenient`;
/// nothing: there is no `q`. Errors: flags that are none. Source: Elasticsearch's RestActions.urlParamsToQueryBuilder.
Result<std::optional<std::string>> query_parameter(const UrlParameters& parameters);

/// Parses and validates, with Elasticsearch 9.4's errors, in its order. `url_parameters` are decoded; an empty value is
/// a parameter without one. `pretty`, `human`, `error_trace`, `filter_path` and `format` are let through unread.
/// An empty body is an error, as there. Any thread.
Result<Request> parse_request(std::string_view body, const UrlParameters& url_parameters,
                              const RequestRules& rules = {});

/// The same for `_update_by_query` and `_delete_by_query` of the indices that the path names. A body may be missing;
/// the rules' path is that of the request. Source: reference/reindex.md 1.11, and a node.
Result<Request> parse_by_query(RequestKind kind, std::vector<std::string> indices, std::string_view body,
                               const UrlParameters& url_parameters, const RequestRules& rules = {});

/// What Elasticsearch's `validate()` finds in a request that was filled in by a program; parse_request() includes it.
Status validate(const Request& request, const RequestRules& rules = {});

/// The parts of a right request that sluice cannot do yet: kUnsupported, with what to do instead. Nothing: go on.
/// `source_is_file`: the source is no cluster, so nobody runs its query.
std::optional<Error> not_there_yet(const Request& request, bool source_is_file);

}  // namespace sluice
