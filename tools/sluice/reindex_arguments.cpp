#include "tools/sluice/reindex_arguments.h"

#include <functional>
#include <utility>

#include <CLI/CLI.hpp>

#include "tools/sluice/pipeline_file.h"

namespace sluice::tools {
namespace {

constexpr int kWrongOptions = 2;
constexpr const char* kBody = "Request";
constexpr const char* kParameters = "Parameters of the API";
constexpr const char* kFiles = "Files and limits";
constexpr const char* kOutput = "Output";

/// A URL parameter as an option of the same name with dashes. Its text is checked where the API checks it.
void add_parameter(CLI::App& app, RawOptions& raw, const std::string& name, const std::string& help,
                   bool flag = false) {
  std::string option = "--" + name;
  for (char& c : option) {
    if (c == '_') c = '-';
  }
  const auto add = [&raw, name](const std::string& text) { raw.url_parameters.emplace_back(name, text); };
  CLI::Option* added = app.add_option_function<std::string>(option, add, help)->group(kParameters);
  if (flag) added->expected(0, 1)->default_str("true");
}

void add_parameters(CLI::App& app, RawOptions& raw) {
  add_parameter(app, raw, "slices", "How many parts are copied side by side: a number, or auto");
  add_parameter(app, raw, "requests_per_second", "At most so many documents a second; -1: no limit");
  add_parameter(app, raw, "max_docs", "Stop after so many documents");
  add_parameter(app, raw, "refresh", "Refresh the destination in the end", true);
  add_parameter(app, raw, "timeout", "How long a bulk waits for shards to be there");
  add_parameter(app, raw, "wait_for_active_shards", "Shard copies that must be active before a bulk: a number, or all");
  add_parameter(app, raw, "scroll", "How long a search context lives between two pages");
  add_parameter(app, raw, "require_alias", "Refuse a destination that is no alias", true);
  add_parameter(app, raw, "wait_for_completion", "Must stay true here: the command is the task", true);
}

void add_request(CLI::App& app, RawOptions& raw) {
  const auto option = [&](const char* name, auto& target, const char* help) {
    return app.add_option(name, target, help)->group(kBody);
  };
  option("BODY", raw.body_file, "A file with the body of a _reindex request; - is stdin");
  option("-d,--data", raw.body_text, "The body itself, or @FILE, as curl has it");
  option("--source", raw.source,
         "Where to read: http(s)://[USER:PASSWORD@]HOST:PORT[/PREFIX], store:DIR, a path, - or file:PATH");
  option("--dest", raw.dest, "Where to write: likewise, or null:");
  option("--source-index", raw.source_indices, "source.index; several by comma")
      ->delimiter(',')
      ->allow_extra_args(false);
  option("--dest-index", raw.dest_index, "dest.index");
  option("--source-includes", raw.includes, "source._source.includes: fields to copy, by comma")
      ->delimiter(',')
      ->allow_extra_args(false);
  option("--source-excludes", raw.excludes, "source._source.excludes: fields to leave out, by comma")
      ->delimiter(',')
      ->allow_extra_args(false);
  option("--query", raw.query, "source.query, as JSON");
  option("--size", raw.size, "source.size: documents in a batch (1000)");
  option("--conflicts", raw.conflicts, "abort (default), or proceed: count version conflicts and go on");
  option("--op-type", raw.op_type, "dest.op_type: index (default) or create");
  option("--version-type", raw.version_type, "dest.version_type: internal (default), external, external_gte");
  option("--routing", raw.routing, "dest.routing: keep (default), discard, or =TEXT");
  option(
      "--pipeline", raw.pipeline,
      "dest.pipeline: an ingest pipeline of the destination, or a JSON file with one, or with several by their names "
      "of which the first is meant; that of a file runs here");
  option("--databases", raw.databases,
         "the folder with databases of that pipeline's geoip and user_agent; ingest-geoip beside it unless given");
}

void add_files(CLI::App& app, RawOptions& raw) {
  const auto option = [&](const char* name, auto& target, const char* help) {
    return app.add_option(name, target, help)->group(kFiles);
  };
  option("--format", raw.format, "Of the file that is written, else of the one that is read: hits, bulk or docs");
  option("--source-format", raw.source_format, "Of the file that is read; recognised by its first lines unless given");
  option("--dest-format", raw.dest_format, "Of the file that is written (hits)");
  option("--mapping", raw.mapping_file,
         "A JSON file with the mapping of the file that is read, for --query; else it is learned from the documents");
  option("--memory", raw.memory, "Bytes of documents in memory at a time (256mb)");
  option("--max-document", raw.max_document, "The longest line of a file (100mb)");
  option("--retry-for", raw.retry_for, "How long to try again what an endpoint refuses for the moment (10m)");
  option("--max-failures", raw.max_failures, "Go on until more documents than N, or P%, have failed (0)");
  option("--failures", raw.failures_file, "Keep each refused document with its reason in this file, as NDJSON");
  option("--threads", raw.threads, "Workers; one a core unless given")->check(CLI::Range(0, 1024));
  app.add_flag("--smooth", raw.smooth, "Throttle at a steady pace instead of whole batches and waits")->group(kFiles);
  app.add_flag("--types", raw.types, "Keep the _type of old versions as a field")->group(kFiles);
}

void add_side(CLI::App& app, RawOptions::Side& side, const std::string& prefix, const std::string& whose) {
  const std::string group = "Access to " + whose;
  const std::string dashes = "--" + prefix;
  if (!prefix.empty()) {
    app.add_option(dashes + "user", side.user, "USER:PASSWORD")->group(group);
    app.add_option(dashes + "api-key", side.api_key, "Sent as Authorization: ApiKey")->group(group);
    app.add_option(dashes + "header", side.headers, "'Name: value', any number of times")
        ->allow_extra_args(false)
        ->group(group);
  }
  app.add_option(dashes + "cacert", side.cacert, "PEM file of the authorities to trust")->group(group);
  app.add_option(dashes + "cert", side.cert, "PEM file of the client's certificate")->group(group);
  app.add_option(dashes + "key", side.key, "PEM file of the client's key")->group(group);
  app.add_flag(dashes + "insecure", side.insecure, "Trust any certificate")->group(group);
}

void add_output(CLI::App& app, RawOptions& raw) {
  app.add_flag("--human", raw.human, "Durations in the response also as people read them")->group(kOutput);
  app.add_flag("--pretty", raw.pretty, "The response on several lines")->group(kOutput);
  app.add_flag("-q,--quiet", raw.quiet, "Nothing on stderr but errors")->group(kOutput);
  app.add_option("--progress", raw.progress, "auto, plain (a line now and then), json (a line a second), none")
      ->check(CLI::IsMember({"auto", "plain", "json", "none"}))
      ->group(kOutput);
}

constexpr const char* kFooter =
    "The response goes to stdout as Elasticsearch's JSON, progress and messages to stderr.\n"
    "SIGUSR1 halves requests per second, SIGUSR2 doubles them; Ctrl-C ends the run with a true response.\n"
    "Exit status: 0 done; 1 done with failures or conflicts, or ended by an error on the way; 2 the request is wrong;\n"
    "3 an endpoint could not be used, and nothing has been read; 130 cancelled.";

ProgressMode progress_mode(const RawOptions& raw) {
  if (raw.progress == "json") return ProgressMode::kJson;
  if (raw.quiet || raw.progress == "none") return ProgressMode::kNone;
  return raw.progress == "plain" ? ProgressMode::kPlain : ProgressMode::kAuto;
}

/// Loads the file that `--pipeline` names, if it does; the name is that of its first pipeline then.
Result<std::shared_ptr<const ingest::PipelineSet>> take_pipeline_file(RawOptions& raw) {
  if (raw.pipeline.empty() || !is_pipeline_file(raw.pipeline)) return nullptr;
  auto set = read_pipeline_file(raw.pipeline, raw.databases);
  if (!set) return set;
  if ((*set)->all().empty())
    return std::unexpected(illegal_argument("[--pipeline]: there is no pipeline in [" + raw.pipeline + "]"));
  raw.pipeline = (*set)->all().front()->id();
  return set;
}

/// Files that are read before the run begins.
std::vector<std::string> input_files(const RawOptions& raw) {
  std::vector<std::string> files;
  for (const std::string& file : {raw.body_file, raw.mapping_file}) {
    if (!file.empty()) files.push_back(file);
  }
  if (!raw.pipeline.empty() && is_pipeline_file(raw.pipeline)) files.push_back(raw.pipeline);
  return files;
}

ParsedArguments assemble(RawOptions raw) {
  ParsedArguments parsed;
  parsed.format = {.human = raw.human, .pretty = raw.pretty};
  std::vector<std::string> inputs = input_files(raw);
  auto pipelines = take_pipeline_file(raw);
  if (!pipelines) {
    parsed.error = std::move(pipelines.error());
    return parsed;
  }
  auto request = make_request(raw);
  if (!request) {
    parsed.error = std::move(request.error());
    return parsed;
  }
  auto options = make_run_options(raw);
  if (!options) {
    parsed.error = std::move(options.error());
    return parsed;
  }
  options->pipelines = std::move(*pipelines);
  parsed.arguments = ReindexArguments{.request = std::move(*request),
                                      .options = std::move(*options),
                                      .format = parsed.format,
                                      .progress = progress_mode(raw),
                                      .quiet = raw.quiet,
                                      .failures_file = raw.failures_file,
                                      .inputs = std::move(inputs)};
  return parsed;
}

}  // namespace

ParsedArguments parse_reindex_arguments(int count, const char* const* arguments) {
  RawOptions raw;
  CLI::App app("Copies documents from a source to a destination, as Elasticsearch's _reindex describes it.",
               "sluice reindex");
  app.footer(kFooter);
  add_request(app, raw);
  add_parameters(app, raw);
  add_files(app, raw);
  add_side(app, raw.source_side, "source-", "the source");
  add_side(app, raw.dest_side, "dest-", "the destination");
  add_side(app, raw.both_sides, "", "both");
  add_output(app, raw);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    ParsedArguments parsed;
    parsed.status = app.exit(error) == 0 ? 0 : kWrongOptions;
    return parsed;
  }
  if (raw.body_text.starts_with('@') && raw.body_file.empty()) {
    raw.body_file = raw.body_text.substr(1);
    raw.body_text.clear();
  }
  return assemble(raw);
}

}  // namespace sluice::tools
