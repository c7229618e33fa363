#pragma once

#include <string_view>

#include "stages/parse/json_object.h"
#include "stages/sort/sort_key.h"

namespace sluice::stages {

/// `nested` of a sort in `body`: `{"path":..,"filter":{..},"max_children":..,"nested":{..}}`. Errors:
/// x_content_parse_exception `[field_sort] failed to parse field [nested]` and its kin.
Result<NestedPart> read_nested_sort(std::string_view body, const JsonMember& member);

}  // namespace sluice::stages
