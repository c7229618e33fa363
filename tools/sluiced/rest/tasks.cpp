#include "tools/sluiced/rest/tasks.h"

#include <algorithm>
#include <atomic>
#include <chrono>

#include "io/store/catalog/index_names.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

/// A task's id, `node:number`.
struct TaskId {
  std::string node;
  std::string number;
};

Result<TaskId> parse_task_id(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool numbered = colon != std::string_view::npos && colon + 1 < text.size() &&
                        std::ranges::all_of(text.substr(colon + 1), [](char c) { return c >= '0' && c <= '9'; });
  if (!numbered) return std::unexpected(illegal_argument("malformed task id " + std::string(text)));
  return TaskId{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

Error task_not_found(const Services& services, const TaskId& id) {
  const std::string name = "task [" + id.node + ":" + id.number + "]";
  Error no_index = store::index_not_found(".tasks");
  Error none(ErrorKind::kNotFound, 404, "resource_not_found_exception",
             name + " isn't running and hasn't stored its results");
  none = std::move(none).wrapping(no_index);
  Error error = std::move(none);
  if (id.node != services.node_id) {
    Error elsewhere(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                    name + " belongs to the node [" + id.node +
                        "] which isn't part of the cluster and there is no record of the task");
    error = std::move(elsewhere).wrapping(std::move(error));
  }
  error.root_causes = {std::move(no_index)};
  return error;
}

void write_task(JsonWriter& out, const Services& services, const ListingTask& task, bool detailed) {
  out.begin_object().member("node", services.node_id).member("id", task.id).member("type", "transport");
  out.member("action", task.action);
  if (detailed) out.member("description", "");
  out.member("start_time_in_millis", task.started_ms).member("running_time_in_nanos", task.running_ns);
  out.member("cancellable", true).member("cancelled", false).key("headers").begin_object();
  if (!task.opaque_id.empty()) out.member("X-Opaque-Id", task.opaque_id);
  out.end_object().end_object();
}

std::string full_id(const Services& services, const ListingTask& task) {
  return services.node_id + ":" + std::to_string(task.id);
}

void write_by_node(JsonWriter& out, const Services& services, const ListingTask* task, bool detailed) {
  out.key("nodes").begin_object();
  if (task != nullptr) {
    out.key(services.node_id).begin_object().member("name", services.node_name);
    out.member("transport_address", services.http_address).member("host", host_of(services.http_address));
    out.member("ip", services.http_address);
    write_roles(out);
    out.key("tasks").begin_object().key(full_id(services, *task));
    write_task(out, services, *task, detailed);
    out.end_object().end_object();
  }
  out.end_object();
}

}  // namespace

bool is_listed(const Call& call, const Services& services, const ListingTask& task) {
  const auto fits = [](const std::vector<std::string>& patterns, std::string_view text) {
    return patterns.empty() ||
           std::ranges::any_of(patterns, [&](const std::string& pattern) { return wildcard_match(pattern, text); });
  };
  if (!fits(call.list("actions"), task.action) || call.text("parent_task_id")) return false;
  const std::vector<std::string> nodes = call.list("nodes");
  if (nodes.empty()) return true;
  return std::ranges::any_of(nodes, [&](const std::string& node) {
    return node == "_local" || node == "_master" || node == "_all" || node == services.node_id ||
           wildcard_match(node, services.node_name);
  });
}

ListingTask begin_listing_task() {
  static std::atomic<std::int64_t> last_id = 0;
  ListingTask task;
  task.id = ++last_id;
  task.started_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  task.action = "cluster:monitor/tasks/lists";
  return task;
}

Result<Reply> list_tasks(Call& call, Services& services) {
  const auto begin = std::chrono::steady_clock::now();
  ListingTask task = begin_listing_task();
  task.opaque_id = call.http.header("X-Opaque-Id");
  auto detailed = call.flag("detailed", false);
  if (!detailed) return std::unexpected(detailed.error());
  if (const auto parent = call.text("parent_task_id")) {
    if (auto id = parse_task_id(*parent); !id) return std::unexpected(id.error());
  }
  const std::string_view group_by = call.text_or("group_by", "nodes");
  if (group_by != "nodes" && group_by != "parents" && group_by != "none") {
    return std::unexpected(illegal_argument("[group_by] must be one of [nodes], [parents] or [none] but was [" +
                                            std::string(group_by) + "]"));
  }
  const bool shown = is_listed(call, services, task);
  task.running_ns = (std::chrono::steady_clock::now() - begin).count();
  JsonWriter out;
  out.begin_object();
  if (group_by == "nodes") {
    write_by_node(out, services, shown ? &task : nullptr, *detailed);
  } else if (group_by == "none") {
    out.key("tasks").begin_array();
    if (shown) write_task(out, services, task, *detailed);
    out.end_array();
  } else {
    out.key("tasks").begin_object();
    if (shown) {
      out.key(full_id(services, task));
      write_task(out, services, task, *detailed);
    }
    out.end_object();
  }
  out.end_object();
  return Reply::json(out.take());
}

Result<Reply> get_task(Call& call, Services& services) {
  auto id = parse_task_id(call.text_or("task_id", ""));
  if (!id) return std::unexpected(id.error());
  return std::unexpected(task_not_found(services, *id));
}

Result<Reply> cancel_tasks(Call& call, Services& services) {
  const auto text = call.text("task_id");
  if (!text) return Reply::json(R"({"nodes":{}})");
  auto id = parse_task_id(*text);
  if (!id) return std::unexpected(id.error());
  JsonWriter out;
  out.begin_object().key("node_failures").begin_array().begin_object();
  out.member("type", "failed_node_exception").member("reason", "Failed node [" + id->node + "]");
  out.member("node_id", id->node).key("caused_by").begin_object();
  if (id->node == services.node_id) {
    out.member("type", "resource_not_found_exception")
        .member("reason", "task [" + std::string(*text) + "] is not found");
  } else {
    out.member("type", "no_such_node_exception").member("reason", "No such node [" + id->node + "]");
    out.member("node_id", id->node);
  }
  out.end_object().end_object().end_array().key("nodes").begin_object().end_object().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
