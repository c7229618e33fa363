#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "reindex/enrich_policy.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// Which policies are being executed, or deleted; one for a server. Any thread.
class EnrichRuns {
 public:
  /// An execution that goes on.
  struct Execution {
    std::string policy;
    std::int64_t id = 0;  ///< of its task
    std::chrono::system_clock::time_point began;
  };
  struct Release {
    EnrichRuns* runs;
    void operator()(const std::string* name) const;
  };
  using Hold = std::unique_ptr<const std::string, Release>;

  /// Keeps others from the policy while it lives. `task`: the number of an execution; nothing: it is none. Errors:
  /// es_rejected_execution_exception, 429: somebody else has it.
  Result<Hold> hold(const std::string& policy, std::optional<std::int64_t> task = std::nullopt);
  /// What is executed now, in the order of the policies' names.
  [[nodiscard]] std::vector<Execution> executions() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::optional<Execution>> held_;
};

/// Copies what a policy's indices tell into a new index `.enrich-NAME-MILLISECONDS`, lets the alias `.enrich-NAME` lead
/// there, and deletes the older ones. Errors: index_not_found_exception, fields that the mapping has not, what keeps
/// documents from being copied; then everything is as it was. The caller holds the policy (EnrichRuns).
Status execute_enrich_policy(const std::string& name, const EnrichPolicy& policy, Services& services);

/// Takes a policy's indices out, all but one. Only inside Catalog::update().
void forget_enrich_indices(store::ClusterState& state, const std::string& name, const std::string& but);

}  // namespace sluice::rest
