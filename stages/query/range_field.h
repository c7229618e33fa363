#pragma once

#include <span>

#include "stages/query/value_test.h"

namespace sluice::stages {

/// A test for the fields that hold ranges themselves (integer_range, date_range, ip_range, ...): passes where the range
/// of a document stands to one of those asked for as its relation says. A term is a range of one value. Errors:
/// query_shard_exception for bounds that the type can't read and for a low end above the high one. Source: recorded
/// answers of Elasticsearch 9.
Result<ValueTestPtr> test_range_field(const pipeline::FieldSchema& field, std::span<const RangeBounds> asked,
                                      const ClauseContext& context);

}  // namespace sluice::stages
