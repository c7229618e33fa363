#include "reindex/reindex.h"

#include "tools/sluiced/rest/reindex_remote.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/run_reply.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {

namespace {

/// The source is the store, or another cluster that the request names and the server's owner permits.
Result<RunOptions> run_options(const Request& request, Services& services) {
  RunOptions options = store_options(services, request.kind);
  if (!request.source.remote) {
    options.source = "store:";
    return options;
  }
  if (auto permitted = check_remote_host(*request.source.remote, services.node_settings); !permitted) {
    return std::unexpected(std::move(permitted.error()));
  }
  auto access = remote_access(services.node_settings);
  if (!access) return std::unexpected(std::move(access.error()));
  options.source_access = std::move(*access);
  return options;
}

}  // namespace

Result<RunRequest> reindex_run(const Call& call, Services& services) {
  RequestRules rules;
  rules.reads_query = true;
  rules.remote_slices = node_setting(services.node_settings, "sluice.remote_slices") == "true";
  auto request = parse_request(call.body(), UrlParameters(call.query.begin(), call.query.end()), rules);
  if (!request) return std::unexpected(std::move(request.error()));
  auto options = run_options(*request, services);
  return RunRequest{std::move(*request), std::move(options)};
}

Result<Reply> reindex_route(Call& call, Services& services) {
  auto run = reindex_run(call, services);
  if (!run) return std::unexpected(std::move(run.error()));
  return run_reply(call, services, std::move(*run));
}

}  // namespace sluice::rest
