#pragma once

#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "reindex/json_reader.h"
#include "reindex/request.h"

namespace sluice {

/// Reads a `script` that is an object, in the body of any request. The reader is at its `{`, and then at its `}`. Adds
/// the texts of `Warning` headers for old names. Errors: Elasticsearch's, with its positions.
Result<RequestScript> parse_script_object(JsonReader& reader, std::vector<std::string>& warnings);

}  // namespace sluice
