#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/store/store.h"
#include "tools/sluiced/tasks/task.h"

namespace sluice::rest {

/// The index that results are kept in, one document for each task that nobody waited for. Source: Elasticsearch's
/// TaskResultsService.
inline constexpr std::string_view kTasksIndex = ".tasks";

/// `node:number`.
std::string task_name(std::string_view node_id, std::int64_t id);

/// What is kept of a task that has ended, and what it ended with: `{"completed":true,"task":{..},"response":{..}}`.
std::string task_result(std::string_view node_id, const Task& task, const pipeline::RunStatus& status);

/// Keeps it; makes the index where it is missing. Errors: the store's.
Status store_task_result(const store::Store& store, std::string_view name, std::string_view result);

/// What was kept; nothing: no such task. Errors: the store's.
Result<std::optional<std::string>> stored_task_result(const store::Store& store, std::string_view name);

/// Whether there is the index at all, which an error tells.
bool has_task_results(const store::Store& store);

/// The parts of a result as it is shown. Errors: the document is none that sluiced has written.
struct TaskResult {
  std::string task;     ///< the object, with `cancelled`, and with times for people where they are wanted
  std::string outcome;  ///< `"response":{..}` or `"error":{..}`
  std::string action;
  std::string description;      ///< raw JSON
  std::string status;           ///< raw JSON
  std::int64_t started_ms = 0;  ///< since 1970
  std::int64_t ran_ns = 0;
};
Result<TaskResult> read_task_result(const std::string& result, bool human);

}  // namespace sluice::rest
