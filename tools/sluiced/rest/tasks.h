#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reindex/response.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/tasks/task.h"

namespace sluice::rest {

/// A task's id, `node:number`.
struct TaskId {
  std::string node;
  std::int64_t number = 0;
};

/// Errors: `malformed task id x`, 400.
Result<TaskId> parse_task_id(std::string_view text);

/// A task as lists show it.
struct TaskLine {
  std::int64_t id = 0;
  std::string action;
  std::string status;  ///< raw JSON; empty: it has none
  std::string description;
  std::int64_t started_ms = 0;  ///< since 1970
  std::int64_t running_ns = 0;
  bool cancelled = false;
  std::optional<std::int64_t> parent;
  std::string opaque_id;  ///< the request's X-Opaque-Id
};

/// A run, or a slice of one.
TaskLine line_of(const TaskView& view, SlicesShown shown, bool human);

/// A request that lists tasks is a task itself.
TaskLine line_of_listing(const Call& call, const Services& services);

/// Which tasks a request is about: `actions`, `nodes`, `parent_task_id`.
class TaskFilter {
 public:
  /// Errors: a parent that is no task id.
  static Result<TaskFilter> of(const Call& call, const Services& services);
  [[nodiscard]] bool fits(const TaskLine& line) const;
  [[nodiscard]] bool fits(const TaskView& view) const;

 private:
  [[nodiscard]] bool fits(std::string_view action, std::optional<std::int64_t> parent) const;
  std::vector<std::string> actions_;
  bool here_ = true;  ///< `nodes` has this one
  std::optional<TaskId> parent_;
  std::string node_id_;
};

/// How lists are printed.
struct TaskListStyle {
  enum class Group : std::uint8_t { kNodes, kParents, kNone };
  Group group = Group::kNodes;
  bool detailed = false;
  bool human = false;

  /// By `group_by`, `detailed`, `human`. Errors: `[group_by] must be one of [nodes], [parents] or [none] but was [x]`.
  static Result<TaskListStyle> of(const Call& call);
};

/// One task, an object.
void write_task(JsonWriter& out, const Services& services, const TaskLine& line, const TaskListStyle& style);
/// The body of an answer that lists tasks. `failure`: why a node could not do what was asked, and which node.
struct NodeFailure {
  std::string node;
  Error cause;
};
std::string tasks_json(const Services& services, const std::vector<TaskLine>& lines, const TaskListStyle& style,
                       const std::optional<NodeFailure>& failure = std::nullopt);

/// no_such_node_exception of another node than this one.
NodeFailure no_such_node(const std::string& node);

/// `timed out after [10ms/10ms]`, 429.
Error wait_timed_out(const TimeValue& timeout);

}  // namespace sluice::rest
