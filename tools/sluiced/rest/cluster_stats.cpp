#include <chrono>

#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {
namespace {

struct ShardCounts {
  std::int64_t primaries = 0;
  std::int64_t replicas = 0;
};

ShardCounts count_shards(const store::ClusterState& state) {
  ShardCounts counts;
  for (const auto& [name, index] : state.indices) {
    counts.primaries += index->shards();
    counts.replicas += std::int64_t{index->shards()} * index->replicas();
  }
  return counts;
}

void write_indices(JsonWriter& out, const Services& services, const store::ClusterState& state,
                   const ShardCounts& counts, const store::ShardFacts& facts) {
  out.key("indices").begin_object().member("count", state.indices.size()).key("shards").begin_object();
  if (counts.primaries > 0) {
    out.member("total", counts.primaries).member("primaries", counts.primaries).key("replication").java_float(0);
  }
  out.end_object().key("docs").begin_object().member("count", facts.documents).member("deleted", facts.deleted);
  out.member("total_size_in_bytes", facts.source_bytes).end_object();
  const std::uint64_t size = services.documents.disk_bytes();
  out.key("store").begin_object().member("size_in_bytes", size).member("total_data_set_size_in_bytes", size);
  out.member("reserved_in_bytes", 0).end_object().end_object();
}

void write_nodes(JsonWriter& out) {
  out.key("nodes").begin_object().key("count").begin_object();
  out.member("total", 1).member("coordinating_only", 0).member("data", 1).member("ingest", 1).member("master", 1);
  out.member("remote_cluster_client", 0).member("voting_only", 0).end_object();
  out.key("versions").begin_array().string(kElasticsearchVersion).end_array();
  out.key("plugins").begin_array().end_array();
  out.key("packaging_types").begin_array().begin_object().member("flavor", "default").member("type", "tar");
  out.member("count", 1).end_object().end_array().end_object();
}

}  // namespace

Result<Reply> get_cluster_stats(Call& /*call*/, Services& services) {
  const auto facts = all_facts(services);
  if (!facts) return std::unexpected(facts.error());
  const store::StatePtr state = services.catalog.state();
  const ShardCounts counts = count_shards(*state);
  const std::int64_t now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  JsonWriter out;
  out.begin_object()
      .key("_nodes")
      .begin_object()
      .member("total", 1)
      .member("successful", 1)
      .member("failed", 0)
      .end_object();
  out.member("cluster_name", services.cluster_name).member("cluster_uuid", services.cluster_uuid);
  out.member("timestamp", now).member("status", counts.replicas > 0 ? "yellow" : "green");
  write_indices(out, services, *state, counts, *facts);
  write_nodes(out);
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
