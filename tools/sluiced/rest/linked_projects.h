#pragma once

#include <vector>

#include "io/store/catalog/catalog.h"
#include "reindex/reindex.h"

namespace sluice::rest {

/// The projects that `sluice.projects.ALIAS.*` links, in the order of their aliases: `host`, as `source.remote` has it,
/// and how to be let in: `api_key`, or `username` and `password`, `headers.NAME`, `socket_timeout`, `connect_timeout`.
/// Errors: illegal_argument_exception with the setting that is wrong, and what to do.
Result<std::vector<LinkedProject>> linked_projects(const store::Settings& node_settings);

}  // namespace sluice::rest
