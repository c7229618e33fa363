#pragma once

#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

/// `fields` of a hit: what the request's `fields` and `docvalue_fields` name and what its scripts give, where any of
/// them has a value. `scope`: the path of nested objects whose doc values are shown too. The document has
/// Buffer::kPadding readable bytes behind its source. Errors: of scripts; formats that a field does not take.
Status write_shown_fields(JsonWriter& out, const SearchRequest& request, const CompiledSearch& search,
                          const store::StoredDocument& document, std::string_view scope = {});

}  // namespace sluice::rest
