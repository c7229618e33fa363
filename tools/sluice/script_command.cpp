#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <unistd.h>

#include "pipeline/base/json_text.h"
#include "stages/parse/parse.h"
#include "stages/script/script.h"
#include "tools/sluice/command.h"

namespace sluice::tools {
namespace {

constexpr int kFailed = 1;
constexpr int kBadRequest = 2;
constexpr int kBadEndpoint = 3;

struct Options {
  std::string file;
  std::string documents;
  std::string params;
  bool color = false;
};

/// A whole file, or standard input for `-`. Nothing: it can't be read, and that was said.
std::optional<std::string> contents(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    fmt::print(stderr, "sluice: [{}] can't be read; give the path of a file, or - for standard input\n", path);
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

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
  const auto source = contents(file);
  if (!source) {
    status = kBadEndpoint;
    return nullptr;
  }
  auto script = painless::compile(*source, painless::changing_context());
  if (script) return *script;
  show(script.error());
  status = kBadRequest;
  return nullptr;
}

int check(const Options& options) {
  int status = 0;
  if (compiled(options.file, status) == nullptr) return status;
  fmt::print("{}: compiles\n", options.file);
  return 0;
}

/// The first line says which of the formats it is, as for `reindex`.
pipeline::PageFormat format_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.find("\"_source\"") != std::string_view::npos) return pipeline::PageFormat::kHits;
  const bool action = line.starts_with(R"({"index")") || line.starts_with(R"({"create")");
  return action ? pipeline::PageFormat::kBulk : pipeline::PageFormat::kDocs;
}

void print_change(const Options& options, char sign, std::string_view text) {
  const char* const begin = !options.color ? "" : sign == '-' ? "\x1b[31m" : "\x1b[32m";
  fmt::print("{}{} {}{}\n", begin, sign, text, options.color ? "\x1b[0m" : "");
}

/// One document before and after.
void print_document(const Options& options, const pipeline::Document& before, const pipeline::Document& after) {
  const auto head = [](const pipeline::Document& document) {
    return fmt::format("{}/{}{}", document.index.empty() ? "-" : json_unquoted(document.index),
                       document.id.empty() ? "-" : json_unquoted(document.id),
                       document.routing.empty() ? "" : " routing " + json_unquoted(document.routing));
  };
  if (after.outcome == pipeline::Outcome::kNoop) {
    fmt::print("= {} noop\n", head(before));
    return;
  }
  if (after.operation == pipeline::Operation::kDelete) {
    print_change(options, '-', fmt::format("{} deleted", head(before)));
    return;
  }
  if (head(before) == head(after) && before.source == after.source) {
    fmt::print("= {} {}\n", head(before), before.source);
    return;
  }
  print_change(options, '-', fmt::format("{} {}", head(before), before.source));
  print_change(options, '+', fmt::format("{} {}", head(after), after.source));
}

int run(const Options& options) {
  int status = 0;
  auto script = compiled(options.file, status);
  if (script == nullptr) return status;
  const auto documents = contents(options.documents);
  if (!documents) return kBadEndpoint;
  pipeline::Batch batch;
  batch.page.bytes.append(*documents);
  batch.page.format = format_of(*documents);
  batch.page.last = true;
  batch.max_documents = UINT32_MAX;
  const stages::Parse parse({.source_name = options.documents, .keep_structurals = true});
  if (Status parsed = parse.apply(batch); !parsed) {
    fmt::print(stderr, "sluice: {}\n", parsed.error().message());
    return kBadEndpoint;
  }
  for (const pipeline::Failure& failure : batch.failures) {
    fmt::print(stderr, "sluice: [{}]: {}\n", options.documents, failure.cause.message());
    status = kFailed;
  }
  const std::vector<pipeline::Document> before = batch.documents;
  const stages::Script stage(
      {.script = script, .params = options.params, .limits = {}, .now = 0, .has_versions = true});
  const Status ran = stage.apply(batch);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].outcome == pipeline::Outcome::kPending) print_document(options, before[i], batch.documents[i]);
  }
  if (ran) return status;
  show(ran.error());
  return kFailed;
}

}  // namespace

int script_command(int count, const char* const* arguments) {
  CLI::App app("Try Painless scripts: check that one compiles, or run it over documents", "sluice script");
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
    return app.exit(problem) == 0 ? 0 : kBadRequest;
  }
  options.color = ::isatty(STDOUT_FILENO) != 0;
  return checking->parsed() ? check(options) : run(options);
}

}  // namespace sluice::tools
