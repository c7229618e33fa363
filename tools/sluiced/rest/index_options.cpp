#include "tools/sluiced/rest/index_options.h"

#include <algorithm>
#include <utility>

namespace sluice::rest {

namespace {

/// A flag among the options of an expression, whose errors have words of their own.
Result<bool> option(const Call& call, std::string_view name, bool fallback) {
  auto flag = call.flag(name, fallback);
  if (flag) return flag;
  Error error = illegal_argument("Could not convert [" + std::string(name) + "] to boolean");
  return std::unexpected(std::move(error).wrapping(std::move(flag.error())));
}

}  // namespace

Result<store::IndexOptions> index_options_of(const Call& call, store::IndexOptions defaults) {
  auto unavailable = option(call, "ignore_unavailable", defaults.ignore_unavailable);
  if (!unavailable) return std::unexpected(unavailable.error());
  defaults.ignore_unavailable = *unavailable;
  auto none = option(call, "allow_no_indices", defaults.allow_no_indices);
  if (!none) return std::unexpected(none.error());
  defaults.allow_no_indices = *none;
  if (!call.text("expand_wildcards")) return defaults;
  defaults.expand_open = defaults.expand_closed = defaults.expand_hidden = false;
  for (const std::string& each : call.list("expand_wildcards")) {
    if (each == "open" || each == "all") defaults.expand_open = true;
    if (each == "closed" || each == "all") defaults.expand_closed = true;
    if (each == "hidden" || each == "all") defaults.expand_hidden = true;
    if (each == "none") defaults.expand_open = defaults.expand_closed = defaults.expand_hidden = false;
    if (each != "open" && each != "closed" && each != "hidden" && each != "all" && each != "none") {
      return std::unexpected(illegal_argument("No valid expand wildcard value [" + each + "]"));
    }
  }
  return defaults;
}

Result<std::vector<store::ResolvedIndex>> indices_of(const Call& call, const store::ClusterState& state,
                                                     store::IndexOptions defaults) {
  auto options = index_options_of(call, defaults);
  if (!options) return std::unexpected(options.error());
  return store::resolve_indices(state, call.text_or("index", ""), *options);
}

Status change_indices(const Call& call, Services& services, store::IndexOptions defaults, const IndexChange& change) {
  return services.catalog.update([&](store::ClusterState& state) -> Status {
    auto indices = indices_of(call, state, defaults);
    if (!indices) return std::unexpected(indices.error());
    for (const store::ResolvedIndex& each : *indices) {
      auto copy = std::make_shared<store::IndexMeta>(*each.index);
      if (auto changed = change(state, *copy); !changed) return changed;
      state.indices.insert_or_assign(copy->name, std::move(copy));
    }
    return {};
  });
}

namespace {

Status refusal(store::Blocks blocks) {
  if (blocks.status == 0) return {};
  return std::unexpected(
      Error(ErrorKind::kBadRequest, blocks.status, "cluster_block_exception", std::move(blocks.reason)));
}

}  // namespace

Status check_blocks(const store::IndexMeta& index, store::IndexUse use) {
  return refusal(store::blocks_of(index, use));
}

Status check_blocks(const std::vector<store::ResolvedIndex>& indices, store::IndexUse use) {
  store::Blocks all;
  for (const store::ResolvedIndex& each : indices) {
    const store::Blocks one = store::blocks_of(*each.index, use);
    all.status = std::max(all.status, one.status);
    all.reason += one.reason;
  }
  return refusal(std::move(all));
}

void write_shards(JsonWriter& out, const std::vector<store::ResolvedIndex>& indices) {
  std::uint64_t total = 0;
  std::uint64_t successful = 0;
  for (const store::ResolvedIndex& each : indices) {
    total += static_cast<std::uint64_t>(each.index->shards()) * (each.index->replicas() + 1);
    successful += each.index->shards();
  }
  out.key("_shards").begin_object();
  out.member("total", total).member("successful", successful).member("failed", 0).end_object();
}

Result<store::ShardChoice> shard_choice_of(const Call& call) {
  store::ShardChoice choice;
  choice.routing = call.text_or("routing", "");
  if (Status read = store::read_preference(call.text_or("preference", ""), choice); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return choice;
}

}  // namespace sluice::rest
