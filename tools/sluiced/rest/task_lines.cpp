#include <algorithm>

#include <fmt/format.h>

#include "pipeline/base/parse_number.h"
#include "pipeline/base/wildcard.h"
#include "tools/sluiced/rest/cat_time.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/tasks.h"
#include "tools/sluiced/tasks/task_results.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::rest {

namespace {

/// The tasks of one node, as `group_by=nodes` shows them.
void write_by_node(JsonWriter& out, const Services& services, const std::vector<TaskLine>& lines,
                   const TaskListStyle& style) {
  out.key("nodes").begin_object();
  if (!lines.empty()) {
    out.key(services.node_id).begin_object().member("name", services.node_name);
    out.member("transport_address", services.http_address).member("host", host_of(services.http_address));
    out.member("ip", services.http_address);
    write_roles(out);
    out.key("tasks").begin_object();
    for (const TaskLine& line : lines) {
      out.key(task_name(services.node_id, line.id));
      write_task(out, services, line, style);
    }
    out.end_object().end_object();
  }
  out.end_object();
}

void write_task_members(JsonWriter& out, const Services& services, const TaskLine& line, const TaskListStyle& style) {
  out.member("node", services.node_id).member("id", line.id).member("type", "transport").member("action", line.action);
  if (style.detailed) {
    if (!line.status.empty()) out.key("status").raw(line.status);
    out.member("description", line.description);
  }
  if (style.human) out.member("start_time", cat_date(line.started_ms));
  out.member("start_time_in_millis", line.started_ms);
  if (style.human) out.member("running_time", human_duration(Nanoseconds(line.running_ns)));
  out.member("running_time_in_nanos", line.running_ns);
  out.member("cancellable", true).member("cancelled", line.cancelled);
  if (line.parent) out.member("parent_task_id", task_name(services.node_id, *line.parent));
  out.key("headers").begin_object();
  if (!line.opaque_id.empty()) out.member("X-Opaque-Id", line.opaque_id);
  out.end_object();
}

/// Children below their parents; a child whose parent is not in the list stands for itself.
void write_by_parent(JsonWriter& out, const Services& services, const std::vector<TaskLine>& lines,
                     const TaskListStyle& style) {
  const auto listed = [&](std::int64_t id) {
    return std::ranges::any_of(lines, [id](const TaskLine& line) { return line.id == id; });
  };
  out.key("tasks").begin_object();
  for (const TaskLine& line : lines) {
    if (line.parent && listed(*line.parent)) continue;
    out.key(task_name(services.node_id, line.id)).begin_object();
    write_task_members(out, services, line, style);
    bool any = false;
    for (const TaskLine& child : lines) {
      if (child.parent != line.id) continue;
      if (!any) out.key("children").begin_array();
      any = true;
      write_task(out, services, child, style);
    }
    if (any) out.end_array();
    out.end_object();
  }
  out.end_object();
}

void write_failure(JsonWriter& out, const NodeFailure& failure) {
  out.key("node_failures").begin_array().begin_object();
  out.member("type", "failed_node_exception").member("reason", "Failed node [" + failure.node + "]");
  out.member("node_id", failure.node).key("caused_by");
  failure.cause.write(out);
  out.end_object().end_array();
}

}  // namespace

Result<TaskId> parse_task_id(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos) {
    const auto number = parse_number<decltype(TaskId::number)>(text.substr(colon + 1));
    if (number) return TaskId{.node = std::string(text.substr(0, colon)), .number = *number};
  }
  return std::unexpected(illegal_argument("malformed task id " + std::string(text)));
}

TaskLine line_of(const TaskView& view, SlicesShown shown, bool human) {
  const TaskAbout& about = view.task->about();
  TaskLine line;
  line.id = view.id;
  line.action = action_of(about.kind);
  line.description = about.description;
  line.started_ms = about.started_ms;
  line.running_ns = view.task->running_time().count();
  line.cancelled = view.cancelled();
  line.opaque_id = about.opaque_id;
  JsonWriter status;
  const ResponseFormat format{.human = human, .pretty = false};  // all counters, whatever is run
  if (view.slice) {
    line.parent = view.task->id();
    write_slice_status(status, view.status->slices[*view.slice], format);
  } else {
    write_task_status(status, *view.status, shown, format);
  }
  line.status = status.take();
  return line;
}

TaskLine line_of_listing(const Call& call, const Services& services) {
  TaskLine line;
  line.id = services.tasks.next_id();
  line.action = "cluster:monitor/tasks/lists";
  line.started_ms = cat_now();
  line.opaque_id = call.http.header("X-Opaque-Id");
  return line;
}

Result<TaskFilter> TaskFilter::of(const Call& call, const Services& services) {
  TaskFilter filter;
  filter.actions_ = call.list("actions");
  filter.node_id_ = services.node_id;
  if (const auto parent = call.text("parent_task_id")) {
    auto id = parse_task_id(*parent);
    if (!id) return std::unexpected(std::move(id.error()));
    filter.parent_ = std::move(*id);
  }
  const std::vector<std::string> nodes = call.list("nodes");
  filter.here_ = nodes.empty() || std::ranges::any_of(nodes, [&](const std::string& node) {
                   return node == "_local" || node == "_master" || node == "_all" || node == services.node_id ||
                          wildcard_match(node, services.node_name);
                 });
  return filter;
}

bool TaskFilter::fits(std::string_view action, std::optional<std::int64_t> parent) const {
  if (!here_) return false;
  if (parent_ && (parent_->node != node_id_ || parent != parent_->number)) return false;
  return actions_.empty() ||
         std::ranges::any_of(actions_, [&](const std::string& pattern) { return wildcard_match(pattern, action); });
}

bool TaskFilter::fits(const TaskLine& line) const { return fits(line.action, line.parent); }

bool TaskFilter::fits(const TaskView& view) const {
  return fits(action_of(view.task->about().kind),
              view.slice ? std::optional(view.task->id()) : std::optional<std::int64_t>());
}

Result<TaskListStyle> TaskListStyle::of(const Call& call) {
  TaskListStyle style;
  const auto detailed = call.flag("detailed", false);
  if (!detailed) return std::unexpected(detailed.error());
  style.detailed = *detailed;
  style.human = call.flag("human", false).value_or(false);
  const std::string_view group_by = call.text_or("group_by", "nodes");
  if (group_by == "parents") {
    style.group = Group::kParents;
  } else if (group_by == "none") {
    style.group = Group::kNone;
  } else if (group_by != "nodes") {
    return std::unexpected(illegal_argument("[group_by] must be one of [nodes], [parents] or [none] but was [" +
                                            std::string(group_by) + "]"));
  }
  return style;
}

void write_task(JsonWriter& out, const Services& services, const TaskLine& line, const TaskListStyle& style) {
  out.begin_object();
  write_task_members(out, services, line, style);
  out.end_object();
}

std::string tasks_json(const Services& services, const std::vector<TaskLine>& lines, const TaskListStyle& style,
                       const std::optional<NodeFailure>& failure) {
  JsonWriter out;
  out.begin_object();
  if (failure) write_failure(out, *failure);
  switch (style.group) {
    case TaskListStyle::Group::kNodes:
      write_by_node(out, services, lines, style);
      break;
    case TaskListStyle::Group::kParents:
      write_by_parent(out, services, lines, style);
      break;
    case TaskListStyle::Group::kNone:
      out.key("tasks").begin_array();
      for (const TaskLine& line : lines) write_task(out, services, line, style);
      out.end_array();
      break;
  }
  out.end_object();
  return out.take();
}

NodeFailure no_such_node(const std::string& node) {
  Error cause(ErrorKind::kNotFound, 404, "no_such_node_exception", "No such node [" + node + "]");
  return {node, std::move(cause).with("node_id", node)};
}

Error wait_timed_out(const TimeValue& timeout) {
  return Error(ErrorKind::kTimeout, 429, "timeout_exception",
               fmt::format("timed out after [{}/{}]", timeout.text, human_duration(timeout.duration)))
      .with_raw("timed_out", "true");
}

}  // namespace sluice::rest
