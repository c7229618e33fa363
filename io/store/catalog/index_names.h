#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/wildcard.h"

namespace sluice::store {

/// Errors: invalid_index_name_exception, 400, with the rule that is broken. Source: Elasticsearch's
/// MetadataCreateIndexService.validateIndexOrAliasName and validateIndexName.
Status check_index_name(std::string_view name);
/// The same rules as for an index, in invalid_alias_name_exception's words.
Status check_alias_name(std::string_view name);
/// `<logs-{now/d}>` as `logs-2026.11.24`; a name without angle brackets as it is. `now_ms`: milliseconds since 1970.
/// Errors: parse_exception (`invalid dynamic name expression [..]`).
Result<std::string> resolve_date_math(std::string_view name, std::int64_t now_ms);

/// index_not_found_exception, 404: `no such index [x]`, with its details.
Error index_not_found(std::string_view name);
Error index_closed(const IndexMeta& index);

/// What wildcards stand for and what may be missing: `ignore_unavailable`, `allow_no_indices`, `expand_wildcards`.
struct IndexOptions {
  bool ignore_unavailable = false;
  bool allow_no_indices = true;
  bool expand_open = true;
  bool expand_closed = false;
  bool expand_hidden = false;
  bool allow_aliases = true;
  bool allow_closed = false;    ///< a closed index that is named is no error (index administration)
  bool data_streams = true;     ///< names of data streams stand for their backing indices
  bool other_clusters = false;  ///< `cluster:index` may name another cluster (searches): there is none of that name
};

/// An index that an expression stands for, and the aliases by which it was found (all of its own name: none).
struct ResolvedIndex {
  IndexPtr index;
  bool direct = false;               ///< named itself, by a pattern or as part of a data stream: filters don't apply
  std::vector<std::string> aliases;  ///< that led to it
};

/// Splits at commas; an empty expression and `_all` are `*`.
std::vector<std::string> split_expression(std::string_view expression);

/// All indices that a list of names, patterns and exclusions (`-x*`, behind a pattern) stands for, in the order of the
/// expression, patterns in the order of names, each index once. Errors: index_not_found_exception, 404;
/// index_closed_exception, 400; illegal_argument_exception for an alias where none is allowed.
Result<std::vector<ResolvedIndex>> resolve_indices(const ClusterState& state, std::string_view expression,
                                                   const IndexOptions& options);
/// The same for a list whose names are not split at commas. An empty list stands for all.
Result<std::vector<ResolvedIndex>> resolve_indices(const ClusterState& state, std::span<const std::string> names,
                                                   const IndexOptions& options);

/// Where a write to `name` goes: the index itself, an alias' only or write index, a data stream's last one. Null: there
/// is none. Errors: illegal_argument_exception for an alias with no write index among several.
Result<IndexPtr> write_index(const ClusterState& state, std::string_view name);

/// Whether an alias of that name is on any index.
bool is_alias(const ClusterState& state, std::string_view name);

}  // namespace sluice::store
