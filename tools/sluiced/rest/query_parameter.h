#pragma once

#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/search/search_request.h"

namespace sluice::rest {

/// The query that `q` asks for, with `df`, `default_operator`, `analyzer`, `analyze_wildcard` and `lenient`; nothing
/// where there is no `q`. Errors: flags that are none. Source: Elasticsearch's RestActions.urlParamsToQueryBuilder.
Result<std::optional<QueryText>> query_parameter(const Call& call);

}  // namespace sluice::rest
