#pragma once

#include <cstdint>
#include <string>

#include "pipeline/base/json_writer.h"
#include "pipeline/control/status.h"
#include "reindex/request.h"

namespace sluice {

/// How a response is printed: the parameters `human` and `pretty`, and what it answers; what can't be counted of that
/// kind is left out.
struct ResponseFormat {
  bool human = false;
  bool pretty = false;
  RequestKind kind = RequestKind::kReindex;
};

/// The response of a run, key for key Elasticsearch's; an error envelope where the run ended with an error. Also a
/// picture of a run that goes on: slices that have not finished are then `null`, as its tasks show them.
/// Any thread. Source: reference/reindex.md 2.1, 2.4, 2.6, 2.8.
std::string response_json(const pipeline::RunStatus& status, ResponseFormat format = {});

/// Which slices of a running run its status tells of.
enum class SlicesShown : std::uint8_t {
  kFinished,  ///< those that have ended, as `_tasks` shows a parent: the others are `null` and count nowhere
  kAll,       ///< as the answer to a rethrottle does
};

/// The `status` of a run's task, an object. Source: reference/reindex.md 2.8, 8.6.
void write_task_status(JsonWriter& out, const pipeline::RunStatus& status, SlicesShown shown, ResponseFormat format);
/// The `status` of a slice's task.
void write_slice_status(JsonWriter& out, const pipeline::SliceStatus& status, ResponseFormat format);

/// An error as the REST API answers it, pretty or not.
std::string error_json(const Error& error, ResponseFormat format = {});

/// The HTTP status of that response: the highest of 200, 408 for a search that timed out, and the failures' own.
/// Source: reference/reindex.md 2.3.
int response_http_status(const pipeline::RunStatus& status);

}  // namespace sluice
