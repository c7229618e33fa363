#include <fstream>
#include <iterator>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "reindex/file_query.h"
#include "tools/sluice/command.h"

namespace sluice::tools {
namespace {

constexpr int kBadRequest = 2;
constexpr int kBadEndpoint = 3;

struct Options {
  std::string query;
  std::string source;
  std::string mapping;
};

int explain(const Options& options) {
  RunOptions run;
  run.source = options.source;
  if (!options.mapping.empty()) {
    std::ifstream in(options.mapping, std::ios::binary);
    if (!in) {
      fmt::print(stderr, "sluice explain: [--mapping] can't be read from [{}]: no such file, or not readable\n",
                 options.mapping);
      return kBadEndpoint;
    }
    run.source_mapping.assign(std::istreambuf_iterator<char>(in), {});
  }
  if (options.source.empty() && options.mapping.empty()) {
    fmt::print(stderr,
               "sluice explain: a query means something only for fields of a type: give --source FILE, whose documents "
               "tell them, or --mapping FILE\n");
    return kBadRequest;
  }
  Request request;
  request.source.query = options.query;
  auto plan = explain_query(request, run);
  if (!plan) {
    fmt::print(stderr, "sluice explain: {}\n", plan.error().message());
    return plan.error().kind == ErrorKind::kBadRequest ? kBadRequest : kBadEndpoint;
  }
  fmt::print("{}", *plan);
  return 0;
}

}  // namespace

int explain_command(int count, const char* const* arguments) {
  CLI::App app("Shows how a query on a file is answered: what is read of each document, and what is compared how.");
  app.name("sluice explain");
  Options options;
  app.add_option("--query", options.query, "A query, as JSON")->required();
  app.add_option("--source", options.source, "The file: its documents tell what the fields are");
  app.add_option("--mapping", options.mapping, "A JSON file with the mapping, instead");
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : kBadRequest;
  }
  return explain(options);
}

}  // namespace sluice::tools
