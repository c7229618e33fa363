#pragma once

#include <cstdint>
#include <string>

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"

namespace sluice::rest {

/// What routes work with; one for a server, shared by all threads.
struct Services {
  store::Documents& documents;
  store::Catalog& catalog;
  /// From the configuration file and `--set`: full names, raw JSON values. Never changes.
  const store::Settings& node_settings;
  std::string cluster_name = "sluice";
  std::string cluster_uuid;  ///< kept in the store
  std::string node_id;       ///< kept in the store
  std::string node_name;
  std::string http_address;  ///< `127.0.0.1:9200`
  std::int64_t started = 0;  ///< milliseconds since 1970
};

}  // namespace sluice::rest
