#include "stages/painless/run/list.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "stages/painless/run/json_text.h"
#include "stages/painless/run/json_walk.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/map.h"

namespace sluice::painless {

void List::read_json(Machine& machine) {
  pending = false;
  JsonWalk walk(json);
  while (!walk.done()) push(machine.heap(), walk.value(machine));
  if (walk.malformed()) raise_malformed(machine, json);
}

bool List::kept(const Machine& machine) const { return machine.document_read_only() && !json.empty(); }

void List::reserve(Heap& heap, std::uint32_t more) {
  if (count + more <= capacity) return;
  const std::uint32_t grown = std::max({count + more, capacity + capacity / 2, std::uint32_t{10}});
  Value* moved = heap.array<Value>(grown);
  if (count != 0) std::memcpy(static_cast<void*>(moved), items, count * sizeof(Value));
  items = moved;
  capacity = grown;
}

bool List::may_resize(Machine& machine) {
  open(machine);
  if (kept(machine)) return !machine.raise_read_only().is_error();
  if (!immutable && !fixed_size) return true;
  machine.raise(known().unsupported_operation);
  return false;
}

bool List::set(Machine& machine, std::uint32_t index, Value value) {
  open(machine);
  if (kept(machine)) return !machine.raise_read_only().is_error();
  if (immutable) {
    machine.raise(known().unsupported_operation);
    return false;
  }
  items[index] = value;
  changed = true;
  return true;
}

bool List::insert(Machine& machine, std::uint32_t index, Value value) {
  if (!may_resize(machine)) return false;
  if (count == capacity) reserve(machine.heap(), 1);
  if (index != count)
    std::memmove(static_cast<void*>(items + index + 1), items + index, (count - index) * sizeof(Value));
  items[index] = value;
  ++count;
  ++modifications;
  changed = true;
  return true;
}

bool List::remove(Machine& machine, std::uint32_t index) {
  if (!may_resize(machine)) return false;
  std::memmove(static_cast<void*>(items + index), items + index + 1, (count - index - 1) * sizeof(Value));
  --count;
  ++modifications;
  changed = true;
  return true;
}

bool List::clear(Machine& machine) {
  if (!may_resize(machine)) return false;
  count = 0;
  ++modifications;
  changed = true;
  return true;
}

Value List::raise_index(Machine& machine, std::int64_t index) {
  return machine.raise(known().index_out_of_bounds,
                       "Index " + std::to_string(index) + " out of bounds for length " + std::to_string(size(machine)));
}

Value List::raise_insertion(Machine& machine, std::int64_t index) {
  return machine.raise(known().index_out_of_bounds,
                       "Index: " + std::to_string(index) + ", Size: " + std::to_string(size(machine)));
}

Iterator* List::walk(Machine& machine) { return machine.heap().make<ListIterator>(known().list_iterator, this); }

Value List::to_string(Machine& machine) {
  std::string text = "[";
  for (std::uint32_t i = 0; i < size(machine); ++i) {
    if (i != 0) text += ", ";
    const Value item = get(machine, i);
    if (item.is_object() && item.o == this) {
      text += "(this Collection)";
      continue;
    }
    if (!machine.tick()) return Value::error();
    const String* part = machine.to_text(item);
    if (part == nullptr) return Value::error();
    text += part->text();
  }
  return machine.failed() ? Value::error() : machine.string_value(text + "]");
}

bool List::equals(Machine& machine, const Value& other) {
  List* right = machine.as_list(other);
  if (right == nullptr || right->size(machine) != size(machine)) return false;
  for (std::uint32_t i = 0; i < size(machine); ++i) {
    if (!machine.tick() || !machine.equals(get(machine, i), right->get(machine, i))) return false;
  }
  return true;
}

std::int32_t List::hash(Machine& machine) {
  std::uint32_t hash = 1;
  for (std::uint32_t i = 0; i < size(machine); ++i) {
    if (!machine.tick()) return 0;
    hash = 31 * hash + static_cast<std::uint32_t>(machine.hash(get(machine, i)));
  }
  return static_cast<std::int32_t>(hash);
}

bool List::as_it_came() {
  if (json.empty() || changed) return false;
  if (pending) return true;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!value_as_it_came(items[i])) return false;
  }
  return true;
}

bool List::write_json(Machine& machine, std::string& out, int depth) {
  if (as_it_came()) {
    out += json.view();
    return true;
  }
  out += '[';
  for (std::uint32_t i = 0; i < size(machine); ++i) {
    if (i != 0) out += ',';
    if (!append_json_value(machine, out, get(machine, i), depth + 1)) return false;
  }
  out += ']';
  return true;
}

bool ListIterator::has_next(Machine& machine) { return position != list->walked_size(machine) && !machine.failed(); }

Value ListIterator::next(Machine& machine) {
  if (list->modifications != expected) return machine.raise(known().concurrent_modification);
  const std::uint32_t size = list->size(machine);
  if (machine.failed()) return Value::error();
  if (position >= size) return machine.raise(known().no_such_element);
  last = position;
  return list->get(machine, position++);
}

Value ListIterator::remove(Machine& machine) {
  if (last < 0) return machine.raise(known().illegal_state);
  if (list->modifications != expected) return machine.raise(known().concurrent_modification);
  if (!list->remove(machine, static_cast<std::uint32_t>(last))) return Value::error();
  position = static_cast<std::uint32_t>(last);
  last = -1;
  expected = list->modifications;
  return Value::null();
}

}  // namespace sluice::painless
