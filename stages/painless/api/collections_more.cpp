#include "stages/painless/api/collections_more.h"

#include <algorithm>

#include "stages/painless/api/collections.h"
#include "stages/painless/api/enumeration.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/random.h"

namespace sluice::painless::api {

namespace {

List& list_of(const Value& value) { return object<List>(value); }

/// Collections.asLifoQueue(): a deque that is added to in front.
struct LifoQueue final : List {
  List* deque;

  LifoQueue(const Class* cls, List* of) : List(cls), deque(of) { flat = false; }
  std::uint32_t size(Machine& machine) override { return deque->size(machine); }
  Value get(Machine& machine, std::uint32_t index) override { return deque->get(machine, index); }
  bool insert(Machine& machine, std::uint32_t, Value value) override { return deque->insert(machine, 0, value); }
  bool remove(Machine& machine, std::uint32_t index) override { return deque->remove(machine, index); }
  bool clear(Machine& machine) override { return deque->clear(machine); }
  Iterator* walk(Machine& machine) override { return deque->walk(machine); }
};

bool swap_items(Machine& machine, List& list, std::uint32_t a, std::uint32_t b) {
  const Value first = list.get(machine, a);
  return list.set(machine, a, list.get(machine, b)) && list.set(machine, b, first);
}

Value search(Machine& machine, const Value& in, const Value& key, const Value& comparator) {
  if (missing(machine, in, "Cannot invoke \"java.util.List.size()\" because \"list\" is null")) return Value::error();
  List& list = list_of(in);
  std::int64_t low = 0;
  std::int64_t high = static_cast<std::int64_t>(list.size(machine)) - 1;
  while (low <= high) {
    const std::int64_t middle = (low + high) / 2;
    const Value item = machine.force(list.get(machine, static_cast<std::uint32_t>(middle)));
    const int order = comparator.is_null() ? machine.compare(item, key) : call_int(machine, comparator, item, key);
    if (machine.failed() || !machine.tick()) return Value::error();
    if (order == 0) return Value::of_int(static_cast<std::int32_t>(middle));
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return Value::of_int(static_cast<std::int32_t>(-(low + 1)));
}

Value find_part(Machine& machine, const Value* a, bool first) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.List.size()\" because \"source\" is null") ||
      missing(machine, a[1], "Cannot invoke \"java.util.List.size()\" because \"target\" is null")) {
    return Value::error();
  }
  List& source = list_of(a[0]);
  List& target = list_of(a[1]);
  const std::int64_t size = target.size(machine);
  const std::int64_t places = static_cast<std::int64_t>(source.size(machine)) - size + 1;
  for (std::int64_t i = 0; i < places; ++i) {
    const std::int64_t at = first ? i : places - 1 - i;
    std::int64_t same = 0;
    while (same < size && machine.tick() &&
           machine.equals(source.get(machine, static_cast<std::uint32_t>(at + same)),
                          target.get(machine, static_cast<std::uint32_t>(same)))) {
      ++same;
    }
    if (machine.failed()) return Value::error();
    if (same == size) return Value::of_int(static_cast<std::int32_t>(at));
  }
  return Value::of_int(-1);
}

Value shuffled(Machine& machine, const Value& value, Random& random) {
  if (missing(machine, value, "Cannot invoke \"java.util.List.size()\" because \"list\" is null"))
    return Value::error();
  List& list = list_of(value);
  for (std::uint32_t i = list.size(machine); i > 1; --i) {
    const auto other = static_cast<std::uint32_t>(random.next_int(static_cast<std::int32_t>(i)));
    if (!machine.tick() || !swap_items(machine, list, i - 1, other)) return Value::error();
  }
  return machine.failed() ? Value::error() : Value::null();
}

HashMap* sorted_copy(Machine& machine, Map* of) {
  auto* copy = machine.heap().make<HashMap>(known().tree_map, Order::kSorted);
  if (of != nullptr) {
    copy->comparator = of->comparator;
    for_each_entry(machine, *of,
                   [&](const Value& key, const Value& value) { return !copy->put(machine, key, value).is_error(); });
  }
  copy->immutable = true;
  return copy;
}
Value sorted_set_over(Machine& machine, HashMap* map) {
  return machine.failed() ? Value::error() : made(machine.heap().make<Set>(known().tree_set, map));
}

}  // namespace

Value as_lifo_queue(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  static const Class* const cls = Registry::get().class_named("java.util.Collections$AsLIFOQueue");
  return made(machine.heap().make<LifoQueue>(cls, &list_of(a[0])));
}
Value binary_search(Machine& machine, const Value* a) { return search(machine, a[0], a[1], Value::null()); }
Value binary_search_by(Machine& machine, const Value* a) { return search(machine, a[0], a[1], a[2]); }
Value copy_into_list(Machine& machine, const Value* a) {
  if (missing(machine, a[1], "Cannot invoke \"java.util.List.size()\" because \"src\" is null") ||
      missing(machine, a[0], "Cannot invoke \"java.util.List.size()\" because \"dest\" is null")) {
    return Value::error();
  }
  const std::uint32_t size = list_of(a[1]).size(machine);
  if (size > list_of(a[0]).size(machine)) {
    return machine.raise(known().index_out_of_bounds, "Source does not fit in dest");
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    if (!machine.tick() || !list_of(a[0]).set(machine, i, list_of(a[1]).get(machine, i))) return Value::error();
  }
  return Value::null();
}
Value empty_iterator(Machine& machine, const Value*) { return made(machine.iterate(made(new_list(machine)))); }
Value empty_list_iterator(Machine& machine, const Value* a) { return empty_iterator(machine, a); }
Value empty_enumeration(Machine& machine, const Value*) {
  return make_enumeration(machine, machine.iterate(made(new_list(machine))));
}
Value empty_sorted_map(Machine& machine, const Value*) { return made(sorted_copy(machine, nullptr)); }
Value empty_sorted_set(Machine& machine, const Value*) {
  return sorted_set_over(machine, sorted_copy(machine, nullptr));
}
Value enumeration(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.Collection.iterator()\" because \"this.val$c\" is null")) {
    return Value::error();
  }
  return make_enumeration(machine, machine.iterate(a[0]));
}
Value index_of_sub_list(Machine& machine, const Value* a) { return find_part(machine, a, true); }
Value last_index_of_sub_list(Machine& machine, const Value* a) { return find_part(machine, a, false); }
Value list_of_enumeration(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.Enumeration.hasMoreElements()\" because \"e\" is null")) {
    return Value::error();
  }
  ArrayList* list = new_list(machine);
  while (machine.tick()) {
    const Value more = machine.call_method(a[0], "hasMoreElements", {});
    if (more.is_error()) return more;
    if (more.i == 0) return made(list);
    const Value item = machine.call_method(a[0], "nextElement", {});
    if (item.is_error()) return item;
    list->push(machine.heap(), item);
  }
  return Value::error();
}
Value set_from_map(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.Map.isEmpty()\" because \"map\" is null"))
    return Value::error();
  auto& map = object<Map>(a[0]);
  if (map.size(machine) != 0) return machine.raise(known().illegal_argument, "Map is non-empty");
  const Class* cls = map.order == Order::kSorted ? known().tree_set : known().hash_set;
  return made(machine.heap().make<Set>(cls, &map));
}
Value replace_all_items(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.List.size()\" because \"list\" is null")) return Value::error();
  List& list = list_of(a[0]);
  bool changed = false;
  for (std::uint32_t i = 0; i < list.size(machine); ++i) {
    if (!machine.tick()) return Value::error();
    if (!machine.equals(list.get(machine, i), a[1])) continue;
    if (machine.failed() || !list.set(machine, i, a[2])) return Value::error();
    changed = true;
  }
  return machine.failed() ? Value::error() : Value::boolean(changed);
}
Value reverse_order_of(Machine& machine, const Value* a) {
  const char* name = a[0].is_null() ? "reverseOrder" : "reversed";
  const Method* method =
      a[0].is_null() ? known().comparator->static_method(name, 0) : known().comparator->method(name, 0);
  return method->call(machine, a);
}
Value rotate(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.List.size()\" because \"list\" is null")) return Value::error();
  List& list = list_of(a[0]);
  const std::int64_t size = list.size(machine);
  if (size == 0) return machine.failed() ? Value::error() : Value::null();
  std::vector<Value> items;
  items.reserve(static_cast<std::size_t>(size));
  for (std::int64_t i = 0; i < size; ++i) items.push_back(list.get(machine, static_cast<std::uint32_t>(i)));
  for (std::int64_t i = 0; i < size; ++i) {
    const std::int64_t to = ((i + a[1].i) % size + size) % size;
    if (!machine.tick() || !list.set(machine, static_cast<std::uint32_t>(to), items[static_cast<std::size_t>(i)])) {
      return Value::error();
    }
  }
  return Value::null();
}
Value shuffle(Machine& machine, const Value* a) {
  Random random(Registry::get().class_named("java.util.Random"), fresh_seed());
  return shuffled(machine, a[0], random);
}
Value shuffle_by(Machine& machine, const Value* a) {
  if (missing(machine, a[1],
              "Cannot invoke \"java.util.random.RandomGenerator.nextInt(int)\" because \"rnd\" is null")) {
    return Value::error();
  }
  return shuffled(machine, a[0], object<Random>(a[1]));
}
Value unmodifiable_collection(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  ArrayList* list = new_list(machine);
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    list->push(machine.heap(), item);
    return true;
  });
  list->immutable = true;
  return ok ? made(list) : Value::error();
}
Value unmodifiable_sorted_map(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  HashMap* copy = sorted_copy(machine, &object<Map>(a[0]));
  return machine.failed() ? Value::error() : made(copy);
}
Value unmodifiable_sorted_set(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  return sorted_set_over(machine, sorted_copy(machine, map_behind(a[0])));
}

// --- java.util.Arrays and java.util.Objects

namespace {

const Array* as_array(const Value& value) { return value.is_object() ? dynamic_cast<const Array*>(value.o) : nullptr; }

bool same_deep(Machine& machine, const Value& left, const Value& right) {
  const Array* a = as_array(left);
  const Array* b = as_array(right);
  if (a == nullptr || b == nullptr) return machine.equals(left, right);
  const bool primitive = a->array_type->element->is_primitive() || b->array_type->element->is_primitive();
  if (a->length != b->length || (primitive && a->array_type != b->array_type)) return false;
  for (std::uint32_t i = 0; i < a->length; ++i) {
    if (!machine.tick() || !same_deep(machine, a->items[i], b->items[i])) return false;
  }
  return true;
}
std::int32_t hash_deep(Machine& machine, const Value& value) {
  const Array* array = as_array(value);
  if (array == nullptr) return machine.hash(value);
  std::uint32_t hash = 1;
  for (std::uint32_t i = 0; i < array->length; ++i) {
    if (!machine.tick()) return 0;
    hash = 31 * hash + static_cast<std::uint32_t>(hash_deep(machine, array->items[i]));
  }
  return static_cast<std::int32_t>(hash);
}

}  // namespace

Value deep_equals(Machine& machine, const Value* a) {
  const bool same = same_deep(machine, a[0], a[1]);
  return machine.failed() ? Value::error() : Value::boolean(same);
}
Value deep_hash(Machine& machine, const Value* a) {
  const std::int32_t hash = hash_deep(machine, a[0]);
  return machine.failed() ? Value::error() : Value::of_int(hash);
}
Value objects_compare(Machine& machine, const Value* a) {
  if (a[0].is_null() && a[1].is_null()) return Value::of_int(0);
  if (a[0].is_object() && a[1].is_object() && a[0].o == a[1].o) return Value::of_int(0);
  if (missing(machine, a[2], "Cannot invoke \"java.util.Comparator.compare(Object, Object)\" because \"c\" is null")) {
    return Value::error();
  }
  const std::int32_t order = call_int(machine, a[2], a[0], a[1]);
  return machine.failed() ? Value::error() : Value::of_int(order);
}

namespace {

constexpr ClassRow kRows[] = {
    {"java.util.Collections$AsLIFOQueue", "Queue,java.util.Listed", "A deque as a stack.", {}, false, true},
};

}  // namespace

std::span<const ClassRow> collections_more_family() { return kRows; }

}  // namespace sluice::painless::api
