#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/timers.h"
#include "reindex/reindex.h"

namespace sluice::rest {

/// What a task is, for as long as it is known.
struct TaskAbout {
  RequestKind kind = RequestKind::kReindex;
  std::string description;
  std::string opaque_id;        ///< the request's X-Opaque-Id
  bool keeps_result = false;    ///< nobody waits for it: the result goes to `.tasks`
  std::int64_t started_ms = 0;  ///< since 1970; 0: now
  bool resumable = false;       ///< the store knows how far it is
  /// Where a cluster is read that the request names: its errors are told as Elasticsearch does.
  std::optional<RemoteSource> remote;
};

/// `indices:data/write/reindex` and the like.
std::string_view action_of(RequestKind kind);

/// A run as the API sees it: a view that costs little, and is there before the run has begun and after it has ended.
/// Any thread.
class Task {
 public:
  /// What wants to know of an end; called once, on any thread; must not block for long.
  using Listener = std::move_only_function<void()>;
  using ListenerKey = std::uint64_t;

  Task(std::int64_t id, TaskAbout about);

  [[nodiscard]] std::int64_t id() const { return id_; }
  [[nodiscard]] const TaskAbout& about() const { return about_; }
  [[nodiscard]] Nanoseconds running_time() const;
  [[nodiscard]] bool cancelled() const { return cancelled_; }
  [[nodiscard]] bool ended() const { return ended_; }
  /// The number of the first of so many slices' tasks, the others follow it; `take_ids` makes it, once.
  std::int64_t first_child(std::uint32_t slices, const std::function<std::int64_t(std::uint32_t)>& take_ids);

  /// A picture: of the run while it goes on, and afterwards of its end.
  [[nodiscard]] pipeline::RunStatus status() const;
  /// Of one slice, or of all of them. False: it has ended.
  bool rethrottle(std::optional<std::uint32_t> slice, float requests_per_second);
  void cancel(std::optional<std::uint32_t> slice, const std::string& reason);

  /// Calls `listener` when the run, or the slice, has ended: at once where it has. 0: it was called.
  ListenerKey on_end(std::optional<std::uint32_t> slice, Listener listener);
  void forget(ListenerKey key);

  /// The manager's: the run begins; a slice has ended; everything has, with this status. Then the run is given away.
  void begin(Run run);
  void slice_ended(std::uint32_t slice);
  std::shared_ptr<Run> end(pipeline::RunStatus status);
  /// Waits for begin(): a run may end before the one who started it has it in hand.
  void wait_begun() const { begun_.wait(); }

 private:
  struct Waiting {
    std::optional<std::uint32_t> slice;
    Listener listener;
  };
  [[nodiscard]] std::shared_ptr<Run> run() const;
  [[nodiscard]] bool has_ended(std::optional<std::uint32_t> slice) const;
  void call_listeners(const std::function<bool(const Waiting&)>& which);

  const std::int64_t id_;
  const TaskAbout about_;
  const TimePoint began_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> ended_ = false;
  mutable std::latch begun_{1};
  mutable std::mutex mutex_;  ///< for what follows; not held while the run or a listener is called
  std::shared_ptr<Run> run_;
  std::optional<float> rate_;  ///< asked for before the run had begun
  pipeline::RunStatus last_;   ///< once it has ended
  Nanoseconds ran_{};
  std::int64_t first_child_ = 0;
  std::map<ListenerKey, Waiting> listeners_;
  ListenerKey last_key_ = 0;
};
using TaskPtr = std::shared_ptr<Task>;

/// A task, or one of its slices as a task of its own.
struct TaskView {
  TaskPtr task;
  std::int64_t id = 0;
  std::optional<std::uint32_t> slice;
  std::shared_ptr<const pipeline::RunStatus> status;  ///< of the whole run

  [[nodiscard]] bool cancelled() const;
};

}  // namespace sluice::rest
