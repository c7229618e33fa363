// The `_reindex` family that Elasticsearch has since 9.5: runs of `_reindex` alone, and no slices of them.
#include <utility>

#include "tools/sluiced/rest/cat_time.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/tasks.h"
#include "tools/sluiced/services.h"
#include "tools/sluiced/tasks/task_results.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::rest {

namespace {

using Give = std::move_only_function<void(MakeReply)>;

Error not_found(const TaskId& id) {
  return Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
               "Reindex operation [" + task_name(id.node, id.number) + "] not found");
}

/// A run of `_reindex` that goes on; nothing: none, or a slice, or a task of another kind.
std::optional<TaskView> running_reindex(const Services& services, const TaskId& id) {
  if (id.node != services.node_id) return std::nullopt;
  auto view = services.tasks.find(id.number);
  if (!view || view->slice || view->task->about().kind != RequestKind::kReindex) return std::nullopt;
  return view;
}

void write_times(JsonWriter& out, std::int64_t started_ms, std::int64_t running_ns, bool human) {
  if (human) out.member("start_time", cat_date(started_ms));
  out.member("start_time_in_millis", started_ms);
  if (human) out.member("running_time", human_duration(Nanoseconds(running_ns)));
  out.member("running_time_in_nanos", running_ns);
}

Reply running_reply(const Services& services, const TaskView& view, bool human) {
  const TaskLine line = line_of(view, SlicesShown::kFinished, human);
  JsonWriter out;
  out.begin_object().member("completed", view.task->ended()).member("id", task_name(services.node_id, line.id));
  out.member("description", line.description);
  write_times(out, line.started_ms, line.running_ns, human);
  out.member("cancelled", line.cancelled).key("status").raw(line.status).end_object();
  return Reply::json(out.take());
}

/// A run that has ended, as it was kept. `cancelled` is not among that.
Result<Reply> kept_reply(const Services& services, const TaskId& id, bool cancelled, bool human) {
  const std::string name = task_name(id.node, id.number);
  auto kept = services.tasks.result(name);
  if (!kept) return std::unexpected(std::move(kept.error()));
  if (!*kept) return std::unexpected(not_found(id));
  auto result = read_task_result(**kept, human);
  if (!result) return std::unexpected(std::move(result.error()));
  if (result->action != action_of(RequestKind::kReindex)) return std::unexpected(not_found(id));
  JsonWriter out;
  out.begin_object().member("completed", true).member("id", name).key("description").raw(result->description);
  write_times(out, result->started_ms, result->ran_ns, human);
  out.member("cancelled", cancelled).key("status").raw(result->status);
  return Reply::json(out.take() + "," + result->outcome + "}");
}

/// After the end: what was kept, and of what keeps nothing what was last known.
Result<Reply> ended_reply(const Services& services, const TaskView& view, const TaskId& id, bool cancelled,
                          bool human) {
  auto reply = kept_reply(services, id, cancelled, human);
  if (reply || reply.error().status != 404) return reply;
  const auto last = std::make_shared<const pipeline::RunStatus>(view.task->status());
  return running_reply(services, {view.task, view.id, view.slice, last}, human);
}

/// Answers when the run has ended, or with an error after the time-out.
Reply when_ended(Services& services, const TaskView& view, const TaskId& id, const TimeValue& timeout, bool cancelled,
                 bool human) {
  Reply reply;
  reply.later = [&services, view, id, timeout, cancelled, human](Give give) mutable {
    auto told = [&services, view, id, timeout, cancelled, human, give = std::move(give)](bool ended) mutable {
      give([&services, view, id, timeout, cancelled, human, ended]() -> Result<Reply> {
        if (!ended) return std::unexpected(wait_timed_out(timeout));
        return ended_reply(services, view, id, cancelled, human);
      });
    };
    services.tasks.when_ended({view}, timeout.duration, std::move(told));
  };
  return reply;
}

}  // namespace

Result<Reply> list_reindex(Call& call, Services& services) {
  const auto detailed = call.flag("detailed", false);
  if (!detailed) return std::unexpected(detailed.error());
  const bool human = call.flag("human", false).value_or(false);
  JsonWriter out;
  out.begin_object().key("reindex").begin_array();
  for (const TaskView& view : services.tasks.running()) {
    if (view.slice || view.task->about().kind != RequestKind::kReindex) continue;
    const TaskLine line = line_of(view, SlicesShown::kFinished, human);
    out.begin_object().member("id", task_name(services.node_id, line.id));
    if (*detailed) out.member("description", line.description);
    write_times(out, line.started_ms, line.running_ns, human);
    out.member("cancelled", line.cancelled);
    if (*detailed) out.key("status").raw(line.status);
    out.end_object();
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

Result<Reply> get_reindex(Call& call, Services& services) {
  const auto id = parse_task_id(call.text_or("task_id", ""));
  if (!id) return std::unexpected(id.error());
  const auto wait = call.flag("wait_for_completion", false);
  if (!wait) return std::unexpected(wait.error());
  auto timeout = call.time("timeout", "30s");
  if (!timeout) return std::unexpected(std::move(timeout.error()));
  const bool human = call.flag("human", false).value_or(false);
  const auto view = running_reindex(services, *id);
  if (!view) return kept_reply(services, *id, false, human);
  if (!*wait) return running_reply(services, *view, human);
  return when_ended(services, *view, *id, *timeout, false, human);
}

Result<Reply> cancel_reindex(Call& call, Services& services) {
  const std::string text(call.text_or("task_id", ""));
  const auto id = parse_task_id(text);
  if (!id) return std::unexpected(illegal_argument("invalid taskId provided: " + text));
  const auto wait = call.flag("wait_for_completion", true);
  if (!wait) return std::unexpected(wait.error());
  auto timeout = call.time("timeout", "30s");
  if (!timeout) return std::unexpected(std::move(timeout.error()));
  const auto view = running_reindex(services, *id);
  if (!view) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                 "reindex task [" + text + "] either not found or completed"));
  }
  services.tasks.cancel(*view);
  if (!*wait) return Reply::acknowledged();
  return when_ended(services, *view, *id, *timeout, true, call.flag("human", false).value_or(false));
}

}  // namespace sluice::rest
