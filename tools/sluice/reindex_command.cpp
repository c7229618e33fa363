#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "reindex/endpoint.h"
#include "reindex/exit_status.h"
#include "reindex/reindex.h"
#include "reindex/response.h"
#include "reindex/same_file.h"
#include "tools/sluice/command.h"
#include "tools/sluice/failures_file.h"
#include "tools/sluice/progress.h"
#include "tools/sluice/reindex_arguments.h"
#include "tools/sluice/run_watch.h"

namespace sluice::tools {
namespace {

/// The response goes to stdout, unless the documents went there. False: nobody could take it.
bool print_response(const std::string& json, std::FILE* to = stdout) {
  const std::string text = json.ends_with('\n') ? json : json + "\n";
  return std::fwrite(text.data(), 1, text.size(), to) == text.size() && std::fflush(to) == 0;
}

int refuse(const Error& error, ResponseFormat format, std::FILE* to = stdout) {
  print_response(error_json(error, format), to);
  fmt::print(stderr, "sluice reindex: {}\n", error.message());
  return static_cast<int>(exit_status(error));
}

/// Whether the documents go where stdout goes, so that the response would get among them, or over them.
bool documents_on_stdout(const std::string& dest) {
  if (dest == "-" || dest == "file:-") return true;
  const auto endpoint = parse_endpoint_text(dest, "dest");
  if (!endpoint || endpoint->kind != Endpoint::Kind::kFile) return false;
  const auto to = file_facts(endpoint->address, STDOUT_FILENO);
  const auto out = file_facts("-", STDOUT_FILENO);
  return to && out && same_file(*to, *out);
}

/// What people should know beyond the response.
void summarise(const pipeline::RunStatus& status, const ReindexArguments& arguments) {
  if (status.error) {
    fmt::print(stderr, "sluice reindex: {}\n", status.error->message());
    // The answer is Elasticsearch's, which has no place for them.
    if (has_read(status)) {
      fmt::print(stderr, "sluice reindex: until then {}\n", outcomes_text(status.totals.counters));
    }
    return;
  }
  if (arguments.quiet) return;
  const pipeline::Counters& counters = status.totals.counters;
  if (counters.version_conflicts > 0) {
    fmt::print(stderr, "sluice reindex: {} version conflicts\n", grouped(counters.version_conflicts));
  }
  if (counters.failed == 0 && status.failures.empty()) return;
  const std::size_t shown = status.failures.size();
  fmt::print(stderr, "sluice reindex: {} documents failed{}{}\n", grouped(counters.failed),
             counters.failed > shown ? fmt::format(", of which the response lists {}", grouped(shown)) : "",
             arguments.failures_file.empty() ? "; --failures FILE keeps them with their reasons"
                                             : fmt::format("; [{}] has them", arguments.failures_file));
  if (!status.failures.empty()) {
    fmt::print(stderr, "  the first: {}\n", status.failures.front().cause.message());
  }
}

/// The failures file is emptied before the run begins: it must not be what is read, nor what is written. It is there by
/// now, so that the destination is found by any of its names, also where it was not there before.
Status check_failures_file(const FailuresFile& failures, const ReindexArguments& arguments) {
  const auto check = [&](const std::string& path, int standard) -> Status {
    const auto facts = file_facts(path, standard);
    if (!facts || !same_file(*facts, failures.facts())) return {};
    return std::unexpected(illegal_argument(
        fmt::format("[--failures] is [{}], which is read or written already; name another file", path)));
  };
  const auto check_end = [&](const std::string& text, std::string_view which, int standard) -> Status {
    const auto endpoint = parse_endpoint_text(text, which);
    if (!endpoint || endpoint->kind != Endpoint::Kind::kFile) return {};
    return check(endpoint->address, standard);
  };
  if (Status free = check_end(arguments.options.source, "source", STDIN_FILENO); !free) return free;
  if (Status free = check_end(arguments.options.dest, "dest", STDOUT_FILENO); !free) return free;
  for (const std::string& input : arguments.inputs) {
    if (Status free = check(input, STDIN_FILENO); !free) return free;
  }
  return {};
}

Result<std::unique_ptr<FailuresFile>> open_failures_file(const ReindexArguments& arguments) {
  auto opened = FailuresFile::open(arguments.failures_file);
  if (!opened) return opened;
  if (Status free = check_failures_file(**opened, arguments); !free) return std::unexpected(std::move(free.error()));
  if (Status begun = (*opened)->begin(); !begun) return std::unexpected(std::move(begun.error()));
  return opened;
}

int run_request(ReindexArguments arguments, const Signals& signals) {
  std::FILE* const to = documents_on_stdout(arguments.options.dest) ? stderr : stdout;
  std::unique_ptr<FailuresFile> failures;
  if (!arguments.failures_file.empty()) {
    auto opened = open_failures_file(arguments);
    if (!opened) return refuse(opened.error(), arguments.format, to);
    failures = std::move(*opened);
    arguments.options.on_failure = [file = failures.get()](const pipeline::Failure& failure) { file->add(failure); };
  }
  if (!arguments.quiet) {
    for (const std::string& warning : arguments.request.warnings) fmt::print(stderr, "sluice: warning: {}\n", warning);
  }
  auto run = reindex(std::move(arguments.request), std::move(arguments.options));
  if (!run) return refuse(run.error(), arguments.format, to);
  const pipeline::RunStatus status = watch(*run, signals, arguments.progress);
  const bool printed = print_response(response_json(status, arguments.format), to);
  summarise(status, arguments);
  int exit = static_cast<int>(exit_status(status));
  if (failures) {
    if (const Status closed = failures->close(); !closed) {
      fmt::print(stderr, "sluice reindex: {}\n", closed.error().message());
      exit = exit == 0 ? 1 : exit;
    }
  }
  if (!printed) {
    fmt::print(stderr, "sluice reindex: the response can't be written to stdout\n");
    exit = exit == 0 ? 1 : exit;
  }
  return exit;
}

}  // namespace

int reindex_command(int count, const char* const* arguments) {
  ParsedArguments parsed = parse_reindex_arguments(count, arguments);
  if (parsed.error) return refuse(*parsed.error, parsed.format);
  if (!parsed.arguments) return parsed.status;
  const Signals signals;
  return run_request(std::move(*parsed.arguments), signals);
}

}  // namespace sluice::tools
