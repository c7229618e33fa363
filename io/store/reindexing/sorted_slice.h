#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/reindexing/slice_parts.h"
#include "io/store/reindexing/sorted_window.h"

namespace sluice::store {

/// Reads the documents of a slice in the order of their indices. Not thread-safe; what it is made of must outlive it.
class SortedSlice {
 public:
  /// `bytes`: for the places of the next documents. `most_of_part`: see StoreSourceOptions. `aborted` ends a pass over
  /// the documents with kCancelled.
  SortedSlice(std::span<const ReadIndex> indices, const std::vector<ShardPart>& parts, std::size_t bytes,
              std::uint64_t most_of_part, const std::atomic<bool>& aborted)
      : indices_(indices), parts_(parts), most_of_part_(most_of_part), aborted_(aborted), window_(bytes) {}

  /// Goes on behind what passed() said; empty: at the beginning.
  Status begin(std::string_view after);
  /// Moves to the next document; null at the end. Valid until the next call.
  Result<const StoredDocument*> next();
  /// Which part of the slice has that document.
  [[nodiscard]] std::uint32_t part() const { return at_ ? at_->part : 0; }
  /// The place of the document before that one, for begin().
  [[nodiscard]] std::string passed() const { return passed_ ? passed_->text() : std::string(); }

 private:
  Status gather();
  Status gather_part(std::uint32_t part);
  Result<const StoredDocument*> read(const SortedPlace& place);

  std::span<const ReadIndex> indices_;
  const std::vector<ShardPart>& parts_;
  const std::uint64_t most_of_part_;
  const std::atomic<bool>& aborted_;
  SortedWindow window_;
  std::optional<SortedPlace> passed_;
  std::optional<SortedPlace> at_;
  std::unique_ptr<Scan> scan_;  ///< of the document at `at_`
};

}  // namespace sluice::store
