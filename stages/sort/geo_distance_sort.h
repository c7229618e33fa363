#pragma once

#include <string_view>

#include "stages/parse/json_object.h"
#include "stages/sort/sort_key.h"

namespace sluice::stages {

/// `{"_geo_distance":{"field":points,..}}` of a sort in `body`. Errors: Elasticsearch's, for what does not belong
/// there.
Result<SortKey> read_geo_distance_sort(std::string_view body, const JsonMember& member);

}  // namespace sluice::stages
