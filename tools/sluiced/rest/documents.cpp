#include "io/store/catalog/index_names.h"
#include "stages/source_filter/source_filter.h"
#include "tools/sluiced/rest/broken_json.h"
#include "tools/sluiced/rest/document_get.h"
#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

namespace {

std::string location_of(const store::IndexMeta& index, std::string_view id, std::string_view routing) {
  std::string location = "/" + index.name + "/_doc/" + std::string(id);
  if (!routing.empty()) location += "?routing=" + std::string(routing);
  return location;
}

/// Writes one item and says what became of it.
Result<Reply> write_and_answer(const Call& call, Services& services, store::IndexItem& item, Refresh refresh) {
  if (const store::IndexPtr index = services.catalog.state()->find(item.index); index != nullptr) {
    if (auto active = check_active_shards(call, *index); !active) return std::unexpected(active.error());
  }
  if (auto written = services.indexer.write({&item, 1}); !written) return std::unexpected(written.error());
  if (item.dropped) {
    JsonWriter dropped;
    dropped.begin_object();
    const bool creates = item.write.id.empty() || item.write.kind == store::WriteKind::kCreate;
    write_dropped_members(dropped, item.index, item.write.id, creates ? -4 : -3);
    dropped.end_object();
    return Reply::json(dropped.take());
  }
  if (item.written.error) return std::unexpected(exact_document_error(*item.written.error, item.write.source));
  refresh_after(services, refresh, *item.target);
  JsonWriter out;
  out.begin_object();
  write_reply_members(out, {*item.target, item.write.id, item.written, "", refresh == Refresh::kNow});
  out.end_object();
  return Reply::json(out.take(), result_status(item.written.result));
}

Result<Reply> write_document(Call& call, Services& services, bool create) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  store::IndexItem item;
  item.index = call.text_or("index", "");
  item.write.id = call.text_or("id", "");
  const bool has_id = !item.write.id.empty();
  bool creates = create || !has_id;
  if (auto read = read_versions(call, item.write, has_id ? &creates : nullptr); !read) {
    return std::unexpected(read.error());
  }
  if (!has_id && call.text("op_type")) creates = call.text_or("op_type", "") == "create";
  item.write.kind = creates ? store::WriteKind::kCreate : store::WriteKind::kIndex;
  // An id that is made can't be there: it may be written with the checks of either kind.
  store::Write checked = item.write;
  if (!has_id) checked.kind = store::WriteKind::kIndex;
  auto problems = version_problems(checked, has_id);
  if (call.text("pipeline") && call.text_or("pipeline", "").empty())
    problems.emplace_back("pipeline cannot be an empty string");
  if (item.write.id.size() > 512) {
    problems.push_back(
        "id [" + std::string(item.write.id) +
        "] is too long, must be no longer than 512 bytes but was: " + std::to_string(item.write.id.size()));
  }
  if (!problems.empty()) return std::unexpected(validation_error(problems));
  auto refresh = refresh_of(call);
  if (!refresh) return std::unexpected(refresh.error());
  auto require_alias = call.flag("require_alias", false);
  if (!require_alias) return std::unexpected(require_alias.error());
  item.require_alias = *require_alias;
  auto require_stream = call.flag("require_data_stream", false);
  if (!require_stream) return std::unexpected(require_stream.error());
  item.require_data_stream = *require_stream;
  item.pipeline = call.text_or("pipeline", "");
  item.write.source = call.body();
  auto reply = write_and_answer(call, services, item, *refresh);
  if (reply && reply->status == 201) {
    reply->headers.emplace_back("Location", location_of(*item.target, item.write.id, item.write.routing));
  }
  return reply;
}

}  // namespace

Result<Reply> index_document(Call& call, Services& services) { return write_document(call, services, false); }

Result<Reply> create_document(Call& call, Services& services) { return write_document(call, services, true); }

Result<Reply> delete_document(Call& call, Services& services) {
  store::IndexItem item;
  item.index = call.text_or("index", "");
  item.write.id = call.text_or("id", "");
  item.write.kind = store::WriteKind::kDelete;
  if (auto read = read_versions(call, item.write, nullptr); !read) return std::unexpected(read.error());
  if (const auto problems = version_problems(item.write, true); !problems.empty()) {
    return std::unexpected(validation_error(problems));
  }
  auto refresh = refresh_of(call);
  if (!refresh) return std::unexpected(refresh.error());
  return write_and_answer(call, services, item, *refresh);
}

Result<Reply> get_document(Call& call, Services& services) {
  auto request = get_request_of(call);
  if (!request) return std::unexpected(request.error());
  auto refresh = call.flag("refresh", false);
  if (!refresh) return std::unexpected(refresh.error());
  auto got = get_document_for(services, *request, *refresh);
  if (!got) return std::unexpected(got.error());
  JsonWriter out;
  write_got(out, *request, *got);
  return Reply::json(out.take(), got->found == nullptr ? 404 : 200);
}

Result<Reply> get_source(Call& call, Services& services) {
  auto request = get_request_of(call);
  if (!request) return std::unexpected(request.error());
  auto refresh = call.flag("refresh", false);
  if (!refresh) return std::unexpected(refresh.error());
  auto got = get_document_for(services, *request, *refresh);
  if (!got) return std::unexpected(got.error());
  const auto missing = [&](const std::string& what) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                 what + " not found [" + got->index->name + "]/[" + std::string(request->id) + "]"));
  };
  if (got->found == nullptr) return missing("Document");
  if (!got->index->mapping->source_enabled() || !request->source.enabled) return missing("Source");
  const std::string_view source = got->found->document().source;
  if (request->source.everything()) return Reply::json(std::string(source));
  return Reply::json(stages::SourceFilter(request->source.includes, request->source.excludes).filtered(source));
}

}  // namespace sluice::rest
