#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

namespace {

Value has_next(Machine& machine, const Value* a) {
  const bool more = object<Iterator>(a[0]).has_next(machine);
  return machine.failed() ? Value::error() : Value::boolean(more);
}
Value next(Machine& machine, const Value* a) {
  auto& iterator = object<Iterator>(a[0]);
  if (!iterator.has_next(machine)) return machine.failed() ? Value::error() : machine.raise(known().no_such_element);
  return iterator.next(machine);
}
Value remove(Machine& machine, const Value* a) { return object<Iterator>(a[0]).remove(machine); }
Value for_each_remaining(Machine& machine, const Value* a) {
  auto& iterator = object<Iterator>(a[0]);
  while (iterator.has_next(machine)) {
    const Value item = iterator.next(machine);
    if (item.is_error() || !machine.tick() || machine.call(a[1], {item}).is_error()) return Value::error();
  }
  return machine.failed() ? Value::error() : Value::null();
}

constexpr MethodRow kIterator[] = {
    {"boolean hasNext()", has_next, "Whether there is one more.", "[].iterator().hasNext()", "false"},
    {"def next()", next, "The next one.", "[5].iterator().next()", "5"},
    {"void remove()", remove, "Removes what next() gave last.",
     "List l = [1, 2]; Iterator i = l.iterator(); i.next(); i.remove(); l", "[2]"},
    {"void forEachRemaining(Consumer)", for_each_remaining, "Calls the function with each that is left.",
     "List l = []; [1, 2].iterator().forEachRemaining(x -> l.add(x)); l", "[1, 2]"},
};

ListIterator& walker(const Value& value) { return object<ListIterator>(value); }

Value list_iterator(Machine& machine, const Value* a) {
  object<List>(a[0]).open(machine);
  return made(machine.heap().make<ListIterator>(known().list_iterator, &object<List>(a[0])));
}
Value list_iterator_at(Machine& machine, const Value* a) {
  auto& list = object<List>(a[0]);
  if (a[1].i < 0 || a[1].i > list.size(machine)) {
    static const Class* const deque = Registry::get().class_named("java.util.Deque");
    if (list.type->is_a(*deque)) return list.raise_insertion(machine, a[1].i);
    return machine.raise(known().index_out_of_bounds, "Index: " + std::to_string(a[1].i));
  }
  auto* iterator = machine.heap().make<ListIterator>(known().list_iterator, &list);
  iterator->position = static_cast<std::uint32_t>(a[1].i);
  return made(iterator);
}
Value has_previous(Machine&, const Value* a) { return Value::boolean(walker(a[0]).position > 0); }
Value next_index(Machine&, const Value* a) { return Value::of_int(static_cast<std::int32_t>(walker(a[0]).position)); }
Value previous_index(Machine&, const Value* a) {
  return Value::of_int(static_cast<std::int32_t>(walker(a[0]).position) - 1);
}
Value previous(Machine& machine, const Value* a) {
  ListIterator& iterator = walker(a[0]);
  if (iterator.position == 0) return machine.raise(known().no_such_element);
  if (iterator.list->modifications != iterator.expected) return machine.raise(known().concurrent_modification);
  iterator.last = --iterator.position;
  return iterator.list->get(machine, iterator.position);
}
Value set_last(Machine& machine, const Value* a) {
  ListIterator& iterator = walker(a[0]);
  if (iterator.last < 0) return machine.raise(known().illegal_state);
  return iterator.list->set(machine, static_cast<std::uint32_t>(iterator.last), a[1]) ? Value::null() : Value::error();
}
Value add_here(Machine& machine, const Value* a) {
  ListIterator& iterator = walker(a[0]);
  if (!iterator.list->insert(machine, iterator.position, a[1])) return Value::error();
  ++iterator.position;
  iterator.last = -1;
  iterator.expected = iterator.list->modifications;
  return Value::null();
}

constexpr MethodRow kListIterator[] = {
    {"void add(def)", add_here, "Inserts here.", "List l = [2]; l.listIterator().add(1); l", "[1, 2]"},
    {"boolean hasPrevious()", has_previous, "Whether there is one before.", "[1].listIterator().hasPrevious()",
     "false"},
    {"int nextIndex()", next_index, "The place of the next one.", "[1].listIterator().nextIndex()", "0"},
    {"def previous()", previous, "The one before.", "[1, 2].listIterator(1).previous()", "1"},
    {"int previousIndex()", previous_index, "The place of the one before.", "[1].listIterator().previousIndex()", "-1"},
    {"void set(def)", set_last, "Replaces what was given last.",
     "List l = [1]; ListIterator i = l.listIterator(); i.next(); i.set(5); l", "[5]"},
};
constexpr MethodRow kListMore[] = {
    {"ListIterator listIterator()", list_iterator, "Walks both ways.", "[7].listIterator().next()", "7"},
    {"ListIterator listIterator(int)", list_iterator_at, "Likewise, from a place on.", "[7, 8].listIterator(1).next()",
     "8"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Iterator", "", "What walks.", kIterator, true},
    {"java.util.ListIterator", "Iterator", "What walks a list both ways.", kListIterator, true},
    {"java.util.SequencedCollection", "", "Methods of lists that stand by their iterators.", kListMore, true, true},
};

}  // namespace

std::span<const ClassRow> iterator_family() { return kRows; }

}  // namespace sluice::painless::api
