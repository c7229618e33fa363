#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/error.h"

namespace sluice::rest {

/// One step of `POST _aliases`.
struct AliasAction {
  enum class Kind : std::uint8_t { kAdd, kRemove, kRemoveIndex };
  Kind kind = Kind::kAdd;
  std::vector<std::string> indices;
  std::vector<std::string> aliases;
  store::AliasMeta alias;  ///< what is added, without its name
  std::optional<bool> must_exist;
};

/// Reads `{"actions":[{"add":{..}},..]}`. `body` has Buffer::kPadding readable bytes behind it. Errors:
/// x_content_parse_exception with positions and Elasticsearch's texts; illegal_argument_exception for no actions.
Result<std::vector<AliasAction>> parse_alias_actions(std::string_view body);

/// Refuses routings of several values and filters that are no query.
Status check_alias(const store::AliasMeta& alias);

/// What became of the actions: `{"acknowledged":true,"errors":false}`, or with `action_results` where an alias to be
/// removed was not there but something else was done.
struct AliasOutcome {
  std::vector<bool> done;  ///< for each action
};

/// Applies all actions or none. Only inside Catalog::update(). Errors: index_not_found_exception and
/// aliases_not_found_exception, 404; invalid_alias_name_exception, 400; illegal_state_exception, 500, for two write
/// indices of an alias.
Result<AliasOutcome> apply_alias_actions(store::ClusterState& state, const std::vector<AliasAction>& actions);

}  // namespace sluice::rest
