#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include <sys/utsname.h>

#include "pipeline/base/units.h"
#include "pipeline/base/wildcard.h"
#include "tools/sluiced/rest/index_stats.h"
#include "tools/sluiced/rest/ingest_figures.h"
#include "tools/sluiced/rest/node_figures.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/script_cache.h"
#include "tools/sluiced/rest/settings_tree.h"
#include "tools/sluiced/search/contexts.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {
namespace {

constexpr std::array<std::string_view, 12> kInfoMetrics{
    "aggregations", "http",    "indices",  "ingest",      "jvm",       "os",
    "plugins",      "process", "settings", "thread_pool", "transport", "remote_cluster_server"};
constexpr std::array<std::string_view, 17> kStatsMetrics{
    "adaptive_selection", "allocations", "breaker",      "discovery",   "fs",       "http",
    "indexing_pressure",  "indices",     "ingest",       "jvm",         "os",       "process",
    "repositories",       "script",      "script_cache", "thread_pool", "transport"};

/// Whether a `{node_id}` means this node: `_all`, `_local`, `_master`, its id, name or address, with `*`.
bool is_this_node(const Services& services, const std::vector<std::string>& names) {
  return names.empty() || std::ranges::any_of(names, [&](const std::string& name) {
           return name == "_all" || name == "_local" || name == "_master" || name == "master:true" ||
                  name == "data:true" || name == "ingest:true" || wildcard_match(name, services.node_id) ||
                  wildcard_match(name, services.node_name) || wildcard_match(name, services.http_address) ||
                  wildcard_match(name, host_of(services.http_address));
         });
}

/// The metrics asked for.
class Metrics {
 public:
  explicit Metrics(std::vector<std::string> names) : names_(std::move(names)) {}
  [[nodiscard]] bool has(std::string_view metric) const {
    return names_.empty() ||
           std::ranges::any_of(names_, [&](const std::string& name) { return name == "_all" || name == metric; });
  }
  [[nodiscard]] bool asked_for(std::string_view metric) const { return !names_.empty() && has(metric); }

 private:
  std::vector<std::string> names_;
};

void begin_nodes(JsonWriter& out, const Services& services, bool here) {
  out.begin_object().key("_nodes").begin_object();
  out.member("total", here ? 1 : 0).member("successful", here ? 1 : 0).member("failed", 0).end_object();
  out.member("cluster_name", services.cluster_name).key("nodes").begin_object();
}

void write_os_info(JsonWriter& out) {
  utsname system{};
  uname(&system);
  const std::string_view machine = system.machine;
  const auto processors = static_cast<std::int64_t>(std::thread::hardware_concurrency());
  out.key("os")
      .begin_object()
      .member("refresh_interval_in_millis", 1000)
      .member("name", std::string_view(system.sysname));
  out.member("pretty_name", std::string_view(system.sysname)).member("arch", machine == "x86_64" ? "amd64" : machine);
  out.member("version", std::string_view(system.release)).member("available_processors", processors);
  out.member("allocated_processors", processors).end_object();
}

void write_http_info(JsonWriter& out, const Services& services) {
  const std::string limit = node_setting(services.node_settings, "http.max_content_length");
  out.key("http").begin_object().key("bound_address").begin_array().string(services.http_address).end_array();
  out.member("publish_address", services.http_address);
  out.member("max_content_length_in_bytes",
             std::uint64_t{parse_byte_size(limit, "http.max_content_length").value_or(0)});
  out.end_object();
}

/// Without passwords.
store::Settings public_settings(const Services& services) {
  store::Settings settings = services.node_settings;
  std::erase_if(settings, [](const auto& entry) {
    const SettingRow* row = find_setting(entry.first);
    return row == nullptr || row->kind == SettingKind::kSecret;
  });
  return settings;
}

void write_node_info(JsonWriter& out, const Services& services, const Metrics& metrics, bool flat) {
  out.key(services.node_id).begin_object().member("name", services.node_name);
  out.member("transport_address", services.http_address).member("host", host_of(services.http_address));
  out.member("ip", host_of(services.http_address)).member("version", kElasticsearchVersion);
  out.member("build_flavor", "default").member("build_type", "tar").member("build_hash", "sluice-" SLUICE_VERSION);
  write_roles(out);
  if (metrics.has("settings")) {
    out.key("settings");
    write_settings(out, public_settings(services), flat);
  }
  if (metrics.has("os")) write_os_info(out);
  if (metrics.has("process")) {
    out.key("process").begin_object().member("refresh_interval_in_millis", 1000).member("id", std::int64_t{getpid()});
    out.member("mlockall", false).end_object();
  }
  if (metrics.has("http")) write_http_info(out, services);
  if (metrics.has("ingest")) write_ingest_info(out);
  if (metrics.has("plugins")) out.key("plugins").begin_array().end_array().key("modules").begin_array().end_array();
  out.end_object();
}

std::int64_t now_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// What `_stats` says of all indices together.
Result<IndexFigures> all_figures(Services& services) {
  IndexFigures all;
  const store::StatePtr state = services.catalog.state();
  for (const auto& [name, index] : state->indices) {
    auto one = figures_of(services, *index);
    if (!one) return std::unexpected(one.error());
    all.add(*one);
  }
  return all;
}

void write_compilations(JsonWriter& out, const ScriptCache::Statistics& statistics) {
  out.member("compilations", statistics.compilations).member("cache_evictions", statistics.evictions);
  out.member("compilation_limit_triggered", statistics.refused);
}

void write_script_stats(JsonWriter& out, const Services& services, const Metrics& metrics) {
  const ScriptCache::Statistics statistics = services.scripts.statistics();
  if (metrics.has("script")) {
    out.key("script").begin_object();
    write_compilations(out, statistics);
    out.key("contexts").begin_array().end_array().end_object();
  }
  if (metrics.has("script_cache")) {
    out.key("script_cache").begin_object().key("sum").begin_object();
    write_compilations(out, statistics);
    out.end_object().end_object();
  }
}

void write_node_stats(JsonWriter& out, const Services& services, const Metrics& metrics, const IndexFigures& figures,
                      const std::vector<std::string>& index_metrics) {
  const std::int64_t now = now_milliseconds();
  out.key(services.node_id).begin_object().member("timestamp", now).member("name", services.node_name);
  out.member("transport_address", services.http_address).member("host", host_of(services.http_address));
  out.member("ip", services.http_address);
  write_roles(out);
  if (metrics.has("indices")) {
    write_figures(out, "indices", figures, index_metrics, services.contexts.open_count());
  }
  if (metrics.has("os")) write_os_stats(out, now);
  if (metrics.has("process")) write_process_stats(out, now);
  if (metrics.has("fs")) write_fs_stats(out, services, now);
  if (metrics.has("http") && services.http_statistics) {
    const serve::ServerStatistics statistics = services.http_statistics();
    out.key("http").begin_object().member("current_open", statistics.current_open);
    out.member("total_opened", statistics.total_opened).member("total_requests", statistics.requests).end_object();
  }
  write_script_stats(out, services, metrics);
  if (metrics.has("ingest")) write_ingest_stats(out, services);
  out.end_object();
}

}  // namespace

Result<Reply> get_nodes(Call& call, Services& services) {
  const auto flat = call.flag("flat_settings", false);
  if (!flat) return std::unexpected(flat.error());
  std::vector<std::string> nodes = call.list("node_id");
  std::vector<std::string> metrics = call.list("metric");
  // One part alone may be metrics or nodes: it is metrics where it names nothing else.
  const auto known = [](const std::string& name) {
    return std::ranges::find(kInfoMetrics, name) != kInfoMetrics.end();
  };
  if (metrics.empty() && !nodes.empty() && std::ranges::all_of(nodes, known)) metrics.swap(nodes);
  const bool here = is_this_node(services, nodes);
  JsonWriter out;
  begin_nodes(out, services, here);
  if (here) write_node_info(out, services, Metrics(std::move(metrics)), *flat);
  out.end_object().end_object();
  return Reply::json(out.take());
}

Result<Reply> get_node_stats(Call& call, Services& services) {
  std::vector<std::string> metrics = call.list("metric");
  for (const std::string& metric : metrics) {
    if (metric == "_all" || std::ranges::find(kStatsMetrics, metric) != kStatsMetrics.end()) continue;
    return std::unexpected(
        illegal_argument("request [" + call.path + "] contains unrecognized metric: [" + metric + "]"));
  }
  const bool here = is_this_node(services, call.list("node_id"));
  auto index_metrics = index_metrics_of(call, "index_metric");
  if (!index_metrics) return std::unexpected(index_metrics.error());
  const auto figures = all_figures(services);
  if (!figures) return std::unexpected(figures.error());
  JsonWriter out;
  begin_nodes(out, services, here);
  if (here) write_node_stats(out, services, Metrics(std::move(metrics)), *figures, *index_metrics);
  out.end_object().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
