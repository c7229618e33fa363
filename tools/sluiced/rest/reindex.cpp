#include "reindex/reindex.h"

#include "reindex/project_ends.h"
#include "tools/sluiced/rest/linked_projects.h"
#include "tools/sluiced/rest/reindex_remote.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/run_limits.h"
#include "tools/sluiced/rest/run_reply.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {

namespace {

/// The limits of what is read, here and elsewhere. Names that are wrong are the business of the run itself.
Status check_limits(const Request& request, const std::vector<LinkedProject>& projects, const Services& services) {
  if (projects.empty()) return check_run_limits(request, services, request.source.remote.has_value());
  const auto choice = choose_projects(request.source, aliases_of(projects));
  if (!choice) return {};
  return check_run_limits(origin_request(request, *choice), services, true);
}

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

Result<RunOptions> run_options(const Request& request, std::vector<LinkedProject> projects, Services& services) {
  RunOptions options = store_options(services, request);
  if (!projects.empty() && !request.source.remote) {
    auto access = remote_access(services.node_settings);
    if (!access) return std::unexpected(std::move(access.error()));
    options.source_access = std::move(*access);
    options.projects = std::move(projects);
  }
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
  auto projects = linked_projects(services.node_settings);
  if (!projects) return std::unexpected(std::move(projects.error()));
  rules.projects = aliases_of(*projects);
  auto request = parse_request(call.body(), UrlParameters(call.query.begin(), call.query.end()), rules);
  if (!request) return std::unexpected(std::move(request.error()));
  auto options = run_options(*request, std::move(*projects), services);
  if (!options) return RunRequest{std::move(*request), std::move(options)};
  if (Status fits = check_limits(*request, options->projects, services); !fits) options = std::unexpected(fits.error());
  return RunRequest{std::move(*request), std::move(options)};
}

Result<Reply> reindex_route(Call& call, Services& services) {
  auto run = reindex_run(call, services);
  if (!run) return std::unexpected(std::move(run.error()));
  return run_reply(call, services, std::move(*run));
}

}  // namespace sluice::rest
