#include <chrono>
#include <thread>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/base/wildcard.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {
namespace {

constexpr auto kLookAgain = std::chrono::milliseconds(25);

enum class Level : std::uint8_t { kCluster, kIndices, kShards };

/// Shards of one index or of all. Primaries are always there; replicas have no node to be on.
struct Shards {
  std::int64_t primaries = 0;
  std::int64_t unassigned = 0;
  [[nodiscard]] std::string_view status() const { return unassigned > 0 ? "yellow" : "green"; }
};

Shards shards_of(const store::IndexMeta& index) {
  return {.primaries = index.shards(), .unassigned = std::int64_t{index.shards()} * index.replicas()};
}

struct Health {
  std::vector<store::IndexPtr> indices;
  Shards shards;
  bool missing = false;  ///< an index that was named is not there
  [[nodiscard]] std::string_view status() const { return missing ? "red" : shards.status(); }
};

bool names_index(const std::string& expression, const store::IndexMeta& index) {
  if (expression == "_all" || wildcard_match(expression, index.name)) return true;
  for (const auto& [alias, meta] : index.aliases) {
    if (wildcard_match(expression, alias)) return true;
  }
  return wildcard_match(expression, index.data_stream);
}

/// Closed indices have shards as well; `expand_wildcards` says which ones a pattern stands for.
Health look(const store::ClusterState& state, const std::vector<std::string>& expressions,
            const store::IndexOptions& options) {
  Health health;
  std::vector<bool> found(expressions.size(), false);
  for (const auto& [name, index] : state.indices) {
    bool named = expressions.empty();
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      if (!names_index(expressions[i], *index)) continue;
      const bool pattern = expressions[i].find('*') != std::string::npos || expressions[i] == "_all";
      if (pattern && (index->open ? !options.expand_open : !options.expand_closed)) continue;
      named = found[i] = true;
    }
    if (!named) continue;
    health.indices.push_back(index);
    const Shards shards = shards_of(*index);
    health.shards.primaries += shards.primaries;
    health.shards.unassigned += shards.unassigned;
  }
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const bool pattern = expressions[i].find('*') != std::string::npos || expressions[i] == "_all";
    health.missing = health.missing || (!found[i] && !pattern);
  }
  return health;
}

/// What a request waits for.
struct Wish {
  std::string status;
  std::string nodes;
  std::string active_shards;
  std::vector<std::string> indices;
  Level level = Level::kCluster;
  Nanoseconds timeout{};
};

Result<bool> enough_nodes(std::string_view wish) {
  constexpr std::int64_t kNodes = 1;
  std::string_view number = wish;
  std::string relation = "=";
  for (const auto& [begin, meaning] : {std::pair<std::string_view, const char*>{">=", ">="},
                                       {"<=", "<="},
                                       {">", ">"},
                                       {"<", "<"},
                                       {"ge(", ">="},
                                       {"le(", "<="},
                                       {"gt(", ">"},
                                       {"lt(", "<"}}) {
    if (!number.starts_with(begin)) continue;
    relation = meaning;
    number.remove_prefix(begin.size());
    if (number.ends_with(')')) number.remove_suffix(1);
    break;
  }
  const auto count = parse_number<std::int64_t>(number);
  if (!count) return std::unexpected(number_format_error(number));
  if (relation == ">=") return kNodes >= *count;
  if (relation == "<=") return kNodes <= *count;
  if (relation == ">") return kNodes > *count;
  return relation == "<" ? kNodes < *count : kNodes == *count;
}

Result<bool> enough_shards(std::string_view wish, const Health& health) {
  if (wish == "all") return health.shards.unassigned == 0;
  const auto count = parse_number<std::int64_t>(wish);
  if (!count) return std::unexpected(illegal_argument("cannot parse ActiveShardCount[" + std::string(wish) + "]"));
  return health.shards.primaries >= *count;
}

Result<bool> fulfilled(const Wish& wish, const Health& health) {
  if (health.missing) return false;
  if (wish.status == "green" && health.status() != "green") return false;
  if (!wish.nodes.empty()) {
    const auto nodes = enough_nodes(wish.nodes);
    if (!nodes || !*nodes) return nodes;
  }
  return wish.active_shards.empty() ? Result<bool>(true) : enough_shards(wish.active_shards, health);
}

Result<Wish> read_wish(const Call& call) {
  Wish wish{.status = std::string(call.text_or("wait_for_status", "")),
            .nodes = std::string(call.text_or("wait_for_nodes", "")),
            .active_shards = std::string(call.text_or("wait_for_active_shards", "")),
            .indices = call.list("index")};
  wish.status = ascii_lower_case(wish.status);
  if (!wish.status.empty() && wish.status != "green" && wish.status != "yellow" && wish.status != "red") {
    const std::string upper = ascii_upper_case(wish.status);
    return std::unexpected(
        illegal_argument("No enum constant org.elasticsearch.cluster.health.ClusterHealthStatus." + upper));
  }
  const std::string_view level = call.text_or("level", "cluster");
  if (level != "cluster" && level != "indices" && level != "shards") {
    return std::unexpected(illegal_argument(
        "level parameter must be one of [cluster] or [indices] or [shards] but was [" + std::string(level) + "]"));
  }
  wish.level = level == "cluster" ? Level::kCluster : level == "indices" ? Level::kIndices : Level::kShards;
  const auto timeout = call.time("timeout", "30s");
  if (!timeout) return std::unexpected(timeout.error());
  wish.timeout = timeout->duration;
  return wish;
}

void write_shards(JsonWriter& out, const Shards& shards) {
  out.member("active_primary_shards", shards.primaries)
      .member("active_shards", shards.primaries)
      .member("relocating_shards", 0)
      .member("initializing_shards", 0)
      .member("unassigned_shards", shards.unassigned)
      .member("unassigned_primary_shards", 0);
}

void write_index(JsonWriter& out, const store::IndexMeta& index, Level level) {
  const Shards shards = shards_of(index);
  out.key(index.name).begin_object();
  out.member("status", shards.status());
  out.member("number_of_shards", std::int64_t{index.shards()})
      .member("number_of_replicas", std::int64_t{index.replicas()});
  write_shards(out, shards);
  if (level == Level::kShards) {
    out.key("shards").begin_object();
    for (std::uint32_t shard = 0; shard < index.shards(); ++shard) {
      out.key(std::to_string(shard)).begin_object().member("status", shards.status()).member("primary_active", true);
      out.member("active_shards", 1).member("relocating_shards", 0).member("initializing_shards", 0);
      out.member("unassigned_shards", std::int64_t{index.replicas()})
          .member("unassigned_primary_shards", 0)
          .end_object();
    }
    out.end_object();
  }
  out.end_object();
}

std::string health_json(const Services& services, const Health& health, Level level, bool timed_out) {
  JsonWriter out;
  out.begin_object().member("cluster_name", services.cluster_name).member("status", health.status());
  out.member("timed_out", timed_out).member("number_of_nodes", 1).member("number_of_data_nodes", 1);
  write_shards(out, health.shards);
  const std::int64_t all = health.shards.primaries + health.shards.unassigned;
  out.member("delayed_unassigned_shards", 0)
      .member("number_of_pending_tasks", 0)
      .member("number_of_in_flight_fetch", 0)
      .member("task_max_waiting_in_queue_millis", 0)
      .key("active_shards_percent_as_number")
      .java_float(all == 0 ? 100.0F : 100.0F * static_cast<float>(health.shards.primaries) / static_cast<float>(all));
  if (level != Level::kCluster) {
    out.key("indices").begin_object();
    for (const store::IndexPtr& index : health.indices) write_index(out, *index, level);
    out.end_object();
  }
  out.end_object();
  return out.take();
}

}  // namespace

Result<Reply> get_cluster_health(Call& call, Services& services) {
  const auto wish = read_wish(call);
  if (!wish) return std::unexpected(wish.error());
  store::IndexOptions defaults = administration_options();
  defaults.expand_hidden = true;
  const auto options = index_options_of(call, defaults);
  if (!options) return std::unexpected(options.error());
  const auto until = std::chrono::steady_clock::now() + wish->timeout;
  while (true) {
    const Health health = look(*services.catalog.state(), wish->indices, *options);
    const auto good = fulfilled(*wish, health);
    if (!good) return std::unexpected(good.error());
    constexpr int kTimedOut = 408;
    if (*good) return Reply::json(health_json(services, health, wish->level, false));
    if (std::chrono::steady_clock::now() >= until) {
      return Reply::json(health_json(services, health, wish->level, true), kTimedOut);
    }
    std::this_thread::sleep_for(kLookAgain);
  }
}

Result<Reply> get_pending_tasks(Call& /*call*/, Services& /*services*/) { return Reply::json(R"({"tasks":[]})"); }

}  // namespace sluice::rest
