#include <chrono>

#include <fmt/format.h>

#include "tools/sluiced/rest/cat_table.h"
#include "tools/sluiced/rest/cat_time.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/tasks.h"
#include "tools/sluiced/tasks/task_results.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::rest {

namespace {

const std::vector<CatColumn>& health_columns() {
  static const std::vector<CatColumn> made{
      {"epoch", "t,time", "seconds since 1970-01-01 00:00:00"},
      {"timestamp", "ts,hms,hhmmss", "time in HH:MM:SS"},
      {"cluster", "cl", "cluster name"},
      {"status", "st", "health status"},
      {"node.total", "nt,nodeTotal", "total number of nodes", true, true},
      {"node.data", "nd,nodeData", "number of nodes that can store data", true, true},
      {"shards", "t,sh,shards.total,shardsTotal", "total number of shards", true, true},
      {"pri", "p,shards.primary,shardsPrimary", "number of primary shards", true, true},
      {"relo", "r,shards.relocating,shardsRelocating", "number of relocating nodes", true, true},
      {"init", "i,shards.initializing,shardsInitializing", "number of initializing nodes", true, true},
      {"unassign", "u,shards.unassigned,shardsUnassigned", "number of unassigned shards", true, true},
      {"unassign.pri", "up,shards.unassigned.primary,shardsUnassignedPrimary", "number of unassigned primary shards",
       true, true},
      {"pending_tasks", "pt,pendingTasks", "number of pending tasks", true, true},
      {"max_task_wait_time", "mtwt,maxTaskWaitTime", "wait time of longest task pending", true, true},
      {"active_shards_percent", "asp,activeShardsPercent", "active number of shards in percent", true, true}};
  return made;
}

const std::vector<CatColumn>& count_columns() {
  static const std::vector<CatColumn> made{{"epoch", "t,time", "seconds since 1970-01-01 00:00:00"},
                                           {"timestamp", "ts,hms,hhmmss", "time in HH:MM:SS"},
                                           {"count", "dc,docs.count,docsCount", "the document count"}};
  return made;
}

const std::vector<CatColumn>& node_columns() {
  static const std::vector<CatColumn> made{
      {"id", "id,nodeId", "unique node id", false},
      {"ip", "i", "ip address"},
      {"http_address", "http", "bound http address", false},
      {"version", "v", "es version", false},
      {"uptime", "u", "node uptime", false, true},
      {"node.role", "r,role,nodeRole", "m:master eligible node, d:data node, i:ingest node, -:coordinating node only"},
      {"master", "m", "*:current master"},
      {"name", "n", "node name"}};
  return made;
}

const std::vector<CatColumn>& master_columns() {
  static const std::vector<CatColumn> made{
      {"id", "", "node id"}, {"host", "h", "host name"}, {"ip", "", "ip address"}, {"node", "n", "node name"}};
  return made;
}

const std::vector<CatColumn>& plugin_columns() {
  static const std::vector<CatColumn> made{{"id", "", "unique node id", false},
                                           {"name", "n", "node name"},
                                           {"component", "c", "component"},
                                           {"version", "v", "component version"},
                                           {"description", "d", "plugin details", false}};
  return made;
}

const std::vector<CatColumn>& task_columns() {
  static const std::vector<CatColumn> made{{"id", "", "id of the task with the node", false},
                                           {"action", "ac", "task action"},
                                           {"task_id", "ti", "unique task id"},
                                           {"parent_task_id", "pti", "parent task id"},
                                           {"type", "ty", "task type"},
                                           {"start_time", "start", "start time in ms"},
                                           {"timestamp", "ts,hms,hhmmss", "start time in HH:MM:SS"},
                                           {"running_time_ns", "time", "running time ns", false},
                                           {"running_time", "time", "running time"},
                                           {"node_id", "ni", "unique node id", false},
                                           {"ip", "i", "ip address"},
                                           {"port", "po", "bound transport port", false},
                                           {"node", "n", "node name"},
                                           {"version", "v", "es version", false},
                                           {"x_opaque_id", "x", "X-Opaque-ID header", false}};
  return made;
}

/// `detailed` has one column more.
std::vector<CatColumn> task_columns(bool detailed) {
  std::vector<CatColumn> columns = task_columns();
  if (detailed) columns.push_back({"description", "desc", "task action"});
  return columns;
}

/// Without the columns of the time (`ts=false`).
template <typename List>
List without_time(List list) {
  list.erase(list.begin(), list.begin() + 2);
  return list;
}

}  // namespace

Result<Reply> cat_health(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(health_columns());
  auto timestamps = call.flag("ts", true);
  if (!timestamps) return std::unexpected(timestamps.error());
  std::int64_t shards = 0;
  std::int64_t unassigned = 0;
  const store::StatePtr state = services.catalog.state();
  for (const auto& [name, index] : state->indices) {
    shards += index->shards();
    unassigned += std::int64_t{index->shards()} * index->replicas();
  }
  const double active =
      shards + unassigned == 0 ? 100.0 : 100.0 * static_cast<double>(shards) / static_cast<double>(shards + unassigned);
  const CatValue none = CatValue::of(std::int64_t{0});
  const CatValue one = CatValue::of(std::int64_t{1});
  const std::int64_t now = cat_now();
  CatRow row{CatValue::of(now / 1000),
             CatValue::of(cat_clock(now)),
             CatValue::of(services.cluster_name),
             CatValue::of(unassigned > 0 ? "yellow" : "green"),
             one,
             one,
             CatValue::of(shards),
             CatValue::of(shards),
             none,
             none,
             CatValue::of(unassigned),
             none,
             none,
             CatValue::of("-"),
             CatValue::of(fmt::format("{:.1f}%", active))};
  if (*timestamps) return cat_reply(call, health_columns(), {std::move(row)});
  return cat_reply(call, without_time(health_columns()), {without_time(std::move(row))});
}

Result<Reply> cat_count(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(count_columns());
  const store::StatePtr state = services.catalog.state();
  auto indices = indices_of(call, *state, {});
  if (!indices) return std::unexpected(indices.error());
  std::int64_t count = 0;
  for (const store::ResolvedIndex& each : *indices) {
    const store::ViewPtr view = services.views.view(*each.index);
    for (std::uint32_t shard = 0; shard < each.index->shards(); ++shard) {
      auto facts = view->facts(each.index->key(), shard);
      if (!facts) return std::unexpected(facts.error());
      count += static_cast<std::int64_t>(facts->documents);
    }
  }
  const std::int64_t now = cat_now();
  return cat_reply(call, count_columns(),
                   {{CatValue::of(now / 1000), CatValue::of(cat_clock(now)), CatValue::of(count)}});
}

Result<Reply> cat_nodes(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(node_columns());
  return cat_reply(call, node_columns(),
                   {{CatValue::of(services.node_id), CatValue::of(host_of(services.http_address)),
                     CatValue::of(services.http_address), CatValue::of(kElasticsearchVersion),
                     CatValue::time((cat_now() - services.started) * 1'000'000), CatValue::of("dim"), CatValue::of("*"),
                     CatValue::of(services.node_name)}});
}

Result<Reply> cat_master(Call& call, Services& services) {
  if (wants_help(call)) return cat_help(master_columns());
  const std::string host = host_of(services.http_address);
  return cat_reply(
      call, master_columns(),
      {{CatValue::of(services.node_id), CatValue::of(host), CatValue::of(host), CatValue::of(services.node_name)}});
}

Result<Reply> cat_plugins(Call& call, Services& /*services*/) {
  if (wants_help(call)) return cat_help(plugin_columns());
  return cat_reply(call, plugin_columns(), {});
}

Result<Reply> cat_tasks(Call& call, Services& services) {
  auto detailed = call.flag("detailed", false);
  if (!detailed) return std::unexpected(detailed.error());
  const std::vector<CatColumn> columns = task_columns(*detailed);
  if (wants_help(call)) return cat_help(columns);
  const auto begin = std::chrono::steady_clock::now();
  const auto filter = TaskFilter::of(call, services);
  if (!filter) return std::unexpected(filter.error());
  std::vector<TaskLine> lines{line_of_listing(call, services)};
  if (!filter->fits(lines.front())) lines.clear();
  for (const TaskView& view : services.tasks.running()) {
    if (filter->fits(view)) lines.push_back(line_of(view, SlicesShown::kFinished, false));
  }
  std::vector<CatRow> rows;
  const std::string& address = services.http_address;
  for (const TaskLine& line : lines) {
    const std::int64_t running =
        line.running_ns != 0 ? line.running_ns : (std::chrono::steady_clock::now() - begin).count();
    CatRow row{CatValue::of(line.id),
               CatValue::of(line.action),
               CatValue::of(task_name(services.node_id, line.id)),
               CatValue::of(line.parent ? task_name(services.node_id, *line.parent) : "-"),
               CatValue::of("transport"),
               CatValue::of(line.started_ms),
               CatValue::of(cat_clock(line.started_ms)),
               CatValue::of(running),
               CatValue::time(running),
               CatValue::of(services.node_id),
               CatValue::of(host_of(address)),
               CatValue::of(address.substr(address.rfind(':') + 1)),
               CatValue::of(services.node_name),
               CatValue::of(kElasticsearchVersion),
               CatValue::of(line.opaque_id)};
    if (*detailed) row.push_back(CatValue::of(line.description));
    rows.push_back(std::move(row));
  }
  return cat_reply(call, columns, std::move(rows));
}

}  // namespace sluice::rest
