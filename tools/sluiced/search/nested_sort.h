#pragma once

#include <string_view>

#include "stages/parse/json_object.h"
#include "tools/sluiced/search/search_request.h"

namespace sluice::rest {

/// `nested` of a sort in `body`: `{"path":..,"filter":{..},"max_children":..,"nested":{..}}`. Errors:
/// x_content_parse_exception `[field_sort] failed to parse field [nested]` and its kin.
Result<stages::NestedPart> read_nested_sort(std::string_view body, const stages::JsonMember& member);

}  // namespace sluice::rest
