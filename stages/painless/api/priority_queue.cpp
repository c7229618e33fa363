#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/json_text.h"

namespace sluice::painless::api {

namespace {

/// java.util.PriorityQueue: a heap in the very order that Java's has, because scripts can walk it.
struct PriorityQueue final : List {
  Value comparator;

  PriorityQueue(const Class* cls, Value by) : List(cls), comparator(by) {}

  bool insert(Machine& machine, std::uint32_t, Value value) override {
    const Value item = machine.force(value);
    if (item.is_null()) return !machine.null_pointer().is_error();
    static const Class* const comparable = Registry::get().class_named("java.lang.Comparable");
    if (comparator.is_null() && item.is_object() && !item.o->type->is_a(*comparable)) {
      machine.raise(known().class_cast, class_cast_text(*item.o->type, comparable->java_name));
      return false;
    }
    push(machine.heap(), item);
    ++modifications;
    return up(machine, count - 1, item);
  }
  bool remove(Machine& machine, std::uint32_t index) override {
    ++modifications;
    const Value moved = items[--count];
    if (index == count) return true;
    if (!down(machine, index, moved)) return false;
    return items[index].i != moved.i || items[index].tag != moved.tag || up(machine, index, moved);
  }
  bool set(Machine&, std::uint32_t index, Value value) override {
    items[index] = value;
    return true;
  }
  bool equals(Machine&, const Value& other) override { return other.is_object() && other.o == this; }
  // Of its address, unlike a list's.
  std::int32_t hash(Machine& machine) override {
    return Object::hash(machine);  // NOLINT(bugprone-parent-virtual-call)
  }

 private:
  /// `a` after `b`; the order of Java's questions matters to a comparator that says what it is asked.
  int order(Machine& machine, const Value& a, const Value& b) {
    if (machine.failed() || !machine.tick()) return 0;
    return comparator.is_null() ? machine.compare(a, b) : call_int(machine, comparator, a, b);
  }
  bool up(Machine& machine, std::uint32_t at, const Value& item) {
    while (at > 0) {
      const std::uint32_t parent = (at - 1) / 2;
      if (order(machine, item, items[parent]) >= 0) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = item;
    return !machine.failed();
  }
  bool down(Machine& machine, std::uint32_t at, const Value& item) {
    while (at < count / 2) {
      std::uint32_t child = 2 * at + 1;
      if (child + 1 < count && order(machine, items[child], items[child + 1]) > 0) ++child;
      if (order(machine, item, items[child]) <= 0) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = item;
    return !machine.failed();
  }
};

Value make_by(Machine& machine, const Value* a) {
  static const Class* const cls = Registry::get().class_named("java.util.PriorityQueue");
  return made(machine.heap().make<PriorityQueue>(cls, a[0]));
}
Value make(Machine& machine, const Value*) {
  const Value natural = Value::null();
  return make_by(machine, &natural);
}

constexpr MethodRow kPriorityQueue[] = {
    {"new()", make, "The smallest item comes first.",
     "Queue q = new PriorityQueue(); q.add(3); q.add(1); q.add(2); q.poll()", "1"},
    {"new(Comparator)", make_by, "The first one by another order comes first.",
     "Queue q = new PriorityQueue(Comparator.reverseOrder()); q.add(1); q.add(3); q.add(2); q.poll()", "3"},
};

constexpr ClassRow kRows[] = {
    {"java.util.PriorityQueue", "Queue,java.util.Listed", "A queue of items by their order.", kPriorityQueue},
};

}  // namespace

std::span<const ClassRow> priority_queue_family() { return kRows; }

}  // namespace sluice::painless::api
