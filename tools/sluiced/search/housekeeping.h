#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "pipeline/base/units.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// What nobody asks for and somebody has to do: lets expired scrolls and points in time go, and pictures of indices
/// that nobody searches, and gives the disk what dropped indices still take of it. `stop` ends it early. Any thread.
void tidy(store::Documents& documents, store::SearchViews& views, SearchContexts& contexts, std::atomic<bool>& stop);

/// A thread that does something again and again, so long after it was done last.
class Housekeeping {
 public:
  using Work = std::function<void(std::atomic<bool>& stop)>;
  /// What tidy() does is seen by nobody: often enough for the space that it gives back.
  static constexpr std::chrono::seconds kEvery{1};

  Housekeeping(Work work, Nanoseconds every);
  /// Tells the work to stop, and waits for it.
  ~Housekeeping();
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;

 private:
  void run();

  Work work_;
  Nanoseconds every_;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  std::condition_variable stopping_;
  std::thread thread_;
};

}  // namespace sluice::rest
