#include "io/store/catalog/index_names.h"
#include "reindex/request.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/run_limits.h"
#include "tools/sluiced/rest/run_reply.h"

namespace sluice::rest {

Result<RunRequest> by_query_run(RequestKind kind, const Call& call, Services& services) {
  const UrlParameters parameters(call.query.begin(), call.query.end());
  RequestRules rules;
  rules.reads_query = true;
  rules.path = call.path;
  auto request =
      parse_by_query(kind, store::split_expression(call.text_or("index", "")), call.body(), parameters, rules);
  if (!request) return std::unexpected(std::move(request.error()));
  const auto expansion = index_options_of(call, {});
  if (!expansion) return std::unexpected(expansion.error());
  request->source.expansion = {.ignore_unavailable = expansion->ignore_unavailable,
                               .allow_no_indices = expansion->allow_no_indices,
                               .expand_open = expansion->expand_open,
                               .expand_closed = expansion->expand_closed,
                               .expand_hidden = expansion->expand_hidden};
  Result<RunOptions> options = store_options(services, *request);
  if (Status fits = check_run_limits(*request, services, false); !fits)
    options = std::unexpected(std::move(fits.error()));
  return RunRequest{std::move(*request), std::move(options)};
}

namespace {

Result<Reply> by_query(RequestKind kind, Call& call, Services& services) {
  auto run = by_query_run(kind, call, services);
  if (!run) return std::unexpected(std::move(run.error()));
  return run_reply(call, services, std::move(*run));
}

}  // namespace

Result<Reply> update_by_query(Call& call, Services& services) {
  return by_query(RequestKind::kUpdateByQuery, call, services);
}

Result<Reply> delete_by_query(Call& call, Services& services) {
  return by_query(RequestKind::kDeleteByQuery, call, services);
}

}  // namespace sluice::rest
