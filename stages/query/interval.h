#pragma once

#include <span>

#include "stages/query/value_test.h"

namespace sluice::stages {

/// A test for types that have an order: numbers, dates, booleans, addresses, and strings by their bytes. Passes where a
/// value lies in one of the intervals. `exact`: the intervals come from term queries, so that a fraction asked of whole
/// numbers is nothing instead of rounded, an address may be a network, and a date as long as what it leaves out.
/// Errors: bounds that the type can't read.
Result<ValueTestPtr> test_intervals(const pipeline::FieldSchema& field, std::span<const RangeBounds> intervals,
                                    bool exact, const ClauseContext& context);

}  // namespace sluice::stages
