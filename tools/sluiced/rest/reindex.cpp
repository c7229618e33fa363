#include "reindex/reindex.h"

#include "tools/sluiced/rest/reindex_remote.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/run_limits.h"
#include "tools/sluiced/rest/run_reply.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {

namespace {

/// An end of the run is the store, or another cluster that the request names and the server's owner permits.
Status choose_end(const std::optional<RemoteSource>& remote, const Services& services, std::string& end,
                  Access& access) {
  if (!remote) {
    end = "store:";
    return {};
  }
  end.clear();
  if (Status permitted = check_remote_host(*remote, services.node_settings); !permitted) return permitted;
  auto configured = remote_access(services.node_settings);
  if (!configured) return std::unexpected(std::move(configured.error()));
  access = std::move(*configured);
  return {};
}

Result<RunOptions> run_options(const Request& request, Services& services) {
  RunOptions options = store_options(services, request.kind);
  if (Status chosen = choose_end(request.source.remote, services, options.source, options.source_access); !chosen) {
    return std::unexpected(std::move(chosen.error()));
  }
  if (Status chosen = choose_end(request.dest.remote, services, options.dest, options.dest_access); !chosen) {
    return std::unexpected(std::move(chosen.error()));
  }
  return options;
}

}  // namespace

Result<RunRequest> reindex_run(const Call& call, Services& services) {
  RequestRules rules;
  rules.reads_query = true;
  rules.extensions = node_setting(services.node_settings, "sluice.extensions") == "true";
  rules.remote_slices = node_setting(services.node_settings, "sluice.remote_slices") == "true";
  auto request = parse_request(call.body(), UrlParameters(call.query.begin(), call.query.end()), rules);
  if (!request) return std::unexpected(std::move(request.error()));
  auto options = run_options(*request, services);
  if (Status fits = check_run_limits(*request, services); options && !fits) options = std::unexpected(fits.error());
  return RunRequest{std::move(*request), std::move(options)};
}

Result<Reply> reindex_route(Call& call, Services& services) {
  auto run = reindex_run(call, services);
  if (!run) return std::unexpected(std::move(run.error()));
  return run_reply(call, services, std::move(*run));
}

}  // namespace sluice::rest
