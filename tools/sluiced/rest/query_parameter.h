#pragma once

#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/search/search_request.h"

namespace sluice::rest {

/// The query that `q` and its like in the URL ask for: see sluice::query_parameter().
Result<std::optional<QueryText>> query_parameter(const Call& call);

}  // namespace sluice::rest
