#include "tools/sluiced/rest/run_reply.h"

#include <utility>

#include "reindex/response.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/scripts.h"
#include "tools/sluiced/tasks/description.h"
#include "tools/sluiced/tasks/task_results.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::rest {

namespace {

using Give = std::move_only_function<void(MakeReply)>;

/// The response of a run that has ended.
Result<Reply> response_of(const Task& task, bool human, const std::vector<std::string>& warnings) {
  const pipeline::RunStatus status = task.status();
  const ResponseFormat format{.human = human, .pretty = false, .kind = task.about().kind};
  Reply reply = status.error ? Reply::json(status.error->envelope(), status.error->status)
                             : Reply::json(response_json(status, format), response_http_status(status));
  add_warnings(reply, warnings);
  return reply;
}

Reply task_id_reply(const Services& services, const Task& task) {
  JsonWriter out;
  out.begin_object().member("task", task_name(services.node_id, task.id())).end_object();
  return Reply::json(out.take());
}

}  // namespace

RunOptions store_options(Services& services, RequestKind kind) {
  RunOptions options;
  options.store = &services.store;
  options.dest = "store:";
  const std::string_view context = kind == RequestKind::kReindex ? "reindex" : "update_by_query";
  options.compile_script = [&services, context](const RequestScript& script) {
    return compiled_script(services, script, context);
  };
  return options;
}

Result<Reply> run_reply(Call& call, Services& services, Request request, Result<RunOptions> options) {
  const auto human = call.flag("human", false);
  if (!human) return std::unexpected(human.error());
  const bool wait = request.wait_for_completion;
  TaskAbout about{.kind = request.kind,
                  .description = task_description(request),
                  .opaque_id = std::string(call.http.header("X-Opaque-Id")),
                  .keeps_result = !wait,
                  .remote = request.source.remote};
  const std::vector<std::string> warnings = request.warnings;
  const TaskPtr task = options ? services.tasks.start(std::move(about), std::move(request), std::move(*options))
                               : services.tasks.fail(std::move(about), std::move(options.error()));
  if (!wait) {
    Reply reply = task_id_reply(services, *task);
    add_warnings(reply, warnings);
    return reply;
  }
  Reply reply;
  reply.later = [&services, task, human = *human, warnings](Give give) mutable {
    services.tasks.when_ended({{task, task->id(), std::nullopt, nullptr}}, std::nullopt,
                              [task, human, warnings, give = std::move(give)](bool) mutable {
                                give([task, human, warnings] { return response_of(*task, human, warnings); });
                              });
  };
  return reply;
}

}  // namespace sluice::rest
