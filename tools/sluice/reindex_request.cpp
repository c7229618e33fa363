#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "reindex/endpoint.h"
#include "tools/sluice/reindex_arguments.h"

namespace sluice::tools {
namespace {

Result<std::string> read_all(std::istream& stream, const std::string& name) {
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (stream.bad()) return std::unexpected(illegal_argument(fmt::format("can't read the body from [{}]", name)));
  return text;
}

Result<std::string> read_body(const RawOptions& raw) {
  if (!raw.body_text.empty() && !raw.body_file.empty()) {
    return std::unexpected(illegal_argument(
        fmt::format("the body is given twice, by -d and by [{}]; leave out one of them", raw.body_file)));
  }
  if (!raw.body_text.empty()) return raw.body_text;
  if (raw.body_file.empty()) return std::string("{}");
  if (raw.body_file == "-") return read_all(std::cin, "stdin");
  std::ifstream file(raw.body_file, std::ios::binary);
  if (!file) {
    return std::unexpected(illegal_argument(
        fmt::format("can't open the body [{}]: {}; name a file with the body of a _reindex request, or say it with -d",
                    raw.body_file, std::generic_category().message(errno))));
  }
  return read_all(file, raw.body_file);
}

void write_list(JsonWriter& out, std::string_view name, const std::vector<std::string>& list) {
  if (list.empty()) return;
  out.key(name).begin_array();
  for (const std::string& text : list) out.string(text);
  out.end_array();
}

void write_text(JsonWriter& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out.member(name, std::string_view(text));
}

/// The options as a body of their own, so that they are checked, and refused, in the API's words.
std::string options_body(const RawOptions& raw) {
  JsonWriter out;
  out.begin_object().key("source").begin_object();
  write_list(out, "index", raw.source_indices);
  write_text(out, "size", raw.size);
  if (!raw.query.empty()) out.key("query").raw(raw.query);
  if (!raw.includes.empty() || !raw.excludes.empty()) {
    out.key("_source").begin_object();
    write_list(out, "includes", raw.includes);
    write_list(out, "excludes", raw.excludes);
    out.end_object();
  }
  out.end_object().key("dest").begin_object();
  write_text(out, "index", raw.dest_index);
  write_text(out, "op_type", raw.op_type);
  write_text(out, "version_type", raw.version_type);
  write_text(out, "routing", raw.routing);
  write_text(out, "pipeline", raw.pipeline);
  out.end_object();
  write_text(out, "conflicts", raw.conflicts);
  return out.end_object().take();
}

/// Puts what options say over what the body says.
void overlay(Request& request, Request said, const RawOptions& raw) {
  if (!raw.source_indices.empty()) request.source.indices = std::move(said.source.indices);
  if (!raw.size.empty()) request.source.size = said.source.size;
  if (!raw.query.empty()) request.source.query = std::move(said.source.query);
  if (!raw.includes.empty() || !raw.excludes.empty()) request.source.fields = std::move(said.source.fields);
  if (!raw.dest_index.empty()) {
    request.dest.index = std::move(said.dest.index);
    request.dest.index_set = true;
  }
  if (!raw.op_type.empty()) request.dest.create = said.dest.create;
  if (!raw.version_type.empty()) request.dest.version_type = said.dest.version_type;
  if (!raw.routing.empty()) {
    request.dest.routing = said.dest.routing;
    request.dest.routing_text = std::move(said.dest.routing_text);
  }
  if (!raw.pipeline.empty()) {
    request.dest.pipeline = std::move(said.dest.pipeline);
    request.dest.pipeline_set = true;
  }
  if (!raw.conflicts.empty()) request.proceed_on_conflicts = said.proceed_on_conflicts;
}

/// Whether the endpoint has indices with names.
Result<bool> has_indices(const std::string& text, std::string_view which) {
  const auto endpoint = parse_endpoint_text(text, which);
  if (!endpoint) return std::unexpected(endpoint.error());
  return endpoint->kind == Endpoint::Kind::kCluster || endpoint->kind == Endpoint::Kind::kStore;
}

/// Names of indices are needed where there are indices; lines of files bring their own.
Result<RequestRules> rules_for(const Request& request, const RawOptions& raw) {
  if (raw.dest.empty()) {
    return std::unexpected(illegal_argument(
        "there is no destination: say --dest http://HOST:PORT for a cluster, --dest store:DIR, --dest PATH for a "
        "file, or --dest null:"));
  }
  if (raw.source.empty() && !request.source.remote) {
    return std::unexpected(illegal_argument(
        "there is no source: say --source http://HOST:PORT for a cluster, --source store:DIR, --source PATH "
        "for a file, or [source.remote] in the body"));
  }
  const auto from_indices = raw.source.empty() ? Result<bool>(true) : has_indices(raw.source, "source");
  if (!from_indices) return std::unexpected(from_indices.error());
  const auto to_indices = has_indices(raw.dest, "dest");
  if (!to_indices) return std::unexpected(to_indices.error());
  RequestRules rules;
  rules.source_names_index = *from_indices;
  rules.dest_names_index = *from_indices && *to_indices;
  return rules;
}

}  // namespace

Result<Request> make_request(const RawOptions& raw) {
  if (raw.body_file == "-" && (raw.source == "-" || raw.source == "file:-")) {
    return std::unexpected(
        illegal_argument("stdin can't be both the body and the source: say the body with -d, or name a file with it"));
  }
  const auto body = read_body(raw);
  if (!body) return std::unexpected(body.error());
  RequestRules lenient;
  lenient.source_names_index = lenient.dest_names_index = false;
  auto request = parse_request(*body, raw.url_parameters, lenient);
  if (!request) return request;
  auto said = parse_request(options_body(raw), {}, lenient);
  if (!said) return said;
  overlay(*request, std::move(*said), raw);
  if (!request->wait_for_completion) {
    return std::unexpected(
        illegal_argument("[wait_for_completion] can't be false here: the command itself is the task; put it into the "
                         "background instead"));
  }
  const auto rules = rules_for(*request, raw);
  if (!rules) return std::unexpected(rules.error());
  if (Status valid = validate(*request, *rules); !valid) return std::unexpected(std::move(valid.error()));
  return request;
}

}  // namespace sluice::tools
