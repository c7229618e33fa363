#include "io/store/reindexing/sorted_slice.h"

#include <utility>

namespace sluice::store {

namespace {

/// How many documents may be passed over before somebody looks whether the run was aborted.
constexpr std::uint32_t kLookAround = 1024;

}  // namespace

Status SortedSlice::begin(std::string_view after) {
  passed_ = SortedPlace::read(after);
  at_.reset();
  return gather();
}

Result<const StoredDocument*> SortedSlice::next() {
  if (at_) passed_ = std::exchange(at_, std::nullopt);
  at_ = window_.take();
  if (!at_ && !window_.complete()) {
    if (Status gathered = gather(); !gathered) return std::unexpected(std::move(gathered.error()));
    at_ = window_.take();
  }
  if (!at_) return nullptr;
  return read(*at_);
}

/// One pass over the slice.
Status SortedSlice::gather() {
  window_.begin(passed_);
  for (std::uint32_t part = 0; part < parts_.size(); ++part) {
    if (Status gathered = gather_part(part); !gathered) return gathered;
  }
  window_.finish();
  return {};
}

Status SortedSlice::gather_part(std::uint32_t number) {
  const ShardPart& part = parts_[number];
  const ReadIndex& read = indices_[part.index];
  auto scan = read.plan ? read.view->candidates(read.key, part.shard, part.from, part.to, *read.plan)
                        : read.view->scan(read.key, part.shard, part.from, part.to);
  if (!scan) return std::unexpected(std::move(scan.error()));
  std::uint64_t found = 0;
  for (std::uint32_t passed = 0; found < most_of_part_;) {
    auto document = (*scan)->next();
    if (!document) return std::unexpected(std::move(document.error()));
    if (*document == nullptr) return {};
    auto fits = is_wanted(read, part, **document);
    if (!fits) return std::unexpected(std::move(fits.error()));
    if (*fits) {
      auto key = read.order(**document);
      if (!key) return std::unexpected(std::move(key.error()));
      window_.offer({.key = std::move(*key), .part = number, .seq_no = (*document)->seq_no});
      ++found;
    }
    if (++passed % kLookAround == 0 && aborted_) return std::unexpected(cancelled());
  }
  return {};
}

Result<const StoredDocument*> SortedSlice::read(const SortedPlace& place) {
  const ShardPart& part = parts_[place.part];
  const ReadIndex& index = indices_[part.index];
  auto scan = index.view->scan(index.key, part.shard, place.seq_no, place.seq_no + 1);
  if (!scan) return std::unexpected(std::move(scan.error()));
  scan_ = std::move(*scan);
  auto document = scan_->next_in_place();
  if (document && *document == nullptr) {
    return std::unexpected(internal_error("a document that was found is gone from its picture"));
  }
  return document;
}

}  // namespace sluice::store
