#include "stages/painless/api/collections.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

Value make_set(Machine& machine, const Class* set_class, Order order, const Value& from) {
  const Class* map_class = order == Order::kSorted ? known().tree_map : known().hash_map;
  auto* set = machine.heap().make<Set>(set_class, machine.heap().make<HashMap>(map_class, order));
  if (from.is_null()) return made(set);
  if (order == Order::kHash) {
    // As java.util.HashSet sizes its table for what it is given: 16 at least.
    std::uint32_t table = 16;
    const std::int64_t size = size_of(machine, from);
    while (static_cast<float>(table) < static_cast<float>(size) / 0.75F + 1.0F) table *= 2;
    set->map->table_size = table;
  }
  const bool ok =
      for_each(machine, from, [&](const Value& item) { return !add_to(machine, made(set), item).is_error(); });
  return ok ? made(set) : Value::error();
}

namespace {

Value remove(Machine& machine, const Value* a) {
  Map* keys = map_behind(a[0]);
  if (keys == nullptr) return machine.raise(known().unsupported_operation);
  const bool there = keys->find(machine, a[1]) != nullptr;
  if (machine.failed() || (there && keys->remove(machine, a[1]).is_error())) return Value::error();
  return Value::boolean(there);
}
constexpr MethodRow kSet[] = {
    {"boolean remove(def)", remove, "Removes an item; whether it was there.", "Set s = new HashSet([1]); s.remove(1)",
     "true"},
};

Value hash_set(Machine& machine, const Value* a) {
  (void)a;
  return make_set(machine, known().hash_set, Order::kHash, Value::null());
}
Value hash_set_of(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : make_set(machine, known().hash_set, Order::kHash, a[0]);
}
Value linked_set(Machine& machine, const Value* a) {
  (void)a;
  return make_set(machine, known().linked_hash_set, Order::kLinked, Value::null());
}
Value linked_set_of(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : make_set(machine, known().linked_hash_set, Order::kLinked, a[0]);
}
Value tree_set(Machine& machine, const Value* a) {
  (void)a;
  return make_set(machine, known().tree_set, Order::kSorted, Value::null());
}
Value tree_set_by(Machine& machine, const Value* a) {
  const Value set = tree_set(machine, a);
  object<Set>(set).map->comparator = a[0];
  return set;
}
constexpr MethodRow kHashSet[] = {
    {"new()", hash_set, "An empty set.", "new HashSet()", "[]"},
    {"new(Collection)", hash_set_of, "A set of the items of another.", "new HashSet([1, 1])", "[1]"},
    {"def clone()", hash_set_of, "A set of the same items.", "new HashSet([1]).clone()", "[1]"},
};
constexpr MethodRow kLinkedHashSet[] = {
    {"new()", linked_set, "An empty set.", "new LinkedHashSet()", "[]"},
    {"new(Collection)", linked_set_of, "A set of the items of another.", "new LinkedHashSet([2, 1, 2])", "[2, 1]"},
};
constexpr MethodRow kTreeSet[] = {
    {"new()", tree_set, "An empty set.", "Set s = new TreeSet(); s.add(2); s.add(1); s", "[1, 2]"},
    {"new(Comparator)", tree_set_by, "An empty set of another order.",
     "Set s = new TreeSet((x, y) -> y - x); s.add(1); s.add(2); s", "[2, 1]"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Set", "Collection", "Items that are there once.", kSet, true},
    {"java.util.HashSet", "Set", "The usual set; its order is that of hash codes.", kHashSet},
    {"java.util.LinkedHashSet", "HashSet", "A set in the order of insertion.", kLinkedHashSet},
    {"java.util.TreeSet", "NavigableSet,java.util.TreeSetMore", "A set in the order of its items.", kTreeSet},
};

}  // namespace

std::span<const ClassRow> set_family() { return kRows; }

}  // namespace sluice::painless::api
