#pragma once

#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// The handlers of all routes. A handler may have several rows.
#define ROUTE(method, pattern, handler, parameters) Result<Reply> handler(Call& call, Services& services);
#include "tools/sluiced/rest/routes.def"
#undef ROUTE

}  // namespace sluice::rest
