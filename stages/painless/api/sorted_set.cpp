#include "stages/painless/api/families.h"
#include "stages/painless/api/sorted_view.h"

namespace sluice::painless::api {

namespace {

Map& map_of(const Value& set) { return *object<Set>(set).map; }

Value set_over(Machine& machine, Map* map) { return made(machine.heap().make<Set>(known().tree_set, map)); }
Value item_of(Machine& machine, Map& map, Map::Entry* entry) {
  if (entry == nullptr) return machine.failed() ? Value::error() : Value::null();
  return map.key_of(machine, *entry);
}

Value comparator(Machine&, const Value* a) { return map_of(a[0]).comparator; }
template <bool kFirst>
Value end_of(Machine& machine, const Value* a) {
  Map::Entry* entry = find_end(machine, map_of(a[0]), kFirst);
  if (entry == nullptr) return machine.failed() ? Value::error() : machine.raise(known().no_such_element);
  return map_of(a[0]).key_of(machine, *entry);
}
template <bool kFirst>
Value poll(Machine& machine, const Value* a) {
  Map& map = map_of(a[0]);
  if (map.immutable) return machine.raise(known().unsupported_operation);
  const Value item = item_of(machine, map, find_end(machine, map, kFirst));
  if (item.is_error() || map.size(machine) == 0) return item;
  return map.remove(machine, item).is_error() ? Value::error() : item;
}
template <Neighbour kWhich>
Value near(Machine& machine, const Value* a) {
  return item_of(machine, map_of(a[0]), find_neighbour(machine, map_of(a[0]), a[1], kWhich));
}
Value part_of(Machine& machine, const Value& set, const std::optional<SortedEnd>& low,
              const std::optional<SortedEnd>& high) {
  const Value part = make_part(machine, map_of(set), low, high);
  return part.is_error() ? part : set_over(machine, &object<Map>(part));
}
Value head(Machine& machine, const Value* a) { return part_of(machine, a[0], std::nullopt, SortedEnd{a[1], false}); }
Value tail(Machine& machine, const Value* a) { return part_of(machine, a[0], SortedEnd{a[1], true}, std::nullopt); }
Value part(Machine& machine, const Value* a) {
  return part_of(machine, a[0], SortedEnd{a[1], true}, SortedEnd{a[2], false});
}
Value head_to(Machine& machine, const Value* a) {
  return part_of(machine, a[0], std::nullopt, SortedEnd{a[1], a[2].i != 0});
}
Value tail_from(Machine& machine, const Value* a) {
  return part_of(machine, a[0], SortedEnd{a[1], a[2].i != 0}, std::nullopt);
}
Value part_between(Machine& machine, const Value* a) {
  return part_of(machine, a[0], SortedEnd{a[1], a[2].i != 0}, SortedEnd{a[3], a[4].i != 0});
}
Value descending(Machine& machine, const Value* a) { return set_over(machine, make_reversed(machine, map_of(a[0]))); }
Value walk_back(Machine& machine, const Value* a) {
  Iterator* iterator = machine.iterate(descending(machine, a));
  return iterator == nullptr ? Value::error() : made(iterator);
}
Value clone(Machine& machine, const Value* a) {
  auto* map = machine.heap().make<HashMap>(known().tree_map, Order::kSorted);
  map->comparator = map_of(a[0]).comparator;
  const bool ok = for_each_entry(machine, map_of(a[0]), [&](const Value& key, const Value& value) {
    return !map->put(machine, key, value).is_error();
  });
  return ok ? set_over(machine, map) : Value::error();
}

#define SAMPLE(rest) "TreeSet s = new TreeSet(); s.addAll([1, 3, 5]); " rest

constexpr MethodRow kSortedSet[] = {
    {"Comparator comparator()", comparator, "The order of the items; null: their own.", "new TreeSet().comparator()",
     "null"},
    {"def first()", end_of<true>, "The first item, which has to be there.", SAMPLE("s.first()"), "1"},
    {"SortedSet headSet(def)", head, "What is before an item; writes go to the set.", SAMPLE("s.headSet(3)"), "[1]"},
    {"def last()", end_of<false>, "The last item, which has to be there.", SAMPLE("s.last()"), "5"},
    {"SortedSet subSet(def,def)", part, "What is from one item to before another; writes go to the set.",
     SAMPLE("s.subSet(1, 5)"), "[1, 3]"},
    {"SortedSet tailSet(def)", tail, "What is at an item and behind it; writes go to the set.", SAMPLE("s.tailSet(3)"),
     "[3, 5]"},
};
constexpr MethodRow kNavigableSet[] = {
    {"def ceiling(def)", near<Neighbour::kCeiling>, "That item or the next one; null: none.", SAMPLE("s.ceiling(2)"),
     "3"},
    {"Iterator descendingIterator()", walk_back, "Walks from the last to the first.",
     SAMPLE("s.descendingIterator().next()"), "5"},
    {"NavigableSet descendingSet()", descending, "The set the other way round; writes go to the set.",
     SAMPLE("s.descendingSet()"), "[5, 3, 1]"},
    {"def floor(def)", near<Neighbour::kFloor>, "That item or the one before; null: none.", SAMPLE("s.floor(2)"), "1"},
    {"NavigableSet headSet(def,boolean)", head_to, "What is before an item, or at it.", SAMPLE("s.headSet(3, true)"),
     "[1, 3]"},
    {"def higher(def)", near<Neighbour::kHigher>, "The item behind; null: none.", SAMPLE("s.higher(3)"), "5"},
    {"def lower(def)", near<Neighbour::kLower>, "The item before; null: none.", SAMPLE("s.lower(3)"), "1"},
    {"def pollFirst()", poll<true>, "Takes the first item; null: none.", SAMPLE("s.pollFirst(); s"), "[3, 5]"},
    {"def pollLast()", poll<false>, "Takes the last item; null: none.", SAMPLE("s.pollLast(); s"), "[1, 3]"},
    {"NavigableSet subSet(def,boolean,def,boolean)", part_between, "What is from one item to another, or between them.",
     SAMPLE("s.subSet(1, false, 5, true)"), "[3, 5]"},
    {"NavigableSet tailSet(def,boolean)", tail_from, "What is behind an item, or at it too.",
     SAMPLE("s.tailSet(3, false)"), "[5]"},
};
#undef SAMPLE
constexpr MethodRow kTreeSetMore[] = {
    {"def clone()", clone, "A set of the same items.", "new TreeSet().clone()", "[]"},
};

constexpr ClassRow kRows[] = {
    {"java.util.SortedSet", "Set", "A set whose items have an order.", kSortedSet, true},
    {"java.util.NavigableSet", "SortedSet", "A set that can be asked for what is near an item.", kNavigableSet, true},
    {"java.util.TreeSetMore", "", "Methods of TreeSet.", kTreeSetMore, true, true},
};

}  // namespace

std::span<const ClassRow> sorted_set_family() { return kRows; }

}  // namespace sluice::painless::api
