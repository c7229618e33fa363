#include "stages/painless/api/collections.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

std::int64_t size_of(Machine& machine, const Value& collection) {
  if (List* list = machine.as_sequence(collection)) {
    const std::uint32_t size = list->size(machine);
    return machine.failed() ? -1 : std::int64_t{size};
  }
  if (Map* keys = map_behind(collection)) return keys->size(machine);
  std::int64_t count = 0;
  const bool ok = for_each(machine, collection, [&](const Value&) {
    ++count;
    return true;
  });
  return ok ? count : -1;
}

Map* map_behind(const Value& collection) {
  if (!collection.is_object()) return nullptr;
  if (auto* set = dynamic_cast<Set*>(collection.o)) return set->map;
  auto* view = dynamic_cast<MapView*>(collection.o);
  return view == nullptr ? nullptr : view->map;
}

bool holds(Machine& machine, const Value& collection, const Value& item) {
  if (collection.is_object()) {
    auto* view = dynamic_cast<MapView*>(collection.o);
    if (auto* set = dynamic_cast<Set*>(collection.o)) return set->map->find(machine, item) != nullptr;
    if (view != nullptr && view->part == MapPart::kKeys) return view->map->find(machine, item) != nullptr;
  }
  bool found = false;
  for_each(machine, collection, [&](const Value& one) { return !(found = machine.equals(one, item)); });
  return found;
}

Value add_to(Machine& machine, const Value& collection, const Value& item) {
  if (List* list = machine.as_sequence(collection))
    return list->add(machine, item) ? Value::boolean(true) : Value::error();
  if (collection.is_object()) {
    if (auto* set = dynamic_cast<Set*>(collection.o)) {
      const bool fresh = set->map->find(machine, item) == nullptr;
      if (machine.failed()) return Value::error();
      if (fresh && set->map->put(machine, item, Value::boolean(true)).is_error()) return Value::error();
      return Value::boolean(fresh);
    }
  }
  return machine.raise(known().unsupported_operation);
}

bool remove_where(Machine& machine, const Value& collection, const std::function<bool(const Value&)>& test,
                  bool& changed) {
  changed = false;
  if (List* list = machine.as_sequence(collection)) {
    for (std::uint32_t i = 0; i < list->size(machine);) {
      const bool goes = test(list->get(machine, i));
      if (machine.failed() || !machine.tick()) return false;
      if (!goes) {
        ++i;
        continue;
      }
      if (!list->remove(machine, i)) return false;
      changed = true;
    }
    return true;
  }
  Iterator* iterator = machine.iterate(collection);
  if (iterator == nullptr) return false;
  while (iterator->has_next(machine)) {
    const Value item = iterator->next(machine);
    if (item.is_error() || !machine.tick()) return false;
    const bool goes = test(item);
    if (machine.failed()) return false;
    if (!goes) continue;
    if (iterator->remove(machine).is_error()) return false;
    changed = true;
  }
  return !machine.failed();
}

namespace {

Value collect_into(Machine& machine, const Value& from, const Value& target, const Value& function) {
  const bool ok = for_each(machine, from, [&](const Value& item) {
    const Value result = machine.call(function, {item});
    return !result.is_error() && !add_to(machine, target, result).is_error();
  });
  return ok ? target : Value::error();
}
Value collect(Machine& machine, const Value* a) { return collect_into(machine, a[0], made(new_list(machine)), a[1]); }
Value collect_target(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : collect_into(machine, a[0], a[1], a[2]);
}
Value find(Machine& machine, const Value* a) {
  Value found = Value::null();
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    if (!machine.call_boolean(a[1], {item})) return !machine.failed();
    found = item;
    return false;
  });
  return ok ? found : Value::error();
}
Value find_all(Machine& machine, const Value* a) {
  ArrayList* list = new_list(machine);
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    if (machine.call_boolean(a[1], {item})) list->push(machine.heap(), item);
    return !machine.failed();
  });
  return ok ? made(list) : Value::error();
}
Value first_result(Machine& machine, const Value& from, const Value& otherwise, const Value& function) {
  Value found = otherwise;
  const bool ok = for_each(machine, from, [&](const Value& item) {
    const Value result = machine.call(function, {item});
    if (result.is_error() || result.is_null()) return !result.is_error();
    found = result;
    return false;
  });
  return ok ? found : Value::error();
}
Value find_result(Machine& machine, const Value* a) { return first_result(machine, a[0], Value::null(), a[1]); }
Value find_result_or(Machine& machine, const Value* a) { return first_result(machine, a[0], a[1], a[2]); }
Value split(Machine& machine, const Value* a) {
  ArrayList* fit = new_list(machine);
  ArrayList* rest = new_list(machine);
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    (machine.call_boolean(a[1], {item}) ? fit : rest)->push(machine.heap(), item);
    return !machine.failed();
  });
  if (!ok) return Value::error();
  ArrayList* both = new_list(machine);
  both->push(machine.heap(), made(fit));
  both->push(machine.heap(), made(rest));
  return made(both);
}

Value add(Machine& machine, const Value* a) { return add_to(machine, a[0], a[1]); }
Value add_all(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  std::vector<Value> items;  // taken first: a collection may be added to itself
  if (!for_each(machine, a[1], [&](const Value& item) {
        items.push_back(item);
        return true;
      })) {
    return Value::error();
  }
  bool changed = false;
  for (const Value& item : items) {
    const Value added = add_to(machine, a[0], item);
    if (added.is_error()) return added;
    changed |= added.i != 0;
  }
  return Value::boolean(changed);
}
Value contains(Machine& machine, const Value* a) {
  const bool found = holds(machine, a[0], a[1]);
  return machine.failed() ? Value::error() : Value::boolean(found);
}
Value contains_all(Machine& machine, const Value* a) {
  bool all = true;
  const bool ok = for_each(machine, a[1], [&](const Value& item) { return (all = holds(machine, a[0], item)); });
  return ok ? Value::boolean(all) : Value::error();
}
Value is_empty(Machine& machine, const Value* a) {
  const std::int64_t size = size_of(machine, a[0]);
  return size < 0 ? Value::error() : Value::boolean(size == 0);
}
Value size(Machine& machine, const Value* a) {
  const std::int64_t size = size_of(machine, a[0]);
  return size < 0 ? Value::error() : Value::of_int(static_cast<std::int32_t>(size));
}
Value clear(Machine& machine, const Value* a) {
  if (List* list = machine.as_sequence(a[0])) return list->clear(machine) ? Value::null() : Value::error();
  if (Map* map = map_behind(a[0])) return map->clear(machine) ? Value::null() : Value::error();
  return machine.raise(known().unsupported_operation);
}
Value remove_those(Machine& machine, const Value& from, const std::function<bool(const Value&)>& test) {
  bool changed = false;
  return remove_where(machine, from, test, changed) ? Value::boolean(changed) : Value::error();
}
Value remove_if(Machine& machine, const Value* a) {
  return remove_those(machine, a[0], [&](const Value& item) { return machine.call_boolean(a[1], {item}); });
}
Value remove_all(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  return remove_those(machine, a[0], [&](const Value& item) { return holds(machine, a[1], item); });
}
Value retain_all(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  return remove_those(machine, a[0], [&](const Value& item) { return !holds(machine, a[1], item); });
}
Value to_array(Machine& machine, const Value* a) {
  std::vector<Value> items;
  if (!for_each(machine, a[0], [&](const Value& item) {
        items.push_back(machine.force(item));
        return true;
      })) {
    return Value::error();
  }
  Value* kept = machine.heap().array<Value>(items.size());
  std::copy(items.begin(), items.end(), kept);
  const Type* type = Registry::get().array_of(Registry::get().of(Kind::kDef));
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(items.size()), kept));
}

constexpr MethodRow kCollection[] = {
    {"List collect(Function)", collect, "What the function makes of each item.", "[1, 2].collect(x -> x * 2)",
     "[2, 4]"},
    {"def collect(Collection,Function)", collect_target, "Likewise, added to a collection.",
     "[1].collect([0], x -> x * 2)", "[0, 2]"},
    {"def find(Predicate)", find, "The first item that fits; null: none.", "[1, 2].find(x -> x > 1)", "2"},
    {"List findAll(Predicate)", find_all, "The items that fit.", "[1, 2, 3].findAll(x -> x > 1)", "[2, 3]"},
    {"def findResult(Function)", find_result, "The first that the function makes something of.",
     "[1, 2].findResult(x -> x > 1 ? x * 5 : null)", "10"},
    {"def findResult(def,Function)", find_result_or, "Likewise, with something for when there is none.",
     "[1].findResult('none', x -> null)", "none"},
    {"List split(Predicate)", split, "The items that fit, and the others.", "[1, 2, 3].split(x -> x > 1)",
     "[[2, 3], [1]]"},
    {"boolean add(def)", add, "Adds an item.", "List l = [1]; l.add(2); l", "[1, 2]", Flags::kKeepsRaw},
    {"boolean addAll(Collection)", add_all, "Adds all items.", "List l = [1]; l.addAll([2, 3]); l", "[1, 2, 3]"},
    {"boolean contains(def)", contains, "Whether an item is equal to it.", "[1, 2].contains(2)", "true"},
    {"boolean containsAll(Collection)", contains_all, "Whether it has all of them.", "[1, 2].containsAll([2, 3])",
     "false"},
    {"boolean isEmpty()", is_empty, "Whether there is nothing in it.", "[].isEmpty()", "true"},
    {"boolean removeAll(Collection)", remove_all, "Removes all that the other has.",
     "List l = [1, 2]; l.removeAll([2]); l", "[1]"},
    {"boolean removeIf(Predicate)", remove_if, "Removes what fits.", "List l = [1, 2, 3]; l.removeIf(x -> x > 1); l",
     "[1]"},
    {"boolean retainAll(Collection)", retain_all, "Removes all that the other has not.",
     "List l = [1, 2]; l.retainAll([2]); l", "[2]"},
    {"void clear()", clear, "Removes everything.", "List l = [1]; l.clear(); l", "[]"},
    {"int size()", size, "How many items there are.", "[1, 2].size()", "2"},
    {"def[] toArray()", to_array, "The items as an array.", "[1, 2].toArray().length", "2"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Collection", "Iterable,java.util.stream.Source", "What holds items.", kCollection, true}};

}  // namespace

std::span<const ClassRow> collection_family() { return kRows; }

}  // namespace sluice::painless::api
