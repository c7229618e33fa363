#pragma once

#include <string>
#include <string_view>

#include "reindex/request.h"

namespace sluice::rest {

/// What a task says of itself: `reindex from [a, b] updated with Script{..} to [c]`. Passwords are left out. Source:
/// reference/reindex.md 8.7, and a node for the forms of scripts.
std::string task_description(const Request& request);

/// A JSON value as Java prints the map, list, text or number that it is read as: `{a=1, b=[x, null]}`.
std::string java_text_of_json(std::string_view json);

}  // namespace sluice::rest
