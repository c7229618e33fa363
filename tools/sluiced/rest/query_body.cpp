#include "tools/sluiced/rest/query_body.h"

#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/broken_json.h"
#include "tools/sluiced/rest/query_parameter.h"

namespace sluice::rest {

namespace {

/// The query of a body.
Result<QueryText> query_in(std::string_view body) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return QueryText();
  auto members = stages::json_members(body, "the request");
  if (!members) return std::unexpected(members.error());
  QueryText query;
  for (const stages::JsonMember& member : *members) {
    if (member.key == "\"query\"") {
      query = {std::string(member.value), stages::position_of(body, member.value.data())};
      continue;
    }
    const stages::TextPosition place = stages::position_of(body, member.key.data());
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parsing_exception", "request does not support [" + member.name() + "]")
            .with_raw("line", std::to_string(place.line))
            .with_raw("col", std::to_string(place.column)));
  }
  return query;
}

}  // namespace

Result<Buffer> body_of(Call& call) {
  Buffer body;
  if (call.has_body()) return std::move(call.http.body);
  body.append(call.text_or("source", ""));
  return body;
}

Result<QueryText> query_of(const Call& call, std::string_view body) {
  auto query = query_in(body);
  if (!query) return std::unexpected(exact_query_error(query.error(), body));
  auto parameter = query_parameter(call);
  if (!parameter) return std::unexpected(std::move(parameter.error()));
  if (*parameter) return std::move(**parameter);
  return query;
}

}  // namespace sluice::rest
