#pragma once

#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::rest {

/// Whether a route keeps parts of its body as raw JSON (mappings, filters of aliases, templates): such a body is
/// checked to its last byte before anything of it is kept, as what is stored has to be readable for ever. Documents are
/// checked by their mapping.
bool keeps_raw_json(std::string_view pattern);

/// Refuses what is no JSON. An empty body is fine: the route says whether it needs one. Errors:
/// x_content_parse_exception, 400, with the line and column where it stops being JSON. Any thread.
Status check_whole_json(std::string_view body);

}  // namespace sluice::rest
