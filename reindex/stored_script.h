#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/error.h"

namespace sluice {

/// The source of a store's script; nothing: there is none of that name. Errors: illegal_argument_exception for a
/// language that can't be run here, x_content_parse_exception for a script that the store has kept badly.
Result<std::optional<std::string>> stored_script_source(const store::ClusterState& state, std::string_view id);

}  // namespace sluice
