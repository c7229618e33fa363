#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_writer.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// What a shard said instead of an answer.
struct ShardFailure {
  store::IndexPtr index;
  std::optional<std::uint32_t> shard;  ///< nothing: all shards of the index say so
  Error error;

  [[nodiscard]] std::uint64_t shards() const { return shard ? 1 : index->shards(); }
  [[nodiscard]] bool is_of(const store::IndexMeta& of, std::uint32_t number) const {
    return index->number == of.number && shard.value_or(number) == number;
  }
};

inline constexpr std::string_view kAllShardsFailed = "all shards failed";
inline constexpr std::string_view kPartialShardsFailure = "Partial shards failure";

/// Whether an error is about what a shard holds: the shard fails with it, and the others answer.
bool is_of_shard(const Error& error);

/// search_phase_execution_exception with the status of the first failure, or of one of the server's own. Of failures of
/// an index that say the same only the first is named. At least one failure.
Error shards_failed(const Services& services, std::string_view reason, const std::vector<ShardFailure>& failures);

/// The same for what all shards refuse, told of the first shard of an index.
Error all_shards_failed(const Services& services, const store::IndexMeta& index, Error cause);

/// `"_shards":{"total":..,"successful":..,"skipped":0,"failed":..,"failures":[..]}`
void write_search_shards(JsonWriter& out, const Services& services, std::uint64_t total,
                         const std::vector<ShardFailure>& failures);

}  // namespace sluice::rest
