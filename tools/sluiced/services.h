#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "io/serve/http_server.h"
#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"
#include "io/store/store.h"
#include "io/store/writing/indexer.h"
#include "io/store/writing/search_views.h"

namespace sluice {
class StoreIngest;
}

namespace sluice::rest {

class EnrichRuns;
class ScriptCache;
class SearchContexts;
class Security;
class Tasks;

/// What routes work with; one for a server, shared by all threads.
struct Services {
  store::Documents& documents;
  store::Catalog& catalog;
  store::SearchViews& views;
  store::Indexer& indexer;
  store::Store store;  ///< of the same parts
  SearchContexts& contexts;
  ScriptCache& scripts;
  Tasks& tasks;
  StoreIngest& ingest;
  EnrichRuns& enrich_runs;
  /// From the configuration file and `--set`: full names, raw JSON values. Never changes.
  const store::Settings& node_settings;
  std::string cluster_name = "sluice";
  std::string cluster_uuid;  ///< kept in the store
  std::string node_id;       ///< kept in the store
  std::string node_name;
  std::string http_address;      ///< `127.0.0.1:9200`
  std::string data_path;         ///< the folder of the store
  std::int64_t started = 0;      ///< milliseconds since 1970
  Security* security = nullptr;  ///< null: everybody may do everything
  std::function<serve::ServerStatistics()> http_statistics;
};

}  // namespace sluice::rest
