#pragma once

#include <functional>
#include <vector>

#include "io/store/catalog/index_blocks.h"
#include "io/store/catalog/index_names.h"
#include "io/store/documents/shard_choice.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// `ignore_unavailable`, `allow_no_indices`, `expand_wildcards` over a route's own defaults. Errors: values that are
/// none.
Result<store::IndexOptions> index_options_of(const Call& call, store::IndexOptions defaults);

/// The defaults of routes that look at indices (`_mapping`, `_settings`, ...), closed ones too.
inline store::IndexOptions administration_options() {
  store::IndexOptions options;
  options.expand_closed = true;
  options.allow_closed = true;
  return options;
}

/// The indices of `{index}` in the state of now. Errors: of resolve_indices().
Result<std::vector<store::ResolvedIndex>> indices_of(const Call& call, const store::ClusterState& state,
                                                     store::IndexOptions defaults);

/// Whether `index.blocks.*` let a request do something with an index, or with all of some. Errors:
/// cluster_block_exception, 403 or 429.
Status check_blocks(const store::IndexMeta& index, store::IndexUse use);
Status check_blocks(const std::vector<store::ResolvedIndex>& indices, store::IndexUse use);

/// Changes each of the indices of `{index}` in one step. `change` gets a copy to edit.
using IndexChange = std::function<Status(store::ClusterState&, store::IndexMeta&)>;
Status change_indices(const Call& call, Services& services, store::IndexOptions defaults, const IndexChange& change);

/// `"_shards":{"total":..,"successful":..,"failed":0}` of the indices.
void write_shards(JsonWriter& out, const std::vector<store::ResolvedIndex>& indices);

/// Which shards a call asks: its parameters `routing` and `preference`. Errors: of store::read_preference().
Result<store::ShardChoice> shard_choice_of(const Call& call);

}  // namespace sluice::rest
