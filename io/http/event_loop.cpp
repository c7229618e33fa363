#include "io/http/event_loop.h"

#include <chrono>
#include <new>

#include <curl/curl.h>

#include "pipeline/base/quiet_pipes.h"

namespace sluice::io {
namespace {

/// curl_global_init is not thread-safe in every build of curl; a function's static is.
void init_curl_once() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(done);
}

constexpr int kLongestPollMs = 60'000;

}  // namespace

EventLoop::EventLoop() {
  init_curl_once();
  multi_ = curl_multi_init();
  if (multi_ == nullptr) throw std::bad_alloc();
  thread_ = std::thread([this] { run(); });
}

EventLoop::~EventLoop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake();
  thread_.join();
  const QuietPipes quiet;  // TLS says goodbye to peers that may have gone
  curl_multi_cleanup(multi_);
}

void EventLoop::wake() { curl_multi_wakeup(multi_); }

void EventLoop::post(Task task) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = posted_.empty();
    posted_.push_back(std::move(task));
  }
  // Later postings ride on the first one's wake-up: the loop takes the whole list at once.
  if (first && !on_loop()) wake();
}

Timers::Id EventLoop::at(TimePoint when, Task task) {
  Id id = 0;
  bool earliest = false;
  {
    const std::lock_guard lock(mutex_);
    id = next_id_++;
    earliest = timers_.empty() || when < timers_.begin()->first.first;
    timers_.emplace(TimerKey{when, id}, std::move(task));
    timer_times_.emplace(id, when);
  }
  if (earliest && !on_loop()) wake();
  return id;
}

bool EventLoop::cancel(Id id) {
  Task dropped;  // destroyed after the lock is gone: its destructor is somebody else's code
  const std::lock_guard lock(mutex_);
  const auto time = timer_times_.find(id);
  if (time == timer_times_.end()) return false;
  const auto timer = timers_.find(TimerKey{time->second, id});
  dropped = std::move(timer->second);
  timers_.erase(timer);
  timer_times_.erase(time);
  return true;
}

void EventLoop::run_and_wait(Task task) {
  if (on_loop()) return task();
  std::mutex mutex;
  std::condition_variable ready;
  bool done = false;
  post([&] {
    task();
    const std::lock_guard lock(mutex);
    done = true;
    ready.notify_one();
  });
  std::unique_lock lock(mutex);
  ready.wait(lock, [&] { return done; });
}

void EventLoop::attach(void* easy, TransferOwner* owner) {
  owners_.emplace(easy, owner);
  curl_multi_add_handle(multi_, easy);
}

void EventLoop::detach(void* easy) {
  if (owners_.erase(easy) != 0) curl_multi_remove_handle(multi_, easy);
}

void EventLoop::run() {
  const QuietPipes quiet;  // curl is told to leave the program's signals alone, and its TLS writes as to any file
  while (run_posted()) {
    run_due_timers();
    int running = 0;
    curl_multi_perform(multi_, &running);
    report_ended();
    curl_multi_poll(multi_, nullptr, 0, poll_timeout_ms(), nullptr);
  }
}

/// False: nothing is left to run and the loop is to stop.
bool EventLoop::run_posted() {
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(mutex_);
    if (posted_.empty()) return !stopping_;
    tasks.swap(posted_);
  }
  for (Task& task : tasks) {
    task();
    task = nullptr;
  }
  return true;
}

void EventLoop::run_due_timers() {
  const TimePoint now = SteadyClock::now();
  for (;;) {
    Task task;
    {
      const std::lock_guard lock(mutex_);
      const auto first = timers_.begin();
      if (first == timers_.end() || first->first.first > now) return;
      task = std::move(first->second);
      timer_times_.erase(first->first.second);
      timers_.erase(first);
    }
    task();
  }
}

void EventLoop::report_ended() {
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* easy = message->easy_handle;
    const CURLcode code = message->data.result;  // the message is gone once its handle is
    const auto found = owners_.find(easy);
    if (found == owners_.end()) continue;
    TransferOwner* owner = found->second;
    detach(easy);
    owner->ended(static_cast<int>(code));
  }
}

int EventLoop::poll_timeout_ms() {
  const std::lock_guard lock(mutex_);
  if (stopping_ || !posted_.empty()) return 0;
  if (timers_.empty()) return kLongestPollMs;
  const auto wait = timers_.begin()->first.first - SteadyClock::now();
  // Rounded up: a timer never fires before its time, and the loop doesn't spin through the last millisecond.
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
  if (ms <= 0) return 0;
  return ms > kLongestPollMs ? kLongestPollMs : static_cast<int>(ms);
}

}  // namespace sluice::io
