#include "stages/painless/api/collections.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

namespace {

Map& map_of(const Value& value) { return object<Map>(value); }

Value get(Machine& machine, const Value* a) {
  Map& map = map_of(a[0]);
  Map::Entry* found = map.find(machine, a[1]);
  if (machine.failed()) return Value::error();
  return found == nullptr ? Value::null() : map.value_of(machine, *found);
}
Value get_or_default(Machine& machine, const Value* a) {
  Map& map = map_of(a[0]);
  Map::Entry* found = map.find(machine, a[1]);
  if (machine.failed()) return Value::error();
  return found == nullptr ? a[2] : map.value_of(machine, *found);
}
Value put(Machine& machine, const Value* a) { return map_of(a[0]).put(machine, a[1], a[2]); }
Value put_if_absent(Machine& machine, const Value* a) {
  const Value there = get(machine, a);
  if (there.is_error() || !there.is_null()) return there;
  return put(machine, a).is_error() ? Value::error() : Value::null();
}
Value put_all(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  const bool ok = for_each_entry(machine, map_of(a[1]), [&](const Value& key, const Value& value) {
    return !map_of(a[0]).put(machine, key, value).is_error();
  });
  return ok ? Value::null() : Value::error();
}
Value remove(Machine& machine, const Value* a) { return map_of(a[0]).remove(machine, a[1]); }
Value remove_pair(Machine& machine, const Value* a) {
  Map& map = map_of(a[0]);
  Map::Entry* found = map.find(machine, a[1]);
  if (machine.failed()) return Value::error();
  if (found == nullptr || !machine.equals(map.value_of(machine, *found), a[2])) return Value::boolean(false);
  return map.remove(machine, a[1]).is_error() ? Value::error() : Value::boolean(true);
}
Value contains_key(Machine& machine, const Value* a) {
  const bool found = map_of(a[0]).contains(machine, a[1]);
  return machine.failed() ? Value::error() : Value::boolean(found);
}
Value contains_value(Machine& machine, const Value* a) {
  bool found = false;
  const bool ok = for_each_entry(
      machine, map_of(a[0]), [&](const Value&, const Value& value) { return !(found = machine.equals(value, a[1])); });
  return ok ? Value::boolean(found) : Value::error();
}
Value is_empty(Machine& machine, const Value* a) {
  const std::uint32_t count = map_of(a[0]).size(machine);
  return machine.failed() ? Value::error() : Value::boolean(count == 0);
}
Value size(Machine& machine, const Value* a) {
  const std::uint32_t count = map_of(a[0]).size(machine);
  return machine.failed() ? Value::error() : Value::of_int(static_cast<std::int32_t>(count));
}
Value clear(Machine& machine, const Value* a) { return map_of(a[0]).clear(machine) ? Value::null() : Value::error(); }
template <MapPart kPart>
Value view(Machine& machine, const Value* a) {
  map_of(a[0]).open(machine);
  if (machine.failed()) return Value::error();
  const Class* cls = kPart == MapPart::kValues ? known().collection : known().set;
  return made(machine.heap().make<MapView>(cls, &map_of(a[0]), kPart));
}

Value for_each_pair(Machine& machine, const Value* a) {
  const bool ok = for_each_entry(machine, map_of(a[0]), [&](const Value& key, const Value& value) {
    return !machine.call(a[1], {key, value}).is_error();
  });
  return ok ? Value::null() : Value::error();
}
Value each(Machine& machine, const Value* a) { return for_each_pair(machine, a).is_error() ? Value::error() : a[0]; }
Value collect_into(Machine& machine, const Value& map, const Value& target, const Value& function) {
  const bool ok = for_each_entry(machine, map_of(map), [&](const Value& key, const Value& value) {
    const Value result = machine.call(function, {key, value});
    return !result.is_error() && !add_to(machine, target, result).is_error();
  });
  return ok ? target : Value::error();
}
Value collect(Machine& machine, const Value* a) { return collect_into(machine, a[0], made(new_list(machine)), a[1]); }
Value collect_target(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : collect_into(machine, a[0], a[1], a[2]);
}
Value count(Machine& machine, const Value* a) {
  std::int32_t fit = 0;
  const bool ok = for_each_entry(machine, map_of(a[0]), [&](const Value& key, const Value& value) {
    fit += static_cast<int>(machine.call_boolean(a[1], {key, value}));
    return !machine.failed();
  });
  return ok ? Value::of_int(fit) : Value::error();
}
Value every(Machine& machine, const Value* a) {
  bool all = true;
  const bool ok = for_each_entry(machine, map_of(a[0]), [&](const Value& key, const Value& value) {
    return (all = machine.call_boolean(a[1], {key, value}));
  });
  return ok ? Value::boolean(all) : Value::error();
}
Value find(Machine& machine, const Value* a) {
  Map& map = map_of(a[0]);
  Value found = Value::null();
  const std::uint32_t* places = map.in_order(machine);
  for (std::uint32_t i = 0, total = map.count; i < total; ++i) {
    Map::Entry& entry = map.entries[places[i]];
    const Value key = map.key_of(machine, entry);
    const Value value = map.value_of(machine, entry);
    if (!machine.tick()) return Value::error();
    if (machine.call_boolean(a[1], {key, value})) {
      return made(machine.heap().make<MapEntry>(known().map_entry, &map, places[i], key, value));
    }
    if (machine.failed()) return Value::error();
  }
  return found;
}
HashMap* empty_like(Machine& machine, const Map& map) {
  if (map.order != Order::kSorted) return new_linked_map(machine);
  auto* sorted = machine.heap().make<HashMap>(known().tree_map, Order::kSorted);
  sorted->comparator = map.comparator;
  return sorted;
}
Value find_all(Machine& machine, const Value* a) {
  HashMap* fit = empty_like(machine, map_of(a[0]));
  const bool ok = for_each_entry(machine, map_of(a[0]), [&](const Value& key, const Value& value) {
    if (machine.call_boolean(a[1], {key, value})) return !fit->put(machine, key, value).is_error();
    return !machine.failed();
  });
  return ok ? made(fit) : Value::error();
}
Value first_result(Machine& machine, const Value& map, const Value& otherwise, const Value& function) {
  Value found = otherwise;
  const bool ok = for_each_entry(machine, map_of(map), [&](const Value& key, const Value& value) {
    const Value result = machine.call(function, {key, value});
    if (result.is_error() || result.is_null()) return !result.is_error();
    found = result;
    return false;
  });
  return ok ? found : Value::error();
}
Value find_result(Machine& machine, const Value* a) { return first_result(machine, a[0], Value::null(), a[1]); }
Value find_result_or(Machine& machine, const Value* a) { return first_result(machine, a[0], a[1], a[2]); }
Value find_results(Machine& machine, const Value* a) {
  ArrayList* list = new_list(machine);
  const bool ok = for_each_entry(machine, map_of(a[0]), [&](const Value& key, const Value& value) {
    const Value result = machine.call(a[1], {key, value});
    if (!result.is_error() && !result.is_null()) list->push(machine.heap(), result);
    return !result.is_error();
  });
  return ok ? made(list) : Value::error();
}
Value group_by(Machine& machine, const Value* a) {
  HashMap* groups = new_linked_map(machine);
  const bool ok = for_each_entry(machine, map_of(a[0]), [&](const Value& key, const Value& value) {
    const Value group = machine.call(a[1], {key, value});
    if (group.is_error()) return false;
    Map::Entry* found = groups->find(machine, group);
    if (machine.failed()) return false;
    if (found == nullptr) {
      if (groups->put(machine, group, made(empty_like(machine, map_of(a[0])))).is_error()) return false;
      found = groups->find(machine, group);
    }
    return !map_of(found->value).put(machine, key, value).is_error();
  });
  return ok ? made(groups) : Value::error();
}

/// Puts a computed value, or removes the key for null; the value.
Value settle(Machine& machine, Map& map, const Value& key, const Value& result) {
  if (result.is_error()) return result;
  const Value done = result.is_null() ? map.remove(machine, key) : map.put(machine, key, result);
  return done.is_error() ? done : result;
}
Value compute(Machine& machine, const Value* a) {
  const Value there = get(machine, a);
  return there.is_error() ? there : settle(machine, map_of(a[0]), a[1], machine.call(a[2], {a[1], there}));
}
Value compute_if_absent(Machine& machine, const Value* a) {
  const Value there = get(machine, a);
  if (there.is_error() || !there.is_null()) return there;
  const Value result = machine.call(a[2], {a[1]});
  if (result.is_error() || result.is_null()) return result;
  return settle(machine, map_of(a[0]), a[1], result);
}
Value compute_if_present(Machine& machine, const Value* a) {
  const Value there = get(machine, a);
  if (there.is_error() || there.is_null()) return there;
  return settle(machine, map_of(a[0]), a[1], machine.call(a[2], {a[1], there}));
}
Value merge(Machine& machine, const Value* a) {
  if (missing(machine, a[2])) return Value::error();
  const Value there = get(machine, a);
  if (there.is_error()) return there;
  return settle(machine, map_of(a[0]), a[1], there.is_null() ? a[2] : machine.call(a[3], {there, a[2]}));
}
Value replace(Machine& machine, const Value* a) {
  if (map_of(a[0]).find(machine, a[1]) != nullptr) return put(machine, a);
  return machine.failed() ? Value::error() : Value::null();
}
Value replace_pair(Machine& machine, const Value* a) {
  Map& map = map_of(a[0]);
  Map::Entry* found = map.find(machine, a[1]);
  if (machine.failed()) return Value::error();
  if (found == nullptr || !machine.equals(map.value_of(machine, *found), a[2])) return Value::boolean(false);
  return map.put(machine, a[1], a[3]).is_error() ? Value::error() : Value::boolean(true);
}
Value replace_all(Machine& machine, const Value* a) {
  Map& map = map_of(a[0]);
  const std::uint32_t* places = map.in_order(machine);
  for (std::uint32_t i = 0, total = map.count; i < total; ++i) {
    Map::Entry& entry = map.entries[places[i]];
    const Value result = machine.call(a[1], {map.key_of(machine, entry), map.value_of(machine, entry)});
    if (result.is_error() || !machine.tick() || !map.set_value(machine, map.entries[places[i]], result))
      return Value::error();
  }
  return Value::null();
}

constexpr MethodRow kMap[] = {
    {"List collect(BiFunction)", collect, "What the function makes of each entry.", "['a': 1].collect((k, v) -> k + v)",
     "[a1]"},
    {"def collect(Collection,BiFunction)", collect_target, "Likewise, added to a collection.",
     "['a': 1].collect(['x'], (k, v) -> k + v)", "[x, a1]"},
    {"int count(BiPredicate)", count, "How many entries fit.", "['a': 1, 'b': 2].count((k, v) -> v > 1)", "1"},
    {"def each(BiConsumer)", each, "Calls the function with each entry; the map.",
     "List l = []; ['a': 1].each((k, v) -> l.add(k)); l", "[a]"},
    {"boolean every(BiPredicate)", every, "Whether all entries fit.", "['a': 1].every((k, v) -> v > 1)", "false"},
    {"Map.Entry find(BiPredicate)", find, "The first entry that fits.", "['a': 1].find((k, v) -> v == 1).getKey()",
     "a"},
    {"Map findAll(BiPredicate)", find_all, "The entries that fit.", "['a': 1, 'b': 2].findAll((k, v) -> v > 1)",
     "{b=2}"},
    {"def findResult(BiFunction)", find_result, "The first that the function makes something of.",
     "['a': 1].findResult((k, v) -> k)", "a"},
    {"def findResult(def,BiFunction)", find_result_or, "Likewise, with something for when there is none.",
     "['a': 1].findResult('none', (k, v) -> null)", "none"},
    {"List findResults(BiFunction)", find_results, "What the function makes of the entries, nulls left out.",
     "['a': 1].findResults((k, v) -> v)", "[1]"},
    {"Map groupBy(BiFunction)", group_by, "Maps of the entries by what the function makes of them.",
     "['a': 1].groupBy((k, v) -> v)", "{1={a=1}}"},
    {"void clear()", clear, "Removes everything.", "Map m = ['a': 1]; m.clear(); m", "{}"},
    {"void forEach(BiConsumer)", for_each_pair, "Calls the function with each entry.",
     "List l = []; ['a': 1].forEach((k, v) -> l.add(v)); l", "[1]"},
    {"void putAll(Map)", put_all, "Puts all entries of another.", "Map m = [:]; m.putAll(['a': 1]); m", "{a=1}"},
    {"void replaceAll(BiFunction)", replace_all, "Each value becomes what the function makes of the entry.",
     "Map m = ['a': 1]; m.replaceAll((k, v) -> v + 1); m", "{a=2}"},
    {"def compute(def,BiFunction)", compute, "Puts what the function makes of key and value.",
     "Map m = ['a': 1]; m.compute('a', (k, v) -> v + 1); m", "{a=2}"},
    {"def computeIfAbsent(def,Function)", compute_if_absent, "Puts what the function makes of a key that has nothing.",
     "Map m = [:]; m.computeIfAbsent('a', k -> 5); m", "{a=5}"},
    {"def computeIfPresent(def,BiFunction)", compute_if_present, "Likewise, of a key that has something.",
     "Map m = ['a': 1]; m.computeIfPresent('a', (k, v) -> v + 1); m", "{a=2}"},
    {"boolean containsKey(def)", contains_key, "Whether the key is there.", "['a': 1].containsKey('a')", "true"},
    {"boolean containsValue(def)", contains_value, "Whether a value is there.", "['a': 1].containsValue(1)", "true"},
    {"def get(def)", get, "The value of a key; null: none.", "['a': 1].get('a')", "1"},
    {"def getOrDefault(def,def)", get_or_default, "The value of a key, or something else.", "[:].getOrDefault('a', 5)",
     "5"},
    {"boolean isEmpty()", is_empty, "Whether there is nothing in it.", "[:].isEmpty()", "true"},
    {"Set entrySet()", view<MapPart::kEntries>, "The entries.", "['a': 1].entrySet()", "[a=1]"},
    {"Set keySet()", view<MapPart::kKeys>, "The keys.", "['a': 1].keySet()", "[a]"},
    {"def merge(def,def,BiFunction)", merge, "Puts a value, or what the function makes of the old and it.",
     "Map m = ['a': 1]; m.merge('a', 5, (x, y) -> x + y); m", "{a=6}"},
    {"def put(def,def)", put, "Puts a value; what was there.", "Map m = [:]; m.put('a', 1); m", "{a=1}",
     Flags::kKeepsRaw},
    {"def putIfAbsent(def,def)", put_if_absent, "Puts a value where there is none.",
     "Map m = ['a': 1]; m.putIfAbsent('a', 2); m", "{a=1}"},
    {"def remove(def)", remove, "Removes a key; what was there.", "Map m = ['a': 1]; m.remove('a')", "1"},
    {"boolean remove(def,def)", remove_pair, "Removes a key that has a certain value.",
     "Map m = ['a': 1]; m.remove('a', 2)", "false"},
    {"def replace(def,def)", replace, "Puts a value where there is one.", "Map m = [:]; m.replace('a', 2); m", "{}"},
    {"boolean replace(def,def,def)", replace_pair, "Puts a value where there is a certain one.",
     "Map m = ['a': 1]; m.replace('a', 1, 2); m", "{a=2}"},
    {"int size()", size, "How many entries there are.", "['a': 1].size()", "1"},
    {"Collection values()", view<MapPart::kValues>, "The values.", "['a': 1].values()", "[1]"},
};

/// --- entries
Value entry_key(Machine&, const Value* a) { return object<MapEntry>(a[0]).key; }
Value entry_value(Machine& machine, const Value* a) { return object<MapEntry>(a[0]).current(machine); }
Value entry_set(Machine& machine, const Value* a) {
  auto& entry = object<MapEntry>(a[0]);
  const Value old_value = entry.current(machine);
  if (entry.map == nullptr) return machine.raise(known().unsupported_operation);
  if (entry.position < entry.map->used && !entry.map->set_value(machine, entry.map->entries[entry.position], a[1])) {
    return Value::error();
  }
  entry.value = a[1];
  return old_value;
}

/// Comparator.comparing() of a part of entries.
Value part_of_entry(Machine& machine, const Function& self, const Value* a, std::size_t) {
  if (missing(machine, a[0])) return Value::error();
  return self.captured != 0 ? entry_value(machine, a) : entry_key(machine, a);
}
template <bool kValues>
Value comparing_parts(Machine& machine, const Value& by) {
  auto* part = machine.heap().make<Function>(known().function, part_of_entry);
  part->captured = kValues ? 1 : 0;
  const Value arguments[] = {made(part), by};
  const Method* comparing = known().comparator->static_method("comparing", by.is_null() ? 1 : 2);
  return comparing->call(machine, arguments);
}
template <bool kValues>
Value comparing_part(Machine& machine, const Value*) {
  return comparing_parts<kValues>(machine, Value::null());
}
template <bool kValues>
Value comparing_part_by(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : comparing_parts<kValues>(machine, a[0]);
}

constexpr MethodRow kEntry[] = {
    {"static Comparator comparingByKey()", comparing_part<false>, "By their keys.",
     "['b': 1, 'a': 2].entrySet().stream().min(Map.Entry.comparingByKey()).get()", "a=2"},
    {"static Comparator comparingByKey(Comparator)", comparing_part_by<false>, "By the order of their keys.",
     "['b': 1, 'a': 2].entrySet().stream().min(Map.Entry.comparingByKey(Comparator.reverseOrder())).get()", "b=1"},
    {"static Comparator comparingByValue()", comparing_part<true>, "By their values.",
     "['b': 1, 'a': 2].entrySet().stream().min(Map.Entry.comparingByValue()).get()", "b=1"},
    {"static Comparator comparingByValue(Comparator)", comparing_part_by<true>, "By the order of their values.",
     "['b': 1, 'a': 2].entrySet().stream().min(Map.Entry.comparingByValue(Comparator.reverseOrder())).get()", "a=2"},
    {"def getKey()", entry_key, "The key.", "['a': 1].entrySet().iterator().next().getKey()", "a"},
    {"def getValue()", entry_value, "The value.", "['a': 1].entrySet().iterator().next().getValue()", "1"},
    {"def setValue(def)", entry_set, "Gives the key another value; the old one.",
     "Map m = ['a': 1]; for (e in m.entrySet()) { e.setValue(2) } m", "{a=2}", Flags::kKeepsRaw},
};

/// --- constructors
template <Order kOrder>
Value construct(Machine& machine, const Value* a) {
  (void)a;
  const Class* cls = kOrder == Order::kHash     ? known().hash_map
                     : kOrder == Order::kLinked ? known().linked_hash_map
                                                : known().tree_map;
  return made(machine.heap().make<HashMap>(cls, kOrder));
}
template <Order kOrder>
Value construct_of(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  const Value map = construct<kOrder>(machine, a);
  // As java.util.HashMap sizes its table for what it is given.
  auto& copy = object<Map>(map);
  std::uint32_t table = 1;
  while (static_cast<float>(table) < static_cast<float>(object<Map>(a[0]).size(machine)) / 0.75F + 1.0F) table *= 2;
  copy.table_size = object<Map>(a[0]).size(machine) == 0 ? 0 : table;
  const Value both[] = {map, a[0]};
  return put_all(machine, both).is_error() ? Value::error() : map;
}
Value construct_sorted(Machine& machine, const Value* a) {
  const Value map = construct<Order::kSorted>(machine, a);
  object<Map>(map).comparator = a[0];
  return map;
}
Value copy_hash(Machine& machine, const Value* a) { return construct_of<Order::kHash>(machine, a); }

constexpr MethodRow kHashMap[] = {
    {"new()", construct<Order::kHash>, "An empty map.", "new HashMap()", "{}"},
    {"new(Map)", construct_of<Order::kHash>, "A map of the entries of another.", "new HashMap(['a': 1])", "{a=1}"},
    {"def clone()", copy_hash, "A map of the same entries.", "new HashMap(['a': 1]).clone()", "{a=1}"},
};
constexpr MethodRow kLinkedHashMap[] = {
    {"new()", construct<Order::kLinked>, "An empty map.", "new LinkedHashMap()", "{}"},
    {"new(Map)", construct_of<Order::kLinked>, "A map of the entries of another.", "new LinkedHashMap(['a': 1])",
     "{a=1}"},
};
constexpr MethodRow kTreeMap[] = {
    {"new()", construct<Order::kSorted>, "An empty map.", "Map m = new TreeMap(); m.put('b', 1); m.put('a', 2); m",
     "{a=2, b=1}"},
    {"new(Comparator)", construct_sorted, "An empty map of another order.",
     "Map m = new TreeMap((x, y) -> y.compareTo(x)); m.put('a', 1); m.put('b', 2); m", "{b=2, a=1}"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Map", "java.util.WithPaths", "Keys and their values.", kMap, true},
    {"java.util.Map$Entry", "", "A key and its value.", kEntry, true},
    {"java.util.HashMap", "Map", "The usual map; its order is that of hash codes.", kHashMap},
    {"java.util.LinkedHashMap", "HashMap", "A map in the order of insertion.", kLinkedHashMap},
    {"java.util.TreeMap", "NavigableMap,java.util.TreeMapMore", "A map in the order of its keys.", kTreeMap},
};

}  // namespace

std::span<const ClassRow> map_family() { return kRows; }

}  // namespace sluice::painless::api
