#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

const std::vector<Route>& routes() {
  static const std::vector<Route> rows{
#define ROUTE(method, pattern, handler, parameters) Route{method, pattern, handler, parameters},
#include "tools/sluiced/rest/routes.def"
#undef ROUTE
  };
  return rows;
}

}  // namespace sluice::rest
