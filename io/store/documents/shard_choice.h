#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/documents/documents.h"

namespace sluice::store {

/// Which shards of an index a request reads.
struct ShardChoice {
  std::string routing;  ///< those of these routings, separated by commas; empty: those of the aliases, or all
  std::optional<std::vector<std::uint32_t>> numbers;  ///< of these, see read_preference(); nothing: all

  /// `alias_routing`: what the aliases say by which the index was found; empty: they lead to all shards.
  [[nodiscard]] bool reads(const IndexKey& index, std::uint32_t shard, std::string_view alias_routing = {}) const;
};

/// The parameter `preference`: `_shards:0,2` chooses shards. A word of the client's own, `_local`, `_only_local` and
/// `_prefer_nodes:..` choose among copies, of which there is one. Errors: illegal_argument_exception `no Preference for
/// [..]`, number_format_exception, 400; `_only_nodes` by name, 501. Source: Elasticsearch's OperationRouting.
Status read_preference(std::string_view preference, ShardChoice& choice);

}  // namespace sluice::store
