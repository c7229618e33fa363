#include "stages/query/body_position.h"

#include "pipeline/base/similar_names.h"
#include "stages/query/query.h"

namespace sluice::stages {

std::string body_position(std::string_view body, const char* at) {
  const TextPosition place = position_of(body, at);
  return "[" + std::to_string(place.line) + ":" + std::to_string(place.column) + "]";
}

Error unknown_field_error(std::string_view body, const char* at, std::string_view parser, std::string_view field,
                          std::span<const std::string_view> fields) {
  return x_content_parse_error(body_position(body, at) + " [" + std::string(parser) + "] unknown field [" +
                               std::string(field) + "]" + did_you_mean(field, fields));
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

}  // namespace sluice::stages
