#include <string>

#include "stages/painless/run/json_text.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/map.h"

namespace sluice::painless {

namespace {

/// `[a, b]` of what an iterator gives.
Value joined(Machine& machine, Iterator& iterator, const Object* self) {
  std::string text = "[";
  bool first = true;
  while (iterator.has_next(machine)) {
    const Value item = iterator.next(machine);
    if (item.is_error() || !machine.tick()) return Value::error();
    if (!first) text += ", ";
    first = false;
    if (item.is_object() && item.o == self) {
      text += "(this Collection)";
      continue;
    }
    const String* part = machine.to_text(item);
    if (part == nullptr) return Value::error();
    text += part->text();
  }
  return machine.failed() ? Value::error() : machine.string_value(text + "]");
}

bool write_array(Machine& machine, std::string& out, Iterator& iterator, int depth) {
  out += '[';
  bool first = true;
  while (iterator.has_next(machine)) {
    const Value item = iterator.next(machine);
    if (item.is_error()) return false;
    if (!first) out += ',';
    first = false;
    if (!append_json_value(machine, out, item, depth + 1)) return false;
  }
  out += ']';
  return !machine.failed();
}

std::int32_t sum_of_hashes(Machine& machine, Iterator& iterator) {
  std::uint32_t sum = 0;
  while (iterator.has_next(machine)) {
    const Value item = iterator.next(machine);
    if (item.is_error() || !machine.tick()) return 0;
    sum += static_cast<std::uint32_t>(machine.hash(item));
  }
  return static_cast<std::int32_t>(sum);
}

/// The keys of a set, or of keySet(), as a map; null: something else.
Map* keys_of(const Value& value) {
  if (!value.is_object()) return nullptr;
  if (auto* view = dynamic_cast<MapView*>(value.o)) return view->part == MapPart::kKeys ? view->map : nullptr;
  auto* set = dynamic_cast<Set*>(value.o);
  return set != nullptr ? set->map : nullptr;
}

bool same_keys(Machine& machine, Map& left, const Value& other) {
  Map* right = keys_of(other);
  if (right == nullptr || right->size(machine) != left.size(machine)) return false;
  left.open(machine);
  for (std::uint32_t i = 0; i < left.used; ++i) {
    if (!left.entries[i].live) continue;
    if (!machine.tick() || right->find(machine, left.key_of(machine, left.entries[i])) == nullptr) return false;
  }
  return true;
}

}  // namespace

Value Set::to_string(Machine& machine) {
  MapIterator iterator(known().iterator, machine, map, MapPart::kKeys);
  return joined(machine, iterator, this);
}

bool Set::equals(Machine& machine, const Value& other) { return same_keys(machine, *map, other); }

std::int32_t Set::hash(Machine& machine) {
  MapIterator iterator(known().iterator, machine, map, MapPart::kKeys);
  return sum_of_hashes(machine, iterator);
}

bool Set::write_json(Machine& machine, std::string& out, int depth) {
  MapIterator iterator(known().iterator, machine, map, MapPart::kKeys);
  return write_array(machine, out, iterator, depth);
}

Value MapEntry::current(Machine& machine) {
  if (map != nullptr && position < map->used && map->entries[position].live) {
    return map->value_of(machine, map->entries[position]);
  }
  return value;
}

Value MapEntry::to_string(Machine& machine) {
  const String* left = machine.to_text(key);
  const String* right = left != nullptr ? machine.to_text(current(machine)) : nullptr;
  if (right == nullptr) return Value::error();
  return machine.string_value(std::string(left->text()) + "=" + std::string(right->text()));
}

bool MapEntry::equals(Machine& machine, const Value& other) {
  if (!other.is_object() || other.o->type != type) return false;
  auto* right = static_cast<MapEntry*>(other.o);
  return machine.equals(key, right->key) && machine.equals(current(machine), right->current(machine));
}

std::int32_t MapEntry::hash(Machine& machine) { return machine.hash(key) ^ machine.hash(current(machine)); }

int MapEntry::compare(Machine& machine, const Value& other) { return Object::compare(machine, other); }

Value MapView::to_string(Machine& machine) {
  MapIterator iterator(known().iterator, machine, map, part);
  return joined(machine, iterator, this);
}

bool MapView::equals(Machine& machine, const Value& other) {
  if (part == MapPart::kKeys) return same_keys(machine, *map, other);
  if (part == MapPart::kEntries && other.is_object()) {
    auto* right = dynamic_cast<MapView*>(other.o);
    return right != nullptr && right->part == part && map->equals(machine, Value::of(right->map));
  }
  return Object::equals(machine, other);
}

std::int32_t MapView::hash(Machine& machine) {
  if (part == MapPart::kValues) return Object::hash(machine);
  MapIterator iterator(known().iterator, machine, map, part);
  return sum_of_hashes(machine, iterator);
}

bool MapView::write_json(Machine& machine, std::string& out, int depth) {
  MapIterator iterator(known().iterator, machine, map, part);
  return write_array(machine, out, iterator, depth);
}

MapIterator::MapIterator(const Class* iterator_class, Machine& machine, Map* of, MapPart which)
    : Iterator(iterator_class),
      map(of),
      part(which),
      places(of->in_order(machine)),
      total(of->count),
      expected(of->modifications) {}

bool MapIterator::has_next(Machine& machine) {
  (void)machine;
  return position < total;
}

Value MapIterator::next(Machine& machine) {
  if (map->modifications != expected) return machine.raise(known().concurrent_modification);
  if (position >= total) return machine.raise(known().no_such_element);
  const std::uint32_t at = places[position++];
  Map::Entry& entry = map->entries[at];
  if (part == MapPart::kValues) return map->value_of(machine, entry);
  const Value key = map->key_of(machine, entry);
  if (part == MapPart::kKeys) return key;
  return Value::of(machine.heap().make<MapEntry>(known().map_entry, map, at, key, map->value_of(machine, entry)));
}

Value MapIterator::remove(Machine& machine) {
  if (position == 0) return machine.raise(known().illegal_state);
  if (map->modifications != expected) return machine.raise(known().concurrent_modification);
  // A sorted map moves its entries when one goes.
  const std::uint32_t at = map->order == Order::kSorted ? --position : places[position - 1];
  if (map->order == Order::kSorted) --total;
  if (map->remove(machine, map->key_of(machine, map->entries[at])).is_error()) return Value::error();
  expected = map->modifications;
  return Value::null();
}

}  // namespace sluice::painless
