#include "tools/sluiced/server.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <latch>

#include <fmt/format.h>

#include "io/store/reindexing/worker_pool.h"
#include "reindex/store_ingest.h"
#include "tools/sluiced/rest/cluster_setting.h"
#include "tools/sluiced/rest/enrich_execute.h"
#include "tools/sluiced/rest/index_analysis.h"
#include "tools/sluiced/rest/linked_projects.h"
#include "tools/sluiced/rest/node_identity.h"
#include "tools/sluiced/rest/reindex_remote.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/rest/run_reply.h"
#include "tools/sluiced/rest/script_cache.h"
#include "tools/sluiced/rest/security.h"
#include "tools/sluiced/search/contexts.h"
#include "tools/sluiced/search/housekeeping.h"
#include "tools/sluiced/services.h"
#include "tools/sluiced/settings/node_settings.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::tools {
namespace {

constexpr auto kGrace = std::chrono::seconds(30);
/// Threads of all runs together that wait for the disk, or look at many documents to find a few.
constexpr std::size_t kStoreThreads = 32;

/// Settings have been checked when they were read: the fallback of a value is never needed.
class Settings {
 public:
  explicit Settings(const store::Settings& settings) : settings_(settings) {}
  [[nodiscard]] std::string text(std::string_view name) const { return rest::node_setting(settings_, name); }
  [[nodiscard]] std::size_t bytes(std::string_view name) const { return parse_byte_size(text(name), name).value_or(0); }
  [[nodiscard]] std::size_t number(std::string_view name) const { return std::stoull("0" + text(name)); }
  [[nodiscard]] bool yes(std::string_view name) const { return text(name) == "true"; }
  [[nodiscard]] Nanoseconds time(std::string_view name) const {
    return parse_time_value(text(name), name).value_or(TimeValue{}).duration;
  }

 private:
  const store::Settings& settings_;
};

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

/// Documents of everybody who can reach the port are nothing to give away by accident.
Status check_exposure(const std::string& host, const Settings& settings) {
  if (is_loopback(host) || !settings.text("xpack.security.enabled").empty()) return {};
  return std::unexpected(illegal_argument(
      "[" + host +
      "] can be reached from other machines: turn security on with --set xpack.security.enabled=true and "
      "sluice.users.NAME, or say --set xpack.security.enabled=false if everybody there may read and write everything"));
}

Result<serve::ServerOptions> server_options(const Arguments& arguments) {
  const Settings settings(arguments.settings);
  const std::string listen =
      arguments.listen.empty() ? settings.text("http.host") + ":" + settings.text("http.port") : arguments.listen;
  const auto address = parse_listen(listen);
  if (!address) return std::unexpected(address.error());
  if (auto checked = check_exposure(address->host, settings); !checked) return std::unexpected(checked.error());
  serve::ServerOptions options;
  options.host = address->host;
  options.port = address->port;
  options.max_content_length = settings.bytes("http.max_content_length");
  options.max_header_size = settings.bytes("http.max_header_size");
  options.max_initial_line = settings.bytes("http.max_initial_line_length");
  options.max_in_flight = settings.bytes("network.breaker.inflight_requests.limit");
  options.max_connections = settings.number("http.max_connections");
  options.max_workers = std::max<std::size_t>(settings.number("thread_pool.http.size"), 1);
  options.pipelining = std::max<std::size_t>(settings.number("http.pipelining.max_events"), 1);
  options.read_timeout = settings.time("http.read_timeout");
  options.write_timeout = settings.time("http.write_timeout");
  options.idle_timeout = settings.time("http.idle_timeout");
  if (settings.yes("xpack.security.http.ssl.enabled")) {
    options.certificate_file = settings.text("xpack.security.http.ssl.certificate");
    options.key_file = settings.text("xpack.security.http.ssl.key");
    options.key_passphrase = settings.text("xpack.security.http.ssl.key_passphrase");
    if (options.certificate_file.empty()) {
      return std::unexpected(
          illegal_argument("xpack.security.http.ssl.enabled needs "
                           "xpack.security.http.ssl.certificate and xpack.security.http.ssl.key"));
    }
  }
  return options;
}

std::int64_t milliseconds_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// SIGTERM and SIGINT, kept from every thread and taken by wait().
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  void wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_{};
};

Result<store::LookupMode> lookup_mode(std::string_view text) {
  if (text == "auto") return store::LookupMode::kAuto;
  if (text == "use") return store::LookupMode::kUse;
  if (text == "off") return store::LookupMode::kOff;
  if (text == "always") return store::LookupMode::kAlways;
  return std::unexpected(illegal_argument("Failed to parse value [" + std::string(text) +
                                          "] for setting [indices.store.lookups]: it is auto, use, off or always"));
}

/// What is said of other clusters, which nobody looks at before a request needs it.
Status check_remotes(const store::Settings& settings) {
  if (Status listed = rest::check_remote_list(settings); !listed) return listed;
  const auto projects = rest::linked_projects(settings);
  return projects ? Status{} : std::unexpected(projects.error());
}

/// Null: it is off.
Result<std::unique_ptr<rest::Security>> open_security(store::Documents& documents, const store::Settings& settings) {
  if (!Settings(settings).yes("xpack.security.enabled")) return nullptr;
  return rest::Security::open(documents, settings);
}

}  // namespace

Status serve(const Arguments& arguments) {
  if (Status right = check_remotes(arguments.settings); !right) return right;
  auto options = server_options(arguments);
  if (!options) return std::unexpected(options.error());
  const EndSignals signals;  // before there are threads, which take over the mask
  const Settings settings(arguments.settings);
  auto lookups = lookup_mode(settings.text("indices.store.lookups"));
  if (!lookups) return std::unexpected(std::move(lookups.error()));
  auto documents = store::Documents::open({.path = arguments.data,
                                           .block_cache = settings.bytes("indices.store.block_cache"),
                                           .write_buffer = settings.bytes("indices.store.write_buffer"),
                                           .lookups = *lookups});
  if (!documents) return std::unexpected(std::move(documents.error()));
  auto catalog = store::Catalog::open(**documents);
  if (!catalog) return std::unexpected(std::move(catalog.error()));
  (*catalog)->set_index_check(rest::check_index_analysis);
  auto identity = rest::node_identity(**documents);
  if (!identity) return std::unexpected(std::move(identity.error()));

  store::SearchViews views(**documents, **catalog);
  store::Indexer indexer(**documents, **catalog, views, settings.text("action.auto_create_index"));
  std::string databases = settings.text("ingest.geoip.database_path");
  if (databases.empty()) databases = databases_of_store(arguments.data);
  StoreIngest ingest(**catalog, store_environment(**catalog, **documents, std::move(databases)));
  indexer.set_ingester(&ingest);
  rest::SearchContexts contexts;
  rest::ScriptCache scripts;
  rest::EnrichRuns enrich_runs;
  store::WorkerPool workers(kStoreThreads);
  const store::Store store{**documents, **catalog, views, indexer, &workers};
  rest::Tasks tasks(store, identity->node_id, settings.yes("sluice.resume"));
  rest::Services services{.documents = **documents,
                          .catalog = **catalog,
                          .views = views,
                          .indexer = indexer,
                          .store = store,
                          .contexts = contexts,
                          .scripts = scripts,
                          .tasks = tasks,
                          .ingest = ingest,
                          .enrich_runs = enrich_runs,
                          .node_settings = arguments.settings,
                          .cluster_name = settings.text("cluster.name"),
                          .cluster_uuid = identity->cluster_uuid,
                          .node_id = identity->node_id,
                          .node_name = settings.text("node.name"),
                          .http_address = {},
                          .data_path = arguments.data,
                          .started = milliseconds_now(),
                          .security = nullptr,
                          .http_statistics = {}};
  indexer.set_auto_create(rest::cluster_setting(services, "action.auto_create_index"));
  auto security = open_security(**documents, arguments.settings);
  if (!security) return std::unexpected(std::move(security.error()));
  services.security = security->get();
  std::latch complete(1);  // the address is known only once it has been bound
  options->admission = [&](const serve::HttpRequest& request) {
    complete.wait();
    return rest::refusal(request, services);
  };
  auto server = serve::HttpServer::start(*options, [&](serve::HttpRequest request) {
    complete.wait();
    return rest::answer(std::move(request), services);
  });
  if (!server) return std::unexpected(std::move(server.error()));
  services.http_address = (*server)->address();
  rest::resume_runs(services);
  services.http_statistics = [raw = server->get()] { return raw->statistics(); };
  complete.count_down();
  const rest::Housekeeping housekeeping(
      [&](std::atomic<bool>& stop) { rest::tidy(**documents, views, contexts, stop); }, rest::Housekeeping::kEvery);
  fmt::print("sluiced {} is listening on http{}://{}, data in {}\n", SLUICE_VERSION,
             options->certificate_file.empty() ? "" : "s", (*server)->address(), arguments.data);
  std::fflush(stdout);
  signals.wait();
  fmt::print(stderr, "sluiced: answering what has begun, then ending\n");
  tasks.end();
  (*server)->stop(kGrace);
  return {};
}

}  // namespace sluice::tools
