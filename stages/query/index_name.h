#pragma once

#include "stages/query/multi_term.h"

namespace sluice::stages {

/// That the name of the index fits: all documents or none.
QueryPtr index_name_query(const TermPatternPtr& pattern, const ClauseContext& context);

}  // namespace sluice::stages
