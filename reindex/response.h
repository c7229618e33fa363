#pragma once

#include <string>

#include "pipeline/control/status.h"

namespace sluice {

/// How a response is printed: the parameters `human` and `pretty`.
struct ResponseFormat {
  bool human = false;
  bool pretty = false;
};

/// The response of a run, key for key Elasticsearch's; an error envelope where the run ended with an error. Also a
/// picture of a run that goes on: slices that have not finished are then `null`, as its tasks show them.
/// Any thread. Source: reference/reindex.md 2.1, 2.4, 2.6, 2.8.
std::string response_json(const pipeline::RunStatus& status, ResponseFormat format = {});

/// An error as the REST API answers it, pretty or not.
std::string error_json(const Error& error, ResponseFormat format = {});

/// The HTTP status of that response: the highest of 200, 408 for a search that timed out, and the failures' own.
/// Source: reference/reindex.md 2.3.
int response_http_status(const pipeline::RunStatus& status);

}  // namespace sluice
