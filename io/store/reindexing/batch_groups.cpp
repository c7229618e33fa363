#include "io/store/reindexing/batch_groups.h"

#include <utility>

namespace sluice::store {
namespace {

/// Of a group's sources: so much is in memory a second time while it is written.
constexpr std::size_t kGroupBytes = std::size_t{16} << 20;

std::size_t documents_of(const WaitingBatch& waiting) { return waiting.batch->bulk.items.size(); }
std::size_t bytes_of(const WaitingBatch& waiting) { return waiting.batch->page.bytes.size(); }

}  // namespace

std::vector<BatchGroup> BatchGroups::add(WaitingBatch waiting) {
  const std::scoped_lock lock(mutex_);
  waiting_documents_ += documents_of(waiting);
  waiting_bytes_ += bytes_of(waiting);
  waiting_.push_back(std::move(waiting));
  return ready();
}

std::vector<BatchGroup> BatchGroups::written() {
  const std::scoped_lock lock(mutex_);
  begun_ = true;
  --writing_;
  return ready();
}

void BatchGroups::begin_grouping() {
  const std::scoped_lock lock(mutex_);
  grouping_ = true;
}

void BatchGroups::stop_grouping() {
  const std::scoped_lock lock(mutex_);
  grouping_ = false;
}

std::vector<BatchGroup> BatchGroups::ready() {
  std::vector<BatchGroup> groups;
  while (may_begin()) {
    groups.push_back(take());
    ++writing_;
  }
  return groups;
}

bool BatchGroups::may_begin() const {
  if (waiting_.empty()) return false;
  if (writing_ == 0) return true;
  return begun_ && is_full(waiting_documents_, waiting_bytes_);
}

bool BatchGroups::is_full(std::size_t documents, std::size_t bytes) const {
  return !grouping_ || documents >= kGroupDocuments || bytes >= kGroupBytes;
}

BatchGroup BatchGroups::take() {
  BatchGroup group;
  std::size_t documents = 0;
  std::size_t bytes = 0;
  do {
    documents += documents_of(waiting_.front());
    bytes += bytes_of(waiting_.front());
    group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  } while (begun_ && !waiting_.empty() && !is_full(documents, bytes));
  waiting_documents_ -= documents;
  waiting_bytes_ -= bytes;
  return group;
}

}  // namespace sluice::store
