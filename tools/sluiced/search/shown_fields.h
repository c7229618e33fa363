#pragma once

#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

/// `fields` of a hit: what the request's `fields` and `docvalue_fields` name, where any of them has a value. The
/// document has Buffer::kPadding readable bytes behind its source. Errors: of the scripts of runtime fields.
Status write_shown_fields(JsonWriter& out, const SearchRequest& request, const CompiledSearch& search,
                          const store::StoredDocument& document);

}  // namespace sluice::rest
