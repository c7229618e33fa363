#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "reindex/project_names.h"
#include "reindex/request.h"

namespace sluice {
namespace {

using Problems = std::vector<std::string>;

const std::string* other(const Request& request, std::string_view name) {
  for (const auto& [key, json] : request.source.other) {
    if (key == name) return &json;
  }
  return nullptr;
}

bool disables_total_hits(const std::string* json) {
  if (json == nullptr) return false;
  const std::string text = json_unquoted(*json);
  return text == "false" || text == "0";
}

void check_search(const Request& request, Problems& problems) {
  const RequestSource& source = request.source;
  if (disables_total_hits(other(request, "track_total_hits"))) {
    problems.emplace_back("disabling [track_total_hits] is not allowed in a scroll context");
  }
  if (source.from > 0) problems.emplace_back("using [from] is not allowed in a scroll context");
  if (source.size == 0) problems.emplace_back("[size] cannot be [0] in a scroll context");
  if (other(request, "rescore") != nullptr) problems.emplace_back("using [rescore] is not allowed in a scroll context");
  const bool search_after = other(request, "search_after") != nullptr;
  if (search_after) problems.emplace_back("[search_after] cannot be used in a scroll context");
  if (other(request, "collapse") != nullptr) problems.emplace_back("cannot use `collapse` in a scroll context");
  if (search_after && source.from > 0) {
    problems.emplace_back("[from] parameter must be set to 0 when [search_after] is used");
  }
  if (other(request, "pit") != nullptr) {
    problems.emplace_back("using [point in time] is not allowed in a scroll context");
    if (!source.indices.empty()) {
      problems.emplace_back(
          "[indices] cannot be used with point in time. Do not specify any index with point in time.");
    }
  }
}

void check_bulk_by_scroll(const Request& request, Problems& problems) {
  const RequestSource& source = request.source;
  if (source.from_set) problems.emplace_back("from is not supported in this context");
  if (source.stored_fields_set) problems.emplace_back("stored_fields is not supported in this context");
  if (request.max_docs == 0) {
    problems.emplace_back(
        "maxDocs should be greater than 0 if the request is limited to some number of documents or -1 if it isn't but "
        "it "
        "was [0]");
  }
  if (source.slice && request.slices != 1) {
    problems.emplace_back("can't specify both manual and automatic slicing at the same time");
  }
}

/// The slice as Elasticsearch prints it.
std::string pretty(const ManualSlice& slice) {
  JsonWriter out(true);
  out.begin_object();
  if (!slice.field.empty()) out.member("field", slice.field);
  out.member("id", slice.id).member("max", slice.max).end_object();
  return out.take();
}

/// `source.remote` or `dest.remote`, in what is wrong with the whole.
void check_credentials(const RemoteSource& remote, std::string_view where, Problems& problems) {
  if (remote.username && !remote.password) {
    problems.push_back(fmt::format("{} included username but not password", where));
  }
  if (remote.password && !remote.username) {
    problems.push_back(fmt::format("{} included password but not username", where));
  }
}

std::optional<Error> check_address(const RemoteSource& remote) {
  if (remote.scheme != "http" && remote.scheme != "https") {
    return illegal_argument(
        fmt::format("[host] must begin with http:// or https:// but its scheme was [{}]", remote.scheme));
  }
  if (remote.port < 1 || remote.port > 65535) {
    return illegal_argument(fmt::format("[host] must have a port between 1 and 65535 but it was [{}]", remote.port));
  }
  return std::nullopt;
}

void check_remote(const Request& request, const RequestRules& rules, Problems& problems) {
  const RemoteSource& remote = *request.source.remote;
  if (!rules.remote_slices && request.slices != 1) {
    problems.push_back(
        fmt::format("reindex from remote sources doesn't support slices > 1 but was [{}]", request.slices));
  }
  if (!rules.remote_slices && request.source.slice) {
    problems.push_back(fmt::format("reindex from remote sources doesn't support source.slice but was [{}]",
                                   pretty(*request.source.slice)));
  }
  check_credentials(remote, "reindex from remote source", problems);
}

/// False: the rest is not looked at.
bool check_reindex(const Request& request, const RequestRules& rules, Problems& problems) {
  const RequestDest& dest = request.dest;
  if (rules.source_names_index && request.source.indices.empty() && other(request, "pit") == nullptr) {
    problems.emplace_back("use _all if you really want to copy from all existing indexes");
  }
  if (!request.source.fields.enabled) problems.emplace_back("_source:false is not supported in this context");
  if (rules.dest_names_index && dest.index.empty() && !dest.index_set) {
    problems.emplace_back("index must be specified");
    return false;
  }
  if (dest.routing == RoutingMode::kInvalid) {
    problems.emplace_back("routing must be unset, [keep], [discard] or [=<some new value>]");
  }
  if (dest.remote) check_credentials(*dest.remote, "reindex to remote destination", problems);
  return true;
}

/// To another cluster `project_routing` is sent on, whose business it is.
std::optional<Error> check_routing(const Request& request, const RequestRules& rules) {
  const std::string* routing = other(request, "project_routing");
  if (routing == nullptr || request.source.remote) return std::nullopt;
  if (rules.projects.empty()) {
    return validation_error(
        {fmt::format("reindex doesn't support project routing [{}] when cross-project search is disabled",
                     json_unquoted(*routing))});
  }
  if (Status right = check_project_routing(json_unquoted(*routing)); !right) return std::move(right.error());
  return std::nullopt;
}

/// What Elasticsearch finds only when it starts, or when it writes the first batch: sluice says it before it starts.
std::optional<Error> check_start(const Request& request, const RequestRules& rules) {
  const RequestDest& dest = request.dest;
  if (auto wrong = check_routing(request, rules)) return wrong;
  if (request.script && request.script->id.empty() && request.script->lang != "painless") {
    return illegal_argument(fmt::format("script_lang not supported [{}]", request.script->lang));
  }
  if (request.max_docs && *request.max_docs < request.slices) {
    return illegal_argument("[max_docs] should be >= [slices]");
  }
  if (request.scroll.duration < Nanoseconds::zero()) {
    return illegal_argument(
        fmt::format("duration cannot be negative, was given [{}]", request.scroll.duration.count()));
  }
  if (request.source.slice) {
    if (request.source.slice->id < 0) return illegal_argument("id must be greater than or equal to 0");
    if (request.source.slice->max < 2) return illegal_argument("max must be greater than 1");
  }
  for (const auto& remote : {request.source.remote, request.dest.remote}) {
    if (!remote) continue;
    if (auto wrong = check_address(*remote)) return wrong;
  }
  Problems problems;
  if (dest.create && dest.external_versions()) {
    problems.emplace_back("create operations only support internal versioning. use index instead");
  }
  if (dest.pipeline_set && dest.pipeline.empty()) problems.emplace_back("pipeline cannot be an empty string");
  if (!problems.empty()) return validation_error(problems);
  return std::nullopt;
}

}  // namespace

Status validate(const Request& request, const RequestRules& rules) {
  Problems problems;
  check_search(request, problems);
  check_bulk_by_scroll(request, problems);
  if (request.kind != RequestKind::kReindex) {
    if (request.kind == RequestKind::kDeleteByQuery && request.source.query.empty()) {
      problems.emplace_back("query is missing");
    }
  } else if (check_reindex(request, rules, problems) && request.source.remote)
    check_remote(request, rules, problems);
  if (!problems.empty()) return std::unexpected(validation_error(problems));
  if (auto error = check_start(request, rules)) return std::unexpected(std::move(*error));
  return {};
}

}  // namespace sluice
