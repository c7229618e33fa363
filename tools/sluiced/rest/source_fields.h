#pragma once

#include <string_view>

#include "reindex/request.h"

namespace sluice::rest {

/// `_source` in a body: a boolean, a name, a list of names, or `{"includes":..,"excludes":..}`. `value` has padding
/// behind it. Errors: parsing_exception for values of another kind.
Status read_source_fields(std::string_view value, SourceFields& fields);

}  // namespace sluice::rest
