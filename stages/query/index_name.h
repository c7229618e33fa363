#pragma once

#include <string>

#include "stages/query/compile.h"

namespace sluice::stages {

/// That the index is one of those that a pattern stands for: all documents or none. `fold`: ASCII letters of the
/// pattern in any case. Errors: of QueryContext::is_index.
Result<QueryPtr> index_name_query(std::string pattern, bool fold, const ClauseContext& context);

}  // namespace sluice::stages
