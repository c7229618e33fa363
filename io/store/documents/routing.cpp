#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "io/store/documents/documents.h"
#include "io/store/documents/murmur3.h"

namespace sluice::store {

// floorMod(hash, routing shards) / (routing shards / shards); see IndexKey::routing_shards for whose formula it is.
std::uint32_t Documents::shard_of(const IndexKey& index, std::string_view id, std::string_view routing) {
  if (index.shards <= 1) return 0;
  const std::int32_t hash = murmur3_of_text(routing.empty() ? id : routing);
  const std::uint32_t routing_shards = std::max(index.routing_shards, index.shards);
  const std::int64_t remainder = hash % static_cast<std::int64_t>(routing_shards);
  const auto floor_mod = static_cast<std::uint32_t>(remainder < 0 ? remainder + routing_shards : remainder);
  return std::min(floor_mod / (routing_shards / index.shards), index.shards - 1);
}

}  // namespace sluice::store
