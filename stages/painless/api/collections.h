#pragma once

#include <cstdint>
#include <functional>

#include "stages/painless/run/machine.h"

/// What the rows of collections share.
namespace sluice::painless::api {

/// Collection.size(); -1: an exception is pending.
std::int64_t size_of(Machine& machine, const Value& collection);
/// The map that a set or a view of a map stands on; null: something else.
Map* map_behind(const Value& collection);
/// Collection.contains(); `machine.failed()` says whether it could.
bool holds(Machine& machine, const Value& collection, const Value& item);
/// Collection.add(): a boolean, or an error.
Value add_to(Machine& machine, const Value& collection, const Value& item);
/// Removes the items that `test` says. False: an exception is pending.
bool remove_where(Machine& machine, const Value& collection, const std::function<bool(const Value&)>& test,
                  bool& changed);

/// A new set of a kind, with the items of `from` (null: none). An error when one can't be added.
Value make_set(Machine& machine, const Class* set_class, Order order, const Value& from);

}  // namespace sluice::painless::api
