#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/update_document.h"

namespace sluice::rest {

Result<Reply> update_one(Call& call, Services& services) {
  UpdateRequest request;
  request.index = call.text_or("index", "");
  request.id = call.text_or("id", "");
  store::Write versions;
  if (auto read = read_versions(call, versions, nullptr); !read) return std::unexpected(read.error());
  request.routing = versions.routing;
  request.has_version = versions.version.has_value() || versions.versioning != store::Versioning::kInternal;
  request.if_seq_no = versions.if_seq_no;
  request.if_primary_term = versions.if_primary_term;
  auto retries = call.integer("retry_on_conflict", 0);
  if (!retries) return std::unexpected(retries.error());
  request.retry_on_conflict = static_cast<int>(*retries);
  auto require_alias = call.flag("require_alias", false);
  if (!require_alias) return std::unexpected(require_alias.error());
  request.require_alias = *require_alias;
  auto as_upsert = call.flag("doc_as_upsert", false);
  if (!as_upsert) return std::unexpected(as_upsert.error());
  request.doc_as_upsert = *as_upsert;
  if (auto read = read_source_parameters(call, request.source); !read) return std::unexpected(read.error());
  if (call.has_body()) {
    if (auto read = read_update_body(call.body(), request); !read) return std::unexpected(read.error());
  }
  if (const auto problems = update_problems(request); !problems.empty())
    return std::unexpected(validation_error(problems));
  auto refresh = refresh_of(call);
  if (!refresh) return std::unexpected(refresh.error());
  if (const store::IndexPtr index = services.catalog.state()->find(request.index); index != nullptr) {
    if (auto active = check_active_shards(call, *index); !active) return std::unexpected(active.error());
  }
  request.runs_pipelines = true;
  UpdateScripts scripts;
  auto outcome = update_document(services, request, scripts);
  if (!outcome) return std::unexpected(outcome.error());
  if (outcome->dropped) {
    JsonWriter dropped;
    dropped.begin_object();
    write_update_dropped(dropped, request, *outcome, outcome->fresh ? -4 : -3);
    dropped.end_object();
    return Reply::json(dropped.take());
  }
  refresh_after(services, outcome->noop ? Refresh::kNo : *refresh, *outcome->index);
  JsonWriter out;
  out.begin_object();
  write_reply_members(out, {*outcome->index, request.id, outcome->written, outcome->noop ? "noop" : "",
                            *refresh == Refresh::kNow && !outcome->noop});
  write_update_get(out, request, *outcome);
  out.end_object();
  Reply reply = Reply::json(out.take(), outcome->noop ? 200 : result_status(outcome->written.result));
  add_warnings(reply, request.warnings);
  return reply;
}

}  // namespace sluice::rest
