#include "tools/sluiced/rest/tasks.h"

#include <utility>

#include "io/store/catalog/index_names.h"
#include "tools/sluiced/rest/cat_time.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/tasks/task_results.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::rest {

namespace {

using Give = std::move_only_function<void(MakeReply)>;

constexpr const char* kDeprecatedGet =
    "Using the task management APIs to get reindex tasks is deprecated. Use the dedicated reindex API instead, GET "
    "/_reindex/<task_id>.";
constexpr const char* kDeprecatedCancel =
    "Using the task management APIs to cancel reindex tasks is deprecated. Use the dedicated reindex API instead, POST "
    "/_reindex/<task_id>/_cancel.";

bool is_reindex(const TaskView& view) { return view.task->about().kind == RequestKind::kReindex; }

Error task_not_found(const Services& services, const TaskId& id) {
  const std::string name = "task [" + task_name(id.node, id.number) + "]";
  Error none(ErrorKind::kNotFound, 404, "resource_not_found_exception",
             name + " isn't running and hasn't stored its results");
  Error root = none;
  if (!services.tasks.has_results()) {
    root = store::index_not_found(kTasksIndex);
    none = std::move(none).wrapping(root);
  }
  Error error = std::move(none);
  if (id.node != services.node_id) {
    Error elsewhere(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                    name + " belongs to the node [" + id.node +
                        "] which isn't part of the cluster and there is no record of the task");
    error = std::move(elsewhere).wrapping(std::move(error));
  }
  error.root_causes = {std::move(root)};
  return error;
}

/// What listing answers where it waited in vain.
NodeFailure list_timed_out(const Services& services, const TimeValue& timeout) {
  Error cause(ErrorKind::kTimeout, 429, "receive_timeout_transport_exception",
              "[" + services.node_name + "][" + services.http_address +
                  "][cluster:monitor/tasks/lists[n]] timed out after [" + timeout.text + "]");
  return {services.node_id, std::move(cause).with_raw("timed_out", "true")};
}

/// A task that has ended, as it was kept. Errors: task_not_found().
Result<Reply> kept_task(const Services& services, const TaskId& id, bool human) {
  auto kept = services.tasks.result(task_name(id.node, id.number));
  if (!kept) return std::unexpected(std::move(kept.error()));
  if (!*kept) return std::unexpected(task_not_found(services, id));
  auto result = read_task_result(**kept, human);
  if (!result) return std::unexpected(std::move(result.error()));
  std::string body = R"({"completed":true,"task":)" + result->task;
  if (!result->outcome.empty()) body += "," + result->outcome;
  Reply reply = Reply::json(body + "}");
  if (result->action == action_of(RequestKind::kReindex)) add_warnings(reply, {kDeprecatedGet});
  return reply;
}

Reply known_task(const Services& services, const TaskView& view, bool completed, bool human) {
  JsonWriter out;
  out.begin_object().member("completed", completed).key("task");
  const TaskListStyle style{.group = {}, .detailed = true, .human = human};
  write_task(out, services, line_of(view, SlicesShown::kFinished, human), style);
  out.end_object();
  Reply reply = Reply::json(out.take());
  if (is_reindex(view)) add_warnings(reply, {kDeprecatedGet});
  return reply;
}

/// What waiting for one task answers: what was kept of it; of what keeps nothing, what was last known.
Result<Reply> task_after_wait(const Services& services, const TaskView& view, const TaskId& id, bool human) {
  auto reply = kept_task(services, id, human);
  if (reply || reply.error().status != 404) return reply;
  const auto last = std::make_shared<const pipeline::RunStatus>(view.task->status());
  return known_task(services, {view.task, view.id, view.slice, last}, true, human);
}

struct WaitParameters {
  bool wait = false;
  TimeValue timeout;
};

Result<WaitParameters> wait_parameters(const Call& call) {
  const auto wait = call.flag("wait_for_completion", false);
  if (!wait) return std::unexpected(wait.error());
  auto timeout = call.time("timeout", "30s");
  if (!timeout) return std::unexpected(std::move(timeout.error()));
  return WaitParameters{*wait, std::move(*timeout)};
}

/// The lines of what a cancel has cancelled.
std::vector<TaskLine> cancelled_lines(const std::vector<TaskView>& views, bool human) {
  std::vector<TaskLine> lines;
  lines.reserve(views.size());
  for (const TaskView& view : views) {
    lines.push_back(line_of(view, SlicesShown::kFinished, human));
    lines.back().cancelled = true;
  }
  return lines;
}

/// The one task that is to be cancelled, or why it can't be.
std::expected<TaskView, NodeFailure> named_task(const Services& services, const TaskId& id, const TaskFilter& filter) {
  if (id.node != services.node_id) return std::unexpected(no_such_node(id.node));
  const std::string name = "task [" + task_name(id.node, id.number) + "]";
  auto view = services.tasks.find(id.number);
  if (!view) {
    Error gone(ErrorKind::kNotFound, 404, "resource_not_found_exception", name + " is not found");
    return std::unexpected(NodeFailure{id.node, std::move(gone)});
  }
  if (!filter.fits(*view)) {
    return std::unexpected(NodeFailure{id.node, illegal_argument(name + " doesn't support this operation")});
  }
  return std::move(*view);
}

}  // namespace

Result<Reply> list_tasks(Call& call, Services& services) {
  const auto begin = std::chrono::steady_clock::now();
  auto style = TaskListStyle::of(call);
  if (!style) return std::unexpected(std::move(style.error()));
  const auto filter = TaskFilter::of(call, services);
  if (!filter) return std::unexpected(filter.error());
  auto waiting = wait_parameters(call);
  if (!waiting) return std::unexpected(std::move(waiting.error()));
  TaskLine listing = line_of_listing(call, services);
  std::vector<TaskLine> lines;
  std::vector<TaskView> views;
  if (filter->fits(listing) && !waiting->wait) lines.push_back(std::move(listing));
  for (TaskView& view : services.tasks.running()) {
    if (!filter->fits(view)) continue;
    lines.push_back(line_of(view, SlicesShown::kFinished, style->human));
    views.push_back(std::move(view));
  }
  if (waiting->wait) {
    Reply reply;
    reply.later = [&services, views, lines, style = *style, timeout = waiting->timeout](Give give) mutable {
      services.tasks.when_ended(
          views, timeout.duration, [&services, lines, style, timeout, give = std::move(give)](bool ended) mutable {
            give([&services, lines, style, timeout, ended]() -> Result<Reply> {
              if (ended) return Reply::json(tasks_json(services, lines, style));
              return Reply::json(tasks_json(services, {}, style, list_timed_out(services, timeout)));
            });
          });
    };
    return reply;
  }
  if (!lines.empty() && lines.front().action != action_of(RequestKind::kReindex)) {
    lines.front().running_ns = (std::chrono::steady_clock::now() - begin).count();
  }
  return Reply::json(tasks_json(services, lines, *style));
}

Result<Reply> get_task(Call& call, Services& services) {
  auto id = parse_task_id(call.text_or("task_id", ""));
  if (!id) return std::unexpected(id.error());
  auto waiting = wait_parameters(call);
  if (!waiting) return std::unexpected(std::move(waiting.error()));
  const bool human = call.flag("human", false).value_or(false);
  const auto view = id->node == services.node_id ? services.tasks.find(id->number) : std::nullopt;
  if (!view) return kept_task(services, *id, human);
  if (!waiting->wait) return known_task(services, *view, false, human);
  Reply reply;
  reply.later = [&services, view = *view, id = *id, human, timeout = waiting->timeout](Give give) mutable {
    services.tasks.when_ended({view}, timeout.duration,
                              [&services, view, id, human, timeout, give = std::move(give)](bool ended) mutable {
                                give([&services, view, id, human, timeout, ended]() -> Result<Reply> {
                                  if (!ended) return std::unexpected(wait_timed_out(timeout));
                                  return task_after_wait(services, view, id, human);
                                });
                              });
  };
  return reply;
}

Result<Reply> cancel_tasks(Call& call, Services& services) {
  auto style = TaskListStyle::of(call);
  if (!style) return std::unexpected(std::move(style.error()));
  const auto filter = TaskFilter::of(call, services);
  if (!filter) return std::unexpected(filter.error());
  auto waiting = wait_parameters(call);
  if (!waiting) return std::unexpected(std::move(waiting.error()));
  std::vector<TaskView> views;
  if (const auto text = call.text("task_id")) {
    auto id = parse_task_id(*text);
    if (!id) return std::unexpected(id.error());
    auto view = named_task(services, *id, *filter);
    if (!view) return Reply::json(tasks_json(services, {}, *style, view.error()));
    views.push_back(std::move(*view));
  } else {
    for (TaskView& view : services.tasks.running()) {
      if (filter->fits(view)) views.push_back(std::move(view));
    }
  }
  for (const TaskView& view : views) services.tasks.cancel(view);
  const std::vector<TaskLine> lines = cancelled_lines(views, style->human);
  Reply reply = Reply::json(tasks_json(services, lines, *style));
  if (std::ranges::any_of(views, is_reindex)) add_warnings(reply, {kDeprecatedCancel});
  if (!waiting->wait) return reply;
  Reply later;
  later.later = [&services, views, reply = std::make_shared<Reply>(std::move(reply))](Give give) mutable {
    services.tasks.when_ended(views, std::nullopt, [reply, give = std::move(give)](bool) mutable {
      give([reply]() -> Result<Reply> { return std::move(*reply); });
    });
  };
  return later;
}

}  // namespace sluice::rest
