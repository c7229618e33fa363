#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/search_reply.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kMark = "sluice-";

struct ScrollRequest {
  std::vector<std::string> ids;
  std::optional<TimeValue> keep_alive;
};

/// How Elasticsearch's parser names the value that it did not expect.
std::string kind_of(std::string_view value) { return "[" + std::string(stages::json_token_name(value)) + "] "; }

Result<ScrollRequest> read_scroll(const Call& call) {
  ScrollRequest request;
  request.ids = call.list("scroll_id");
  if (const auto scroll = call.text("scroll")) {
    auto time = parse_time_value(*scroll, "scroll");
    if (!time) return std::unexpected(time.error());
    request.keep_alive = *time;
  }
  if (!call.has_body()) return request;
  if (!call.body().starts_with('{')) {
    // Old clients send the id itself.
    request.ids.assign(1, std::string(call.body()));
    return request;
  }
  auto members = stages::json_members(call.body(), "the scroll request");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "scroll_id") {
      auto ids = stages::json_text_list(member.value, "scroll_id");
      if (!ids) return std::unexpected(ids.error());
      request.ids = std::move(*ids);
    } else if (name == "scroll") {
      auto time = parse_time_value(stages::json_text_value(member.value).value_or(""), "scroll");
      if (!time) return std::unexpected(time.error());
      request.keep_alive = *time;
    } else {
      return std::unexpected(illegal_argument("Unknown parameter [" + name +
                                              "] in request body or parameter is of the wrong type" +
                                              kind_of(member.value)));
    }
  }
  return request;
}

Status check_ids(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    if (!id.starts_with(kMark)) return std::unexpected(illegal_argument("Cannot parse scroll id"));
  }
  return {};
}

}  // namespace

Result<Reply> scroll(Call& call, Services& services) {
  auto request = read_scroll(call);
  if (!request) return std::unexpected(request.error());
  if (request->ids.empty()) return std::unexpected(validation_error({"scrollId is missing"}));
  if (auto checked = check_ids(request->ids); !checked) return std::unexpected(checked.error());
  auto as_int = call.flag("rest_total_hits_as_int", false);
  if (!as_int) return std::unexpected(as_int.error());
  auto reply = continue_scroll(services, request->ids.front(), request->keep_alive, *as_int, call.http.abandoned);
  if (!reply) return std::unexpected(reply.error());
  return search_reply(std::move(*reply));
}

Result<Reply> clear_scroll(Call& call, Services& services) {
  auto request = read_scroll(call);
  if (!request) return std::unexpected(request.error());
  if (request->ids.empty()) return std::unexpected(validation_error({"no scroll ids specified"}));
  std::size_t freed = 0;
  if (request->ids.front() == "_all") {
    freed = services.contexts.close_all(ContextKind::kScroll);
  } else {
    if (auto checked = check_ids(request->ids); !checked) return std::unexpected(checked.error());
    for (const std::string& id : request->ids) freed += services.contexts.close(id, ContextKind::kScroll) ? 1 : 0;
  }
  const bool all = request->ids.front() == "_all";
  JsonWriter out;
  out.begin_object().member("succeeded", true).member("num_freed", static_cast<std::uint64_t>(freed)).end_object();
  return Reply::json(out.take(), freed == 0 && !all ? 404 : 200);
}

}  // namespace sluice::rest
