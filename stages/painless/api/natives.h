#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "stages/painless/api/rows.h"
#include "stages/painless/run/machine.h"

/// What the rows of api/ are written with. Arguments come converted to the declared types, so an `int` is in `.i`, a
/// `double` in `.d`; a reference may be null, which the row has to look at.
namespace sluice::painless::api {

inline std::int32_t as_int(const Value& value) { return static_cast<std::int32_t>(value.i); }

/// A null where Java would throw: raises null_pointer_exception and is true.
inline bool missing(Machine& machine, const Value& value) {
  if (!value.is_null()) return false;
  machine.null_pointer();
  return true;
}

/// Likewise with the reason that a node gives: what could not be done, and the name of what is null there.
inline bool missing(Machine& machine, const Value& value, std::string_view reason) {
  if (!value.is_null()) return false;
  machine.raise(known().null_pointer, reason);
  return true;
}

/// The object as the C++ type that its declared class always is.
template <typename T>
T& object(const Value& value) {
  return *static_cast<T*>(value.o);  // NOLINT(clang-analyzer-core.uninitialized.UndefReturn): rows look for null first
}
inline std::string_view text(const Value& value) { return static_cast<const String*>(value.o)->text(); }
inline Value made(Object* object) { return Value::of(object); }

/// `Index 5 out of bounds for length 3`.
inline std::string bounds_text(std::int64_t index, std::int64_t length) {
  return "Index " + std::to_string(index) + " out of bounds for length " + std::to_string(length);
}

/// A new, empty java.util.ArrayList, HashMap, LinkedHashMap.
inline ArrayList* new_list(Machine& machine) { return machine.heap().make<ArrayList>(known().array_list); }
inline HashMap* new_hash_map(Machine& machine) { return machine.heap().make<HashMap>(known().hash_map, Order::kHash); }
inline HashMap* new_linked_map(Machine& machine) {
  return machine.heap().make<HashMap>(known().linked_hash_map, Order::kLinked);
}

/// Walks an Iterable or array: `f(item)` returns false to stop. False: an exception is pending.
template <typename F>
bool for_each(Machine& machine, const Value& iterable, F&& f) {
  Iterator* iterator = machine.iterate(iterable);
  if (iterator == nullptr) return false;
  while (iterator->has_next(machine)) {
    const Value item = iterator->next(machine);
    if (item.is_error() || !machine.tick()) return false;
    if (!f(item)) return !machine.failed();
  }
  return !machine.failed();
}

/// Walks the entries of a map: `f(key, value)` returns false to stop.
template <typename F>
bool for_each_entry(Machine& machine, Map& map, F&& f) {
  const std::uint32_t* places = map.in_order(machine);
  const std::uint32_t count = map.count;
  const std::uint32_t expected = map.modifications;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!machine.tick()) return false;
    Map::Entry& entry = map.entries[places[i]];
    if (!f(map.key_of(machine, entry), map.value_of(machine, entry))) return !machine.failed();
    if (map.modifications != expected) {
      machine.raise(known().concurrent_modification);
      return false;
    }
  }
  return !machine.failed();
}

/// Calls a function of two arguments that has to return an int: a Comparator. `machine.failed()` says whether it did.
inline std::int32_t call_int(Machine& machine, const Value& function, const Value& a, const Value& b) {
  const Value result = machine.convert(machine.call(function, {a, b}), *Registry::get().of(Kind::kInt), false);
  return result.is_error() ? 0 : as_int(result);
}

/// Less-than by a comparator, or by the natural order where that is null.
inline bool before(Machine& machine, const Value& comparator, const Value& a, const Value& b) {
  if (machine.failed()) return false;
  return (comparator.is_null() ? machine.compare(a, b) : call_int(machine, comparator, a, b)) < 0;
}

}  // namespace sluice::painless::api
