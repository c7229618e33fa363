#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>
#include <vector>

#include <oneapi/tbb/flow_graph.h>

#include "pipeline/graph/wait_guard.h"
#include "pipeline/model/batch.h"

namespace sluice::pipeline {

/// The entrance of one slice into the graph: a ticket says which page is next, a token is an empty batch. Both together
/// let a page be fetched. There is at most one ticket at a time, so pages of a slice are fetched in order.
struct Lane {
  using Entry = std::tuple<std::uint64_t, BatchPtr>;

  template <typename Admit>
  Lane(tbb::flow::graph& graph, std::uint32_t slice_number, Admit admit_body)
      : slice(slice_number),
        tickets(graph),
        tokens(graph),
        join(graph),
        admit(graph, tbb::flow::unlimited, admit_body) {
    tbb::flow::make_edge(tickets, tbb::flow::input_port<0>(join));
    tbb::flow::make_edge(tokens, tbb::flow::input_port<1>(join));
    tbb::flow::make_edge(join, admit);
  }

  const std::uint32_t slice;
  tbb::flow::queue_node<std::uint64_t> tickets;
  tbb::flow::queue_node<BatchPtr> tokens;
  tbb::flow::join_node<Entry, tbb::flow::reserving> join;
  tbb::flow::function_node<Entry, tbb::flow::continue_msg, tbb::flow::queueing_lightweight> admit;

  /// Where the page of the ticket begins. Written before the ticket is put, read after it was taken.
  Cursor next;
  /// Documents of a page, where the source can't change it; 0: not decided yet. Admit's own.
  std::uint32_t fixed_size = 0;
  /// Batches on their way, and one for the ticket chain; the slice has finished at 0.
  std::atomic<std::uint32_t> open{1};
  std::atomic<bool> chain_ended{false};
  std::atomic<bool> cancelled{false};

  /// With ordered writes: the batch whose turn it is, and those that came before their turn.
  struct Turn {
    std::mutex mutex;
    std::uint64_t next = 0;
    std::map<std::uint64_t, std::pair<BatchPtr, WaitGuard>> parked;
  };
  Turn turn;

  /// Tokens that are withheld, and hold no memory, while there is a rate limit: with one token a slice alternates, as
  /// the API describes it.
  std::mutex spare_mutex;
  std::uint32_t spares = 0;
};

}  // namespace sluice::pipeline
