#include "stages/painless/api/sorted_view.h"

#include <algorithm>

namespace sluice::painless::api {

namespace {

constexpr std::string_view kNullKey = "Cannot invoke \"java.lang.Comparable.compareTo(Object)\" because \"k1\" is null";

}  // namespace

int order_of_keys(Machine& machine, const Value& comparator, const Value& a, const Value& b) {
  if (comparator.is_null() && a.is_null()) {
    machine.raise(known().null_pointer, kNullKey);
    return 0;
  }
  return comparator.is_null() ? machine.compare(a, b) : call_int(machine, comparator, a, b);
}

bool SortedView::holds_key(Machine& machine, const Value& key, bool closed) {
  const auto beyond = [&](const std::optional<SortedEnd>& end, int sign) {
    if (!end) return false;
    const int side = order_of_keys(machine, comparator, key, end->key) * sign;
    return side > 0 || (side == 0 && !end->inclusive && !closed);
  };
  return !beyond(low, -1) && !machine.failed() && !beyond(high, 1) && !machine.failed();
}

void SortedView::scan_json(Machine& machine) {
  base->open(machine);
  if (has_read_ && seen_modifications_ == base->modifications && seen_writes_ == base->writes) return;
  used = count = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = base->used;
  if (low && base->find_sorted(machine, low->key, begin) != nullptr && !low->inclusive) ++begin;
  if (high && base->find_sorted(machine, high->key, end) != nullptr && high->inclusive) ++end;
  if (machine.failed()) return;
  end = std::max(begin, end);
  reserve(machine.heap(), end - begin);
  std::copy(base->entries + begin, base->entries + end, entries);
  used = count = end - begin;
  if (reversed) std::reverse(entries, entries + used);
  modifications = seen_modifications_ = base->modifications;
  writes = seen_writes_ = base->writes;
  has_read_ = true;
}

Value SortedView::put(Machine& machine, Value key, Value value) {
  key = machine.force(key);
  if (keys_only) return machine.raise(known().unsupported_operation);
  if (!holds_key(machine, key, false)) {
    return machine.failed() ? Value::error() : machine.raise(known().illegal_argument, "key out of range");
  }
  return base->put(machine, key, value);
}

Value SortedView::remove(Machine& machine, const Value& key) {
  if (holds_key(machine, key, false)) return base->remove(machine, key);
  return machine.failed() ? Value::error() : Value::null();
}

bool SortedView::clear(Machine& machine) {
  open(machine);
  std::vector<Value> keys;
  keys.reserve(used);
  for (std::uint32_t i = 0; i < used; ++i) keys.push_back(entries[i].key);
  return !machine.failed() && std::ranges::all_of(keys, [&](const Value& key) {
    return machine.tick() && !base->remove(machine, key).is_error();
  });
}

bool SortedView::set_value(Machine& machine, Entry& entry, Value value) {
  return !base->put(machine, entry.key, value).is_error();
}

Value make_part(Machine& machine, Map& map, const std::optional<SortedEnd>& low, const std::optional<SortedEnd>& high) {
  if (auto* part = dynamic_cast<SortedView*>(&map)) {
    const auto outside = [&](const std::optional<SortedEnd>& end) {
      return end && !part->holds_key(machine, end->key, !end->inclusive) && !machine.failed();
    };
    if (outside(low)) return machine.raise(known().illegal_argument, "fromKey out of range");
    if (outside(high)) return machine.raise(known().illegal_argument, "toKey out of range");
  }
  if (low && high) {
    if (order_of_keys(machine, map.comparator, low->key, high->key) > 0 && !machine.failed()) {
      return machine.raise(known().illegal_argument, "fromKey > toKey");
    }
  } else if (low || high) {  // Java asks whether a key has an order at all
    const Value& key = low ? low->key : high->key;
    order_of_keys(machine, map.comparator, key, key);
  }
  if (machine.failed()) return Value::error();
  auto* made_part = machine.heap().make<SortedView>(known().tree_map, &map);
  made_part->low = low;
  made_part->high = high;
  return made(made_part);
}

Map* make_reversed(Machine& machine, Map& map) {
  auto* turned = machine.heap().make<SortedView>(known().tree_map, &map);
  turned->reversed = true;
  const Value natural = Value::null();
  turned->comparator = map.comparator.is_null()
                           ? known().comparator->static_method("reverseOrder", 0)->call(machine, &natural)
                           : known().comparator->method("reversed", 0)->call(machine, &map.comparator);
  return turned;
}

Map::Entry* find_neighbour(Machine& machine, Map& map, const Value& key, Neighbour which) {
  map.open(machine);
  if (map.used != 0 && map.comparator.is_null() && missing(machine, key, kNullKey)) return nullptr;
  std::uint32_t place = 0;
  const bool there = map.find_sorted(machine, machine.force(key), place) != nullptr;
  if (machine.failed()) return nullptr;
  std::int64_t found = place;
  if (which == Neighbour::kLower || (which == Neighbour::kFloor && !there)) --found;
  if (which == Neighbour::kHigher && there) ++found;
  return found >= 0 && found < map.used ? &map.entries[found] : nullptr;
}

Map::Entry* find_end(Machine& machine, Map& map, bool first) {
  if (map.size(machine) == 0) return nullptr;
  return &map.entries[first ? 0 : map.used - 1];
}

}  // namespace sluice::painless::api
