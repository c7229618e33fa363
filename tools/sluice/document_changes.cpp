#include "tools/sluice/document_changes.h"

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/core.h>
#include <unistd.h>

#include "pipeline/base/json_text.h"
#include "stages/parse/parse.h"

namespace sluice::tools {

namespace {

pipeline::PageFormat format_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.find("\"_source\"") != std::string_view::npos) return pipeline::PageFormat::kHits;
  const bool action = line.starts_with(R"({"index")") || line.starts_with(R"({"create")");
  return action ? pipeline::PageFormat::kBulk : pipeline::PageFormat::kDocs;
}

std::optional<std::string> text_of(std::string_view token) {
  return token.empty() ? std::nullopt : std::optional<std::string>(json_unquoted(token));
}

}  // namespace

std::optional<std::string> read_whole_file(std::string_view command, const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    fmt::print(stderr, "{}: [{}] can't be read; give the path of a file, or - for standard input\n", command, path);
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

int read_documents(std::string_view command, const std::string& path, pipeline::Batch& batch) {
  const auto text = read_whole_file(command, path);
  if (!text) return kBadEndpointStatus;
  batch.page.bytes.append(*text);
  batch.page.format = format_of(*text);
  batch.page.last = true;
  batch.max_documents = UINT32_MAX;
  const stages::Parse parse({.source_name = path, .keep_structurals = true});
  if (Status parsed = parse.apply(batch); !parsed) {
    fmt::print(stderr, "{}: {}\n", command, parsed.error().message());
    return kBadEndpointStatus;
  }
  for (const pipeline::Failure& failure : batch.failures)
    fmt::print(stderr, "{}: [{}]: {}\n", command, path, failure.cause.message());
  return batch.failures.empty() ? 0 : kFailedStatus;
}

std::string DocumentPlace::head() const {
  return index.value_or("-") + "/" + id.value_or("-") + (routing ? " routing " + *routing : "") + " ";
}

DocumentPlace place_of(const pipeline::Document& document) {
  return {text_of(document.index), text_of(document.id), text_of(document.routing)};
}

ChangePrinter::ChangePrinter() : color_(::isatty(STDOUT_FILENO) != 0) {}

void ChangePrinter::print(char sign, const DocumentPlace& place, std::string_view what) const {
  const char* const begin = !color_ ? "" : sign == '-' ? "\x1b[31m" : "\x1b[32m";
  fmt::print("{}{} {}{}{}\n", begin, sign, place.head(), what, color_ ? "\x1b[0m" : "");
}

void ChangePrinter::print(const DocumentPlace& before, std::string_view old_source, const DocumentPlace& after,
                          std::string_view new_source) const {
  if (before.head() == after.head() && old_source == new_source) {
    fmt::print("= {}{}\n", after.head(), new_source);
    return;
  }
  print('-', before, old_source);
  print('+', after, new_source);
}

}  // namespace sluice::tools
