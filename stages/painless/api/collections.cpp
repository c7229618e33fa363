#include "stages/painless/api/collections.h"

#include <algorithm>

#include "stages/painless/api/collections_more.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/sort.h"

namespace sluice::painless::api {

namespace {

ArrayList* copied(Machine& machine, const Value& from, bool frozen) {
  ArrayList* list = new_list(machine);
  const bool ok = for_each(machine, from, [&](const Value& item) {
    list->push(machine.heap(), item);
    return true;
  });
  list->immutable = frozen;
  return ok ? list : nullptr;
}
Value frozen_list(Machine& machine, const Value& from) {
  ArrayList* list = copied(machine, from, true);
  return list == nullptr ? Value::error() : made(list);
}
Value empty_list(Machine& machine, const Value*) { return frozen_list(machine, made(new_list(machine))); }
Value empty_map(Machine& machine, const Value*) {
  HashMap* map = new_hash_map(machine);
  map->immutable = true;
  return made(map);
}
Value empty_set(Machine& machine, const Value*) {
  const Value set = make_set(machine, known().hash_set, Order::kHash, Value::null());
  object<Set>(set).map->immutable = true;
  return set;
}
Value singleton_list(Machine& machine, const Value* a) {
  ArrayList* list = new_list(machine);
  list->push(machine.heap(), a[0]);
  list->immutable = true;
  return made(list);
}
Value singleton(Machine& machine, const Value* a) {
  const Value set = make_set(machine, known().hash_set, Order::kHash, singleton_list(machine, a));
  if (!set.is_error()) object<Set>(set).map->immutable = true;
  return set;
}
Value singleton_map(Machine& machine, const Value* a) {
  HashMap* map = new_hash_map(machine);
  if (map->put(machine, a[0], a[1]).is_error()) return Value::error();
  map->immutable = true;
  return made(map);
}
Value unmodifiable_list(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : frozen_list(machine, a[0]);
}
Value unmodifiable_map(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  HashMap* map = new_linked_map(machine);
  const bool ok = for_each_entry(machine, object<Map>(a[0]), [&](const Value& key, const Value& value) {
    return !map->put(machine, key, value).is_error();
  });
  map->immutable = true;
  return ok ? made(map) : Value::error();
}
Value unmodifiable_set(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  const Value set = make_set(machine, known().linked_hash_set, Order::kLinked, a[0]);
  if (!set.is_error()) object<Set>(set).map->immutable = true;
  return set;
}
Value n_copies(Machine& machine, const Value* a) {
  if (a[0].i < 0) return machine.raise(known().illegal_argument, "List length = " + std::to_string(a[0].i));
  if (!machine.afford(static_cast<std::size_t>(a[0].i) * sizeof(Value))) return Value::error();
  ArrayList* list = new_list(machine);
  list->reserve(machine.heap(), static_cast<std::uint32_t>(a[0].i));
  for (std::int64_t i = 0; i < a[0].i; ++i) list->push(machine.heap(), a[1]);
  list->immutable = true;
  return made(list);
}
Value sort_natural(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  return sort_list(machine, object<List>(a[0]), Value::null()) ? Value::null() : Value::error();
}
Value sort_by(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  return sort_list(machine, object<List>(a[0]), a[1]) ? Value::null() : Value::error();
}
bool swap_items(Machine& machine, List& list, std::uint32_t a, std::uint32_t b) {
  const Value first = list.get(machine, a);
  return list.set(machine, a, list.get(machine, b)) && list.set(machine, b, first);
}
Value reverse(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  auto& list = object<List>(a[0]);
  const std::uint32_t size = list.size(machine);
  for (std::uint32_t i = 0; i < size / 2; ++i) {
    if (!swap_items(machine, list, i, size - 1 - i)) return Value::error();
  }
  return Value::null();
}
Value swap(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  auto& list = object<List>(a[0]);
  const std::int64_t size = list.size(machine);
  for (int i = 1; i < 3; ++i) {
    if (a[i].i < 0 || a[i].i >= size) return machine.raise(known().index_out_of_bounds, bounds_text(a[i].i, size));
  }
  return swap_items(machine, list, static_cast<std::uint32_t>(a[1].i), static_cast<std::uint32_t>(a[2].i))
             ? Value::null()
             : Value::error();
}
Value fill(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  auto& list = object<List>(a[0]);
  for (std::uint32_t i = 0; i < list.size(machine); ++i) {
    if (!list.set(machine, i, a[1])) return Value::error();
  }
  return Value::null();
}
Value frequency(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  std::int32_t times = 0;
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    times += static_cast<int>(machine.equals(item, a[1]));
    return !machine.failed();
  });
  return ok ? Value::of_int(times) : Value::error();
}
Value disjoint(Machine& machine, const Value* a) {
  if (missing(machine, a[0]) || missing(machine, a[1])) return Value::error();
  bool apart = true;
  const bool ok = for_each(machine, a[0], [&](const Value& item) { return (apart = !holds(machine, a[1], item)); });
  return ok ? Value::boolean(apart) : Value::error();
}
template <bool kMax>
Value extreme(Machine& machine, const Value& from, const Value& comparator) {
  if (missing(machine, from)) return Value::error();
  Value best = Value::null();
  bool any = false;
  const bool ok = for_each(machine, from, [&](const Value& item) {
    if (!any || before(machine, comparator, kMax ? best : item, kMax ? item : best)) best = item;
    any = true;
    return !machine.failed();
  });
  if (!ok) return Value::error();
  return any ? best : machine.raise(known().no_such_element);
}
template <bool kMax>
Value extreme_natural(Machine& machine, const Value* a) {
  return extreme<kMax>(machine, a[0], Value::null());
}
template <bool kMax>
Value extreme_by(Machine& machine, const Value* a) {
  return extreme<kMax>(machine, a[0], a[1]);
}
Value add_all(Machine& machine, const Value* a) {
  if (missing(machine, a[0]) || missing(machine, a[1])) return Value::error();
  bool changed = false;
  const bool ok = for_each(machine, a[1], [&](const Value& item) {
    const Value added = add_to(machine, a[0], item);
    changed |= !added.is_error() && added.i != 0;
    return !added.is_error();
  });
  return ok ? Value::boolean(changed) : Value::error();
}
Value reverse_order(Machine& machine, const Value*) {
  return known().comparator->static_method("reverseOrder", 0)->call(machine, nullptr);
}

constexpr MethodRow kCollections[] = {
    {"const List EMPTY_LIST", empty_list, "A list without items.", "Collections.EMPTY_LIST", "[]"},
    {"const Map EMPTY_MAP", empty_map, "A map without entries.", "Collections.EMPTY_MAP", "{}"},
    {"const Set EMPTY_SET", empty_set, "A set without items.", "Collections.EMPTY_SET", "[]"},
    {"static boolean addAll(Collection,def[])", add_all, "Adds the items of an array.",
     "List l = []; Collections.addAll(l, new def[] {1, 2}); l", "[1, 2]"},
    {"static Queue asLifoQueue(Deque)", as_lifo_queue, "A deque as a stack.",
     "Queue q = Collections.asLifoQueue(new ArrayDeque([1])); q.add(0); q", "[0, 1]"},
    {"static int binarySearch(List,def)", binary_search, "Where an item is in a sorted list; below 0: where not.",
     "Collections.binarySearch([1, 3, 5], 4)", "-3"},
    {"static int binarySearch(List,def,Comparator)", binary_search_by, "Likewise, by an order.",
     "Collections.binarySearch([5, 3, 1], 3, Comparator.reverseOrder())", "1"},
    {"static void copy(List,List)", copy_into_list, "The second one's items into the first.",
     "List l = [1, 2]; Collections.copy(l, [5]); l", "[5, 2]"},
    {"static boolean disjoint(Collection,Collection)", disjoint, "Whether they have nothing in common.",
     "Collections.disjoint([1], [2])", "true"},
    {"static Enumeration emptyEnumeration()", empty_enumeration, "Nothing to walk.",
     "Collections.emptyEnumeration().hasMoreElements()", "false"},
    {"static Iterator emptyIterator()", empty_iterator, "Nothing to walk.", "Collections.emptyIterator().hasNext()",
     "false"},
    {"static ListIterator emptyListIterator()", empty_list_iterator, "Nothing to walk.",
     "Collections.emptyListIterator().nextIndex()", "0"},
    {"static NavigableMap emptyNavigableMap()", empty_sorted_map, "A map without entries.",
     "Collections.emptyNavigableMap()", "{}"},
    {"static NavigableSet emptyNavigableSet()", empty_sorted_set, "A set without items.",
     "Collections.emptyNavigableSet()", "[]"},
    {"static SortedMap emptySortedMap()", empty_sorted_map, "A map without entries.", "Collections.emptySortedMap()",
     "{}"},
    {"static SortedSet emptySortedSet()", empty_sorted_set, "A set without items.", "Collections.emptySortedSet()",
     "[]"},
    {"static Enumeration enumeration(Collection)", enumeration, "Walks the items.",
     "Collections.enumeration([5]).nextElement()", "5"},
    {"static List emptyList()", empty_list, "A list without items.", "Collections.emptyList()", "[]"},
    {"static Map emptyMap()", empty_map, "A map without entries.", "Collections.emptyMap()", "{}"},
    {"static Set emptySet()", empty_set, "A set without items.", "Collections.emptySet()", "[]"},
    {"static void fill(List,def)", fill, "Each item becomes that.", "List l = [1, 2]; Collections.fill(l, 5); l",
     "[5, 5]"},
    {"static int frequency(Collection,def)", frequency, "How often an item is there.",
     "Collections.frequency([1, 1, 2], 1)", "2"},
    {"static int indexOfSubList(List,List)", index_of_sub_list, "Where one list is in another first; -1: nowhere.",
     "Collections.indexOfSubList([1, 2, 3, 2, 3], [2, 3])", "1"},
    {"static int lastIndexOfSubList(List,List)", last_index_of_sub_list, "Likewise, last.",
     "Collections.lastIndexOfSubList([1, 2, 3, 2, 3], [2, 3])", "3"},
    {"static ArrayList list(Enumeration)", list_of_enumeration, "A list of what an enumeration gives.",
     "Collections.list(new StringTokenizer('a b'))", "[a, b]"},
    {"static def max(Collection)", extreme_natural<true>, "The largest item.", "Collections.max([1, 3, 2])", "3"},
    {"static def max(Collection,Comparator)", extreme_by<true>, "Likewise, by an order.",
     "Collections.max([1, 3], (x, y) -> y - x)", "1"},
    {"static def min(Collection)", extreme_natural<false>, "The smallest item.", "Collections.min([2, 1])", "1"},
    {"static def min(Collection,Comparator)", extreme_by<false>, "Likewise, by an order.",
     "Collections.min([1, 3], (x, y) -> y - x)", "3"},
    {"static List nCopies(int,def)", n_copies, "An item so many times.", "Collections.nCopies(2, 'a')", "[a, a]"},
    {"static Set newSetFromMap(Map)", set_from_map, "A set that keeps its items in a map.",
     "Collections.newSetFromMap(new TreeMap())", "[]"},
    {"static boolean replaceAll(List,def,def)", replace_all_items, "Each item that is equal becomes another.",
     "List l = [1, 2, 1]; Collections.replaceAll(l, 1, 5); l", "[5, 2, 5]"},
    {"static void reverse(List)", reverse, "Turns it round.", "List l = [1, 2]; Collections.reverse(l); l", "[2, 1]"},
    {"static Comparator reverseOrder()", reverse_order, "The opposite of the natural order.",
     "List l = [1, 2]; l.sort(Collections.reverseOrder()); l", "[2, 1]"},
    {"static Comparator reverseOrder(Comparator)", reverse_order_of, "The opposite of an order.",
     "List l = [1, 2]; l.sort(Collections.reverseOrder(Comparator.naturalOrder())); l", "[2, 1]"},
    {"static void rotate(List,int)", rotate, "Moves the items on; those at the end come in front.",
     "List l = [1, 2, 3]; Collections.rotate(l, 1); l", "[3, 1, 2]"},
    {"static void shuffle(List)", shuffle, "Any order.", "List l = [1]; Collections.shuffle(l); l", "[1]"},
    {"static void shuffle(List,Random)", shuffle_by, "The order of a seed.",
     "List l = [1, 2, 3]; Collections.shuffle(l, new Random(1L)); l.size()", "3"},
    {"static Set singleton(def)", singleton, "A set of one item.", "Collections.singleton(1)", "[1]"},
    {"static List singletonList(def)", singleton_list, "A list of one item.", "Collections.singletonList(1)", "[1]"},
    {"static Map singletonMap(def,def)", singleton_map, "A map of one entry.", "Collections.singletonMap('a', 1)",
     "{a=1}"},
    {"static void sort(List)", sort_natural, "Sorts by the natural order.", "List l = [2, 1]; Collections.sort(l); l",
     "[1, 2]"},
    {"static void sort(List,Comparator)", sort_by, "Sorts by an order.",
     "List l = [1, 2]; Collections.sort(l, (x, y) -> y - x); l", "[2, 1]"},
    {"static void swap(List,int,int)", swap, "Exchanges two items.", "List l = [1, 2]; Collections.swap(l, 0, 1); l",
     "[2, 1]"},
    {"static Collection unmodifiableCollection(Collection)", unmodifiable_collection,
     "What the collection holds now, not to be changed.", "Collections.unmodifiableCollection([1])", "[1]"},
    {"static NavigableMap unmodifiableNavigableMap(NavigableMap)", unmodifiable_sorted_map,
     "What the map holds now, not to be changed.", "Collections.unmodifiableNavigableMap(new TreeMap())", "{}"},
    {"static NavigableSet unmodifiableNavigableSet(NavigableSet)", unmodifiable_sorted_set,
     "What the set holds now, not to be changed.", "Collections.unmodifiableNavigableSet(new TreeSet())", "[]"},
    {"static SortedMap unmodifiableSortedMap(SortedMap)", unmodifiable_sorted_map,
     "What the map holds now, not to be changed.", "Collections.unmodifiableSortedMap(new TreeMap())", "{}"},
    {"static SortedSet unmodifiableSortedSet(SortedSet)", unmodifiable_sorted_set,
     "What the set holds now, not to be changed.", "Collections.unmodifiableSortedSet(new TreeSet())", "[]"},
    {"static List unmodifiableList(List)", unmodifiable_list, "What the list holds now, not to be changed.",
     "Collections.unmodifiableList([1])", "[1]"},
    {"static Map unmodifiableMap(Map)", unmodifiable_map, "What the map holds now, not to be changed.",
     "Collections.unmodifiableMap(['a': 1])", "{a=1}"},
    {"static Set unmodifiableSet(Set)", unmodifiable_set, "What the set holds now, not to be changed.",
     "Collections.unmodifiableSet(new HashSet([1]))", "[1]"},
};

// --- java.util.Arrays and java.util.Objects

Value as_list(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  auto& array = object<Array>(a[0]);
  ArrayList* list = new_list(machine);
  list->items = array.items;  // writes go through to the array
  list->count = list->capacity = array.length;
  list->fixed_size = true;
  return made(list);
}
Value deep_text(Machine& machine, const Value* a) {
  if (a[0].is_null()) return machine.string_value("null");
  std::string out = "[";
  const auto& array = object<Array>(a[0]);
  for (std::uint32_t i = 0; i < array.length; ++i) {
    const bool inner = array.items[i].is_object() && dynamic_cast<Array*>(array.items[i].o) != nullptr;
    const Value part = inner ? deep_text(machine, &array.items[i]) : array.items[i];
    const String* shown = part.is_error() ? nullptr : machine.to_text(part);
    if (shown == nullptr) return Value::error();
    out += (i != 0 ? ", " : "") + std::string(shown->text());
  }
  return machine.string_value(out + "]");
}
constexpr MethodRow kArrays[] = {
    {"static List asList(Object[])", as_list, "A list that writes through to the array.",
     "Arrays.asList(new String[] {'a', 'b'})", "[a, b]"},
    {"static boolean deepEquals(Object[],Object[])", deep_equals, "Whether arrays in arrays are the same.",
     "Arrays.deepEquals(new String[] {'a'}, new String[] {'a'})", "true"},
    {"static int deepHashCode(Object[])", deep_hash, "The hash code of arrays in arrays.",
     "Arrays.deepHashCode(new String[] {'a'})", "128"},
    {"static String deepToString(Object[])", deep_text, "The text of arrays in arrays.",
     "Arrays.deepToString(new String[] {'a'})", "[a]"},
};

Value objects_equal(Machine& machine, const Value* a) {
  const bool same = machine.equals(a[0], a[1]);
  return machine.failed() ? Value::error() : Value::boolean(same);
}
Value objects_hash(Machine& machine, const Value* a) {
  const std::int32_t hash = machine.hash(a[0]);
  return machine.failed() ? Value::error() : Value::of_int(hash);
}
Value is_null(Machine&, const Value* a) { return Value::boolean(a[0].is_null()); }
Value non_null(Machine&, const Value* a) { return Value::boolean(!a[0].is_null()); }
Value require(Machine& machine, const Value* a) { return a[0].is_null() ? machine.null_pointer() : a[0]; }
Value require_or_say(Machine& machine, const Value* a) {
  if (!a[0].is_null()) return a[0];
  return a[1].is_null() ? machine.null_pointer() : machine.raise(known().null_pointer, text(a[1]));
}
Value objects_text(Machine& machine, const Value* a) {
  String* shown = machine.to_text(a[0]);
  return shown == nullptr ? Value::error() : made(shown);
}
Value objects_text_or(Machine& machine, const Value* a) { return a[0].is_null() ? a[1] : objects_text(machine, a); }
Value hash_all(Machine& machine, const Value* a) {
  if (a[0].is_null()) return Value::of_int(0);
  std::uint32_t hash = 1;
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    hash = 31 * hash + static_cast<std::uint32_t>(machine.hash(item));
    return !machine.failed();
  });
  return ok ? Value::of_int(static_cast<std::int32_t>(hash)) : Value::error();
}
constexpr MethodRow kObjects[] = {
    {"static int compare(def,def,Comparator)", objects_compare, "By an order; what is the same is equal.",
     "Objects.compare(1, 2, Comparator.naturalOrder())", "-1"},
    {"static boolean deepEquals(Object,Object)", deep_equals, "Whether they are equal, arrays by their items.",
     "Objects.deepEquals(new int[] {1}, new int[] {1})", "true"},
    {"static boolean equals(Object,Object)", objects_equal, "Whether they are equal; null is equal to null.",
     "Objects.equals(null, null)", "true"},
    {"static int hash(Object[])", hash_all, "The hash code of several.", "Objects.hash(new String[] {'a'})", "128"},
    {"static int hashCode(Object)", objects_hash, "The hash code; 0 for null.", "Objects.hashCode(null)", "0"},
    {"static boolean isNull(Object)", is_null, "Whether it is null.", "Objects.isNull(null)", "true"},
    {"static boolean nonNull(Object)", non_null, "Whether it is something.", "Objects.nonNull(null)", "false"},
    {"static def requireNonNull(def)", require, "The value, which must not be null.", "Objects.requireNonNull(1)", "1"},
    {"static def requireNonNull(def,String)", require_or_say, "Likewise, with what is said otherwise.",
     "Objects.requireNonNull(1, 'no')", "1"},
    {"static String toString(Object)", objects_text, "The text of a value.", "Objects.toString(null)", "null"},
    {"static String toString(Object,String)", objects_text_or, "Likewise, with a text for null.",
     "Objects.toString(null, 'none')", "none"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Collections", "", "What can be done with collections.", kCollections},
    {"java.util.Arrays", "", "What can be done with arrays.", kArrays},
    {"java.util.Objects", "", "What can be done with any value.", kObjects},
};

}  // namespace

std::span<const ClassRow> collections_family() { return kRows; }

}  // namespace sluice::painless::api
