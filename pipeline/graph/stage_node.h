#pragma once

#include <exception>
#include <new>
#include <utility>

#include <oneapi/tbb/flow_graph.h>

#include "pipeline/base/error.h"
#include "pipeline/model/batch.h"
#include "pipeline/stage.h"

namespace sluice::pipeline {

/// Calls something that returns a Status; what it throws, which is a bug or memory, becomes an error.
template <typename Call>
Status guarded(Call&& call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return std::unexpected(Error(ErrorKind::kInternal, 500, "out_of_memory_error",
                                 "memory ran out; use a smaller --memory or a smaller [source.size]"));
  } catch (const std::exception& bug) {
    return std::unexpected(internal_error(bug.what()));
  } catch (...) {
    return std::unexpected(internal_error("an exception that is not a std::exception"));
  }
}

/// Runs the stage on a batch that has not failed; a failure, or what the stage throws, is the batch's from then on.
inline void run_stage(const Stage& stage, Batch& batch) noexcept {
  if (batch.error) return;
  if (Status status = guarded([&] { return stage.apply(batch); }); !status) batch.error = std::move(status.error());
}

/// A stage as a node of anybody's flow graph: one batch in, one batch out, always; a batch that failed passes through.
/// The stage must outlive the node. A node that follows an async_node, or does much work, is better `queueing`, so that
/// it does not run on the thread that puts.
template <typename Policy = tbb::flow::queueing_lightweight>
class StageNode : public tbb::flow::function_node<BatchPtr, BatchPtr, Policy> {
 public:
  StageNode(tbb::flow::graph& graph, const Stage& stage, std::size_t concurrency = tbb::flow::unlimited)
      : tbb::flow::function_node<BatchPtr, BatchPtr, Policy>(graph, concurrency,
                                                             [&stage](const BatchPtr& batch) noexcept {
                                                               run_stage(stage, *batch);
                                                               return batch;
                                                             }) {}
};

}  // namespace sluice::pipeline
