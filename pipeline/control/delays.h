#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "pipeline/base/timers.h"

namespace sluice::pipeline {

/// Tasks that wait for their time and can be hurried: a throttle's tokens, a retry's back-off. Each task runs exactly
/// once, on the timers' thread when its time has come, or on the thread that hurries it. Thread-safe. After hurry_all()
/// nothing waits any more: later tasks run at once.
class Delays {
 public:
  static constexpr std::uint32_t kNoGroup = 0xFFFFFFFF;

  explicit Delays(Timers& timers) : timers_(timers) {}
  ~Delays();
  Delays(const Delays&) = delete;
  Delays& operator=(const Delays&) = delete;

  /// `group` is what move() selects by: a slice.
  void run_at(TimePoint due, std::uint32_t group, Task task);
  /// New time for everything that waits in the group.
  void move(std::uint32_t group, TimePoint due);
  void hurry_all();

 private:
  struct Entry {
    std::uint32_t group;
    Timers::Id timer;
    Task task;
  };
  /// What a timer that has begun to fire still needs when the Delays are gone: it finds nothing to do.
  struct Waiting {
    std::mutex mutex;
    std::map<std::uint64_t, Entry> entries;
    void fire(std::uint64_t key);
  };
  void arm(std::uint64_t key, TimePoint due, std::uint32_t group, Task task);

  Timers& timers_;
  const std::shared_ptr<Waiting> waiting_ = std::make_shared<Waiting>();
  std::uint64_t next_key_ = 0;  ///< guarded by the mutex in waiting_, as is hurried_
  bool hurried_ = false;
};

}  // namespace sluice::pipeline
