#include "tools/sluiced/rest/run_reply.h"

#include <utility>

#include "reindex/response.h"
#include "tools/sluiced/rest/cat_time.h"
#include "tools/sluiced/rest/cluster_setting.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/query_refusal.h"
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
  reply.is_error = status.error.has_value();
  add_warnings(reply, warnings);
  return reply;
}

Reply task_id_reply(const Services& services, const Task& task) {
  JsonWriter out;
  out.begin_object().member("task", task_name(services.node_id, task.id())).end_object();
  return Reply::json(out.take());
}

TaskAbout about_run(const Request& request, std::string_view opaque_id) {
  return {.kind = request.kind,
          .description = task_description(request),
          .opaque_id = std::string(opaque_id),
          .keeps_result = !request.wait_for_completion,
          .remote = request.source.remote};
}

SavedRequest saved_request(const Call& call, const TaskAbout& about) {
  return {.kind = about.kind,
          .index = std::string(call.text_or("index", "")),
          .parameters = call.query,
          .body = std::string(call.body()),
          .opaque_id = about.opaque_id,
          .started_ms = cat_now()};
}

/// The call that a request was.
Call call_of(const SavedRequest& saved) {
  Call call;
  call.query = saved.parameters;
  if (!saved.index.empty()) call.parts.emplace("index", saved.index);
  call.http.body.append(saved.body);
  return call;
}

}  // namespace

Result<Reply> run_reply(const Call& call, Services& services, RunRequest run) {
  const auto human = call.flag("human", false);
  if (!human) return std::unexpected(human.error());
  const bool wait = run.request.wait_for_completion;
  TaskAbout about = about_run(run.request, call.http.header("X-Opaque-Id"));
  const SavedRequest saved = wait ? SavedRequest() : saved_request(call, about);
  about.started_ms = saved.started_ms;
  const std::vector<std::string> warnings = run.request.warnings;
  const TaskPtr task =
      run.options ? services.tasks.start(std::move(about), std::move(run.request), std::move(*run.options), saved)
                  : services.tasks.fail(std::move(about), std::move(run.options.error()));
  if (task->id() == 0) return std::unexpected(*task->status().error);  // the server is ending
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

RunOptions store_options(Services& services, const Request& request) {
  RunOptions options;
  options.store = &services.store;
  options.source = options.dest = "store:";
  const std::string_view context = request.kind == RequestKind::kReindex ? "reindex" : "update_by_query";
  options.compile_script = [&services, context](const RequestScript& script) {
    return compiled_script(services, script, context);
  };
  options.compile_query_script = query_script_compiler(services);
  options.max_clauses = max_clause_count(services);
  options.query_refused = query_refusal(services, request.source);
  return options;
}

void resume_runs(Services& services) {
  for (const SavedRun& saved : services.tasks.interrupted()) {
    const Call call = call_of(saved.request);
    auto run = saved.request.kind == RequestKind::kReindex ? reindex_run(call, services)
                                                           : by_query_run(saved.request.kind, call, services);
    TaskAbout about{.kind = saved.request.kind, .description = {}, .opaque_id = {}, .keeps_result = true, .remote = {}};
    if (run) about = about_run(run->request, saved.request.opaque_id);
    about.started_ms = saved.request.started_ms;
    if (run && run->options) {
      services.tasks.resume(saved, std::move(about), std::move(run->request), std::move(*run->options));
    } else {
      services.tasks.give_up(saved, std::move(about), run ? std::move(run->options.error()) : std::move(run.error()));
    }
  }
}

}  // namespace sluice::rest
