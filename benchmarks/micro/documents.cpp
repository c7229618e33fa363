// The embedded store's documents: bulks of 1000 documents of the geonames stand-in (329 bytes each on average) written
// with ids of the store's own and with given ones, read by id in random order, and scanned. Items are documents. In the
// temporary folder, so that TMPDIR chooses the disk.

#include "io/store/documents/documents.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "benchmarks/data/corpus.h"
#include "pipeline/base/buffer.h"

namespace sluice::store {
namespace {

constexpr std::size_t kBulk = 1000;
constexpr std::size_t kBulks = 1000;
constexpr std::size_t kSources = 100'000;

const IndexKey geonames{1, 1, 1, "geonames", "uuid"};

/// Sources to write, made once.
const std::vector<std::string>& sources() {
  static const std::vector<std::string> made = [] {
    auto corpus = corpora::Corpus::make("geonames", 42);
    std::vector<std::string> all;
    Buffer buffer;
    for (std::uint64_t i = 0; corpus && i < kSources; ++i) {
      buffer.clear();
      (*corpus)->append_document(i, buffer);
      all.emplace_back(buffer.view());
    }
    return all;
  }();
  return made;
}

class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "sluice-bench-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::unique_ptr<Documents> open(const Folder& folder) {
  DocumentsOptions options;
  options.path = folder.path();
  auto opened = Documents::open(options);
  if (!opened) std::abort();
  return std::move(*opened);
}

enum class Ids : std::uint8_t { kFresh, kAscending, kRandom };

/// Writes bulks one after the other, each with ids of its own.
class Writer {
 public:
  explicit Writer(Ids kind) : kind_(kind), ids_(kBulk), outcomes_(kBulk) {}

  bool write(Documents& documents) {
    writes_.clear();
    for (std::size_t i = 0; i < kBulk; ++i, ++written_) {
      ids_[i] = next_id();
      writes_.push_back({.id = ids_[i], .fresh_id = kind_ == Ids::kFresh, .source = sources()[written_ % kSources]});
    }
    return documents.write(geonames, writes_, outcomes_, Durability::kAsync).has_value();
  }

 private:
  std::string next_id() {
    if (kind_ == Ids::kFresh) return Documents::new_id();
    return std::to_string(kind_ == Ids::kAscending ? 10'000'000 + written_ : random_());
  }
  Ids kind_;
  std::uint64_t written_ = 0;
  std::mt19937_64 random_{7};
  std::vector<std::string> ids_;
  std::vector<Write> writes_;
  std::vector<Written> outcomes_;
};

void write_bulks(benchmark::State& state, Ids kind) {
  sources();
  const Folder folder;
  const auto documents = open(folder);
  Writer writer(kind);
  for (auto _ : state) {
    if (!writer.write(*documents)) state.SkipWithError("a write failed");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBulk));
  if (!documents->sync() || !documents->compact(geonames)) state.SkipWithError("a compaction failed");
  state.counters["disk_bytes_per_doc"] =
      static_cast<double>(documents->disk_bytes(geonames)) / static_cast<double>(state.iterations() * kBulk);
}

/// A store of a million documents, made once.
Documents& filled() {
  static const Folder folder;
  static const auto documents = [] {
    auto made = open(folder);
    Writer writer(Ids::kAscending);
    for (std::size_t i = 0; i < kBulks; ++i) {
      if (!writer.write(*made)) std::abort();
    }
    if (!made->sync()) std::abort();
    made.reset();
    return open(folder);
  }();
  return *documents;
}

void get_random(benchmark::State& state) {
  Documents& documents = filled();
  std::minstd_rand random(1);
  for (auto _ : state) {
    const std::string id = std::to_string(10'000'000 + random() % (kBulk * kBulks));
    const auto found = documents.get(geonames, id, {});
    if (!found || !*found) state.SkipWithError("a document is missing");
  }
  state.SetItemsProcessed(state.iterations());
}

void scan_all(benchmark::State& state) {
  const ViewPtr view = filled().view();
  std::int64_t documents = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const auto scan = view->scan(geonames, 0, 0, INT64_MAX);
    for (auto next = (*scan)->next(); next && *next != nullptr; next = (*scan)->next()) {
      ++documents;
      bytes += static_cast<std::int64_t>((*next)->source.size());
    }
  }
  state.SetItemsProcessed(documents);
  state.SetBytesProcessed(bytes);
}

/// Pages of a thousand, each with a scan of its own, as a search with search_after reads.
void scan_pages(benchmark::State& state) {
  const ViewPtr view = filled().view();
  std::int64_t documents = 0;
  std::int64_t from = 0;
  for (auto _ : state) {
    const auto scan = view->scan(geonames, 0, from, from + 1000);
    for (auto next = (*scan)->next(); next && *next != nullptr; next = (*scan)->next()) ++documents;
    from = (from + 1000) % static_cast<std::int64_t>(kBulk * kBulks);
  }
  state.SetItemsProcessed(documents);
}

BENCHMARK_CAPTURE(write_bulks, fresh_ids, Ids::kFresh)
    ->Iterations(kBulks)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(write_bulks, ascending_ids, Ids::kAscending)
    ->Iterations(kBulks)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(write_bulks, random_ids, Ids::kRandom)
    ->Iterations(kBulks)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(get_random)->Unit(benchmark::kMicrosecond);
BENCHMARK(scan_all)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(scan_pages)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace sluice::store

BENCHMARK_MAIN();
