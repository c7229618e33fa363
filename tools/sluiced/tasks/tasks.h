#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "io/http/event_loop.h"
#include "io/store/store.h"
#include "tools/sluiced/tasks/saved_runs.h"
#include "tools/sluiced/tasks/task.h"

namespace sluice::rest {

/// The runs of a server: starts them, knows those that go on, keeps the results of those that nobody waited for. All of
/// them share one event loop; none of them holds a thread of the HTTP server. Any thread.
class Tasks {
 public:
  /// `store` must be there until end() has returned. `resume`: runs that nobody waits for outlive the process.
  Tasks(const store::Store& store, std::string node_id, bool resume);
  ~Tasks();
  Tasks(const Tasks&) = delete;
  Tasks& operator=(const Tasks&) = delete;

  [[nodiscard]] const std::string& node_id() const { return node_id_; }
  /// Numbers count up from 1, also over restarts, where some are left out.
  std::int64_t next_id() { return take_ids(1); }

  /// Starts a run. What can't be started is a task that has ended with an error; after end() it has the number 0.
  /// `saved`: what to ask again after a restart, of a run that keeps its result.
  TaskPtr start(TaskAbout about, Request request, RunOptions options, const SavedRequest& saved);
  /// Goes on with a run that was going when the process ended, under its number.
  void resume(const SavedRun& run, TaskAbout about, Request request, RunOptions options);
  /// Ends such a run that can't go on.
  void give_up(const SavedRun& run, TaskAbout about, Error error);
  /// Those runs; for the start of the server. A run whose result has been kept already is none of them.
  std::vector<SavedRun> interrupted();
  /// A task that ended before it began.
  TaskPtr fail(TaskAbout about, Error error);

  /// What goes on now, in the order of the numbers, slices behind their parents.
  std::vector<TaskView> running();
  /// One of them, a run or a slice; nothing: it has ended, or there never was one.
  std::optional<TaskView> find(std::int64_t id);
  /// Of a run or a slice; a restart keeps the rate of a whole run. False: it has ended.
  bool rethrottle(const TaskView& view, float requests_per_second);
  /// Likewise; `by user request`.
  void cancel(const TaskView& view);
  /// Calls `call` when all of them have ended, or with false when `timeout` has passed before. On any thread; may be at
  /// once.
  void when_ended(const std::vector<TaskView>& tasks, std::optional<Nanoseconds> timeout,
                  std::move_only_function<void(bool ended)> call);

  /// The result that was kept of a task, as task_results.h has it. Errors: the store's.
  [[nodiscard]] Result<std::optional<std::string>> result(std::string_view name) const;
  [[nodiscard]] bool has_results() const;

  /// Stops what runs, waits for its end, and starts nothing any more. What can be gone on with after a restart keeps no
  /// result; the rest is cancelled.
  void end();

 private:
  std::int64_t take_ids(std::uint32_t count);
  void add(const TaskPtr& task);
  static TaskPtr fail_now(TaskAbout about, Error error);
  void run(const TaskPtr& task, Request request, RunOptions options);
  void views_of(const TaskPtr& task, std::vector<TaskView>& views);
  /// Takes care of runs that have ended, one after the other, on a thread of its own.
  void reap();
  void complete(const TaskPtr& task, pipeline::RunStatus status);

  [[nodiscard]] bool interrupted(const Task& task, const pipeline::RunStatus& status);

  const store::Store store_;
  const std::string node_id_;
  const bool resume_;
  SavedRuns saved_;
  std::mutex ids_mutex_;
  std::int64_t last_id_ = 0;
  std::int64_t last_reserved_ = 0;  ///< what the store's record says
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::int64_t, TaskPtr> running_;
  std::deque<TaskPtr> over_;  ///< for the reaper
  bool ending_ = false;
  bool reaping_ = true;
  io::EventLoop loop_;
  std::thread reaper_;
};

}  // namespace sluice::rest
