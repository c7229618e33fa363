#pragma once

#include <cstdint>
#include <string>

#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

/// A request that lists tasks is a task itself, and the only one of them that is listed.
struct ListingTask {
  std::int64_t id = 0;
  std::int64_t started_ms = 0;  ///< since 1970
  std::int64_t running_ns = 0;
  std::string action;
  std::string opaque_id;  ///< the request's X-Opaque-Id
};

/// The task of a request that begins now; each has a number of its own.
ListingTask begin_listing_task();

/// Whether `actions`, `nodes` and `parent_task_id` of a request leave the task in its list.
bool is_listed(const Call& call, const Services& services, const ListingTask& task);

}  // namespace sluice::rest
