#include <array>
#include <utility>

#include <fmt/format.h>

#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"
#include "reindex/request.h"

namespace sluice {
namespace {

constexpr std::array<FieldRule, 5> kFields{{{"source", kTakesObject},
                                            {"dest", kTakesObject},
                                            {"max_docs", kTakesNumber | kTakesString},
                                            {"script", kTakesObject},
                                            {"conflicts", kTakesString}}};

Status parse_conflicts(JsonReader& reader, Request& request) {
  const auto conflicts = reader.value();
  if (!conflicts) return std::unexpected(conflicts.error());
  return set_conflicts(request, *conflicts);
}

Status parse_max_docs(JsonReader& reader, Request& request) {
  const auto node = read_tree(reader);
  if (!node) return std::unexpected(node.error());
  const auto max_docs = int_value(reader, *node);
  if (!max_docs) return std::unexpected(max_docs.error());
  return set_max_docs(request, *max_docs);
}

Status parse_field(std::string_view field, JsonReader& reader, const RequestRules& rules, Request& request) {
  if (field == "source") return parse_source(reader, rules, request);
  if (field == "dest") return parse_dest(reader, rules, request.dest);
  if (field == "script") return parse_script(reader, request);
  if (field == "conflicts") return parse_conflicts(reader, request);
  return parse_max_docs(reader, request);
}

Status parse_body(std::string_view body, const RequestRules& rules, Request& request) {
  if (body.empty()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  JsonReader reader(body);
  const auto first = reader.next();
  if (!first) return std::unexpected(first.error());
  if (*first != JsonToken::kStartObject) {
    return std::unexpected(x_content_parse_error(
        fmt::format("{} [reindex] Expected START_OBJECT but was: {}", reader.location().text(), token_name(*first))));
  }
  return read_object(reader, "reindex", kFields, [&](std::string_view field, JsonReader& at_value) {
    return parse_field(field, at_value, rules, request);
  });
}

Result<Request> parse(std::string_view body, const UrlParameters& parameters, const RequestRules& rules) {
  Request request;
  if (Status s = check_pipeline_parameter(parameters); !s) return std::unexpected(std::move(s.error()));
  if (Status s = parse_body(body, rules, request); !s) return std::unexpected(std::move(s.error()));
  if (Status s = parse_url_parameters(parameters, request); !s) return std::unexpected(std::move(s.error()));
  if (Status s = parse_wait_for_completion(parameters, request); !s) return std::unexpected(std::move(s.error()));
  // Who does not wait is answered by the handler, which validates before anybody looks for unread parameters.
  const auto check_parameters = [&] { return check_unread_parameters(parameters, rules.path); };
  if (request.wait_for_completion) {
    if (Status s = check_parameters(); !s) return std::unexpected(std::move(s.error()));
  }
  if (Status s = validate(request, rules); !s) return std::unexpected(std::move(s.error()));
  if (Status s = check_parameters(); !s) return std::unexpected(std::move(s.error()));
  return request;
}

}  // namespace

Status set_conflicts(Request& request, std::string_view conflicts) {
  if (conflicts != "proceed" && conflicts != "abort") {
    return std::unexpected(
        illegal_argument(fmt::format("conflicts may only be \"proceed\" or \"abort\" but was [{}]", conflicts)));
  }
  request.proceed_on_conflicts = conflicts == "proceed";
  return {};
}

Result<Request> parse_request(std::string_view body, const UrlParameters& url_parameters, const RequestRules& rules) {
  auto request = parse(body, url_parameters, rules);
  if (!request) return std::unexpected(with_root_cause(std::move(request.error())));
  return request;
}

}  // namespace sluice
