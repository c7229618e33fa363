#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/store/store.h"
#include "reindex/reindex.h"

namespace sluice::rest {

/// A request as it came, to be asked again after a restart.
struct SavedRequest {
  RequestKind kind = RequestKind::kReindex;
  std::string index;  ///< of the path
  std::map<std::string, std::string, std::less<>> parameters;
  std::string body;
  std::string opaque_id;
  std::int64_t started_ms = 0;  ///< since 1970
};

/// A run that was going when the process ended.
struct SavedRun {
  std::int64_t id = 0;
  SavedRequest request;
  ResumePoint point;
  std::optional<float> rate;  ///< that it was given while it ran
  bool cancelled = false;
};

/// What the store keeps of runs that go on: their requests, and how far they are. Records: `tasks/run/ID/request`,
/// `../state`, `../slice/N`. Any thread.
class SavedRuns {
 public:
  explicit SavedRuns(store::Documents& documents) : documents_(documents) {}

  /// On the disk when it returns. Errors: the store's.
  Status begin(std::int64_t id, const SavedRequest& request);
  /// These survive the death of the process at once. What can't be written costs no more than some work done twice.
  void opened(std::int64_t id, std::uint32_t slices, const std::string& plan);
  void reached(std::int64_t id, std::uint32_t slice, const pipeline::SliceCheckpoint& checkpoint);
  void rethrottled(std::int64_t id, float requests_per_second);
  void cancelled(std::int64_t id);
  void forget(std::int64_t id);

  /// All there are, in the order of their numbers. A damaged one is left out and forgotten.
  std::vector<SavedRun> load();

 private:
  void put(std::int64_t id, const std::string& name, std::string value);

  store::Documents& documents_;
};

}  // namespace sluice::rest
