// A program with a flow graph of its own: documents are read off a page by sluice's parse, changed by a node of the
// program, routed by sluice, and written to a file by sluice's sink.
//
//   own_node OUT.ndjson < IN.ndjson
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>

#include <oneapi/tbb/flow_graph.h>

#include "io/ndjson/file_sink.h"
#include "pipeline/graph/stage_node.h"
#include "stages/parse/parse.h"
#include "stages/route/route.h"

namespace flow = tbb::flow;
using sluice::pipeline::Batch;
using sluice::pipeline::BatchPtr;
using sluice::pipeline::Outcome;

namespace {

std::string standard_input() {
  std::string text;
  char chunk[65536];
  while (const std::size_t got = std::fread(chunk, 1, sizeof chunk, stdin)) text.append(chunk, got);
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: own_node OUT.ndjson < IN.ndjson\n");
    return 2;
  }
  sluice::io::FileSinkOptions file;
  file.path = argv[1];
  auto sink = sluice::io::make_file_sink(file);
  if (!sink) {
    std::fprintf(stderr, "%s\n", sink.error().message().c_str());
    return 3;
  }

  const sluice::stages::Parse parse_stage({.source_name = "standard input"});
  sluice::stages::RouteOptions where;
  where.index = "copy";
  const sluice::stages::Route route_stage(where);

  flow::graph graph;
  sluice::pipeline::StageNode<flow::queueing> parse(graph, parse_stage);
  // The program's own node: documents without a routing go no further.
  flow::function_node<BatchPtr, BatchPtr> only_routed(graph, flow::unlimited, [](const BatchPtr& batch) {
    for (auto& document : batch->documents) {
      if (document.routing.empty()) document.outcome = Outcome::kFiltered;
    }
    return batch;
  });
  sluice::pipeline::StageNode<> route(graph, route_stage);
  std::size_t written = 0;
  flow::function_node<BatchPtr> write(graph, flow::serial, [&](const BatchPtr& batch) {
    if (batch->error || !(*sink)->encode(*batch)) return;
    (*sink)->send(batch, [&, batch] {
      if (!(*sink)->settle(*batch)) return;
      for (const auto& document : batch->documents) written += document.outcome == Outcome::kCreated ? 1U : 0U;
    });
  });
  flow::make_edge(parse, only_routed);
  flow::make_edge(only_routed, route);
  flow::make_edge(route, write);

  auto batch = std::make_shared<Batch>();
  batch->page.format = sluice::pipeline::PageFormat::kHits;
  batch->page.bytes.append(standard_input());
  batch->page.last = true;
  batch->max_documents = 1'000'000;
  parse.try_put(batch);
  graph.wait_for_all();
  (*sink)->close(true, [](const sluice::Status&) {});
  if (batch->error) {
    std::fprintf(stderr, "%s\n", batch->error->message().c_str());
    return 1;
  }
  std::printf("%zu of %zu documents written\n", written, batch->documents.size());
  return 0;
}
