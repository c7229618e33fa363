#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace sluice {

using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;
using Task = std::move_only_function<void()>;

/// Timers and postings on one thread, the loop. Every function may be called from any thread; tasks run on the loop
/// thread, one after the other, and must not block, parse or compress.
class Timers {
 public:
  using Id = std::uint64_t;
  virtual ~Timers() = default;
  [[nodiscard]] virtual TimePoint now() const { return SteadyClock::now(); }
  /// Runs `task` soon.
  virtual void post(Task task) = 0;
  /// Runs `task` once, at `when` or a little later. Never before.
  virtual Id at(TimePoint when, Task task) = 0;
  /// True: the task had not begun and is destroyed without having run. False: it has run or is running.
  virtual bool cancel(Id id) = 0;
};

}  // namespace sluice
