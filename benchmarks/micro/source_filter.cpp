// `_source` filtering on geonames, document by document: bytes of input a second.
#include "stages/source_filter/source_filter.h"

#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "benchmarks/data/corpus.h"

namespace {

using sluice::pipeline::Batch;
using sluice::pipeline::Document;

constexpr std::uint64_t kDocuments = 1000;

/// A batch of geonames as it comes out of parse.
class Geonames {
 public:
  Geonames() {
    const auto corpus = sluice::corpora::Corpus::make("geonames", 1);
    std::vector<std::pair<std::size_t, std::size_t>> spans;
    for (std::uint64_t number = 1; number <= kDocuments; ++number) {
      const std::size_t begin = batch_.page.bytes.size();
      (*corpus)->append_document(number, batch_.page.bytes);
      spans.emplace_back(begin, batch_.page.bytes.size() - begin);
      batch_.page.bytes.append('\n');
    }
    for (const auto& [begin, size] : spans) {
      sources_.push_back(batch_.page.bytes.view().substr(begin, size));
      batch_.documents.emplace_back().source = sources_.back();
    }
  }
  void restore() {
    batch_.arena.clear();
    for (std::size_t i = 0; i < sources_.size(); ++i) batch_.documents[i].source = sources_[i];
  }
  Batch& batch() { return batch_; }

 private:
  Batch batch_;
  std::vector<std::string_view> sources_;
};

void filter(benchmark::State& state, const std::vector<std::string>& includes,
            const std::vector<std::string>& excludes) {
  Geonames geonames;
  const sluice::stages::SourceFilter stage(includes, excludes);
  for (auto _ : state) {
    geonames.restore();
    const auto status = stage.apply(geonames.batch());
    benchmark::DoNotOptimize(status.has_value());
  }
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(rounds * static_cast<std::int64_t>(kDocuments));
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(geonames.batch().page.bytes.size()));
}

BENCHMARK_CAPTURE(filter, three_includes, {"name", "country_code", "population"}, {});
BENCHMARK_CAPTURE(filter, one_nested_include, {"location.lat"}, {});
BENCHMARK_CAPTURE(filter, wildcard_includes, {"pop*", "*code", "name"}, {});
BENCHMARK_CAPTURE(filter, two_excludes, {}, {"alternatenames", "timezone"});
BENCHMARK_CAPTURE(filter, wildcard_excludes, {}, {"*code", "admin*"});

}  // namespace

BENCHMARK_MAIN();
