#include "tools/sluiced/rest/body_position.h"

#include <algorithm>

namespace sluice::rest {

std::string body_position(std::string_view body, const char* at) {
  const std::string_view before = body.substr(0, static_cast<std::size_t>(at - body.data()));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return "[" + std::to_string(line) + ":" + std::to_string(column) + "]";
}

Error unknown_field_error(std::string_view body, const char* at, std::string_view parser, std::string_view field) {
  return x_content_parse_error(body_position(body, at) + " [" + std::string(parser) + "] unknown field [" +
                               std::string(field) + "]");
}

Error failed_field_error(std::string_view body, const char* at, std::string_view parser, std::string_view field,
                         Error cause) {
  Error error = x_content_parse_error(body_position(body, at) + " [" + std::string(parser) +
                                      "] failed to parse field [" + std::string(field) + "]");
  if (cause.type == "x_content_parse_exception") {
    error.root_causes = cause.root_causes;
    if (error.root_causes.empty()) {
      error.root_causes.emplace_back(ErrorKind::kBadRequest, cause.status, cause.type, cause.reason);
    }
  }
  cause.root_causes.clear();
  error.caused_by = std::make_shared<const Error>(std::move(cause));
  return error;
}

}  // namespace sluice::rest
