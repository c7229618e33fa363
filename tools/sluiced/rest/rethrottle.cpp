#include "reindex/request.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/tasks.h"
#include "tools/sluiced/services.h"
#include "tools/sluiced/tasks/task_results.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::rest {

/// `POST /_reindex/{id}/_rethrottle` and its two sisters, each of which takes every kind of task, as in Elasticsearch.
Result<Reply> rethrottle(Call& call, Services& services) {
  auto id = parse_task_id(call.text_or("task_id", ""));
  if (!id) return std::unexpected(id.error());
  const auto text = call.text("requests_per_second");
  if (!text) return std::unexpected(illegal_argument("requests_per_second is a required parameter"));
  const auto rate = parse_rate(*text);
  if (!rate) return std::unexpected(rate.error());
  auto style = TaskListStyle::of(call);
  if (!style) return std::unexpected(std::move(style.error()));
  style->detailed = true;
  if (id->node != services.node_id) return Reply::json(tasks_json(services, {}, *style, no_such_node(id->node)));
  auto view = services.tasks.find(id->number);
  if (!view || !services.tasks.rethrottle(*view, *rate)) {
    Error missing(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                  "task [" + task_name(id->node, id->number) + "] is missing");
    return Reply::json(tasks_json(services, {}, *style, NodeFailure{id->node, std::move(missing)}));
  }
  view->status = std::make_shared<const pipeline::RunStatus>(view->task->status());
  return Reply::json(tasks_json(services, {line_of(*view, SlicesShown::kAll, style->human)}, *style));
}

}  // namespace sluice::rest
