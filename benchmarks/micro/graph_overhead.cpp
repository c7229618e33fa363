// The graph's own price: the same source, stages and sink, on the same pages, once in a plain loop on one thread and
// once on the run's graph with one worker and one token.
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

#include "benchmarks/data/corpus_writer.h"
#include "io/http/event_loop.h"
#include "io/ndjson/file_sink.h"
#include "pipeline/control/ledger.h"
#include "pipeline/graph/run_graph.h"
#include "stages/parse/parse.h"
#include "stages/route/route.h"

namespace sluice::benchmarks {
namespace {

using pipeline::Batch;
using pipeline::Page;

constexpr std::uint64_t kPages = 500;
constexpr std::uint64_t kDocumentsPerPage = 1000;

/// The same page of 1000 hits, again and again, copied as a read would copy it.
class RepeatedPage final : public pipeline::Source {
 public:
  RepeatedPage() {
    const auto corpus = corpora::Corpus::make("geonames", 1);
    const corpora::CorpusWriter writer(**corpus, corpora::CorpusFormat::kHits, "geonames");
    for (std::uint64_t number = 1; number <= kDocumentsPerPage; ++number) writer.append(number, hits_);
  }
  [[nodiscard]] std::string name() const override { return "pages"; }
  void open(pipeline::Callback<pipeline::SourceFacts> done) override { done(pipeline::SourceFacts{}); }
  [[nodiscard]] std::size_t page_estimate(std::uint32_t, std::uint32_t) const override { return hits_.size(); }
  void fetch(pipeline::PageRequest request, Page page, pipeline::Callback<Page> done) override {
    read(request.cursor, page);
    done(std::move(page));
  }
  void read(const pipeline::Cursor& cursor, Page& page) const {
    page.format = pipeline::PageFormat::kHits;
    page.begin = cursor;
    page.bytes.clear();
    page.bytes.append(hits_.view());
    page.last = cursor.documents + kDocumentsPerPage >= kPages * kDocumentsPerPage;
  }
  void abort() override {}
  void close(pipeline::Done done) override { done({}); }

 private:
  Buffer hits_;
};

struct Parts {
  RepeatedPage source;
  std::unique_ptr<pipeline::Sink> sink;
  stages::Parse parse{stages::ParseOptions{.source_name = "pages"}};
  stages::Route route{stages::RouteOptions{.index = "copy", .routing_text = {}}};

  Parts() {
    io::FileSinkOptions options;
    options.path = "/dev/null";
    options.lines.format = pipeline::PageFormat::kBulk;
    sink = std::move(*io::make_file_sink(options));
  }
};

void plain_loop(benchmark::State& state) {
  for (auto _ : state) {
    Parts parts;
    auto batch = std::make_shared<Batch>();
    pipeline::Cursor cursor;
    std::uint64_t written = 0;
    for (bool end = false; !end;) {
      const std::uint64_t sequence = batch->sequence;
      batch->reset();
      batch->sequence = cursor.documents == 0 ? 0 : sequence + 1;
      parts.source.read(cursor, batch->page);
      if (!parts.parse.apply(*batch) || !parts.route.apply(*batch) || !parts.sink->encode(*batch)) {
        return state.SkipWithError("a stage failed");
      }
      parts.sink->send(batch, [] {});
      if (!parts.sink->settle(*batch)) return state.SkipWithError("the sink failed");
      written += pipeline::count_outcomes(batch->documents).created;
      cursor = batch->facts.next;
      end = batch->facts.end;
    }
    if (written != kPages * kDocumentsPerPage) return state.SkipWithError("documents are missing");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kPages * kDocumentsPerPage));
}

void graph(benchmark::State& state) {
  io::EventLoop loop;
  for (auto _ : state) {
    Parts parts;
    pipeline::GraphOptions options;
    options.threads = 1;
    options.tokens_per_lane = 1;
    pipeline::RunGraph run(parts.source, *parts.sink, {&parts.parse, &parts.route}, loop, 1, options);
    run.run();
    if (run.status().totals.counters.created != kPages * kDocumentsPerPage) {
      return state.SkipWithError("documents are missing");
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kPages * kDocumentsPerPage));
}

BENCHMARK(plain_loop)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(graph)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace sluice::benchmarks

BENCHMARK_MAIN();
