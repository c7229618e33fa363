#pragma once

#include <memory>
#include <vector>

#include "io/http/event_loop.h"
#include "pipeline/graph/run_graph.h"
#include "pipeline/ports.h"
#include "pipeline/stage.h"
#include "reindex/file_query.h"
#include "reindex/reindex.h"
#include "reindex/store_ends.h"

namespace sluice {

/// A request and its options, as the parts of a run. Nothing has been opened but files and stores.
struct Plan {
  RunStores stores;  ///< first: the ends use them until they are gone
  std::unique_ptr<pipeline::Source> source;
  std::unique_ptr<pipeline::Sink> sink;
  std::vector<std::unique_ptr<pipeline::Stage>> stages;  ///< parse first
  std::unique_ptr<FileQuery> file_query;                 ///< makes the stage behind parse; null: there is none
  pipeline::GraphOptions graph;
  bool several_projects = false;
  std::optional<std::uint32_t> manual_slice;  ///< the id, where the request reads one part of its source only
};

/// Joins stages and io for a request. What an endpoint can do itself, a cluster's query and `_source` filter, is pushed
/// down to it. Errors: what sluice or the endpoint can't do, and endpoints that can't be.
Result<Plan> make_plan(const Request& request, const RunOptions& options, io::EventLoop& loop);

/// The same for `_update_by_query` and `_delete_by_query`, which write where they read: a store.
Result<Plan> make_by_query_plan(const Request& request, const RunOptions& options);

/// How the graph of a request runs, whatever its ends are.
pipeline::GraphOptions common_graph_options(const Request& request, const RunOptions& options);

}  // namespace sluice
