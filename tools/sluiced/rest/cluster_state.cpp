#include <algorithm>
#include <set>

#include "pipeline/base/json_text.h"
#include "pipeline/base/wildcard.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/settings_tree.h"

namespace sluice::rest {
namespace {

using IndexList = std::vector<store::IndexPtr>;

Result<IndexList> chosen_indices(const store::ClusterState& state, const Call& call) {
  const std::vector<std::string> expressions = call.list("index");
  const auto ignore = call.flag("ignore_unavailable", false);
  if (!ignore) return std::unexpected(ignore.error());
  std::set<std::string, std::less<>> names;
  for (const std::string& expression : expressions) {
    bool found = false;
    for (const auto& [name, index] : state.indices) {
      const bool aliased = std::ranges::any_of(
          index->aliases, [&](const auto& alias) { return wildcard_match(expression, alias.first); });
      if (expression != "_all" && !aliased && !wildcard_match(expression, name)) continue;
      names.insert(name);
      found = true;
    }
    if (!found && !*ignore && expression.find('*') == std::string::npos && expression != "_all") {
      Error error(ErrorKind::kNotFound, 404, "index_not_found_exception", "no such index [" + expression + "]");
      const std::string quoted = json_string(expression);
      error.details = {{"resource.type", "\"index_or_alias\""},
                       {"resource.id", quoted},
                       {"index_uuid", "\"_na_\""},
                       {"index", quoted}};
      return std::unexpected(std::move(error));
    }
  }
  IndexList chosen;
  for (const auto& [name, index] : state.indices) {
    if (expressions.empty() || names.contains(name)) chosen.push_back(index);
  }
  return chosen;
}

void write_index(JsonWriter& out, const store::IndexMeta& index, bool flat) {
  out.key(index.name).begin_object();
  out.member("version", index.mapping_version + index.settings_version + index.aliases_version);
  out.member("mapping_version", index.mapping_version).member("settings_version", index.settings_version);
  out.member("aliases_version", index.aliases_version);
  out.member("routing_num_shards", std::int64_t{index.key().routing_shards})
      .member("state", index.open ? "open" : "close");
  store::Settings settings = index.settings;
  settings.insert_or_assign("index.uuid", json_string(index.uuid));
  settings.insert_or_assign("index.creation_date", json_string(std::to_string(index.creation_date)));
  settings.insert_or_assign("index.provided_name", json_string(index.provided_name));
  settings.insert_or_assign("index.version.created", "\"9094000\"");
  out.key("settings");
  write_settings(out, settings, flat);
  const std::string mapping = index.mapping->json();
  out.key("mappings").begin_object();
  if (mapping != "{}") out.key("_doc").raw(mapping);
  out.end_object().key("aliases").begin_array();
  for (const auto& [alias, meta] : index.aliases) out.string(alias);
  out.end_array().key("primary_terms").begin_object();
  for (std::uint32_t shard = 0; shard < index.shards(); ++shard) out.key(std::to_string(shard)).integer(1);
  out.end_object().member("system", false).end_object();
}

void write_metadata(JsonWriter& out, const Services& services, const store::ClusterState& state,
                    const IndexList& indices, bool flat) {
  out.key("metadata")
      .begin_object()
      .member("cluster_uuid", services.cluster_uuid)
      .member("cluster_uuid_committed", true);
  out.key("templates").begin_object();
  for (const auto& [name, meta] : state.legacy_templates) out.key(name).raw(meta.json);
  out.end_object().key("indices").begin_object();
  for (const store::IndexPtr& index : indices) write_index(out, *index, flat);
  out.end_object().end_object();
}

void write_shard(JsonWriter& out, const Services& services, const store::IndexMeta& index, std::uint32_t shard,
                 bool primary) {
  out.begin_object().member("state", primary ? "STARTED" : "UNASSIGNED").member("primary", primary).key("node");
  if (primary) {
    out.string(services.node_id);
  } else {
    out.null();
  }
  out.key("relocating_node").null().member("shard", std::int64_t{shard}).member("index", index.name).end_object();
}

void write_routing(JsonWriter& out, const Services& services, const IndexList& indices) {
  out.key("routing_table").begin_object().key("indices").begin_object();
  for (const store::IndexPtr& index : indices) {
    out.key(index->name).begin_object().key("shards").begin_object();
    for (std::uint32_t shard = 0; shard < index->shards(); ++shard) {
      out.key(std::to_string(shard)).begin_array();
      for (std::uint32_t copy = 0; copy <= index->replicas(); ++copy) {
        write_shard(out, services, *index, shard, copy == 0);
      }
      out.end_array();
    }
    out.end_object().end_object();
  }
  out.end_object().end_object();
}

void write_nodes(JsonWriter& out, const Services& services) {
  out.key("nodes").begin_object().key(services.node_id).begin_object().member("name", services.node_name);
  out.member("ephemeral_id", services.node_id).member("transport_address", services.http_address);
  out.member("external_id", services.node_name);
  write_roles(out);
  out.member("version", kElasticsearchVersion).end_object().end_object();
}

}  // namespace

Result<Reply> get_cluster_state(Call& call, Services& services) {
  const auto flat = call.flag("flat_settings", false);
  if (!flat) return std::unexpected(flat.error());
  const std::vector<std::string> metrics = call.list("metric");
  const auto wanted = [&](std::string_view metric) {
    return metrics.empty() ||
           std::ranges::any_of(metrics, [&](const std::string& name) { return name == metric || name == "_all"; });
  };
  const store::StatePtr state = services.catalog.state();
  const auto indices = chosen_indices(*state, call);
  if (!indices) return std::unexpected(indices.error());
  JsonWriter out;
  out.begin_object().member("cluster_name", services.cluster_name).member("cluster_uuid", services.cluster_uuid);
  if (wanted("version")) {
    out.member("version", state->version);
    out.member("state_uuid", services.cluster_uuid + "-" + std::to_string(state->version));
  }
  if (wanted("master_node")) out.member("master_node", services.node_id);
  // OpenSearch's name for the same.
  if (wanted("cluster_manager_node")) out.member("cluster_manager_node", services.node_id);
  if (wanted("blocks")) out.key("blocks").begin_object().end_object();
  if (wanted("nodes")) write_nodes(out, services);
  if (wanted("metadata")) write_metadata(out, services, *state, *indices, *flat);
  if (wanted("routing_table")) write_routing(out, services, *indices);
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
