#pragma once

#include <string_view>

#include "stages/parse/json_object.h"
#include "stages/sort/sort_key.h"

namespace sluice::stages {

/// `_script` of a sort: `{"script":..,"type":"number","order":"asc","mode":"min"}`. Errors: Elasticsearch's.
Result<SortKey> read_script_sort(std::string_view body, const JsonMember& member);

}  // namespace sluice::stages
