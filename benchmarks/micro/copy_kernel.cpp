// The limit: what one core can do with hits in memory. See kernel.h.
#include <string>

#include <benchmark/benchmark.h>

#include "benchmarks/data/corpus_writer.h"
#include "benchmarks/micro/kernel.h"

namespace sluice::benchmarks {
namespace {

/// More than the last-level cache holds for one core.
constexpr std::size_t kBytes = std::size_t{128} << 20;

void copy_kernel(benchmark::State& state, std::string_view name) {
  const auto corpus = corpora::Corpus::make(name, 1);
  if (!corpus) {
    state.SkipWithError(corpus.error().reason.c_str());
    return;
  }
  const corpora::CorpusWriter writer(**corpus, corpora::CorpusFormat::kHits, name);
  Buffer hits(kBytes + (std::size_t{4} << 20));
  for (std::uint64_t number = 1; hits.size() < kBytes; ++number) writer.append(number, hits);
  Buffer bulk(std::size_t{4} << 20);
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    const auto totals = copy_hits_to_bulk(hits.view(), bulk);
    if (!totals) {
      state.SkipWithError(totals.error().reason.c_str());
      return;
    }
    documents += totals->documents;
    bytes += totals->bytes_read;
  }
  state.SetLabel(std::string(kernel_instruction_set()));
  state.SetItemsProcessed(static_cast<std::int64_t>(documents));
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

BENCHMARK_CAPTURE(copy_kernel, geonames, "geonames")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(copy_kernel, http_logs, "http_logs")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(copy_kernel, nyc_taxis, "nyc_taxis")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(copy_kernel, so, "so")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sluice::benchmarks

BENCHMARK_MAIN();
