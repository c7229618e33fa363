#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pipeline/base/json_writer.h"
#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"
#include "reindex/request.h"

namespace sluice {
namespace {

Status read_max_docs(const JsonReader& reader, const JsonNode& value, Request& request) {
  const auto max_docs = int_value(reader, value);
  if (!max_docs) return std::unexpected(max_docs.error());
  return set_max_docs(request, *max_docs);
}

/// What these requests have of their own in a body; the rest is a search.
Status read_own_member(const JsonReader& reader, const JsonNode& member, Request& request) {
  if (member.name == "conflicts") return member.is_null() ? Status{} : set_conflicts(request, member.text());
  if (member.name == "max_docs") return read_max_docs(reader, member, request);
  return parse_script_value(member, request);
}

Status read_body(std::string_view body, const RequestRules& rules, Request& request) {
  if (body.empty()) return {};
  JsonReader reader(body);
  const auto first = reader.next();
  if (!first) return std::unexpected(first.error());
  const auto tree = read_tree(reader);
  if (!tree) return std::unexpected(tree.error());
  if (!tree->is_object()) return {};  // as Elasticsearch does: it asks for an object and gets none
  std::vector<std::string_view> own = {"conflicts", "max_docs"};
  if (request.kind == RequestKind::kUpdateByQuery) own.emplace_back("script");
  for (const JsonNode& member : tree->children) {
    if (std::ranges::find(own, member.name) == own.end()) continue;
    if (Status read = read_own_member(reader, member, request); !read) return read;
  }
  return parse_search(java_json(*tree, own), *tree, rules, request);
}

Status read_size(const UrlParameters& parameters, Request& request) {
  if (url_parameter(parameters, "size")) {
    return std::unexpected(illegal_argument("invalid parameter [size], use [max_docs] instead"));
  }
  if (const auto text = url_parameter(parameters, "from")) {
    const auto from = int_parameter("from", *text);
    if (!from) return std::unexpected(from.error());
    request.source.from_set = true;
    request.source.from = *from;
  }
  const auto text = url_parameter(parameters, "scroll_size");
  if (!text) return {};
  const auto size = int_parameter("scroll_size", *text);
  if (!size) return std::unexpected(size.error());
  if (*size < 0) {
    return std::unexpected(illegal_argument(fmt::format("[size] parameter cannot be negative, found [{}]", *size)));
  }
  request.source.size = *size;
  return {};
}

/// `_source` and its like in the URL stand for those of the body.
void read_fields(const UrlParameters& parameters, Request& request) {
  SourceFields& fields = request.source.fields;
  if (const auto source = url_parameter(parameters, "_source")) {
    if (*source == "false" || *source == "true") {
      fields.enabled = *source == "true";
    } else {
      fields.includes = split_by_comma(std::string(*source));
    }
  }
  if (const auto names = url_parameter(parameters, "_source_includes"))
    fields.includes = split_by_comma(std::string(*names));
  if (const auto names = url_parameter(parameters, "_source_excludes"))
    fields.excludes = split_by_comma(std::string(*names));
}

/// `sort=name:desc,other` as JSON; a name with another word behind its colon is left out, as Elasticsearch does.
std::string sort_of(std::string_view text) {
  JsonWriter out;
  out.begin_array();
  for (const std::string& each : split_by_comma(std::string(text))) {
    const std::size_t colon = each.rfind(':');
    const std::string order = colon == std::string::npos ? "" : each.substr(colon + 1);
    if (colon == std::string::npos) {
      out.string(each);
    } else if (order == "asc" || order == "desc") {
      out.begin_object().member(each.substr(0, colon), order).end_object();
    }
  }
  out.end_array();
  return out.take();
}

/// `terminate_after` in the URL stands for that of the body.
Status read_terminate_after(const UrlParameters& parameters, Request& request) {
  const auto text = url_parameter(parameters, kTerminateAfter);
  if (!text) return {};
  const auto number = int_parameter(kTerminateAfter, *text);
  if (!number) return std::unexpected(number.error());
  if (*number < 0) return std::unexpected(illegal_argument("terminateAfter must be > 0"));
  std::erase_if(request.source.other, [](const auto& each) { return each.first == kTerminateAfter; });
  if (*number > 0) request.source.other.emplace_back(kTerminateAfter, std::to_string(*number));
  return {};
}

/// What chooses documents by other means than the body's query.
Status read_choice(const UrlParameters& parameters, Request& request) {
  if (Status read = read_terminate_after(parameters, request); !read) return read;
  auto query = query_parameter(parameters);
  if (!query) return std::unexpected(std::move(query.error()));
  if (*query) request.source.query = std::move(**query);
  if (const auto routing = url_parameter(parameters, "routing")) request.source.routing = *routing;
  if (const auto timeout = url_parameter(parameters, "search_timeout")) {
    if (const auto time = parse_time_value(*timeout, "search_timeout"); !time) return std::unexpected(time.error());
  }
  if (const auto type = url_parameter(parameters, "search_type")) {
    if (*type != "query_then_fetch" && *type != "dfs_query_then_fetch") {
      return std::unexpected(illegal_argument(fmt::format("No search type for [{}]", *type)));
    }
  }
  if (const auto preference = url_parameter(parameters, "preference")) request.source.preference = *preference;
  return {};
}

Status read_parameters(const UrlParameters& parameters, Request& request) {
  if (Status s = read_size(parameters, request); !s) return s;
  read_fields(parameters, request);
  if (const auto pipeline = url_parameter(parameters, "pipeline")) {
    request.dest.pipeline = *pipeline;
    request.dest.pipeline_set = true;
  }
  if (const auto sort = url_parameter(parameters, "sort")) request.source.sort = sort_of(*sort);
  if (Status s = read_url_flag(parameters, "version", request.script_sees_versions); !s) return s;
  if (const auto conflicts = url_parameter(parameters, "conflicts")) {
    if (Status s = set_conflicts(request, *conflicts); !s) return s;
  }
  if (Status s = parse_url_parameters(parameters, request); !s) return s;
  if (Status s = parse_wait_for_completion(parameters, request); !s) return s;
  return read_choice(parameters, request);
}

/// `cluster:index` names what can only be read.
Status check_local(const std::vector<std::string>& indices) {
  std::string elsewhere;
  for (const std::string& name : indices) {
    if (name.starts_with('<') || !name.contains(':')) continue;
    elsewhere += (elsewhere.empty() ? "" : ", ") + name;
  }
  if (elsewhere.empty()) return {};
  return std::unexpected(
      validation_error({"Cross-cluster calls are not supported in this context but remote indices were requested: [" +
                        elsewhere + "]"}));
}

Result<Request> parse(Request request, std::string_view body, const UrlParameters& parameters,
                      const RequestRules& rules) {
  if (Status s = read_body(body, rules, request); !s) return std::unexpected(std::move(s.error()));
  if (Status s = read_parameters(parameters, request); !s) return std::unexpected(std::move(s.error()));
  if (Status s = validate(request, rules); !s) return std::unexpected(std::move(s.error()));
  if (Status s = check_local(request.source.indices); !s) return std::unexpected(std::move(s.error()));
  return request;
}

}  // namespace

Result<Request> parse_by_query(RequestKind kind, std::vector<std::string> indices, std::string_view body,
                               const UrlParameters& url_parameters, const RequestRules& rules) {
  Request request;
  request.kind = kind;
  request.source.indices = std::move(indices);
  auto parsed = parse(std::move(request), body, url_parameters, rules);
  if (!parsed) return std::unexpected(with_root_cause(std::move(parsed.error())));
  return parsed;
}

}  // namespace sluice
