// A whole reindex as one node of a program's own flow graph: paths go in, responses come out.
//
//   whole_reindex IN.ndjson OUT.ndjson [IN OUT ...]
#include <cstdio>
#include <string>
#include <utility>

#include <oneapi/tbb/flow_graph.h>
#include <sluice/reindex.h>

namespace flow = tbb::flow;

using Job = std::pair<std::string, std::string>;

int main(int argc, char** argv) {
  if (argc < 3 || argc % 2 == 0) {
    std::fprintf(stderr, "usage: whole_reindex IN.ndjson OUT.ndjson [IN OUT ...]\n");
    return 2;
  }
  flow::graph graph;
  // A run has threads of its own, so the node must not occupy the graph's workers for long: one at a time will do.
  flow::function_node<Job, sluice::pipeline::RunStatus> reindex(graph, flow::serial, [](const Job& job) {
    sluice::Request request;
    request.dest.index = "copy";
    sluice::RunOptions options;
    options.source = job.first;
    options.dest = job.second;
    auto run = sluice::reindex(std::move(request), std::move(options));
    if (run) return run->wait();
    sluice::pipeline::RunStatus refused;
    refused.error = run.error();
    return refused;
  });
  bool fine = true;
  flow::function_node<sluice::pipeline::RunStatus> report(
      graph, flow::serial, [&](const sluice::pipeline::RunStatus& status) {
        if (status.error) {
          std::fprintf(stderr, "%s\n", status.error->message().c_str());
          fine = false;
          return;
        }
        std::printf("%llu documents created\n", static_cast<unsigned long long>(status.totals.counters.created));
      });
  flow::make_edge(reindex, report);
  for (int i = 1; i + 1 < argc; i += 2) reindex.try_put({argv[i], argv[i + 1]});
  graph.wait_for_all();
  return fine ? 0 : 1;
}
