#include "stages/painless/api/collections.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/api/sort.h"

namespace sluice::painless::api {

namespace {

/// Whether `index` is below `size`; raises otherwise.
bool within(Machine& machine, std::int64_t index, List& list) {
  if (index >= 0 && index < list.size(machine)) return !machine.failed();
  list.raise_index(machine, index);
  return false;
}

Value construct(Machine& machine, const Value* a) {
  (void)a;
  return made(new_list(machine));
}
Value construct_of(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  ArrayList* list = new_list(machine);
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    list->push(machine.heap(), item);
    return true;
  });
  return ok ? made(list) : Value::error();
}
Value get(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  return within(machine, a[1].i, list) ? list.get(machine, static_cast<std::uint32_t>(a[1].i)) : Value::error();
}
Value set(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  if (!within(machine, a[1].i, list)) return Value::error();
  const auto index = static_cast<std::uint32_t>(a[1].i);
  const Value old_value = list.get(machine, index);
  return list.set(machine, index, a[2]) ? old_value : Value::error();
}
Value remove(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  if (!within(machine, a[1].i, list)) return Value::error();
  const auto index = static_cast<std::uint32_t>(a[1].i);
  const Value old_value = list.get(machine, index);
  return list.remove(machine, index) ? old_value : Value::error();
}
bool may_insert(Machine& machine, const Value& index, List& list) {
  if (index.i >= 0 && index.i <= list.size(machine)) return true;
  list.raise_insertion(machine, index.i);
  return false;
}
Value insert(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  if (!may_insert(machine, a[1], list)) return Value::error();
  return list.insert(machine, static_cast<std::uint32_t>(a[1].i), a[2]) ? Value::null() : Value::error();
}
Value insert_all(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  if (!may_insert(machine, a[1], list) || missing(machine, a[2])) return Value::error();
  const Value items = construct_of(machine, a + 2);
  if (items.is_error()) return items;
  auto& copied = object<List>(items);
  for (std::uint32_t i = 0; i < copied.count; ++i) {
    if (!machine.tick() || !list.insert(machine, static_cast<std::uint32_t>(a[1].i) + i, copied.items[i]))
      return Value::error();
  }
  return Value::boolean(copied.count > 0);
}
Value index_of(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  for (std::uint32_t i = 0; i < list.size(machine); ++i) {
    if (!machine.tick()) return Value::error();
    if (machine.equals(list.get(machine, i), a[1])) return Value::of_int(static_cast<std::int32_t>(i));
  }
  return machine.failed() ? Value::error() : Value::of_int(-1);
}
Value last_index_of(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  for (std::uint32_t i = list.size(machine); i-- > 0;) {
    if (!machine.tick()) return Value::error();
    if (machine.equals(list.get(machine, i), a[1])) return Value::of_int(static_cast<std::int32_t>(i));
  }
  return machine.failed() ? Value::error() : Value::of_int(-1);
}
Value length(Machine& machine, const Value* a) {
  return Value::of_int(static_cast<std::int32_t>(object<List>(a[0]).size(machine)));
}
Value replace_all(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  for (std::uint32_t i = 0; i < list.size(machine); ++i) {
    const Value result = machine.call(a[1], {list.get(machine, i)});
    if (result.is_error() || !machine.tick() || !list.set(machine, i, result)) return Value::error();
  }
  return Value::null();
}
Value sort(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  if (!sort_list(machine, list, a[1])) return Value::error();
  ++list.modifications;
  return Value::null();
}
Value copy(Machine& machine, const Value* a) { return construct_of(machine, a); }
Value nothing(Machine& machine, const Value* a) {
  (void)machine;
  (void)a;
  return Value::null();
}

/// A view of a part of a list.
struct SubList final : List {
  List* whole;
  List* root;  ///< that all parts of parts are of
  std::uint32_t from;
  std::uint32_t length;
  std::uint32_t seen;  ///< changes of the root that this view knows of

  SubList(const Class* list_class, List* of, std::uint32_t begin, std::uint32_t size)
      : List(list_class), whole(of), from(begin), length(size) {
    flat = false;
    auto* const part = dynamic_cast<SubList*>(of);
    root = part == nullptr ? of : part->root;
    seen = root->modifications;
  }
  std::uint32_t size(Machine& machine) override {
    if (root->modifications != seen) machine.raise(known().concurrent_modification);
    return length;
  }
  Iterator* walk(Machine& machine) override {
    size(machine);
    return machine.failed() ? nullptr : List::walk(machine);
  }
  std::uint32_t walked_size(Machine& machine) override {
    (void)machine;
    return length;
  }
  Value get(Machine& machine, std::uint32_t index) override { return whole->get(machine, from + index); }
  bool set(Machine& machine, std::uint32_t index, Value value) override {
    return whole->set(machine, from + index, value);
  }
  bool insert(Machine& machine, std::uint32_t index, Value value) override {
    if (!whole->insert(machine, from + index, value)) return false;
    ++length;
    ++modifications;
    seen = root->modifications;
    return true;
  }
  bool remove(Machine& machine, std::uint32_t index) override {
    if (!whole->remove(machine, from + index)) return false;
    --length;
    ++modifications;
    seen = root->modifications;
    return true;
  }
  bool clear(Machine& machine) override {
    while (length > 0) {
      if (!remove(machine, length - 1)) return false;
    }
    return true;
  }
};

Value sub_list(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  const std::int64_t size = list.size(machine);
  if (a[1].i < 0) return machine.raise(known().index_out_of_bounds, "fromIndex = " + std::to_string(a[1].i));
  if (a[2].i > size) return machine.raise(known().index_out_of_bounds, "toIndex = " + std::to_string(a[2].i));
  if (a[1].i > a[2].i) {
    return machine.raise(known().illegal_argument,
                         "fromIndex(" + std::to_string(a[1].i) + ") > toIndex(" + std::to_string(a[2].i) + ")");
  }
  return made(machine.heap().make<SubList>(Registry::get().class_named("java.util.ArrayList$SubList"), &list,
                                           static_cast<std::uint32_t>(a[1].i),
                                           static_cast<std::uint32_t>(a[2].i - a[1].i)));
}

constexpr MethodRow kList[] = {
    {"void add(int,def)", insert, "Inserts at a place.", "List l = [1, 3]; l.add(1, 2); l", "[1, 2, 3]",
     Flags::kKeepsRaw},
    {"boolean addAll(int,Collection)", insert_all, "Inserts all at a place.", "List l = [1, 4]; l.addAll(1, [2, 3]); l",
     "[1, 2, 3, 4]"},
    {"def get(int)", get, "The item at a place.", "[1, 2].get(1)", "2"},
    {"int getLength()", length, "How many items there are.", "[1, 2].length", "2"},
    {"int indexOf(def)", index_of, "Where an item stands first; -1: nowhere.", "[1, 2, 2].indexOf(2)", "1"},
    {"int lastIndexOf(def)", last_index_of, "Where an item stands last; -1: nowhere.", "[1, 2, 2].lastIndexOf(2)", "2"},
    {"def remove(int)", remove, "Removes the item at a place and returns it.", "List l = [1, 2]; l.remove(0); l",
     "[2]"},
    {"void replaceAll(UnaryOperator)", replace_all, "Each item becomes what the function makes of it.",
     "List l = [1, 2]; l.replaceAll(x -> x * 2); l", "[2, 4]"},
    {"def set(int,def)", set, "Replaces the item at a place and returns the old one.",
     "List l = [1, 2]; l.set(0, 5); l", "[5, 2]", Flags::kKeepsRaw},
    {"void sort(Comparator)", sort, "Sorts; null: by the natural order.", "List l = [2, 1]; l.sort(null); l", "[1, 2]"},
    {"List subList(int,int)", sub_list, "A view of a part.", "[1, 2, 3].subList(1, 3)", "[2, 3]"},
};
constexpr MethodRow kArrayList[] = {
    {"new()", construct, "An empty list.", "new ArrayList()", "[]"},
    {"new(Collection)", construct_of, "A list of the items of another.", "new ArrayList([1, 2])", "[1, 2]"},
    {"def clone()", copy, "A list of the same items.", "new ArrayList([1]).clone()", "[1]"},
    {"void trimToSize()", nothing, "Does nothing one can see.", "ArrayList l = [1]; l.trimToSize(); l", "[1]"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Listed", "", "What keeps its items as a list does.", {}, true, true},
    {"java.util.List", "Collection,java.util.SequencedCollection,java.util.WithPaths,java.util.Listed",
     "Items in an order.", kList, true},
    {"java.util.ArrayList", "List", "The usual list.", kArrayList},
    {"java.util.ArrayList$SubList", "List", "A part of a list.", {}, false, true},
};

}  // namespace

std::span<const ClassRow> list_family() { return kRows; }

}  // namespace sluice::painless::api
