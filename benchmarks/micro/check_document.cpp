// Checking geonames against a mapping that has all of their fields: nanoseconds a document.
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "benchmarks/data/corpus.h"
#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"

namespace {

constexpr std::uint64_t kDocuments = 1000;

void check(benchmark::State& state) {
  const auto corpus = sluice::corpora::Corpus::make("geonames", 1);
  sluice::Buffer bytes;
  std::vector<std::pair<std::size_t, std::size_t>> spans;
  for (std::uint64_t number = 1; number <= kDocuments; ++number) {
    const std::size_t begin = bytes.size();
    (*corpus)->append_document(number, bytes);
    spans.emplace_back(begin, bytes.size() - begin);
  }
  const sluice::store::MappingLimits limits;
  sluice::store::MappingPtr mapping = sluice::store::Mapping::empty();
  for (const auto& [begin, size] : spans) {
    const auto checked = mapping->check(bytes.view().substr(begin, size), "1", limits);
    if (checked && checked->update) mapping = *mapping->merge(*checked->update, limits);
  }
  for (auto _ : state) {
    for (const auto& [begin, size] : spans) {
      auto checked = mapping->check(bytes.view().substr(begin, size), "1", limits);
      benchmark::DoNotOptimize(checked);
    }
  }
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(rounds * static_cast<std::int64_t>(kDocuments));
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes.size()));
}

BENCHMARK(check);

}  // namespace

BENCHMARK_MAIN();
