#include <algorithm>

#include "stages/painless/api/enumeration.h"
#include "stages/painless/api/families.h"

namespace sluice::painless::api {

namespace {

/// java.util.Enumeration over an iterator.
struct Enumeration final : Object {
  Iterator* iterator;
  std::string_view at_end;  ///< what the exception says behind the last item; empty: nothing

  Enumeration(const Class* cls, Iterator* of, std::string_view end) : Object(cls), iterator(of), at_end(end) {}
};

}  // namespace

Value make_enumeration(Machine& machine, Iterator* iterator, std::string_view at_end) {
  static const Class* const cls = Registry::get().class_named("java.util.Enumeration");
  return iterator == nullptr ? Value::error() : made(machine.heap().make<Enumeration>(cls, iterator, at_end));
}

namespace {

Value has_more(Machine& machine, const Value* a) {
  const bool more = object<Enumeration>(a[0]).iterator->has_next(machine);
  return machine.failed() ? Value::error() : Value::boolean(more);
}
Value next(Machine& machine, const Value* a) {
  const auto& self = object<Enumeration>(a[0]);
  if (self.iterator->has_next(machine)) return self.iterator->next(machine);
  if (machine.failed()) return Value::error();
  return self.at_end.empty() ? machine.raise(known().no_such_element)
                             : machine.raise(known().no_such_element, self.at_end);
}
constexpr MethodRow kEnumeration[] = {
    {"boolean hasMoreElements()", has_more, "Whether there is one more.", "new Vector().elements().hasMoreElements()",
     "false"},
    {"def nextElement()", next, "The next one.", "new Vector([5]).elements().nextElement()", "5"},
};

/// java.util.Vector, which java.util.Stack is too.
struct Vector final : List {
  using List::List;
  Value raise_index(Machine& machine, std::int64_t index) override {
    if (index >= 0) return out_of(machine, "Array index out of range: " + std::to_string(index));
    constexpr std::uint32_t kFirstCapacity = 10;
    return out_of(machine, bounds_text(index, std::max(kFirstCapacity, capacity)));
  }
  Value raise_insertion(Machine& machine, std::int64_t index) override {
    if (index < 0) return raise_index(machine, index);
    return out_of(machine, std::to_string(index) + " > " + std::to_string(count));
  }
  static Value out_of(Machine& machine, const std::string& reason) {
    return machine.raise(known().array_index_out_of_bounds, reason);
  }
};
Vector& vector(const Value& value) { return object<Vector>(value); }

template <bool kStack>
Value make(Machine& machine, const Value*) {
  static const Class* const cls = Registry::get().class_named(kStack ? "java.util.Stack" : "java.util.Vector");
  return made(machine.heap().make<Vector>(cls));
}
Value make_of(Machine& machine, const Value* a) {
  if (missing(machine, a[0], "Cannot invoke \"java.util.Collection.toArray()\" because \"c\" is null")) {
    return Value::error();
  }
  const Value copy = make<false>(machine, nullptr);
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    vector(copy).push(machine.heap(), item);
    return true;
  });
  return ok ? copy : Value::error();
}
Value clone(Machine& machine, const Value* a) {
  const Value copy = make_of(machine, a);
  if (!copy.is_error()) vector(copy).type = a[0].o->type;
  return copy;
}
Value add_element(Machine& machine, const Value* a) {
  return vector(a[0]).add(machine, a[1]) ? Value::null() : Value::error();
}
Value copy_into(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  Vector& self = vector(a[0]);
  auto& array = object<Array>(a[1]);
  if (array.length < self.count) {
    return Vector::out_of(machine, "arraycopy: last destination index " + std::to_string(self.count) +
                                       " out of bounds for object array[" + std::to_string(array.length) + "]");
  }
  for (std::uint32_t i = 0; i < self.count; ++i) {
    array.items[i] = machine.convert(self.items[i], *array.array_type->element, false);
    if (array.items[i].is_error()) return Value::error();
  }
  return Value::null();
}
/// Whether there is an item at the place; `5 >= 3` otherwise.
bool is_there(Machine& machine, const Value& self, std::int64_t index) {
  if (index >= 0 && index < vector(self).count) return true;
  if (index < 0) return !vector(self).raise_index(machine, index).is_error();
  return !Vector::out_of(machine, std::to_string(index) + " >= " + std::to_string(vector(self).count)).is_error();
}
Value element_at(Machine& machine, const Value* a) {
  return is_there(machine, a[0], a[1].i) ? vector(a[0]).items[a[1].i] : Value::error();
}
Value elements(Machine& machine, const Value* a) {
  return make_enumeration(machine, machine.iterate(a[0]), "Vector Enumeration");
}
template <bool kFirst>
Value end_of(Machine& machine, const Value* a) {
  Vector& self = vector(a[0]);
  return self.count == 0 ? machine.raise(known().no_such_element) : self.items[kFirst ? 0 : self.count - 1];
}
Value insert_element_at(Machine& machine, const Value* a) {
  Vector& self = vector(a[0]);
  if (a[2].i < 0 || a[2].i > self.count) return self.raise_insertion(machine, a[2].i);
  return self.insert(machine, static_cast<std::uint32_t>(a[2].i), a[1]) ? Value::null() : Value::error();
}
Value last_index_of(Machine& machine, const Value* a) {
  Vector& self = vector(a[0]);
  if (a[2].i >= self.count) {
    return machine.raise(known().index_out_of_bounds, std::to_string(a[2].i) + " >= " + std::to_string(self.count));
  }
  for (std::int64_t i = a[2].i; i >= 0; --i) {
    if (!machine.tick()) return Value::error();
    if (machine.equals(self.items[i], a[1])) return Value::of_int(static_cast<std::int32_t>(i));
  }
  return machine.failed() ? Value::error() : Value::of_int(-1);
}
Value remove_all(Machine& machine, const Value* a) {
  return vector(a[0]).clear(machine) ? Value::null() : Value::error();
}
Value remove_element(Machine& machine, const Value* a) {
  Vector& self = vector(a[0]);
  for (std::uint32_t i = 0; i < self.count; ++i) {
    if (!machine.tick()) return Value::error();
    if (machine.equals(self.items[i], a[1])) return Value::boolean(self.remove(machine, i));
  }
  return machine.failed() ? Value::error() : Value::boolean(false);
}
Value remove_element_at(Machine& machine, const Value* a) {
  if (a[1].i < 0) return Vector::out_of(machine, "Array index out of range: " + std::to_string(a[1].i));
  if (!is_there(machine, a[0], a[1].i)) return Value::error();
  return vector(a[0]).remove(machine, static_cast<std::uint32_t>(a[1].i)) ? Value::null() : Value::error();
}
Value set_element_at(Machine& machine, const Value* a) {
  if (!is_there(machine, a[0], a[2].i)) return Value::error();
  return vector(a[0]).set(machine, static_cast<std::uint32_t>(a[2].i), a[1]) ? Value::null() : Value::error();
}

constexpr MethodRow kVector[] = {
    {"new()", make<false>, "An empty list.", "new Vector()", "[]"},
    {"new(Collection)", make_of, "A list of the items of another.", "new Vector([1, 2])", "[1, 2]"},
    {"void addElement(def)", add_element, "Adds an item.", "Vector v = new Vector([1]); v.addElement(2); v", "[1, 2]",
     Flags::kKeepsRaw},
    {"def clone()", clone, "A list of the same items.", "new Vector([1]).clone()", "[1]"},
    {"void copyInto(Object[])", copy_into, "Puts the items into an array.",
     "def[] a = new def[2]; new Vector([1, 2]).copyInto(a); a[1]", "2"},
    {"def elementAt(int)", element_at, "The item at a place.", "new Vector([1]).elementAt(1)",
     "array_index_out_of_bounds_exception: 1 >= 1"},
    {"Enumeration elements()", elements, "Walks the items.", "new Vector([1]).elements().nextElement()", "1"},
    {"def firstElement()", end_of<true>, "The first item.", "new Vector([1, 2]).firstElement()", "1"},
    {"void insertElementAt(def,int)", insert_element_at, "Inserts at a place.",
     "Vector v = new Vector([1, 3]); v.insertElementAt(2, 1); v", "[1, 2, 3]"},
    {"def lastElement()", end_of<false>, "The last item.", "new Vector([1, 2]).lastElement()", "2"},
    {"int lastIndexOf(def,int)", last_index_of, "Where an item stands last, at a place or before it.",
     "new Vector([1, 2, 1]).lastIndexOf(1, 1)", "0"},
    {"void removeAllElements()", remove_all, "Removes everything.",
     "Vector v = new Vector([1]); v.removeAllElements(); v", "[]"},
    {"boolean removeElement(def)", remove_element, "Removes the first that is equal; whether there was one.",
     "Vector v = new Vector([1, 2]); v.removeElement(1); v", "[2]"},
    {"void removeElementAt(int)", remove_element_at, "Removes the item at a place.",
     "Vector v = new Vector([1, 2]); v.removeElementAt(0); v", "[2]"},
    {"void setElementAt(def,int)", set_element_at, "Replaces the item at a place.",
     "Vector v = new Vector([1, 2]); v.setElementAt(5, 0); v", "[5, 2]"},
};

// --- java.util.Stack

Value push(Machine& machine, const Value* a) { return vector(a[0]).add(machine, a[1]) ? a[1] : Value::error(); }
template <bool kTakes>
Value top(Machine& machine, const Value* a) {
  Vector& self = vector(a[0]);
  static const Class* const empty = Registry::get().class_named("java.util.EmptyStackException");
  if (self.count == 0) return machine.raise(empty);
  const Value item = self.items[self.count - 1];
  return kTakes && !self.remove(machine, self.count - 1) ? Value::error() : item;
}
Value is_empty(Machine&, const Value* a) { return Value::boolean(vector(a[0]).count == 0); }
Value search(Machine& machine, const Value* a) {
  Vector& self = vector(a[0]);
  for (std::uint32_t i = self.count; i-- > 0;) {
    if (!machine.tick()) return Value::error();
    if (machine.equals(self.items[i], a[1])) return Value::of_int(static_cast<std::int32_t>(self.count - i));
  }
  return machine.failed() ? Value::error() : Value::of_int(-1);
}

constexpr MethodRow kStack[] = {
    {"new()", make<true>, "An empty stack.", "new Stack()", "[]"},
    {"def push(def)", push, "Puts an item on top and returns it.", "Stack s = new Stack(); s.push(1); s.push(2); s",
     "[1, 2]"},
    {"def pop()", top<true>, "Takes the item on top.", "Stack s = new Stack(); s.push(1); s.push(2); s.pop()", "2"},
    {"def peek()", top<false>, "The item on top.", "new Stack().peek()", "empty_stack_exception: null"},
    {"boolean empty()", is_empty, "Whether there is nothing on it.", "new Stack().empty()", "true"},
    {"int search(def)", search, "How deep an item lies, from 1 on top; -1: nowhere.",
     "Stack s = new Stack(); s.push('a'); s.push('b'); s.search('a')", "2"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Enumeration", "", "What walks, as Java had it first.", kEnumeration, true},
    {"java.util.Vector", "List", "A list, as Java had it first.", kVector},
    {"java.util.Stack", "Vector", "A list that grows on top.", kStack},
};

}  // namespace

std::span<const ClassRow> vector_family() { return kRows; }

}  // namespace sluice::painless::api
