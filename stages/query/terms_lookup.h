#pragma once

#include <string_view>
#include <vector>

#include "stages/query/value_test.h"

namespace sluice::stages {

/// The values of `{"index":..,"id":..,"path":..,"routing":..}`: those that another document has at a path; none where
/// it is not there. Errors: `Required [index]` and the like; index_not_found_exception; unsupported where documents
/// can't be looked up.
Result<std::vector<TermValue>> look_up_terms(std::string_view body, const ClauseContext& context);

}  // namespace sluice::stages
