#include "stages/parse/json_object.h"
#include "stages/query/compile.h"
#include "tools/sluiced/rest/document_get.h"
#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/source_fields.h"

namespace sluice::rest {

namespace {

Error parsing_error(std::string_view body, const stages::JsonMember& member, std::string reason) {
  const stages::TextPosition place = stages::position_of(body, member.value.data());
  return Error(ErrorKind::kBadRequest, 400, "parsing_exception", std::move(reason))
      .with_raw("line", std::to_string(place.line))
      .with_raw("col", std::to_string(place.column));
}

Status read_doc_member(const stages::JsonMember& member, GetRequest& request) {
  const std::string name = member.name();
  if (name == "_source") return read_source_fields(member.value, request.source);
  if (name == "stored_fields") {
    auto fields = stages::json_text_list(member.value, "stored_fields");
    if (!fields) return std::unexpected(fields.error());
    request.stored_fields = std::move(*fields);
    return {};
  }
  if (name == "version") {
    auto version = stages::json_integer_value(member.value);
    if (!version) return std::unexpected(version.error());
    request.version = *version;
    return {};
  }
  const auto text = stages::json_text_value(member.value);
  if (!text) return std::unexpected(illegal_argument("[" + name + "] must be a simple value"));
  if (name == "_index") {
    request.index = *text;
  } else if (name == "_id") {
    request.id = *text;
  } else if (name == "routing") {
    request.routing = *text;
  } else if (name == "version_type") {
    auto type = version_type_of(*text);
    if (!type) return std::unexpected(type.error());
    request.versioning = *type;
  } else {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception",
                                 "failed to parse multi get request. unknown field [" + name + "]"));
  }
  return {};
}

Result<std::vector<GetRequest>> read_docs(std::string_view value, const GetRequest& defaults) {
  std::vector<GetRequest> requests;
  auto elements = stages::json_elements(value, "[docs]");
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view each : *elements) {
    GetRequest request = defaults;
    if (!each.starts_with('{')) {
      return std::unexpected(illegal_argument("docs array element should include an object"));
    }
    auto members = stages::json_members(each, "a document of [docs]");
    if (!members) return std::unexpected(members.error());
    for (const stages::JsonMember& member : *members) {
      if (auto read = read_doc_member(member, request); !read) return std::unexpected(read.error());
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

Result<std::vector<GetRequest>> read_ids(std::string_view value, const GetRequest& defaults) {
  std::vector<GetRequest> requests;
  auto elements = stages::json_elements(value, "[ids]");
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view each : *elements) {
    const auto id = stages::json_text_value(each);
    if (!id) return std::unexpected(illegal_argument("ids array element should only contain ids"));
    requests.push_back(defaults);
    requests.back().id = *id;
  }
  return requests;
}

/// `"error":{"root_cause":[..],"type":..}`: the error's own members follow its root cause.
std::string failure_json(const GetRequest& request, const Error& error) {
  JsonWriter cause;
  error.write(cause);
  JsonWriter out;
  out.begin_object().member("_index", request.index).member("_id", request.id).key("error");
  out.raw(R"({"root_cause":[)" + cause.text() + "]," + cause.text().substr(1)).end_object();
  return out.take();
}

}  // namespace

Result<Reply> mget(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body or source parameter is required"));
  }
  auto defaults = get_request_of(call);
  if (!defaults) return std::unexpected(defaults.error());
  auto refresh = call.flag("refresh", false);
  if (!refresh) return std::unexpected(refresh.error());
  auto members = stages::json_members(call.body(), "the request body");
  if (!members) return std::unexpected(members.error());
  std::vector<GetRequest> requests;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (!member.value.starts_with('[')) {
      return std::unexpected(parsing_error(call.body(), member,
                                           "unexpected token [" + std::string(stages::json_token_name(member.value)) +
                                               "], expected [FIELD_NAME] or [START_ARRAY]"));
    }
    if (name != "docs" && name != "ids") {
      return std::unexpected(
          parsing_error(call.body(), member, "unknown key [" + name + "] for a START_ARRAY, expected [docs] or [ids]"));
    }
    auto some = name == "docs" ? read_docs(member.value, *defaults) : read_ids(member.value, *defaults);
    if (!some) return std::unexpected(some.error());
    requests.insert(requests.end(), some->begin(), some->end());
  }
  std::vector<std::string> problems;
  if (requests.empty()) problems.emplace_back("no documents to get");
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (requests[i].index.empty()) problems.push_back("index is missing for doc " + std::to_string(i));
    if (requests[i].id.empty()) problems.push_back("id is missing for doc " + std::to_string(i));
  }
  if (!problems.empty()) return std::unexpected(validation_error(problems));
  JsonWriter out;
  out.begin_object().key("docs").begin_array();
  for (const GetRequest& request : requests) {
    auto got = get_document_for(services, request, *refresh);
    if (got) {
      write_got(out, request, *got);
      continue;
    }
    out.raw(failure_json(request, got.error()));
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
