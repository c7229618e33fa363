#include "pipeline/base/buffer.h"
#include "stages/painless/api/base64_codec.h"
#include "stages/query/compile.h"

namespace sluice::stages {

/// A query in base64. What is wrong inside says where it is in there.
Result<QueryPtr> compile_wrapper(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[wrapper]");
  if (!members) return std::unexpected(members.error());
  if (members->empty()) {
    return std::unexpected(query_parsing_error(context, end_of(body), "[wrapper] query malformed"));
  }
  const JsonMember& member = members->front();
  if (member.key != "\"query\"") {
    return std::unexpected(query_parsing_error(context, member.key.data(),
                                               "[wrapper] query malformed, expected `query` but was " + member.name()));
  }
  if (members->size() > 1) {
    return std::unexpected(query_parsing_error(
        context, (*members)[1].key.data(), "[wrapper] malformed query, expected [END_OBJECT] but found [FIELD_NAME]"));
  }
  const std::string text = json_text_value(member.value).value_or("");
  if (text.empty()) return std::unexpected(illegal_argument("query source text cannot be null or empty"));
  auto decoded = painless::api::decode_base64(text);
  if (!decoded) {
    return std::unexpected(query_object_error(context, member.value.data(),
                                              "Failed to decode VALUE_STRING as base64: " + decoded.error()));
  }
  const std::size_t begin = decoded->find_first_not_of(" \t\r\n");
  if (decoded->find('{') == std::string::npos) {
    return std::unexpected(x_content_parse_error("Failed to derive xcontent"));
  }
  Buffer inner(decoded->size());
  inner.append(*decoded);
  ClauseContext placed = context;
  placed.text = inner.view();
  placed.start = {};
  return compile_clause(inner.view().substr(begin), placed);
}

}  // namespace sluice::stages
