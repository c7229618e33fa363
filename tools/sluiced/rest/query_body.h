#pragma once

#include <string_view>

#include "pipeline/base/buffer.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/search/search_request.h"

namespace sluice::rest {

/// The body of a request; `GET` without one may have it as the parameter `source`.
Result<Buffer> body_of(Call& call);

/// The query of a request that has nothing else: `{"query":{..}}` in `body`, or `q` and its like in the URL. Errors:
/// `request does not support [x]`; what is no JSON.
Result<QueryText> query_of(const Call& call, std::string_view body);

}  // namespace sluice::rest
