#pragma once

#include <string>

#include "reindex/enrich_policy.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// Copies what a policy's indices tell into a new index `.enrich-NAME-MILLISECONDS`, lets the alias `.enrich-NAME` lead
/// there, and deletes the older ones. Errors: index_not_found_exception, fields that the mapping has not, what keeps
/// documents from being copied; then everything is as it was.
Status execute_enrich_policy(const std::string& name, const EnrichPolicy& policy, Services& services);

/// Takes a policy's indices out, all but one. Only inside Catalog::update().
void forget_enrich_indices(store::ClusterState& state, const std::string& name, const std::string& but);

}  // namespace sluice::rest
