#include <algorithm>
#include <limits>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

namespace {

/// java.util.LinkedList: to a script a list like another, but for its errors.
struct LinkedList final : List {
  using List::List;
  Value raise_index(Machine& machine, std::int64_t index) override { return raise_insertion(machine, index); }
};

/// java.util.ArrayDeque: a ring of items.
struct Ring final : List {
  Value* slots = nullptr;
  std::uint32_t room = 0;  ///< a power of two
  std::uint32_t head = 0;
  std::int64_t begin = 0;  ///< the number of the first item: one less for each that is put before it

  explicit Ring(const Class* cls) : List(cls) { flat = false; }

  std::uint32_t size(Machine&) override { return count; }
  Value get(Machine&, std::uint32_t index) override { return slots[slot(index)]; }
  bool set(Machine&, std::uint32_t index, Value value) override {
    slots[slot(index)] = value;
    return true;
  }
  bool insert(Machine& machine, std::uint32_t index, Value value) override {
    if (value.is_null()) return !machine.null_pointer().is_error();
    if (count == room && !grow(machine)) return false;
    if (index == 0) {
      head = (head - 1) & (room - 1);
      --begin;
    } else {
      for (std::uint32_t i = count; i > index; --i) slots[slot(i)] = slots[slot(i - 1)];
    }
    ++count;
    slots[slot(index)] = value;
    return true;
  }
  bool remove(Machine&, std::uint32_t index) override {
    if (index == 0) {
      head = (head + 1) & (room - 1);
      ++begin;
    } else {
      for (std::uint32_t i = index; i + 1 < count; ++i) slots[slot(i)] = slots[slot(i + 1)];
    }
    --count;
    return true;
  }
  bool clear(Machine&) override {
    begin += count;
    count = 0;
    return true;
  }
  bool equals(Machine&, const Value& other) override { return other.is_object() && other.o == this; }
  // Of its address, unlike a list's.
  std::int32_t hash(Machine& machine) override {
    return Object::hash(machine);  // NOLINT(bugprone-parent-virtual-call)
  }
  Iterator* walk(Machine& machine) override;

 private:
  [[nodiscard]] std::uint32_t slot(std::uint32_t index) const { return (head + index) & (room - 1); }
  bool grow(Machine& machine) {
    constexpr std::uint32_t kFirst = 16;
    const std::uint32_t larger = std::max(kFirst, room * 2);
    if (!machine.afford(larger * sizeof(Value))) return false;
    auto* moved = machine.heap().array<Value>(larger);
    for (std::uint32_t i = 0; i < count; ++i) moved[i] = slots[slot(i)];
    slots = moved;
    room = larger;
    head = 0;
    return true;
  }
};

/// Walks a deque from one end to the other. Items that are put in behind its back are not seen; one that was taken away
/// from before it is a concurrent_modification_exception.
struct RingIterator final : Iterator {
  Ring* ring;
  std::int64_t next_number;
  std::int64_t step;
  std::int64_t left;
  std::int64_t last = std::numeric_limits<std::int64_t>::min();

  RingIterator(Ring* of, bool backwards)
      : Iterator(known().iterator),
        ring(of),
        next_number(backwards ? of->begin + of->count - 1 : of->begin),
        step(backwards ? -1 : 1),
        left(of->count) {}
  bool has_next(Machine&) override { return left > 0; }
  Value next(Machine& machine) override {
    const std::int64_t index = next_number - ring->begin;
    if (index < 0 || index >= ring->count) return machine.raise(known().concurrent_modification);
    last = next_number;
    next_number += step;
    --left;
    return ring->get(machine, static_cast<std::uint32_t>(index));
  }
  Value remove(Machine& machine) override {
    const std::int64_t index = last - ring->begin;
    if (last == std::numeric_limits<std::int64_t>::min()) return machine.raise(known().illegal_state);
    last = std::numeric_limits<std::int64_t>::min();
    if (index < 0 || index >= ring->count) return Value::null();
    ring->remove(machine, static_cast<std::uint32_t>(index));
    // The items behind it moved up, unless it was the first.
    if (step > 0 && index > 0) --next_number;
    return Value::null();
  }
};

Iterator* Ring::walk(Machine& machine) { return machine.heap().make<RingIterator>(this, false); }

/// Walks a list backwards.
struct BackIterator final : Iterator {
  List* list;
  std::uint32_t position;
  std::uint32_t expected;
  bool may_remove = false;

  BackIterator(Machine& machine, List* of)
      : Iterator(known().iterator), list(of), position(of->size(machine)), expected(of->modifications) {}
  bool has_next(Machine&) override { return position > 0; }
  Value next(Machine& machine) override {
    if (list->modifications != expected) return machine.raise(known().concurrent_modification);
    may_remove = true;
    return list->get(machine, --position);
  }
  Value remove(Machine& machine) override {
    if (!may_remove) return machine.raise(known().illegal_state);
    may_remove = false;
    if (!list->remove(machine, position)) return Value::error();
    expected = list->modifications;
    return Value::null();
  }
};

List& items(const Value& value) { return object<List>(value); }

// --- making them

template <typename T>
Value make(Machine& machine, const char* java_name) {
  return made(machine.heap().make<T>(Registry::get().class_named(java_name)));
}
Value fill(Machine& machine, const Value& list, const Value& from, const char* asked) {
  if (missing(machine, from,
              std::string("Cannot invoke \"java.util.Collection.") + asked + "\" because \"c\" is null")) {
    return Value::error();
  }
  const bool ok = for_each(machine, from, [&](const Value& item) { return items(list).add(machine, item); });
  return ok ? list : Value::error();
}
Value ring(Machine& machine, const Value*) { return make<Ring>(machine, "java.util.ArrayDeque"); }
Value ring_of(Machine& machine, const Value* a) { return fill(machine, ring(machine, nullptr), a[0], "size()"); }
Value linked(Machine& machine, const Value*) { return make<LinkedList>(machine, "java.util.LinkedList"); }
Value linked_of(Machine& machine, const Value* a) { return fill(machine, linked(machine, nullptr), a[0], "toArray()"); }

// --- both ends

bool put(Machine& machine, const Value* a, bool first) {
  List& list = items(a[0]);
  return list.insert(machine, first ? 0 : list.size(machine), a[1]);
}
template <bool kFirst>
Value add(Machine& machine, const Value* a) {
  return put(machine, a, kFirst) ? Value::null() : Value::error();
}
template <bool kFirst>
Value offer(Machine& machine, const Value* a) {
  return put(machine, a, kFirst) ? Value::boolean(true) : Value::error();
}
/// The item at an end. `takes`: removed. `insists`: there has to be one.
Value at_end(Machine& machine, const Value& self, bool first, bool takes, bool insists) {
  List& list = items(self);
  const std::uint32_t size = list.size(machine);
  if (size == 0) return insists ? machine.raise(known().no_such_element) : Value::null();
  const std::uint32_t place = first ? 0 : size - 1;
  const Value item = list.get(machine, place);
  return takes && !list.remove(machine, place) ? Value::error() : item;
}
template <bool kFirst, bool kTakes, bool kInsists>
Value end_of(Machine& machine, const Value* a) {
  return at_end(machine, a[0], kFirst, kTakes, kInsists);
}
template <bool kFirst>
Value remove_occurrence(Machine& machine, const Value* a) {
  List& list = items(a[0]);
  const std::uint32_t size = list.size(machine);
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint32_t place = kFirst ? i : size - 1 - i;
    if (!machine.tick()) return Value::error();
    if (machine.equals(list.get(machine, place), a[1])) {
      return list.remove(machine, place) ? Value::boolean(true) : Value::error();
    }
  }
  return machine.failed() ? Value::error() : Value::boolean(false);
}
Value descending(Machine& machine, const Value* a) {
  if (auto* self = dynamic_cast<Ring*>(a[0].o)) return made(machine.heap().make<RingIterator>(self, true));
  return made(machine.heap().make<BackIterator>(machine, &items(a[0])));
}

constexpr MethodRow kQueue[] = {
    {"def element()", end_of<true, false, true>, "The first item, which has to be there.",
     "new ArrayDeque([1, 2]).element()", "1"},
    {"boolean offer(def)", offer<false>, "Puts an item at the end.", "Queue q = new LinkedList(); q.offer(1); q", "[1]",
     Flags::kKeepsRaw},
    {"def peek()", end_of<true, false, false>, "The first item; null: none.", "new ArrayDeque().peek()", "null"},
    {"def poll()", end_of<true, true, false>, "Takes the first item; null: none.",
     "Queue q = new ArrayDeque([1, 2]); q.poll(); q", "[2]"},
    {"def remove()", end_of<true, true, true>, "Takes the first item, which has to be there.",
     "new ArrayDeque().remove()", "no_such_element_exception: null"},
};
constexpr MethodRow kDeque[] = {
    {"void addFirst(def)", add<true>, "Puts an item in front.", "Deque d = new ArrayDeque([1]); d.addFirst(0); d",
     "[0, 1]", Flags::kKeepsRaw},
    {"void addLast(def)", add<false>, "Puts an item at the end.", "Deque d = new ArrayDeque([1]); d.addLast(2); d",
     "[1, 2]", Flags::kKeepsRaw},
    {"Iterator descendingIterator()", descending, "Walks from the end to the front.",
     "new ArrayDeque([1, 2]).descendingIterator().next()", "2"},
    {"def getFirst()", end_of<true, false, true>, "The first item, which has to be there.",
     "new ArrayDeque([1, 2]).getFirst()", "1"},
    {"def getLast()", end_of<false, false, true>, "The last item, which has to be there.",
     "new ArrayDeque([1, 2]).getLast()", "2"},
    {"boolean offerFirst(def)", offer<true>, "Puts an item in front.", "new ArrayDeque().offerFirst(1)", "true",
     Flags::kKeepsRaw},
    {"boolean offerLast(def)", offer<false>, "Puts an item at the end.", "new ArrayDeque().offerLast(1)", "true",
     Flags::kKeepsRaw},
    {"def peekFirst()", end_of<true, false, false>, "The first item; null: none.", "new ArrayDeque([1, 2]).peekFirst()",
     "1"},
    {"def peekLast()", end_of<false, false, false>, "The last item; null: none.", "new ArrayDeque([1, 2]).peekLast()",
     "2"},
    {"def pollFirst()", end_of<true, true, false>, "Takes the first item; null: none.", "new ArrayDeque().pollFirst()",
     "null"},
    {"def pollLast()", end_of<false, true, false>, "Takes the last item; null: none.",
     "Deque d = new ArrayDeque([1, 2]); d.pollLast(); d", "[1]"},
    {"def pop()", end_of<true, true, true>, "Takes the first item, which has to be there.",
     "new ArrayDeque([1, 2]).pop()", "1"},
    {"void push(def)", add<true>, "Puts an item in front.", "Deque d = new ArrayDeque([1]); d.push(0); d", "[0, 1]",
     Flags::kKeepsRaw},
    {"boolean remove(def)", remove_occurrence<true>, "Removes the first that is equal; whether there was one.",
     "new ArrayDeque([1, 2]).remove(2)", "true"},
    {"def removeFirst()", end_of<true, true, true>, "Takes the first item, which has to be there.",
     "new ArrayDeque([1, 2]).removeFirst()", "1"},
    {"boolean removeFirstOccurrence(def)", remove_occurrence<true>, "Removes the first that is equal.",
     "Deque d = new ArrayDeque([1, 2, 1]); d.removeFirstOccurrence(1); d", "[2, 1]"},
    {"def removeLast()", end_of<false, true, true>, "Takes the last item, which has to be there.",
     "new ArrayDeque([1, 2]).removeLast()", "2"},
    {"boolean removeLastOccurrence(def)", remove_occurrence<false>, "Removes the last that is equal.",
     "Deque d = new ArrayDeque([1, 2, 1]); d.removeLastOccurrence(1); d", "[1, 2]"},
};
constexpr MethodRow kArrayDeque[] = {
    {"new()", ring, "An empty deque.", "new ArrayDeque()", "[]"},
    {"new(Collection)", ring_of, "The items of another; none may be null.", "new ArrayDeque([1, 2])", "[1, 2]"},
    {"ArrayDeque clone()", ring_of, "A deque of the same items.", "new ArrayDeque([1]).clone()", "[1]"},
};
constexpr MethodRow kLinkedList[] = {
    {"new()", linked, "An empty list.", "new LinkedList()", "[]"},
    {"new(Collection)", linked_of, "A list of the items of another.", "new LinkedList([1, 2])", "[1, 2]"},
    {"def clone()", linked_of, "A list of the same items.", "new LinkedList([1]).clone()", "[1]"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Queue", "Collection", "Items that wait in a line.", kQueue, true},
    {"java.util.Deque", "Queue", "Items that come and go at both ends.", kDeque, true},
    {"java.util.ArrayDeque", "Deque,java.util.Listed", "The usual deque, and the usual stack.", kArrayDeque},
    {"java.util.LinkedList", "List,Deque", "A list that is a deque.", kLinkedList},
};

}  // namespace

std::span<const ClassRow> deque_family() { return kRows; }

}  // namespace sluice::painless::api
