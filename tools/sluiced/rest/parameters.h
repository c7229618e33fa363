#pragma once

#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

/// Refuses URL parameters that the route does not take. Errors: `request [/x] contains unrecognized parameter: [y] ->
/// did you mean [z]?`, as BaseRestHandler of Elasticsearch puts it; times and numbers of shards that are none.
Status check_parameters(const Call& call, const Route& route);

}  // namespace sluice::rest
