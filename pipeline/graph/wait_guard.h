#pragma once

#include <utility>

#include <oneapi/tbb/flow_graph.h>

namespace sluice::pipeline {

/// Keeps a graph from ending while something outside it, a transfer or a timer, is going to put a message into it.
/// Carried by the callback; put first, then let the guard go.
class WaitGuard {
 public:
  explicit WaitGuard(tbb::flow::graph& graph) : graph_(&graph) { graph_->reserve_wait(); }
  WaitGuard(WaitGuard&& other) noexcept : graph_(std::exchange(other.graph_, nullptr)) {}
  WaitGuard& operator=(WaitGuard&&) = delete;
  ~WaitGuard() {
    if (graph_ != nullptr) graph_->release_wait();
  }

 private:
  tbb::flow::graph* graph_;
};

}  // namespace sluice::pipeline
