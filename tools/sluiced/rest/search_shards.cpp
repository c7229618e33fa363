#include <algorithm>

#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

void write_node(JsonWriter& out, const Services& services) {
  out.key(services.node_id).begin_object().member("name", services.node_name);
  out.member("transport_address", services.http_address).member("external_id", services.node_name);
  write_roles(out);
  out.member("version", kElasticsearchVersion).member("min_index_version", 8'000'099);
  out.member("max_index_version", 9'094'000).end_object();
}

/// The filters of the aliases by which the index was found; one without a filter lifts all others.
void write_index(JsonWriter& out, const store::ResolvedIndex& resolved) {
  out.key(resolved.index->name).begin_object();
  if (!resolved.direct && !resolved.aliases.empty()) {
    std::vector<std::string> filters;
    filters.reserve(resolved.aliases.size());
    for (const std::string& name : resolved.aliases) filters.push_back(resolved.index->aliases.at(name).filter);
    out.key("aliases").begin_array();
    for (const std::string& name : resolved.aliases) out.string(name);
    out.end_array();
    const bool all = std::ranges::none_of(filters, &std::string::empty);
    if (all && filters.size() == 1) out.key("filter").raw(filters.front());
    if (all && filters.size() > 1) {
      out.key("filter").begin_object().key("bool").begin_object().key("should").begin_array();
      for (const std::string& filter : filters) out.raw(filter);
      out.end_array().end_object().end_object();
    }
  }
  out.end_object();
}

void write_shard(JsonWriter& out, const Services& services, const store::IndexMeta& index, std::uint32_t shard) {
  out.begin_array().begin_object().member("state", "STARTED").member("primary", true);
  out.member("node", services.node_id).key("relocating_node").null().member("shard", std::int64_t{shard});
  out.member("index", index.name);
  out.key("relocation_failure_info").begin_object().member("failed_attempts", 0).end_object();
  out.end_object().end_array();
}

}  // namespace

Result<Reply> search_shards(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto indices = indices_of(call, *state, {});
  if (!indices) return std::unexpected(indices.error());
  const auto choice = shard_choice_of(call);
  if (!choice) return std::unexpected(choice.error());
  JsonWriter out;
  out.begin_object().key("nodes").begin_object();
  if (!indices->empty()) write_node(out, services);
  out.end_object().key("indices").begin_object();
  for (const store::ResolvedIndex& each : *indices) write_index(out, each);
  out.end_object().key("shards").begin_array();
  for (const store::ResolvedIndex& each : *indices) {
    const store::IndexKey key = each.index->key();
    for (std::uint32_t shard = 0; shard < key.shards; ++shard) {
      if (choice->reads(key, shard)) write_shard(out, services, *each.index, shard);
    }
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
