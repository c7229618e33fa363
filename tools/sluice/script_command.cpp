#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "pipeline/base/json_text.h"
#include "stages/script/script.h"
#include "tools/sluice/command.h"
#include "tools/sluice/document_changes.h"

namespace sluice::tools {
namespace {

constexpr std::string_view kCommand = "sluice script";

struct Options {
  std::string file;
  std::string documents;
  std::string params;
};

/// What is wrong, and under it the place.
void show(const Error& error) {
  fmt::print(stderr, "{}: {}\n", error.reason, error.caused_by ? error.caused_by->message() : error.message());
  for (const auto& [key, json] : error.details) {
    if (key != "script_stack") continue;
    // A JSON array of strings, one a line of the picture.
    std::string_view rest = json;
    while (true) {
      const std::size_t begin = rest.find('"');
      if (begin == std::string_view::npos) break;
      std::size_t end = begin + 1;
      while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
      fmt::print(stderr, "  {}\n", json_unquoted(rest.substr(begin, end + 1 - begin)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

std::shared_ptr<const painless::Script> compiled(const std::string& file, int& status) {
  const auto source = read_whole_file(kCommand, file);
  if (!source) {
    status = kBadEndpointStatus;
    return nullptr;
  }
  auto script = painless::compile(*source, painless::reindex_context());
  if (script) return *script;
  show(script.error());
  status = kBadRequestStatus;
  return nullptr;
}

int check(const Options& options) {
  int status = 0;
  if (compiled(options.file, status) == nullptr) return status;
  fmt::print("{}: compiles\n", options.file);
  return 0;
}

/// One document before and after.
void print_document(const ChangePrinter& printer, const pipeline::Document& before, const pipeline::Document& after) {
  const DocumentPlace place = place_of(before);
  if (after.outcome == pipeline::Outcome::kNoop) {
    fmt::print("= {}noop\n", place.head());
  } else if (after.operation == pipeline::Operation::kDelete) {
    printer.print('-', place, "deleted");
  } else {
    printer.print(place, before.source, place_of(after), after.source);
  }
}

int run(const Options& options) {
  int status = 0;
  auto script = compiled(options.file, status);
  if (script == nullptr) return status;
  pipeline::Batch batch;
  status = read_documents(kCommand, options.documents, batch);
  if (status == kBadEndpointStatus) return status;
  const std::vector<pipeline::Document> before = batch.documents;
  const stages::Script stage(
      {.script = script, .params = options.params, .limits = {}, .now = 0, .has_versions = true});
  const Status ran = stage.apply(batch);
  const ChangePrinter printer;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].outcome == pipeline::Outcome::kPending) print_document(printer, before[i], batch.documents[i]);
  }
  if (ran) return status;
  show(ran.error());
  return kFailedStatus;
}

}  // namespace

int script_command(int count, const char* const* arguments) {
  CLI::App app("Try Painless scripts: check that one compiles, or run it over documents", std::string(kCommand));
  app.require_subcommand(1);
  Options options;
  CLI::App* checking = app.add_subcommand("check", "Compile a script; an error is shown under its place");
  checking->add_option("FILE", options.file, "The script, - for standard input")->required();
  CLI::App* running = app.add_subcommand("run", "Run a script over documents and show them before and after");
  running->add_option("FILE", options.file, "The script, - for standard input")->required();
  running->add_option("--docs", options.documents, "NDJSON: hits, bulk pairs or bare documents")->required();
  running->add_option("--params", options.params, "The script's params, a JSON object");
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : kBadRequestStatus;
  }
  return checking->parsed() ? check(options) : run(options);
}

}  // namespace sluice::tools
