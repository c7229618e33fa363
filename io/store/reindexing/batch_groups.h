#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "pipeline/base/timers.h"
#include "pipeline/model/batch.h"

namespace sluice::store {

/// A batch that waits to be written, and whom to tell.
struct WaitingBatch {
  pipeline::BatchPtr batch;
  Task done;
};
using BatchGroup = std::vector<WaitingBatch>;

/// Decides which of the batches that wait are written together: each by itself, or in groups of those that came while
/// another group was written, or of as many as make a group, whatever else is being written. So no batch waits for
/// others that may never come, and groups grow as long as writing is what a run waits for. The batch that comes first
/// is written alone, before all others. Any thread.
class BatchGroups {
 public:
  static constexpr std::uint32_t kGroupDocuments = 32'000;

  /// A batch has come. What is to be written now.
  std::vector<BatchGroup> add(WaitingBatch waiting);
  /// A group has been written. What is to be written now.
  std::vector<BatchGroup> written();
  void begin_grouping();
  /// From now on each batch is written by itself.
  void stop_grouping();

 private:
  std::vector<BatchGroup> ready();
  [[nodiscard]] bool may_begin() const;
  BatchGroup take();
  [[nodiscard]] bool is_full(std::size_t documents, std::size_t bytes) const;

  std::mutex mutex_;
  bool grouping_ = false;
  std::deque<WaitingBatch> waiting_;
  std::size_t waiting_documents_ = 0;
  std::size_t waiting_bytes_ = 0;
  std::size_t writing_ = 0;  ///< groups
  bool begun_ = false;       ///< the first batch has been written
};

}  // namespace sluice::store
