#pragma once

#include <string_view>

#include "stages/parse/json_object.h"
#include "tools/sluiced/search/search_request.h"

namespace sluice::rest {

/// `_script` of a sort: `{"script":..,"type":"number","order":"asc","mode":"min"}`. Errors: Elasticsearch's.
Result<SortKey> read_script_sort(std::string_view body, const stages::JsonMember& member);

}  // namespace sluice::rest
