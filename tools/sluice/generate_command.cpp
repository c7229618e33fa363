#include "tools/sluice/generate_command.h"

#include <cerrno>
#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "benchmarks/data/corpus.h"
#include "benchmarks/data/corpus_writer.h"
#include "io/ndjson/format.h"
#include "pipeline/base/units.h"

namespace sluice::tools {
namespace {

constexpr int kBadRequest = 2;
constexpr int kBadEndpoint = 3;
constexpr std::size_t kWriteBytes = std::size_t{1} << 20;

struct Options {
  std::string corpus;
  std::uint64_t documents = 100'000;
  std::string bytes;
  std::uint64_t seed = 1;
  std::string format = "hits";
  std::string index;  ///< empty: the corpus's name
  std::string output = "-";
};

/// Where the lines go. Owns the descriptor unless it is stdout.
class Output {
 public:
  static Result<Output> open(const std::string& path) {
    if (path == "-") return Output("stdout", STDOUT_FILENO);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return std::unexpected(problem(path));
    return Output(path, file);
  }
  Output(Output&& other) noexcept : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  Output& operator=(Output&&) = delete;
  ~Output() {
    if (file_ > STDERR_FILENO) ::close(file_);
  }

  Status write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return std::unexpected(problem(path_));
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }
  /// A full disk may be noticed only here.
  Status close() {
    const int file = std::exchange(file_, -1);
    if (file > STDERR_FILENO && ::close(file) != 0) return std::unexpected(problem(path_));
    return {};
  }

 private:
  Output(std::string path, int file) : path_(std::move(path)), file_(file) {}
  static Error problem(const std::string& path) {
    return io::file_error("write", path, errno, "choose another file with -o");
  }
  std::string path_;
  int file_;
};

struct Written {
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;
};

/// Documents 1, 2, 3, ... until there are `documents` of them, or `byte_limit` bytes when that is not 0.
Result<Written> write_corpus(const corpora::CorpusWriter& writer, std::uint64_t documents, std::uint64_t byte_limit,
                             const Output& output) {
  Buffer lines(2 * kWriteBytes);
  Written done;
  while (byte_limit == 0 ? done.documents < documents : done.bytes + lines.size() < byte_limit) {
    writer.append(++done.documents, lines);
    if (lines.size() < kWriteBytes) continue;
    if (auto written = output.write(lines.view()); !written) return std::unexpected(written.error());
    done.bytes += lines.size();
    lines.clear();
  }
  if (auto written = output.write(lines.view()); !written) return std::unexpected(written.error());
  done.bytes += lines.size();
  return done;
}

int fail(const Error& error, int status) {
  fmt::print(stderr, "sluice generate: {}\n", error.message());
  return status;
}

int generate(const Options& options) {
  const auto corpus = corpora::Corpus::make(options.corpus, options.seed);
  if (!corpus) return fail(corpus.error(), kBadRequest);
  const auto format = corpora::parse_corpus_format(options.format);
  if (!format) return fail(format.error(), kBadRequest);
  Result<std::uint64_t> byte_limit = 0;
  if (!options.bytes.empty()) byte_limit = parse_byte_size(options.bytes, "--bytes");
  if (!byte_limit) return fail(byte_limit.error(), kBadRequest);
  auto output = Output::open(options.output);
  if (!output) return fail(output.error(), kBadEndpoint);

  const corpora::CorpusWriter writer(**corpus, *format, options.index.empty() ? options.corpus : options.index);
  const auto written = write_corpus(writer, options.documents, *byte_limit, *output);
  if (!written) return fail(written.error(), kBadEndpoint);
  if (const auto closed = output->close(); !closed) return fail(closed.error(), kBadEndpoint);
  fmt::print(stderr, "{} documents of {}, {}\n", written->documents, options.corpus, human_bytes(written->bytes));
  return 0;
}

std::string corpora_text() {
  std::string text = "Corpora:\n";
  for (const auto& entry : corpora::Corpus::entries())
    text += fmt::format("  {:<12} {}\n", entry.name, entry.description);
  return text;
}

}  // namespace

int generate_command(int count, const char* const* arguments) {
  Options options;
  CLI::App app("Writes a seeded corpus: the same seed gives the same bytes on every machine.", "sluice generate");
  app.footer(corpora_text());
  app.add_option("CORPUS", options.corpus, "Which corpus")->required();
  auto* documents = app.add_option("--docs", options.documents, "How many documents")->capture_default_str();
  app.add_option("--bytes", options.bytes, "How many bytes, such as 1gb; the last document is whole")
      ->excludes(documents);
  app.add_option("--seed", options.seed, "Which of the possible corpora")->capture_default_str();
  app.add_option("--format", options.format, "hits, bulk or docs")->capture_default_str();
  app.add_option("--index", options.index, "The name of the index in hits and bulks; the corpus's own unless given");
  app.add_option("-o,--output", options.output, "A file; - is stdout")->capture_default_str();
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kBadRequest;
  }
  return generate(options);
}

}  // namespace sluice::tools
