#pragma once

#include "pipeline/model/lookup_plan.h"
#include "stages/query/compile.h"

namespace sluice::stages {

/// The keys of a field for an index of its values: as many as queries on it compare, that is after normalization, with
/// null_value, without what is longer than ignore_above, and from all places that copy to it. Null for fields that have
/// none: texts, ranges, points and shapes, what lives in nested objects, and what the mapping does not index.
pipeline::FieldKeysPtr field_keys(const pipeline::FieldSchema& field, const ClauseContext& context);

/// The plan of a clause on such a field; nothing where `field` is null.
std::optional<pipeline::LookupPlan> field_plan(const pipeline::FieldKeysPtr& field,
                                               std::vector<pipeline::KeyRange> ranges);

}  // namespace sluice::stages
