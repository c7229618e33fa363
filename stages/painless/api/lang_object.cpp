#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/api/sort.h"
#include "stages/painless/run/big_number.h"

namespace sluice::painless::api {

namespace {

Value object_equals(Machine& machine, const Value* args) {
  const bool same = machine.equals(args[0], args[1]);
  return machine.failed() ? Value::error() : Value::boolean(same);
}
Value object_hash(Machine& machine, const Value* args) {
  const std::int32_t hash = machine.hash(args[0]);
  return machine.failed() ? Value::error() : Value::of_int(hash);
}
Value object_text(Machine& machine, const Value* args) {
  String* shown = machine.to_text(args[0]);
  return shown == nullptr ? Value::error() : made(shown);
}

constexpr MethodRow kObject[] = {
    {"boolean equals(Object)", object_equals, "Whether the two are equal.", "'a'.equals('a')", "true"},
    {"int hashCode()", object_hash, "The hash code, as Java computes it.", "'ab'.hashCode()", "3105"},
    {"String toString()", object_text, "The text of a value.", "[1, 2].toString()", "[1, 2]"},
};

Value compare_to(Machine& machine, const Value* args) {
  const int order = machine.compare(args[0], args[1]);
  return machine.failed() ? Value::error() : Value::of_int(order);
}
constexpr MethodRow kComparable[] = {
    {"int compareTo(def)", compare_to, "Less than, equal to or greater than zero.", "'a'.compareTo('c')", "-2"},
};

Value iterable_any(Machine& machine, const Value* args) {
  bool found = false;
  const bool ok =
      for_each(machine, args[0], [&](const Value& item) { return !(found = machine.call_boolean(args[1], {item})); });
  return ok ? Value::boolean(found) : Value::error();
}
Value iterable_every(Machine& machine, const Value* args) {
  bool all = true;
  const bool ok =
      for_each(machine, args[0], [&](const Value& item) { return (all = machine.call_boolean(args[1], {item})); });
  return ok ? Value::boolean(all) : Value::error();
}
Value iterable_as_list(Machine& machine, const Value* args) {
  if (machine.as_list(args[0]) != nullptr) return args[0];
  ArrayList* list = new_list(machine);
  const bool ok = for_each(machine, args[0], [&](const Value& item) {
    list->push(machine.heap(), item);
    return true;
  });
  return ok ? made(list) : Value::error();
}
Value iterable_as_collection(Machine& machine, const Value* args) {
  return machine.is_a(args[0], known().collection) ? args[0] : iterable_as_list(machine, args);
}
Value iterable_each(Machine& machine, const Value* args) {
  const bool ok =
      for_each(machine, args[0], [&](const Value& item) { return !machine.call(args[1], {item}).is_error(); });
  return ok ? args[0] : Value::error();
}
Value iterable_for_each(Machine& machine, const Value* args) {
  const Value result = iterable_each(machine, args);
  return result.is_error() ? result : Value::null();
}
Value iterable_each_with_index(Machine& machine, const Value* args) {
  std::int32_t index = 0;
  const bool ok = for_each(machine, args[0], [&](const Value& item) {
    return !machine.call(args[1], {item, Value::of_int(index++)}).is_error();
  });
  return ok ? args[0] : Value::error();
}
Value iterable_find_results(Machine& machine, const Value* args) {
  ArrayList* list = new_list(machine);
  const bool ok = for_each(machine, args[0], [&](const Value& item) {
    const Value result = machine.call(args[1], {item});
    if (!result.is_error() && !result.is_null()) list->push(machine.heap(), result);
    return !result.is_error();
  });
  return ok ? made(list) : Value::error();
}
Value iterable_group_by(Machine& machine, const Value* args) {
  HashMap* groups = new_linked_map(machine);
  const bool ok = for_each(machine, args[0], [&](const Value& item) {
    const Value key = machine.call(args[1], {item});
    if (key.is_error()) return false;
    Map::Entry* found = groups->find(machine, key);
    if (machine.failed()) return false;
    if (found == nullptr) {
      if (groups->put(machine, key, made(new_list(machine))).is_error()) return false;
      found = groups->find(machine, key);
    }
    object<List>(found->value).push(machine.heap(), item);
    return true;
  });
  return ok ? made(groups) : Value::error();
}
Value iterable_join(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  std::string joined;
  bool first = true;
  const bool ok = for_each(machine, args[0], [&](const Value& item) {
    if (!first) joined += text(args[1]);
    first = false;
    const String* part = machine.to_text(item);
    if (part == nullptr) return false;
    joined += part->text();
    return true;
  });
  return ok ? machine.string_value(joined) : Value::error();
}
/// The sum of what `pick` makes of each item, as a double.
template <typename F>
Value sum_of(Machine& machine, const Value& iterable, F&& pick) {
  double sum = 0;
  const bool ok = for_each(machine, iterable, [&](const Value& item) {
    const Value picked = pick(item);
    const Value number = is_big_number(picked) ? big_number_as(picked, Tag::kDouble)
                                               : machine.convert(picked, *Registry::get().of(Kind::kDouble), true);
    if (number.is_error()) return false;
    sum += number.d;
    return true;
  });
  return ok ? Value::of_double(sum) : Value::error();
}
Value iterable_sum(Machine& machine, const Value* args) {
  return sum_of(machine, args[0], [](const Value& item) { return item; });
}
Value iterable_sum_by(Machine& machine, const Value* args) {
  return sum_of(machine, args[0], [&](const Value& item) { return machine.call(args[1], {item}); });
}
Value iterable_iterator(Machine& machine, const Value* args) {
  Iterator* iterator = machine.iterate(args[0]);
  return iterator == nullptr ? Value::error() : made(iterator);
}

constexpr MethodRow kIterable[] = {
    {"boolean any(Predicate)", iterable_any, "Whether one of the items fits.", "[1, 2].any(x -> x > 1)", "true"},
    {"boolean every(Predicate)", iterable_every, "Whether all items fit.", "[1, 2].every(x -> x > 1)", "false"},
    {"Collection asCollection()", iterable_as_collection, "The items as a collection.", "[1, 2].asCollection()",
     "[1, 2]"},
    {"List asList()", iterable_as_list, "The items as a list.", "['a': 1].keySet().asList()", "[a]"},
    {"List findResults(Function)", iterable_find_results, "What the function makes of the items, nulls left out.",
     "[1, 2].findResults(x -> x > 1 ? x * 2 : null)", "[4]"},
    {"def each(Consumer)", iterable_each, "Calls the function with each item; the items.",
     "List l = []; [1, 2].each(x -> l.add(x)); l", "[1, 2]"},
    {"def eachWithIndex(ObjIntConsumer)", iterable_each_with_index, "Calls the function with each item and its number.",
     "List l = []; ['a', 'b'].eachWithIndex((x, i) -> l.add(x + i)); l", "[a0, b1]"},
    {"Map groupBy(Function)", iterable_group_by, "Lists of the items by what the function makes of them.",
     "[1, 2, 3].groupBy(x -> x % 2)", "{1=[1, 3], 0=[2]}"},
    {"String join(String)", iterable_join, "The items' text with something in between.", "[1, 2].join('-')", "1-2"},
    {"double sum()", iterable_sum, "The sum of the items.", "[1, 2.5].sum()", "3.5"},
    {"double sum(ToDoubleFunction)", iterable_sum_by, "The sum of what the function makes of the items.",
     "['a', 'bcd'].sum(s -> s.length())", "4.0"},
    {"void forEach(Consumer)", iterable_for_each, "Calls the function with each item.",
     "List l = []; [1, 2].forEach(x -> l.add(x)); l", "[1, 2]"},
    {"Iterator iterator()", iterable_iterator, "Walks the items.", "[7].iterator().next()", "7"},
};

constexpr ClassRow kRows[] = {
    {"java.lang.Object", "", "What every value is.", kObject},
    {"java.lang.Comparable", "", "What has an order of its own.", kComparable, true},
    {"java.lang.Iterable", "", "What can be walked with for.", kIterable, true},
};

}  // namespace

std::span<const ClassRow> lang_object_family() { return kRows; }

}  // namespace sluice::painless::api
