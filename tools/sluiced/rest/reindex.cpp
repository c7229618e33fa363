#include "reindex/reindex.h"

#include "io/store/store.h"
#include "reindex/response.h"
#include "tools/sluiced/rest/node_json.h"
#include "tools/sluiced/rest/reindex_remote.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/scripts.h"
#include "tools/sluiced/services.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {

namespace {

/// The source is the store, or another cluster that the request names and the server's owner permits.
Result<RunOptions> run_options(const Request& request, Services& services, const store::Store& store) {
  RunOptions options;
  options.store = &store;
  options.dest = "store:";
  options.compile_script = [&services](const RequestScript& script) {
    return compiled_script(services, script, "reindex");
  };
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

Result<Reply> reindex_route(Call& call, Services& services) {
  const auto human = call.flag("human", false);
  if (!human) return std::unexpected(human.error());
  RequestRules rules;
  rules.reads_query = true;
  rules.remote_slices = node_setting(services.node_settings, "sluice.remote_slices") == "true";
  auto request = parse_request(call.body(), UrlParameters(call.query.begin(), call.query.end()), rules);
  if (!request) return std::unexpected(std::move(request.error()));
  if (!request->wait_for_completion) {
    return std::unexpected(
        unsupported("[wait_for_completion=false] is not supported yet: sluiced answers when the reindex has ended"));
  }
  const store::Store store{services.documents, services.catalog, services.views, services.indexer};
  auto options = run_options(*request, services, store);
  if (!options) return std::unexpected(std::move(options.error()));
  const std::vector<std::string> warnings = request->warnings;
  const std::optional<RemoteSource> remote = request->source.remote;
  auto run = reindex(std::move(*request), std::move(*options));
  if (!run) return std::unexpected(std::move(run.error()));
  pipeline::RunStatus status = run->wait();
  if (status.error && remote) status.error = remote_error(std::move(*status.error), *remote);
  Reply reply = status.error ? Reply::json(status.error->envelope(), status.error->status)
                             : Reply::json(response_json(status, {.human = *human}), response_http_status(status));
  add_warnings(reply, warnings);
  return reply;
}

}  // namespace sluice::rest
