#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"

namespace sluice::store {

/// The indices that were dropped and whose bytes are not yet off the disk. Each has a record until they are, so that
/// neither a crash nor a restart forgets them. Any thread.
class DroppedIndices {
 public:
  explicit DroppedIndices(const Database& database) : database_(database) {}

  /// Takes up what an earlier opening of the store left, also where it ended before anything was deleted. Before there
  /// are views. Errors: damage; what can't be deleted yet waits.
  Status load();
  /// Deletes all of an index in one step, together with the note that its files are to be removed; they are not yet.
  Status drop(std::uint32_t index_number);
  /// Removes the files that hold nothing but dropped indices, where no view is left that could read them. Quick. How
  /// many indices still wait.
  Result<std::size_t> remove_files();
  /// The same, and rewrites the files that hold something else too. Takes as long as that; `stop` ends it early.
  Result<std::size_t> reclaim(std::atomic<bool>& stop);

 private:
  struct Waiting {
    std::uint32_t number = 0;
    bool deleted = false;        ///< in this opening
    std::uint64_t sequence = 0;  ///< RocksDB's, when it had been deleted: older snapshots still show it
    bool removed = false;        ///< files of its own
    bool gone = false;           ///< nothing is left to do
  };
  Status delete_range(std::uint32_t index_number, bool done);
  Status remove_files(Waiting& waiting);
  Status rewrite(std::uint32_t index_number, std::atomic<bool>& stop);
  [[nodiscard]] bool shown(const Waiting& waiting) const;
  [[nodiscard]] std::uint64_t bytes_left(std::uint32_t index_number) const;

  const Database& database_;
  std::mutex mutex_;
  std::vector<Waiting> waiting_;
  std::mutex reclaim_mutex_;  ///< one at a time
};

}  // namespace sluice::store
