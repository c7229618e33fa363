#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pipeline/base/timers.h"

namespace sluice::io {

/// What a transfer on the loop tells its owner. Called on the loop thread.
class TransferOwner {
 public:
  virtual ~TransferOwner() = default;
  /// The transfer has ended with this CURLcode; its handle has been taken off the loop already.
  virtual void ended(int curl_code) = 0;
};

/// The thread that owns a curl multi handle: it moves bytes, fires timers and runs posted tasks, and does nothing else.
/// It never parses, compresses or blocks, and a peer that has gone is an error on it and never a SIGPIPE. One loop
/// serves any number of HttpClients, which must be gone before it.
///
/// The destructor runs the tasks that were posted before it, drops the timers that have not fired, and joins the
/// thread.
class EventLoop final : public Timers {
 public:
  EventLoop();
  ~EventLoop() override;
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  void post(Task task) override;
  Id at(TimePoint when, Task task) override;
  bool cancel(Id id) override;

  [[nodiscard]] bool on_loop() const { return std::this_thread::get_id() == thread_.get_id(); }
  /// Runs `task` on the loop thread and returns when it has run: at once if that is where the caller is.
  void run_and_wait(Task task);

  /// Loop thread only. Starts and takes off a curl easy handle; the owner must live until ended() or detach().
  void attach(void* easy, TransferOwner* owner);
  void detach(void* easy);

 private:
  using TimerKey = std::pair<TimePoint, Id>;

  void run();
  bool run_posted();
  void run_due_timers();
  void report_ended();
  [[nodiscard]] int poll_timeout_ms();
  void wake();

  void* multi_ = nullptr;
  std::unordered_map<void*, TransferOwner*> owners_;  ///< loop thread only
  std::mutex mutex_;
  std::vector<Task> posted_;
  std::map<TimerKey, Task> timers_;
  std::unordered_map<Id, TimePoint> timer_times_;
  Id next_id_ = 1;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sluice::io
