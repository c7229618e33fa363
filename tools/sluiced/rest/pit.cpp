#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/search_reply.h"

namespace sluice::rest {

namespace {

void write_shard_counts(JsonWriter& out, std::uint64_t shards) {
  out.key("_shards").begin_object().member("total", shards).member("successful", shards);
  out.member("skipped", 0).member("failed", 0).end_object();
}

/// Opens a point in time, and tells its id and how many shards it has.
Result<std::pair<std::string, std::uint64_t>> open(Call& call, Services& services) {
  const auto text = call.text("keep_alive");
  if (!text) return std::unexpected(validation_error({"[keep_alive] is not specified"}));
  auto keep_alive = parse_time_value(*text, "keep_alive");
  if (!keep_alive) return std::unexpected(keep_alive.error());
  auto options = index_options_of(call, {});
  if (!options) return std::unexpected(options.error());
  auto choice = shard_choice_of(call);
  if (!choice) return std::unexpected(std::move(choice.error()));
  auto targets = search_targets(services, call.text_or("index", ""), *options);
  if (!targets) return std::unexpected(targets.error());
  auto context = std::make_shared<SearchContext>();
  context->targets = *targets;
  context->shards = std::move(*choice);
  const std::uint64_t shards = (*targets)->shards(context->shards);
  auto id = services.contexts.open(std::move(context), *keep_alive, ContextLimits::of(services));
  if (!id) {
    if ((*targets)->indices.empty() || id.error().kind != ErrorKind::kBadRequest) return std::unexpected(id.error());
    Error error = all_shards_failed(services, *(*targets)->indices.front().index, id.error());
    error.details.front().second = "\"open_pit\"";
    return std::unexpected(std::move(error));
  }
  return std::pair(std::move(*id), shards);
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// The ids that a body names under `key`.
Result<std::vector<std::string>> ids_of(const Call& call, std::string_view key) {
  if (!call.has_body()) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parse_exception",
              key == "id" ? "request body or source parameter is required" : "request body is required"));
  }
  auto members = stages::json_members(call.body(), "the request body");
  if (!members) return std::unexpected(members.error());
  std::vector<std::string> ids;
  for (const stages::JsonMember& member : *members) {
    if (member.name() != key) {
      return std::unexpected(illegal_argument("Unknown parameter [" + member.name() +
                                              "] in request body or parameter is of the wrong type"));
    }
    auto list = stages::json_text_list(member.value, key);
    if (!list) return std::unexpected(list.error());
    ids = std::move(*list);
  }
  if (ids.empty()) return std::unexpected(validation_error({"[" + std::string(key) + "] is missing"}));
  return ids;
}

}  // namespace

/// Elasticsearch's.
Result<Reply> open_pit(Call& call, Services& services) {
  auto opened = open(call, services);
  if (!opened) return std::unexpected(opened.error());
  JsonWriter out;
  out.begin_object().member("id", opened->first);
  write_shard_counts(out, opened->second);
  out.end_object();
  return Reply::json(out.take());
}

Result<Reply> close_pit(Call& call, Services& services) {
  auto ids = ids_of(call, "id");
  if (!ids) return std::unexpected(ids.error());
  const bool closed = services.contexts.close(ids->front(), ContextKind::kPointInTime);
  JsonWriter out;
  out.begin_object().member("succeeded", closed).member("num_freed", closed ? 1 : 0).end_object();
  return Reply::json(out.take(), closed ? 200 : 404);
}

/// OpenSearch's.
Result<Reply> create_pit(Call& call, Services& services) {
  auto opened = open(call, services);
  if (!opened) return std::unexpected(opened.error());
  JsonWriter out;
  out.begin_object().member("pit_id", opened->first);
  write_shard_counts(out, opened->second);
  out.member("creation_time", now_ms()).end_object();
  return Reply::json(out.take());
}

Result<Reply> delete_pit(Call& call, Services& services) {
  auto ids = ids_of(call, "pit_id");
  if (!ids) return std::unexpected(ids.error());
  JsonWriter out;
  out.begin_object().key("pits").begin_array();
  bool any = false;
  for (const std::string& id : *ids) {
    const bool closed = services.contexts.close(id, ContextKind::kPointInTime);
    any = any || closed;
    out.begin_object().member("successful", closed).member("pit_id", id).end_object();
  }
  out.end_array().end_object();
  return Reply::json(out.take(), any ? 200 : 404);
}

Result<Reply> list_pits(Call& /*call*/, Services& services) {
  JsonWriter out;
  out.begin_object().key("pits").begin_array();
  for (const SearchContexts::Listed& pit : services.contexts.pits()) {
    out.begin_object().member("pit_id", pit.id).member("creation_time", pit.created_ms);
    out.member("keep_alive", static_cast<std::int64_t>(
                                 std::chrono::duration_cast<std::chrono::milliseconds>(pit.keep_alive).count()));
    out.end_object();
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

Result<Reply> delete_all_pits(Call& /*call*/, Services& services) {
  JsonWriter out;
  out.begin_object().key("pits").begin_array();
  for (const SearchContexts::Listed& pit : services.contexts.pits()) {
    const bool closed = services.contexts.close(pit.id, ContextKind::kPointInTime);
    out.begin_object().member("successful", closed).member("pit_id", pit.id).end_object();
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
