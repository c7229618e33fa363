#pragma once

#include <string>

#include "stages/sort/sort_values.h"

namespace sluice::stages {

/// Appends a value of a sort key as bytes: two of them compare, byte by byte, as Sorter::compare() compares the values,
/// whatever is appended behind them. Values of other kinds, of an index where the field is of another type, stand
/// before or behind all of this kind.
void append_order_key(std::string& out, const SortKey& key, const SortValue& value);

}  // namespace sluice::stages
