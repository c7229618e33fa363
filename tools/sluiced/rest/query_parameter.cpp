#include "tools/sluiced/rest/query_parameter.h"

#include "reindex/request.h"

namespace sluice::rest {

Result<std::optional<QueryText>> query_parameter(const Call& call) {
  auto query = sluice::query_parameter(UrlParameters(call.query.begin(), call.query.end()));
  if (!query) return std::unexpected(std::move(query.error()));
  if (!*query) return std::optional<QueryText>();
  return QueryText{std::move(**query), {}};
}

}  // namespace sluice::rest
