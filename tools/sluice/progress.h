#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/control/status.h"

namespace sluice::tools {

/// What a run does just now, told from two pictures of it. Pure: no terminal, no clock.
struct Speed {
  double documents = 0;  ///< a second
  double bytes = 0;      ///< read, a second
};
Speed speed_between(const pipeline::SliceStatus& before, const pipeline::SliceStatus& after,
                    std::chrono::duration<double> elapsed);

/// `source`, `CPU`, `sink` or `throttle`: what most of the time between the two pictures went to; empty: nothing yet.
std::string_view waiting_for(const pipeline::SliceStatus& before, const pipeline::SliceStatus& after);

/// How far a run is, 0 to 1; negative: nobody knows.
double share_done(const pipeline::RunStatus& status);

/// How a run that has finished ended: `done`, `failed` (an error ended it) or `cancelled`.
std::string_view way_of_ending(const pipeline::RunStatus& status);

/// What became of the documents that were read: `5,000 documents were read: 4,000 created, 1,000 failed`.
std::string outcomes_text(const pipeline::Counters& counters);

/// What happened between a picture of some seconds ago and one of now, as text.
class ProgressText {
 public:
  /// Speeds are means over this long: batches come in bursts.
  static constexpr std::chrono::seconds kWindow{5};

  /// A line for each slice where there are several (no more than `height`), and one for all, each `width` wide at most.
  [[nodiscard]] std::vector<std::string> live(const pipeline::RunStatus& status, std::chrono::nanoseconds elapsed,
                                              std::size_t width, std::size_t height) const;
  [[nodiscard]] std::string plain(const pipeline::RunStatus& status, std::chrono::nanoseconds elapsed) const;
  [[nodiscard]] std::string json(const pipeline::RunStatus& status, std::chrono::nanoseconds elapsed) const;
  /// `status` was shown: later texts tell what happened since, or since a picture up to kWindow older.
  void shown(pipeline::RunStatus status, std::chrono::nanoseconds elapsed);

 private:
  /// `end`: what is said of it once it has finished.
  [[nodiscard]] std::string line(const std::string& label, const pipeline::SliceStatus& before,
                                 const pipeline::SliceStatus& now, double share, std::chrono::duration<double> since,
                                 std::chrono::duration<double> elapsed, std::string_view end) const;
  struct Picture {
    pipeline::RunStatus status;
    std::chrono::nanoseconds elapsed{};
  };
  /// The oldest picture within the window, or the newest one.
  [[nodiscard]] const Picture& before(std::chrono::nanoseconds now) const;
  std::deque<Picture> pictures_{1};  ///< the first is of the time before the run
};

/// `1,234,567`.
std::string grouped(std::uint64_t number);

}  // namespace sluice::tools
