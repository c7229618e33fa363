#include "reindex/plan.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "io/ndjson/file_sink.h"
#include "io/ndjson/file_source.h"
#include "io/ndjson/null_sink.h"
#include "pipeline/base/json_text.h"
#include "reindex/cluster_ends.h"
#include "reindex/endpoint.h"
#include "reindex/project_ends.h"
#include "reindex/same_file.h"
#include "reindex/script_plan.h"
#include "stages/ingest/ingest_stage.h"
#include "stages/parse/parse.h"
#include "stages/route/route.h"
#include "stages/source_filter/source_filter.h"

namespace sluice {

namespace {

constexpr std::uint32_t kTokensOfCluster = 4;

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
  return std::pair(Endpoint{Endpoint::Kind::kCluster, remote->url()}, access_of(*remote, given));
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
    return make_cluster_source(request, options, from.address, access, is_dest_too, loop);
  }
  auto store = stores.find(from.address, options);
  if (!store) return std::unexpected(std::move(store.error()));
  return make_store_source(request, options, **store, from.address);
}

Result<std::unique_ptr<pipeline::Source>> projects_source(const Request& request, const RunOptions& options,
                                                          ProjectChoice choice, const Endpoint& from, RunStores& stores,
                                                          io::EventLoop& loop) {
  auto store = stores.find(from.address, options);
  if (!store) return std::unexpected(std::move(store.error()));
  return make_projects_source(request, options, std::move(choice), **store, from.address, loop);
}

Result<std::unique_ptr<pipeline::Sink>> make_sink(const Request& request, const RunOptions& options,
                                                  const Endpoint& dest, const Access& access, RunStores& stores,
                                                  io::EventLoop& loop) {
  switch (dest.kind) {
    case Endpoint::Kind::kCluster:
      return make_cluster_sink(request, options, dest.address, access, loop);
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

/// Reading what one writes at the same time would never end, or lose everything; a shell may have opened either side
/// already. Indices are compared by the source, which asks the cluster what its names mean.
Status check_not_itself(const Endpoint& source, const Endpoint& dest) {
  if (source.kind != Endpoint::Kind::kFile || dest.kind != Endpoint::Kind::kFile) return {};
  const auto from = file_facts(source.address, STDIN_FILENO);
  const auto to = file_facts(dest.address, STDOUT_FILENO);
  if (!from || !to || !same_file(*from, *to)) return {};
  return std::unexpected(
      validation_error({"reindex cannot write into a file its reading from [" + dest.address + "]"}));
}

/// Elasticsearch's own checks of the destination, where that is a store. `reads_here`: the source's store is read.
Status check_stores(const Request& request, const RunOptions& options, const Endpoint& from, const Endpoint& to,
                    bool reads_here, RunStores& stores) {
  if (to.kind != Endpoint::Kind::kStore) return {};
  const auto dest = stores.find(to.address, options);
  if (!dest) return std::unexpected(dest.error());
  bool read_too = false;
  if (from.kind == Endpoint::Kind::kStore && reads_here) {
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
      "[dest.pipeline] names [" + name + "], and " + to.address +
      " has no pipelines: give a file that has it with --pipeline FILE (RunOptions::pipelines in a program)"));
}

/// A file, or nothing at all, has no aliases and no copies of shards: who asks for them is told so. What is written
/// there can be seen at once, as [refresh] wants it.
Status check_promises(const Request& request, const Endpoint& to) {
  if (to.kind == Endpoint::Kind::kCluster || to.kind == Endpoint::Kind::kStore) return {};
  const auto refuse = [&](const std::string& name, const std::string& what) {
    return std::unexpected(
        illegal_argument("[" + name + "] can't be kept: [" + to.address + "] has no " + what + "; leave it out"));
  };
  if (request.require_alias) return refuse("require_alias", "aliases");
  if (!request.wait_for_active_shards.empty()) return refuse("wait_for_active_shards", "shards");
  return {};
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

namespace {

/// What is read where other projects are linked to the store; nothing: there are none.
Result<std::optional<ProjectChoice>> choice_of_projects(const Request& request, const RunOptions& options,
                                                        const Endpoint& from) {
  if (options.projects.empty() || from.kind != Endpoint::Kind::kStore) return std::nullopt;
  auto choice = choose_projects(request.source, aliases_of(options.projects));
  if (!choice) return std::unexpected(std::move(choice.error()));
  return std::move(*choice);
}

/// Elasticsearch's own checks, for requests that a program has filled in. A file names no index, or one on each line.
Status check_request(const Request& request, const RunOptions& options, const Endpoint& from, const Endpoint& to) {
  const bool source_is_file = from.kind == Endpoint::Kind::kFile;
  RequestRules rules;
  rules.source_names_index = !source_is_file;
  rules.dest_names_index =
      (to.kind == Endpoint::Kind::kCluster || to.kind == Endpoint::Kind::kStore) && !source_is_file;
  if (from.kind == Endpoint::Kind::kStore) rules.projects = aliases_of(options.projects);
  if (Status valid = validate(request, rules); !valid) return valid;
  if (auto refused = not_there_yet(request, source_is_file)) return std::unexpected(std::move(*refused));
  if (Status status = check_not_itself(from, to); !status) return status;
  if (Status status = check_promises(request, to); !status) return status;
  return check_pipeline(request, options, to);
}

/// Opens nothing but files and stores.
Status add_ends(const Request& request, const RunOptions& options, const std::pair<Endpoint, Access>& source,
                const std::pair<Endpoint, Access>& dest, io::EventLoop& loop, Plan& plan) {
  const auto& [from, access] = source;
  const auto& [to, dest_access] = dest;
  auto choice = choice_of_projects(request, options, from);
  if (!choice) return std::unexpected(std::move(choice.error()));
  const bool one_project = !*choice;
  const bool reads_here = one_project || (*choice)->origin() != nullptr;
  if (Status fits = check_stores(one_project ? request : origin_request(request, **choice), options, from, to,
                                 reads_here, plan.stores);
      !fits) {
    return fits;
  }
  plan.several_projects = !one_project && (*choice)->read() > 1;
  auto reading = one_project ? make_source(request, options, from, access, same_cluster(from, to), plan.stores, loop)
                             : projects_source(request, options, std::move(**choice), from, plan.stores, loop);
  if (!reading) return std::unexpected(std::move(reading.error()));
  plan.source = std::move(*reading);
  Request written = request;  // what the destination is asked for
  if (runs_pipeline_here(request, options)) written.dest.pipeline.clear();
  auto writing = make_sink(written, options, to, dest_access, plan.stores, loop);
  if (!writing) return std::unexpected(std::move(writing.error()));
  plan.sink = std::move(*writing);
  return {};
}

}  // namespace

Result<Plan> make_plan(const Request& request, const RunOptions& options, io::EventLoop& loop) {
  if (request.kind != RequestKind::kReindex) return make_by_query_plan(request, options);
  auto source = endpoint_of(request.source.remote, options.source, options.source_access, "source");
  if (!source) return std::unexpected(std::move(source.error()));
  auto dest = endpoint_of(request.dest.remote, options.dest, options.dest_access, "dest");
  if (!dest) return std::unexpected(std::move(dest.error()));
  const Endpoint& from = source->first;
  const Endpoint& to = dest->first;
  if (Status right = check_request(request, options, from, to); !right) {
    return std::unexpected(std::move(right.error()));
  }
  Plan plan;
  if (Status added = add_ends(request, options, *source, *dest, loop, plan); !added) {
    return std::unexpected(std::move(added.error()));
  }
  auto stages = make_stages(request, options, plan.source->name(), from.kind);
  if (!stages) return std::unexpected(std::move(stages.error()));
  plan.stages = std::move(*stages);
  const bool source_is_file = from.kind == Endpoint::Kind::kFile;
  if (source_is_file && !request.source.query.empty()) {
    auto file = file_options(request, options, from.address);
    if (!file) return std::unexpected(std::move(file.error()));
    auto query = FileQuery::make(request, options, std::move(*file));
    if (!query) return std::unexpected(std::move(query.error()));
    plan.file_query = std::move(*query);
  }
  plan.graph = graph_options(request, options, source_is_file, to.kind == Endpoint::Kind::kStore);
  // Which of several documents with one id is the last must not depend on which answer comes first.
  const bool sorted = from.kind == Endpoint::Kind::kStore && !sorts_by_doc(request.source.sort);
  if (plan.several_projects || sorted) plan.graph.ordered_writes = true;
  if (request.source.slice) plan.manual_slice = static_cast<std::uint32_t>(request.source.slice->id);
  return plan;
}

}  // namespace sluice
