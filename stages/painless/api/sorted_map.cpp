#include "stages/painless/api/families.h"
#include "stages/painless/api/sorted_view.h"

namespace sluice::painless::api {

namespace {

Map& map_of(const Value& value) { return object<Map>(value); }
constexpr const char* kEntryName = "java.util.AbstractMap$SimpleEntry";
constexpr const char* kImmutableName = "java.util.AbstractMap$SimpleImmutableEntry";

/// A key and a value that belong to no map.
Value make_entry(Machine& machine, const char* java_name, const Value& key, const Value& value) {
  const Class* cls = Registry::get().class_named(java_name);
  return made(machine.heap().make<MapEntry>(cls, nullptr, 0U, key, value));
}
Value snapshot(Machine& machine, Map& map, Map::Entry* entry) {
  if (entry == nullptr) return machine.failed() ? Value::error() : Value::null();
  return make_entry(machine, kImmutableName, map.key_of(machine, *entry), map.value_of(machine, *entry));
}
Value key_of(Machine& machine, Map& map, Map::Entry* entry) {
  if (entry == nullptr) return machine.failed() ? Value::error() : Value::null();
  return map.key_of(machine, *entry);
}

Value comparator(Machine&, const Value* a) { return map_of(a[0]).comparator; }
template <bool kFirst>
Value end_key(Machine& machine, const Value* a) {
  Map::Entry* entry = find_end(machine, map_of(a[0]), kFirst);
  if (entry == nullptr) return machine.failed() ? Value::error() : machine.raise(known().no_such_element);
  return map_of(a[0]).key_of(machine, *entry);
}
template <bool kFirst>
Value end_entry(Machine& machine, const Value* a) {
  return snapshot(machine, map_of(a[0]), find_end(machine, map_of(a[0]), kFirst));
}
template <bool kFirst>
Value poll_entry(Machine& machine, const Value* a) {
  if (map_of(a[0]).immutable) return machine.raise(known().unsupported_operation);
  const Value entry = end_entry<kFirst>(machine, a);
  if (entry.is_error() || entry.is_null()) return entry;
  return map_of(a[0]).remove(machine, object<MapEntry>(entry).key).is_error() ? Value::error() : entry;
}
template <Neighbour kWhich>
Value near_entry(Machine& machine, const Value* a) {
  return snapshot(machine, map_of(a[0]), find_neighbour(machine, map_of(a[0]), a[1], kWhich));
}
template <Neighbour kWhich>
Value near_key(Machine& machine, const Value* a) {
  return key_of(machine, map_of(a[0]), find_neighbour(machine, map_of(a[0]), a[1], kWhich));
}
Value head(Machine& machine, const Value* a) {
  return make_part(machine, map_of(a[0]), std::nullopt, SortedEnd{a[1], false});
}
Value tail(Machine& machine, const Value* a) {
  return make_part(machine, map_of(a[0]), SortedEnd{a[1], true}, std::nullopt);
}
Value part(Machine& machine, const Value* a) {
  return make_part(machine, map_of(a[0]), SortedEnd{a[1], true}, SortedEnd{a[2], false});
}
Value head_to(Machine& machine, const Value* a) {
  return make_part(machine, map_of(a[0]), std::nullopt, SortedEnd{a[1], a[2].i != 0});
}
Value tail_from(Machine& machine, const Value* a) {
  return make_part(machine, map_of(a[0]), SortedEnd{a[1], a[2].i != 0}, std::nullopt);
}
Value part_between(Machine& machine, const Value* a) {
  return make_part(machine, map_of(a[0]), SortedEnd{a[1], a[2].i != 0}, SortedEnd{a[3], a[4].i != 0});
}
Value descending(Machine& machine, const Value* a) { return made(make_reversed(machine, map_of(a[0]))); }
/// The keys as a set that can't be added to.
Value keys_of(Machine& machine, Map* map) {
  auto* keys = machine.heap().make<SortedView>(known().tree_map, map);
  keys->keys_only = true;
  return made(machine.heap().make<Set>(known().tree_set, keys));
}
Value keys(Machine& machine, const Value* a) { return keys_of(machine, &map_of(a[0])); }
Value keys_descending(Machine& machine, const Value* a) {
  return keys_of(machine, make_reversed(machine, map_of(a[0])));
}
Value clone(Machine& machine, const Value* a) {
  Map& self = map_of(a[0]);
  auto* copy = machine.heap().make<HashMap>(known().tree_map, Order::kSorted);
  copy->comparator = self.comparator;
  const bool ok = for_each_entry(
      machine, self, [&](const Value& key, const Value& value) { return !copy->put(machine, key, value).is_error(); });
  return ok ? made(copy) : Value::error();
}

#define SAMPLE(rest) "TreeMap m = new TreeMap(); m.put(1, 'a'); m.put(3, 'b'); m.put(5, 'c'); " rest

constexpr MethodRow kSortedMap[] = {
    {"Comparator comparator()", comparator, "The order of the keys; null: their own.", "new TreeMap().comparator()",
     "null"},
    {"def firstKey()", end_key<true>, "The first key, which has to be there.", SAMPLE("m.firstKey()"), "1"},
    {"def lastKey()", end_key<false>, "The last key, which has to be there.", SAMPLE("m.lastKey()"), "5"},
    {"SortedMap headMap(def)", head, "What is before a key; writes go to the map.", SAMPLE("m.headMap(3)"), "{1=a}"},
    {"SortedMap subMap(def,def)", part, "What is from one key to before another; writes go to the map.",
     SAMPLE("m.subMap(1, 5)"), "{1=a, 3=b}"},
    {"SortedMap tailMap(def)", tail, "What is at a key and behind it; writes go to the map.", SAMPLE("m.tailMap(3)"),
     "{3=b, 5=c}"},
};
constexpr MethodRow kNavigableMap[] = {
    {"Map.Entry ceilingEntry(def)", near_entry<Neighbour::kCeiling>, "The entry at a key or next behind it.",
     SAMPLE("m.ceilingEntry(2)"), "3=b"},
    {"def ceilingKey(def)", near_key<Neighbour::kCeiling>, "That key or the next one.", SAMPLE("m.ceilingKey(3)"), "3"},
    {"NavigableSet descendingKeySet()", keys_descending, "The keys, the last one first.",
     SAMPLE("m.descendingKeySet()"), "[5, 3, 1]"},
    {"NavigableMap descendingMap()", descending, "The map the other way round; writes go to the map.",
     SAMPLE("m.descendingMap()"), "{5=c, 3=b, 1=a}"},
    {"Map.Entry firstEntry()", end_entry<true>, "The first entry; null: none.", SAMPLE("m.firstEntry()"), "1=a"},
    {"Map.Entry floorEntry(def)", near_entry<Neighbour::kFloor>, "The entry at a key or next before it.",
     SAMPLE("m.floorEntry(2)"), "1=a"},
    {"def floorKey(def)", near_key<Neighbour::kFloor>, "That key or the one before.", SAMPLE("m.floorKey(0)"), "null"},
    {"NavigableMap headMap(def,boolean)", head_to, "What is before a key, or at it.", SAMPLE("m.headMap(3, true)"),
     "{1=a, 3=b}"},
    {"Map.Entry higherEntry(def)", near_entry<Neighbour::kHigher>, "The entry behind a key.",
     SAMPLE("m.higherEntry(3)"), "5=c"},
    {"def higherKey(def)", near_key<Neighbour::kHigher>, "The key behind.", SAMPLE("m.higherKey(3)"), "5"},
    {"Map.Entry lastEntry()", end_entry<false>, "The last entry; null: none.", SAMPLE("m.lastEntry()"), "5=c"},
    {"Map.Entry lowerEntry(def)", near_entry<Neighbour::kLower>, "The entry before a key.", SAMPLE("m.lowerEntry(3)"),
     "1=a"},
    {"NavigableSet navigableKeySet()", keys, "The keys; removing one removes its entry.",
     SAMPLE("m.navigableKeySet().first()"), "1"},
    {"Map.Entry pollFirstEntry()", poll_entry<true>, "Takes the first entry; null: none.",
     SAMPLE("m.pollFirstEntry(); m"), "{3=b, 5=c}"},
    {"Map.Entry pollLastEntry()", poll_entry<false>, "Takes the last entry; null: none.",
     SAMPLE("m.pollLastEntry(); m"), "{1=a, 3=b}"},
    {"NavigableMap subMap(def,boolean,def,boolean)", part_between, "What is from one key to another, or between them.",
     SAMPLE("m.subMap(1, false, 5, true)"), "{3=b, 5=c}"},
    {"NavigableMap tailMap(def,boolean)", tail_from, "What is behind a key, or at it too.",
     SAMPLE("m.tailMap(3, false)"), "{5=c}"},
};
#undef SAMPLE
constexpr MethodRow kTreeMapMore[] = {
    {"def clone()", clone, "A map of the same entries.", "new TreeMap().clone()", "{}"},
};

// --- entries of no map

template <bool kMutable>
Value entry(Machine& machine, const Value* a) {
  return make_entry(machine, kMutable ? kEntryName : kImmutableName, a[0], a[1]);
}
template <bool kMutable>
Value entry_of(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.Map$Entry.getKey()\" because \"entry\" is null")) {
    return Value::error();
  }
  auto& other = object<MapEntry>(a[0]);
  return make_entry(machine, kMutable ? kEntryName : kImmutableName, other.key, other.current(machine));
}
Value set_value(Machine&, const Value* a) {
  auto& self = object<MapEntry>(a[0]);
  const Value before = self.value;
  self.value = a[1];
  return before;
}
constexpr MethodRow kSimpleEntry[] = {
    {"new(def,def)", entry<true>, "A key and a value.", "new AbstractMap.SimpleEntry('a', 1)", "a=1"},
    {"new(Map.Entry)", entry_of<true>, "A copy of an entry.",
     "new AbstractMap.SimpleEntry(new AbstractMap.SimpleEntry('a', 1)).getKey()", "a"},
    {"def setValue(def)", set_value, "Another value; the old one.",
     "def e = new AbstractMap.SimpleEntry('a', 1); e.setValue(2); e", "a=2"},
};
constexpr MethodRow kImmutableEntry[] = {
    {"new(def,def)", entry<false>, "A key and a value.", "new AbstractMap.SimpleImmutableEntry('a', 1)", "a=1"},
    {"new(Map.Entry)", entry_of<false>, "A copy of an entry.",
     "new AbstractMap.SimpleImmutableEntry(new AbstractMap.SimpleEntry('a', 1)).getValue()", "1"},
};

constexpr ClassRow kRows[] = {
    {"java.util.SortedMap", "Map", "A map whose keys have an order.", kSortedMap, true},
    {"java.util.NavigableMap", "SortedMap", "A map that can be asked for what is near a key.", kNavigableMap, true},
    {"java.util.TreeMapMore", "", "Methods of TreeMap.", kTreeMapMore, true, true},
    {kEntryName, "Map.Entry", "A key and a value that belong to no map.", kSimpleEntry},
    {kImmutableName, "Map.Entry", "A key and a value that stay.", kImmutableEntry},
};

}  // namespace

std::span<const ClassRow> sorted_map_family() { return kRows; }

}  // namespace sluice::painless::api
