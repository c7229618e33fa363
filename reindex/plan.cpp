#include "reindex/plan.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "io/cluster/cluster_sink.h"
#include "io/cluster/cluster_source.h"
#include "io/ndjson/file_sink.h"
#include "io/ndjson/file_source.h"
#include "io/ndjson/null_sink.h"
#include "pipeline/base/json_text.h"
#include "reindex/endpoint.h"
#include "reindex/script_plan.h"
#include "stages/ingest/ingest_stage.h"
#include "stages/parse/parse.h"
#include "stages/route/route.h"
#include "stages/source_filter/source_filter.h"

namespace sluice {

namespace {

constexpr std::uint32_t kTokensOfCluster = 4;
constexpr Nanoseconds kPageSilence = std::chrono::minutes(1);
constexpr Nanoseconds kBulkSilence = std::chrono::minutes(5);

io::HttpOptions http_options(const Access& access, Nanoseconds silence) {
  io::HttpOptions http;
  http.user = access.user;
  http.password = access.password;
  http.api_key = access.api_key;
  http.bearer = access.bearer;
  http.headers = access.headers;
  http.tls = {access.authority_file, access.certificate_file, access.key_file, access.key_passphrase,
              static_cast<io::TlsVerification>(access.verification)};
  http.connect_timeout = access.connect_timeout;
  http.socket_timeout = access.socket_timeout.value_or(silence);
  return http;
}

Result<io::ClusterOptions> cluster_options(const std::string& url, const Access& access, Nanoseconds silence,
                                           const RunOptions& options) {
  auto endpoint = io::parse_endpoint(url);
  if (!endpoint) return std::unexpected(std::move(endpoint.error()));
  return io::ClusterOptions{std::move(*endpoint), http_options(access, silence), options.retry_for};
}

/// An end of the run: the options name it, or the request does as `side.remote`.
Result<std::pair<Endpoint, Access>> endpoint_of(const std::optional<RemoteSource>& remote, const std::string& text,
                                                const Access& given, const std::string& side) {
  if (!remote) {
    auto endpoint = parse_endpoint_text(text, side);
    if (!endpoint) return std::unexpected(std::move(endpoint.error()));
    return std::pair(std::move(*endpoint), given);
  }
  if (!text.empty()) {
    return std::unexpected(illegal_argument(
        fmt::format("the {0} is given twice, as [{1}] and in the body as [{2}.remote]; leave out one of them",
                    side == "dest" ? "destination" : side, text, side)));
  }
  Access access = given;
  if (remote->username) access.user = *remote->username;
  if (remote->password) access.password = *remote->password;
  if (remote->api_key) access.api_key = *remote->api_key;
  access.headers.insert(access.headers.end(), remote->headers.begin(), remote->headers.end());
  access.connect_timeout = remote->connect_timeout;
  access.socket_timeout = remote->socket_timeout;
  return std::pair(Endpoint{Endpoint::Kind::kCluster, remote->url()}, std::move(access));
}

Result<std::unique_ptr<pipeline::Source>> cluster_source(const Request& request, const RunOptions& options,
                                                         const std::string& url, const Access& access, bool is_dest_too,
                                                         io::EventLoop& loop) {
  auto cluster = cluster_options(url, access, kPageSilence, options);
  if (!cluster) return std::unexpected(std::move(cluster.error()));
  io::ClusterSourceOptions source;
  for (const auto& [name, json] : request.source.other) {
    if (name != "project_routing" && name != "runtime_mappings") {
      return std::unexpected(
          unsupported("[source." + name + "] is not supported yet: leave it out, or run the request on the cluster"));
    }
    (name == "project_routing" ? source.search.project_routing : source.search.runtime_mappings) = json;
  }
  source.cluster = std::move(*cluster);
  source.search.indices = request.source.indices;
  source.search.query = request.source.query;
  source.search.source_filter = request.source.fields.json;
  source.search.sort = request.source.sort;
  if (is_dest_too) source.search.written_index = request.dest.index;
  source.search.scroll_keep_alive = request.scroll.duration;
  source.search.want_version = request.dest.external_versions();
  if (const auto& slice = request.source.slice) {
    source.search.slice =
        io::ManualSlice{static_cast<std::uint32_t>(slice->id), static_cast<std::uint32_t>(slice->max), slice->field};
  }
  source.slices = std::max(1U, request.slices);
  source.auto_slices = request.auto_slices();
  return std::make_unique<io::ClusterSource>(loop, std::move(source));
}

Result<io::FileSourceOptions> file_options(const Request& request, const RunOptions& options, const std::string& path) {
  io::FileSourceOptions source;
  source.path = path;
  source.format = options.source_format;
  source.slices = request.slices;
  source.max_document = options.max_document;
  if (const auto& slice = request.source.slice) {
    if (!slice->field.empty()) {
      return std::unexpected(
          unsupported("[source.slice.field] is not supported for a file, which is sliced by its "
                      "bytes; leave [field] out"));
    }
    source.part = std::pair(static_cast<std::uint32_t>(slice->id), static_cast<std::uint32_t>(slice->max));
  }
  return source;
}

Result<std::unique_ptr<pipeline::Source>> file_source(const Request& request, const RunOptions& options,
                                                      const std::string& path) {
  auto source = file_options(request, options, path);
  if (!source) return std::unexpected(std::move(source.error()));
  return io::make_file_source(std::move(*source));
}

Result<std::unique_ptr<pipeline::Sink>> cluster_sink(const Request& request, const RunOptions& options,
                                                     const std::string& url, const Access& access,
                                                     io::EventLoop& loop) {
  auto cluster = cluster_options(url, access, kBulkSilence, options);
  if (!cluster) return std::unexpected(std::move(cluster.error()));
  io::ClusterSinkOptions sink;
  sink.cluster = std::move(*cluster);
  sink.index = request.dest.index;
  sink.create = request.dest.create;
  sink.version_type = static_cast<io::VersionType>(request.dest.version_type);
  sink.pipeline = request.dest.pipeline;
  sink.require_alias = request.require_alias;
  sink.timeout = request.timeout.text;
  sink.wait_for_active_shards = request.wait_for_active_shards;
  sink.refresh = request.refresh;
  sink.bulk_bytes = options.bulk_bytes;
  return std::make_unique<io::ClusterSink>(loop, std::move(sink));
}

Result<std::unique_ptr<pipeline::Sink>> file_sink(const Request& request, const RunOptions& options,
                                                  const std::string& path) {
  io::FileSinkOptions sink;
  sink.path = path;
  sink.lines.format = options.dest_format.value_or(pipeline::PageFormat::kHits);
  if (request.dest.version_type == VersionType::kExternal) sink.lines.version_type = "external";
  if (request.dest.version_type == VersionType::kExternalGte) sink.lines.version_type = "external_gte";
  return io::make_file_sink(std::move(sink));
}

Result<std::unique_ptr<pipeline::Source>> make_source(const Request& request, const RunOptions& options,
                                                      const Endpoint& from, const Access& access, bool is_dest_too,
                                                      RunStores& stores, io::EventLoop& loop) {
  if (from.kind == Endpoint::Kind::kFile) return file_source(request, options, from.address);
  if (from.kind != Endpoint::Kind::kStore) {
    return cluster_source(request, options, from.address, access, is_dest_too, loop);
  }
  auto store = stores.find(from.address, options);
  if (!store) return std::unexpected(std::move(store.error()));
  return make_store_source(request, options, **store, from.address);
}

Result<std::unique_ptr<pipeline::Sink>> make_sink(const Request& request, const RunOptions& options,
                                                  const Endpoint& dest, const Access& access, RunStores& stores,
                                                  io::EventLoop& loop) {
  switch (dest.kind) {
    case Endpoint::Kind::kCluster:
      return cluster_sink(request, options, dest.address, access, loop);
    case Endpoint::Kind::kNull:
      return std::make_unique<io::NullSink>();
    case Endpoint::Kind::kStore: {
      auto store = stores.find(dest.address, options);
      if (!store) return std::unexpected(std::move(store.error()));
      return make_store_sink(request, options, **store, dest.address);
    }
    case Endpoint::Kind::kFile:
      break;
  }
  return file_sink(request, options, dest.address);
}

/// Reading what one writes at the same time would never end, or lose everything. Indices are compared by the source,
/// which asks the cluster what its names mean.
Status check_not_itself(const Endpoint& source, const Endpoint& dest) {
  if (source.kind != Endpoint::Kind::kFile || dest.kind != Endpoint::Kind::kFile || dest.address == "-") return {};
  struct stat from{};
  struct stat to{};
  if (::stat(source.address.c_str(), &from) == 0 && ::stat(dest.address.c_str(), &to) == 0 &&
      from.st_dev == to.st_dev && from.st_ino == to.st_ino && S_ISREG(to.st_mode)) {
    return std::unexpected(
        validation_error({"reindex cannot write into a file its reading from [" + dest.address + "]"}));
  }
  return {};
}

/// Elasticsearch's own checks of the destination, where that is a store.
Status check_stores(const Request& request, const RunOptions& options, const Endpoint& from, const Endpoint& to,
                    RunStores& stores) {
  if (to.kind != Endpoint::Kind::kStore) return {};
  const auto dest = stores.find(to.address, options);
  if (!dest) return std::unexpected(dest.error());
  bool read_too = false;
  if (from.kind == Endpoint::Kind::kStore) {
    const auto source = stores.find(from.address, options);
    if (!source) return std::unexpected(source.error());
    read_too = *source == *dest;
  }
  return check_store_dest(request, **dest, read_too);
}

bool same_cluster(const Endpoint& source, const Endpoint& dest) {
  if (source.kind != Endpoint::Kind::kCluster || dest.kind != Endpoint::Kind::kCluster) return false;
  const auto from = io::parse_endpoint(source.address);
  const auto to = io::parse_endpoint(dest.address);
  return from && to && from->origin() == to->origin();
}

/// Whether the pipeline that the request names is one of the program's own.
bool runs_pipeline_here(const Request& request, const RunOptions& options) {
  return options.pipelines != nullptr && options.pipelines->find(request.dest.pipeline) != nullptr;
}

/// A file, or nothing at all, has no pipelines of its own.
Status check_pipeline(const Request& request, const RunOptions& options, const Endpoint& to) {
  const std::string& name = request.dest.pipeline;
  const bool has_own = to.kind == Endpoint::Kind::kCluster || to.kind == Endpoint::Kind::kStore;
  if (name.empty() || name == "_none" || has_own || runs_pipeline_here(request, options)) return {};
  return std::unexpected(illegal_argument(
      "[dest.pipeline] names [" + name + "], and " + to.address + (to.kind == Endpoint::Kind::kNull ? "null:" : "") +
      " has no pipelines: give a file that has it with --pipeline FILE (RunOptions::pipelines in a program)"));
}

using Stages = std::vector<std::unique_ptr<pipeline::Stage>>;

Result<Stages> make_stages(const Request& request, const RunOptions& options, const std::string& source_name,
                           Endpoint::Kind kind) {
  const bool source_is_file = kind == Endpoint::Kind::kFile;
  const bool source_filters = kind == Endpoint::Kind::kCluster;
  Stages stages;
  const SourceFields& fields = request.source.fields;
  const bool filter = !source_filters && !fields.everything();
  stages.push_back(std::make_unique<stages::Parse>(stages::ParseOptions{
      .source_name = source_name,
      .keep_structurals =
          (filter || request.script || !request.source.query.empty() || runs_pipeline_here(request, options)) &&
          source_is_file,
      .max_document = options.max_document}));
  if (filter) {
    stages.push_back(std::make_unique<stages::SourceFilter>(fields.includes, fields.excludes));
  }
  if (request.script) {
    auto script = make_script(request, options);
    if (!script) return std::unexpected(std::move(script.error()));
    stages.push_back(std::move(*script));
  }
  stages::RouteOptions route;
  route.index = request.dest.index;
  route.routing = static_cast<stages::RoutingRule>(request.dest.routing);
  route.routing_text = request.dest.routing_text;
  route.create = request.dest.create;
  route.keep_versions = request.dest.external_versions();
  route.types_as_field = options.types;
  stages.push_back(std::make_unique<stages::Route>(std::move(route)));
  if (runs_pipeline_here(request, options)) {
    constexpr std::string_view kVersionTypes[] = {"internal", "external", "external_gte"};
    stages.push_back(std::make_unique<ingest::IngestStage>(ingest::IngestStageOptions{
        .pipelines = options.pipelines,
        .pipeline = request.dest.pipeline,
        .version_type = std::string(kVersionTypes[static_cast<std::size_t>(request.dest.version_type)])}));
  }
  return stages;
}

pipeline::GraphOptions graph_options(const Request& request, const RunOptions& options, bool source_is_file,
                                     bool dest_is_store) {
  pipeline::GraphOptions graph = common_graph_options(request, options);
  if (options.tokens_per_slice == 0) graph.tokens_per_lane = source_is_file ? 2 : kTokensOfCluster;
  // An index has an id once; a file may have it again, and then the later line is meant. Where conflicts are to be
  // expected and end the run, a store stops at the batch that had one, as Elasticsearch does; in general that would
  // cost a third of the speed, and a cluster is too far away to wait for each answer.
  const bool expects_conflicts = request.dest.create || request.dest.external_versions();
  graph.ordered_writes = source_is_file || (dest_is_store && expects_conflicts && !request.proceed_on_conflicts);
  return graph;
}

}  // namespace

pipeline::GraphOptions common_graph_options(const Request& request, const RunOptions& options) {
  pipeline::GraphOptions graph;
  graph.batch_size = static_cast<std::uint32_t>(request.source.size);
  graph.tokens_per_lane = options.tokens_per_slice;
  graph.memory = options.memory;
  graph.requests_per_second = request.requests_per_second;
  graph.smooth = options.smooth;
  graph.max_docs = request.max_docs.value_or(pipeline::Quota::kNoLimit);
  graph.proceed_on_conflicts = request.proceed_on_conflicts;
  graph.max_failures = options.max_failures;
  graph.kept_failures = options.kept_failures;
  graph.threads = options.threads;
  graph.on_failure = options.on_failure;
  graph.on_slice_end = options.on_slice_end;
  graph.on_checkpoint = options.on_checkpoint;
  graph.wait_at_end = options.wait_at_end;
  return graph;
}

Result<Plan> make_plan(const Request& request, const RunOptions& options, io::EventLoop& loop) {
  if (request.kind != RequestKind::kReindex) return make_by_query_plan(request, options);
  auto source = endpoint_of(request.source.remote, options.source, options.source_access, "source");
  if (!source) return std::unexpected(std::move(source.error()));
  const auto& [from, access] = *source;
  auto dest = endpoint_of(request.dest.remote, options.dest, options.dest_access, "dest");
  if (!dest) return std::unexpected(std::move(dest.error()));
  const auto& [to, dest_access] = *dest;
  const bool source_is_file = from.kind == Endpoint::Kind::kFile;
  // Elasticsearch's own checks, for requests that a program has filled in. A file names no index, or one on each line.
  RequestRules rules;
  rules.source_names_index = !source_is_file;
  rules.dest_names_index =
      (to.kind == Endpoint::Kind::kCluster || to.kind == Endpoint::Kind::kStore) && !source_is_file;
  if (Status valid = validate(request, rules); !valid) return std::unexpected(std::move(valid.error()));
  if (auto refused = not_there_yet(request, source_is_file)) return std::unexpected(std::move(*refused));
  if (Status status = check_not_itself(from, to); !status) return std::unexpected(std::move(status.error()));

  if (Status there = check_pipeline(request, options, to); !there) return std::unexpected(std::move(there.error()));
  Request written = request;  // what the destination is asked for
  if (runs_pipeline_here(request, options)) written.dest.pipeline.clear();
  Plan plan;
  if (Status fits = check_stores(request, options, from, to, plan.stores); !fits) {
    return std::unexpected(std::move(fits.error()));
  }
  auto reading = make_source(request, options, from, access, same_cluster(from, to), plan.stores, loop);
  if (!reading) return std::unexpected(std::move(reading.error()));
  plan.source = std::move(*reading);
  auto writing = make_sink(written, options, to, dest_access, plan.stores, loop);
  if (!writing) return std::unexpected(std::move(writing.error()));
  plan.sink = std::move(*writing);
  auto stages = make_stages(request, options, plan.source->name(), from.kind);
  if (!stages) return std::unexpected(std::move(stages.error()));
  plan.stages = std::move(*stages);
  if (source_is_file && !request.source.query.empty()) {
    auto file = file_options(request, options, from.address);
    if (!file) return std::unexpected(std::move(file.error()));
    auto query = FileQuery::make(request, options, std::move(*file));
    if (!query) return std::unexpected(std::move(query.error()));
    plan.file_query = std::move(*query);
  }
  plan.graph = graph_options(request, options, source_is_file, to.kind == Endpoint::Kind::kStore);
  if (request.source.slice) plan.manual_slice = static_cast<std::uint32_t>(request.source.slice->id);
  return plan;
}

}  // namespace sluice
