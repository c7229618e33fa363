#pragma once

#include <string>

#include "io/store/documents/documents.h"

namespace sluice::rest {

/// The ids that a store has for its whole life.
struct NodeIdentity {
  std::string cluster_uuid;
  std::string node_id;
};

/// Reads them, or makes them where the store is new. Errors: the store's.
Result<NodeIdentity> node_identity(store::Documents& documents);

/// `bytes` of randomness from the system, as URL-safe base64 without padding.
std::string random_id(std::size_t bytes);

}  // namespace sluice::rest
