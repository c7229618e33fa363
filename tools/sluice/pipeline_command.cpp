#include <chrono>
#include <cstdio>
#include <map>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "pipeline/base/json_text.h"
#include "tools/sluice/command.h"
#include "tools/sluice/document_changes.h"
#include "tools/sluice/pipeline_file.h"

namespace sluice::tools {
namespace {

constexpr std::string_view kCommand = "sluice pipeline";

struct Options {
  std::string file;
  std::string documents;
  std::string name;
  std::string databases;
};

void show(const Error& error) {
  std::string place;
  for (const auto& [key, json] : error.details) {
    if (key == "processor_type") place += "processor [" + json_unquoted(json) + "] ";
    if (key == "processor_tag") place += "tag [" + json_unquoted(json) + "] ";
  }
  fmt::print(stderr, "sluice pipeline: {}{}\n", place, error.message());
  for (const auto& [key, json] : error.details) {
    if (key == "suppressed") fmt::print(stderr, "  and: {}\n", json);
  }
}

/// Adds up how long each step took.
class Clock final : public ingest::Tracker {
 public:
  void after(const ingest::Step& step, ingest::StepStatus status, std::optional<bool>, const Error*,
             std::chrono::nanoseconds took, ingest::Execution&) override {
    auto [at, added] = number_.try_emplace(&step, lines_.size());
    if (added) lines_.push_back({step.tag.empty() ? step.type : step.type + ":" + step.tag, {}, 0, 0});
    Line& line = lines_[at->second];
    line.took += took;
    ++line.count;
    const bool failed = status == ingest::StepStatus::kError || status == ingest::StepStatus::kErrorIgnored;
    line.failed += failed ? 1 : 0;
  }

  void print() const {
    fmt::print(stderr, "{:>12} {:>10} {:>8}  processor\n", "us/document", "documents", "failed");
    for (const Line& line : lines_) {
      fmt::print(stderr, "{:>12.3f} {:>10} {:>8}  {}\n",
                 static_cast<double>(line.took.count()) / 1000 / static_cast<double>(line.count), line.count,
                 line.failed, line.name);
    }
  }

 private:
  struct Line {
    std::string name;
    std::chrono::nanoseconds took;
    std::uint64_t count;
    std::uint64_t failed;
  };
  std::map<const ingest::Step*, std::size_t> number_;
  std::vector<Line> lines_;
};

int check(const Options& options) {
  const auto set = read_pipeline_file(options.file, options.databases);
  if (!set) {
    show(set.error());
    return set.error().type == "illegal_argument_exception" ? kBadEndpointStatus : kBadRequestStatus;
  }
  for (const auto& pipeline : (*set)->all()) {
    fmt::print("{}: {} processors{}\n", pipeline->id(), pipeline->steps().size(),
               pipeline->description().empty() ? "" : ", " + pipeline->description());
  }
  return 0;
}

class Runner {
 public:
  Runner(const ingest::Pipeline& pipeline, const ingest::PipelineLookup& pipelines)
      : pipeline_(pipeline), pipelines_(pipelines) {
    run_.set_tracker(&clock_);
  }

  /// One document before and after. False: it failed.
  bool run(const pipeline::Document& document) {
    const DocumentPlace before = place_of(document);
    ingest::DocumentMetadata metadata;
    metadata.index = before.index.value_or("-");
    metadata.id = before.id;
    metadata.routing = before.routing;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    Buffer source(document.source.size());
    source.append(document.source);
    Status done = run_.begin(source.view(), metadata, std::chrono::nanoseconds(now).count());
    if (done) done = run_.run(pipeline_, pipelines_);
    std::string written;
    const bool dropped = done && run_.dropped();
    if (done && !dropped) done = run_.document().write_source(written);
    if (!done) {
      printer_.print('-', before, document.source);
      fmt::print("! {}: {}\n", done.error().type, done.error().message());
      return false;
    }
    if (dropped) {
      printer_.print('-', before, "dropped");
      return true;
    }
    const ingest::DocumentMetadata after = run_.document().metadata();
    printer_.print(before, document.source, {after.index, after.id, after.routing}, written);
    return true;
  }

  void print_times() const { clock_.print(); }

 private:
  const ingest::Pipeline& pipeline_;
  const ingest::PipelineLookup& pipelines_;
  ingest::Execution run_;
  Clock clock_;
  ChangePrinter printer_;
};

int run(const Options& options) {
  const auto set = read_pipeline_file(options.file, options.databases);
  if (!set) {
    show(set.error());
    return set.error().type == "illegal_argument_exception" ? kBadEndpointStatus : kBadRequestStatus;
  }
  const auto pipeline =
      options.name.empty() && !(*set)->all().empty() ? (*set)->all().front() : (*set)->find(options.name);
  if (pipeline == nullptr) {
    fmt::print(stderr, "{}: [{}] has no pipeline of the name [{}]\n", kCommand, options.file, options.name);
    return kBadRequestStatus;
  }
  pipeline::Batch batch;
  int status = read_documents(kCommand, options.documents, batch);
  if (status == kBadEndpointStatus) return status;
  Runner runner(*pipeline, **set);
  for (const pipeline::Document& document : batch.documents) {
    const bool written = document.operation != pipeline::Operation::kDelete;
    if (document.outcome == pipeline::Outcome::kPending && written && !runner.run(document)) status = kFailedStatus;
  }
  runner.print_times();
  return status;
}

}  // namespace

int pipeline_command(int count, const char* const* arguments) {
  CLI::App app("Try ingest pipelines: check that one compiles, or run it over documents", std::string(kCommand));
  app.require_subcommand(1);
  Options options;
  CLI::App* checking =
      app.add_subcommand("check", "Compile a pipeline, or all of a file; says what is wrong, and where");
  checking->add_option("FILE", options.file, "A JSON file: one pipeline, or several by their names")->required();
  CLI::App* running = app.add_subcommand("run",
                                         "Run a pipeline over documents; shows them before and after, and how "
                                         "long each processor took");
  running->add_option("FILE", options.file, "A JSON file: one pipeline, or several by their names")->required();
  running->add_option("--docs", options.documents, "NDJSON: hits, bulk pairs or bare documents; - for stdin")
      ->required();
  running->add_option("--name", options.name, "Which of several pipelines; the first unless given");
  for (CLI::App* command : {checking, running}) {
    command->add_option(
        "--databases", options.databases,
        "The folder with databases of geoip and regex files of user_agent; ingest-geoip beside FILE unless "
        "given");
  }
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : kBadRequestStatus;
  }
  return checking->parsed() ? check(options) : run(options);
}

}  // namespace sluice::tools
