#pragma once

#include "stages/query/text_search.h"

namespace sluice::stages {

/// Reads a parameter of those that the query `search.query` of the match family has. False: it is none of them. Errors:
/// Elasticsearch's for values that are wrong.
Result<bool> read_match_parameter(const JsonMember& member, const ClauseContext& context, TextSearch& search);

}  // namespace sluice::stages
