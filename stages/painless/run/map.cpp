#include "stages/painless/run/map.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/json_walk.h"
#include "stages/painless/run/lanes.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/map_keys.h"
#include "stages/painless/run/program.h"

namespace sluice::painless {

namespace {

std::int32_t hash_of(Machine& machine, Map::Entry& entry) {
  if (!entry.hashed) {
    entry.hash = entry.plain ? java_hash(plain_text(entry)) : machine.hash(entry.key);
    entry.hashed = true;
  }
  return entry.hash;
}

}  // namespace

inline bool Map::may_be_at(const Site& key, std::uint32_t place) const {
  return distinct && place < used && signatures[place] == key.signature;
}

/// False: there is no such key, for sure.
inline bool Map::may_have(const Site& key) const {
  return pending || asks || odd != 0 || (keys_seen & seen_bit(key.signature)) != 0;
}

/// The entry of a key where it was the last time; null: look for it.
inline Map::Entry* Map::at_place(Machine& machine, const Site& key, std::uint32_t place) {
  if (!may_be_at(key, place)) return nullptr;
  Entry& entry = entry_at(machine, place);
  return same_key(plain_text(entry), key.name) ? &entry : nullptr;
}

inline void Map::sign(std::uint32_t position, std::uint32_t signature) {
  signatures[position] = signature;
  keys_seen |= seen_bit(signature);
}

bool Map::kept(const Machine& machine) const { return machine.document_read_only() && !json.empty(); }

void Map::reserve(Heap& heap, std::uint32_t total) {
  if (total <= capacity) return;
  total = (total + 3) & ~std::uint32_t{3};  // signatures are looked at by fours
  auto* moved = heap.array<Entry>(total);
  auto* moved_signatures = heap.array<std::uint32_t>(total);
  std::fill_n(moved_signatures + used, total - used, 0);
  if (used != 0) {
    std::memcpy(static_cast<void*>(moved), entries, used * sizeof(Entry));
    std::memcpy(moved_signatures, signatures, used * sizeof(std::uint32_t));
  }
  entries = moved;
  signatures = moved_signatures;
  capacity = total;
}

/// Everything of a new entry but what its key is.
inline Map::Entry& Map::add(Heap& heap, Value key, Value value, std::int32_t hash) {
  if (used == capacity) reserve(heap, std::max(capacity * 2, std::uint32_t{8}));
  Entry& entry = entries[used];
  entry.key = key;
  entry.value = value;
  entry.hash = hash;
  entry.next = kNone;
  entry.live = true;
  entry.original = false;
  entry.hashed = true;
  if (buckets != nullptr) {
    std::uint32_t* at = &buckets[spread(hash) & (bucket_count - 1)];
    entry.next = *at;
    *at = used;
  }
  ++used;
  ++count;
  ++modifications;
  if (table_size == 0) table_size = 16;
  while (count > table_size / 4 * 3) table_size *= 2;
  return entry;
}

Map::Entry& Map::append(Heap& heap, Value key, Value value, std::int32_t hash) {
  Entry& entry = add(heap, key, value, hash);
  entry.plain = key.is_raw() || (key.is_object() && key.o->type == known().string);
  if (entry.plain) {
    sign(used - 1, signature_of(plain_text(entry)));
  } else {
    signatures[used - 1] = 0;
    ++odd;
  }
  return entry;
}

Map::Entry& Map::append(Heap& heap, const Site& key, Value value) {
  Entry& entry = add(heap, Value::of_raw(key.token), value, key.hash);
  entry.plain = true;
  sign(used - 1, key.signature);
  return entry;
}

void Map::copy_entries(Heap& heap, const Map& other) {
  if (capacity < other.used) reserve(heap, std::max(other.used, std::uint32_t{8}));
  std::memcpy(static_cast<void*>(entries), other.entries, other.used * sizeof(Entry));
  std::memcpy(signatures, other.signatures, other.used * sizeof(std::uint32_t));
  used = other.used;
  count = other.count;
  odd = other.odd;
  keys_seen = other.keys_seen;
  table_size = other.table_size;
}

/// A table of all live entries. The newest of a bucket comes first, so that of two equal keys the later one is found.
void Map::index(Heap& heap) {
  bucket_count = std::bit_ceil(std::max(count * 2, std::uint32_t{32}));
  buckets = heap.array<std::uint32_t>(bucket_count);
  std::fill_n(buckets, bucket_count, kNone);
  for (std::uint32_t i = 0; i < used; ++i) {
    if (!entries[i].live) continue;
    std::uint32_t* at = &buckets[spread(entries[i].hash) & (bucket_count - 1)];
    entries[i].next = *at;
    *at = i;
  }
}

/// The last entry of a text key in front of `below`, by looking through all of them.
Map::Entry* Map::find_below(Machine& machine, std::string_view key, std::uint32_t below) {
  const std::uint32_t signature = signature_of(key);
  if (odd == 0) {
    if ((keys_seen & seen_bit(signature)) == 0) return nullptr;
    for (std::uint32_t four = (below + 3) / 4; four-- > 0;) {
      if (!any_of_four(signatures + four * std::size_t{4}, signature)) continue;
      for (std::uint32_t i = std::min(four * 4 + 4, below); i-- > four * 4;) {
        if (signatures[i] == signature && same_key(plain_text(entry_at(machine, i)), key)) return &entries[i];
      }
    }
    return nullptr;
  }
  for (std::uint32_t i = below; i-- > 0;) {
    if (signatures[i] == signature) {
      if (same_key(plain_text(entries[i]), key)) return &entries[i];
    } else if (!entries[i].plain && entries[i].live && entries[i].key.is_raw() &&
               json_token_text(machine, entries[i].key.raw_text()) == key) {
      return &entries[i];
    }
  }
  return nullptr;
}

Map::Entry* Map::find_text(Machine& machine, std::string_view key, std::int32_t hash) {
  if (asks) return ask_text(machine, key);
  scan(machine);
  if (order == Order::kSorted) return find(machine, machine.string_value(key));
  if (used <= kSmall) return find_below(machine, key, used);
  open(machine);
  if (buckets == nullptr || count > bucket_count) {
    for (std::uint32_t i = 0; i < used; ++i) hash_of(machine, entries[i]);
    index(machine.heap());
  }
  for (std::uint32_t i = buckets[spread(hash) & (bucket_count - 1)]; i != kNone; i = entries[i].next) {
    Entry& entry = entries[i];
    if (!entry.live || entry.hash != hash) continue;
    if (entry.plain ? plain_text(entry) == key
                    : entry.key.is_raw() && json_token_text(machine, entry.key.raw_text()) == key) {
      return &entry;
    }
  }
  return nullptr;
}

Value Map::get_text(Machine& machine, const Site& key, std::uint32_t& place) {
  if (may_be_at(key, place)) {
    if (is_made(place)) {
      if (same_key(plain_text(entries[place]), key.name)) return entries[place].value;
    } else if (JsonWalk walk(json, members[place]); walk.at_key(key.name) && walk.to_scalar()) {
      return walk.scalar_value();  // what is only read needs no entry
    }
  }
  return look_for_text(machine, key, place);
}

/// get_text() of a key that is not where it was, or is a container that nobody has looked at.
Value Map::look_for_text(Machine& machine, const Site& key, std::uint32_t& place) {
  const Entry* found = find_text(machine, key.name, key.hash);
  if (machine.failed()) return Value::error();
  if (found == nullptr) return Value::null();
  place = static_cast<std::uint32_t>(found - entries);
  return found->value;
}

Map::Entry* Map::ask(Machine& /*machine*/, const Value& /*key*/) { return nullptr; }
Map::Entry* Map::ask_text(Machine& /*machine*/, std::string_view /*key*/) { return nullptr; }

Map::Entry* Map::find(Machine& machine, const Value& wanted) {
  if (asks) return ask(machine, wanted);
  scan(machine);
  const Value key = machine.force(wanted);
  if (order == Order::kSorted) {
    std::uint32_t place = 0;
    return find_sorted(machine, key, place);
  }
  if (const String* text = machine.as_string(key)) return find_text(machine, text->text(), text->code());
  open(machine);
  const std::int32_t hash = machine.hash(key);
  if (machine.failed()) return nullptr;
  if (used <= kSmall) {
    for (std::uint32_t i = used; i-- > 0;) {
      if (entries[i].live && machine.equals(entries[i].key, key)) return &entries[i];
    }
    return nullptr;
  }
  if (buckets == nullptr || count > bucket_count) {
    for (std::uint32_t i = 0; i < used; ++i) hash_of(machine, entries[i]);
    index(machine.heap());
  }
  for (std::uint32_t i = buckets[spread(hash) & (bucket_count - 1)]; i != kNone; i = entries[i].next) {
    if (entries[i].live && entries[i].hash == hash && machine.equals(entries[i].key, key)) return &entries[i];
  }
  return nullptr;
}

/// Binary search; `place` becomes where the key is, or would be.
Map::Entry* Map::find_sorted(Machine& machine, const Value& key, std::uint32_t& place) {
  std::uint32_t low = 0;
  std::uint32_t high = used;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    int side = 0;
    if (comparator.is_null()) {
      if (key.is_null()) {
        machine.null_pointer();
        return nullptr;
      }
      side = machine.compare(key, entries[middle].key);
    } else {
      const Value result = machine.call(comparator, {key, entries[middle].key});
      if (result.is_error()) return nullptr;
      side = static_cast<int>(machine.convert(result, *Registry::get().of(Kind::kInt), false).i);
    }
    if (machine.failed()) return nullptr;
    if (side == 0) {
      place = middle;
      return &entries[middle];
    }
    if (side < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  place = low;
  return nullptr;
}

Value Map::put_sorted(Machine& machine, Value key, Value value) {
  if (used == 0 && comparator.is_null()) {
    // As java.util.TreeMap, which compares the first key with itself.
    if (key.is_null()) return machine.null_pointer();
    machine.compare(key, key);
    if (machine.failed()) return Value::error();
  }
  std::uint32_t place = 0;
  Entry* found = find_sorted(machine, key, place);
  if (machine.failed()) return Value::error();
  changed = true;
  if (found != nullptr) {
    const Value before = found->value;
    found->value = value;
    ++writes;
    return before;
  }
  append(machine.heap(), key, value, 0).hashed = false;
  std::rotate(entries + place, entries + used - 1, entries + used);
  return Value::null();
}

Value Map::put(Machine& machine, Value key, Value value) {
  if (kept(machine)) return machine.raise_read_only();
  if (immutable) return machine.raise(known().unsupported_operation);
  key = machine.force(key);
  if (order == Order::kSorted) return put_sorted(machine, key, value);
  Entry* found = find(machine, key);
  if (machine.failed()) return Value::error();
  changed = true;
  if (found == nullptr) {
    append(machine.heap(), key, value, machine.hash(key));
    return Value::null();
  }
  const Value before = value_of(machine, *found);
  const String* text = machine.as_string(key);
  replace(machine, text == nullptr ? std::string_view() : text->text(), *found, value);
  return before;
}

Value Map::put_text(Machine& machine, const Site& key, std::uint32_t& place, Value value) {
  if (order == Order::kSorted || immutable || kept(machine))
    return Map::put(machine, Value::of(machine.text(key.name)), value);
  Entry* found = at_place(machine, key, place);
  if (found == nullptr && may_have(key)) found = find_text(machine, key.name, key.hash);
  if (machine.failed()) return Value::error();
  changed = true;
  if (found == nullptr) {
    if (order == Order::kLinked && !key.token.empty()) {
      append(machine.heap(), key, value);
    } else {
      append(machine.heap(), Value::of(machine.text(key.name)), value, key.hash);
    }
    place = used - 1;
    return Value::null();
  }
  const Value before = value_of(machine, *found);
  place = static_cast<std::uint32_t>(found - entries);
  replace(machine, key.name, *found, value);
  return before;
}

/// Another value for the last entry of a key. Of a key that the document had more than once, one is left.
void Map::replace(Machine& machine, std::string_view key, Entry& entry, const Value& value) {
  if (!distinct) {
    auto kept = static_cast<std::uint32_t>(&entry - entries);
    while (const Entry* again = find_below(machine, key, kept)) {
      kept = static_cast<std::uint32_t>(again - entries);
      unlink(machine, kept);
    }
  }
  entry.value = value;
  entry.original = false;
}

void Map::unlink(Machine& machine, std::uint32_t position) {
  if (order == Order::kSorted) {
    std::rotate(entries + position, entries + position + 1, entries + used);
    --used;
  } else {
    entries[position].live = false;
    signatures[position] = 0;
    if (buckets != nullptr) {
      std::uint32_t* at = &buckets[spread(hash_of(machine, entries[position])) & (bucket_count - 1)];
      while (*at != position) at = &entries[*at].next;
      *at = entries[position].next;
    }
  }
  --count;
  ++modifications;
}

Value Map::remove(Machine& machine, const Value& key) {
  if (kept(machine)) return machine.raise_read_only();
  if (immutable) return machine.raise(known().unsupported_operation);
  Entry* found = find(machine, key);
  if (machine.failed()) return Value::error();
  if (found == nullptr) return Value::null();
  changed = true;
  const Value before = value_of(machine, *found);
  auto position = static_cast<std::uint32_t>(found - entries);
  unlink(machine, position);
  const String* text = machine.as_string(key);
  if (distinct || text == nullptr) return before;
  while (const Entry* again = find_below(machine, text->text(), position)) {
    position = static_cast<std::uint32_t>(again - entries);
    unlink(machine, position);
  }
  return before;
}

bool Map::clear(Machine& machine) {
  if (kept(machine)) return !machine.raise_read_only().is_error();
  if (immutable) {
    machine.raise(known().unsupported_operation);
    return false;
  }
  pending = false;
  scanned = 0;
  used = 0;
  count = 0;
  odd = 0;
  buckets = nullptr;
  ++modifications;
  changed = true;
  return true;
}

Value Map::value_of(Machine& machine, Entry& entry) {
  (void)machine;
  return entry.value;
}

Value Map::key_of(Machine& machine, Entry& entry) { return machine.force(entry.key); }

bool Map::set_value(Machine& machine, Entry& entry, Value value) {
  if (kept(machine)) return !machine.raise_read_only().is_error();
  if (immutable) {
    machine.raise(known().unsupported_operation);
    return false;
  }
  entry.value = value;
  entry.original = false;
  changed = true;
  ++writes;
  return true;
}

std::uint32_t* Map::live_places(Machine& machine) {
  open(machine);
  auto* places = machine.heap().array<std::uint32_t>(count);
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < used; ++i) {
    if (entries[i].live) places[at++] = i;
  }
  return places;
}

const std::uint32_t* Map::in_order(Machine& machine) {
  return order == Order::kHash ? in_hash_order(machine) : live_places(machine);
}

const std::uint32_t* Map::in_hash_order(Machine& machine) {
  std::uint32_t* places = live_places(machine);
  std::uint32_t table = std::max(table_size, std::uint32_t{16});
  while (count > table / 4 * 3) table *= 2;
  for (std::uint32_t i = 0; i < used; ++i) hash_of(machine, entries[i]);
  std::stable_sort(places, places + count, [&](std::uint32_t a, std::uint32_t b) {
    return (spread(entries[a].hash) & (table - 1)) < (spread(entries[b].hash) & (table - 1));
  });
  return places;
}

Value Map::to_string(Machine& machine) {
  std::string text = "{";
  const bool by_hash = order == Order::kHash || (order == Order::kLinked && machine.prints_by_hash());
  const std::uint32_t* places = by_hash ? in_hash_order(machine) : in_order(machine);
  for (std::uint32_t i = 0; i < count; ++i) {
    Entry& entry = entries[places[i]];
    if (!machine.tick()) return Value::error();
    for (const bool is_key : {true, false}) {
      const Value part = is_key ? key_of(machine, entry) : value_of(machine, entry);
      if (is_key && i != 0) text += ", ";
      if (!is_key) text += '=';
      if (part.is_object() && part.o == this) {
        text += "(this Map)";
        continue;
      }
      const String* shown = machine.to_text(part);
      if (shown == nullptr) return Value::error();
      text += shown->text();
    }
  }
  return machine.failed() ? Value::error() : machine.string_value(text + "}");
}

bool Map::equals(Machine& machine, const Value& other) {
  Map* right = machine.as_map(other);
  if (right == nullptr || right->size(machine) != size(machine)) return false;
  open(machine);
  for (std::uint32_t i = 0; i < used; ++i) {
    if (!entries[i].live) continue;
    if (!machine.tick()) return false;
    Entry* found = right->find(machine, key_of(machine, entries[i]));
    if (found == nullptr || !machine.equals(value_of(machine, entries[i]), right->value_of(machine, *found)))
      return false;
  }
  return true;
}

std::int32_t Map::hash(Machine& machine) {
  open(machine);
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; i < used; ++i) {
    if (!entries[i].live) continue;
    if (!machine.tick()) return 0;
    sum += static_cast<std::uint32_t>(hash_of(machine, entries[i]) ^ machine.hash(value_of(machine, entries[i])));
  }
  return static_cast<std::int32_t>(sum);
}

}  // namespace sluice::painless
