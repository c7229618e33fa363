#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/error.h"

namespace sluice {

/// An enrich policy: which documents tell something of a value. Source: Elasticsearch's documentation of the enrich
/// APIs.
struct EnrichPolicy {
  std::string type;  ///< `match`, `range`
  std::vector<std::string> indices;
  std::string query;  ///< raw JSON; empty: all documents
  std::string match_field;
  std::vector<std::string> enrich_fields;

  [[nodiscard]] bool is_range() const { return type == "range"; }
};

/// Reads the body of `PUT _enrich/policy/{name}`. Errors: illegal_argument_exception, 400, for parts that are missing,
/// of the wrong type or unknown, and for `geo_match`, which sluice has not.
Result<EnrichPolicy> parse_enrich_policy(const std::string& body);
/// The same as `{"match":{"name":..,"indices":[..],..}}`.
std::string enrich_policy_json(const std::string& name, const EnrichPolicy& policy);

/// The alias of a policy's newest index: `.enrich-users`.
std::string enrich_alias(std::string_view policy);
/// The index behind it; null: the policy was not executed yet.
store::IndexPtr enrich_index(const store::ClusterState& state, std::string_view policy);
/// The names of the pipelines with an `enrich` processor of that policy.
std::vector<std::string> pipelines_with_policy(const store::ClusterState& state, std::string_view policy);

}  // namespace sluice
