#pragma once

#include "io/store/mappings/mapping.h"
#include "io/store/mappings/root.h"
#include "pipeline/base/error.h"

namespace sluice::store {

/// `base` with `update` laid over it. Errors: illegal_argument_exception and mapper_parsing_exception for what can't
/// change.
Result<Root> merge_roots(const Root& base, const Root& update, MergeReason reason);

/// What a mapping may not exceed. `before` is the number of fields that the base has.
Status check_limits(const Root& merged, const Root& base, const MappingLimits& limits);

/// Fields as `index.mapping.total_fields.limit` counts them: objects, aliases, multi-fields and runtime fields too.
std::size_t field_count(const Root& root);

}  // namespace sluice::store
