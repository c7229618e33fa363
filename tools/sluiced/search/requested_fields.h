#pragma once

#include <string_view>
#include <vector>

#include "tools/sluiced/search/search_request.h"

namespace sluice::rest {

/// `fields` and `docvalue_fields` of the search `body`: a list of names, or of objects with a `field` and how it is
/// shown. Errors: unknown parameters.
Status read_field_names(std::string_view body, std::string_view value, std::vector<ShownField>& names);

/// `script_fields` of the search `body`: an object with a script for each name. Errors: what is none.
Status read_script_fields(std::string_view body, std::string_view value, std::vector<ScriptedField>& fields);

/// `indices_boost` of the search `body`: a list of objects, each with a number for an index expression. Errors: what is
/// none.
Status read_index_boosts(std::string_view body, std::string_view value, std::vector<IndexBoost>& boosts);

/// parsing_exception, 400: `Unknown key for a VALUE_NUMBER in [x].`
Error unknown_search_key(std::string_view body, const stages::JsonMember& member);

}  // namespace sluice::rest
