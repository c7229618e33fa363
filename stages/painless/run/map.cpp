#include "stages/painless/run/map.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/json_walk.h"
#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

/// Entries up to which looking through all of them is quicker than a table.
constexpr std::uint32_t kSmall = 40;

/// The text of a key that is text without escapes.
std::string_view plain_text(const Map::Entry& entry) {
  if (entry.key.is_raw()) return {entry.key.raw + 1, entry.key.length - 2};
  return static_cast<const String*>(entry.key.o)->text();
}

/// Tells most texts apart without looking at all of them.
std::uint32_t signature_of(std::string_view text) {
  if (text.empty()) return 0;
  return static_cast<std::uint32_t>(text.size() & 0xFFFF) |
         static_cast<std::uint32_t>(static_cast<unsigned char>(text.front())) << 16 |
         static_cast<std::uint32_t>(static_cast<unsigned char>(text.back())) << 24;
}

std::int32_t hash_of(Machine& machine, Map::Entry& entry) {
  if (!entry.hashed) {
    entry.hash = entry.plain ? java_hash(plain_text(entry)) : machine.hash(entry.key);
    entry.hashed = true;
  }
  return entry.hash;
}

}  // namespace

bool value_as_it_came(const Value& value) {
  if (!value.is_object()) return value.is_raw() || value.is_null();
  if (value.o->type == known().array_list) return static_cast<List*>(value.o)->as_it_came();
  if (value.o->type == known().linked_hash_map) return static_cast<Map*>(value.o)->as_it_came();
  return false;
}

void Map::read_json(Machine& machine) {
  pending = false;
  reserve(machine.heap(), static_cast<std::uint32_t>((json.end - json.begin) / 4 + 2));
  JsonWalk walk(json);
  std::uint32_t read = 0;
  while (!walk.done()) {
    const std::uint32_t begin = walk.position();
    const std::string_view key = walk.key();
    if (walk.malformed()) break;
    const Value value = walk.value(machine);
    if (read == capacity) {
      used = read;
      reserve(machine.heap(), read * 2);
    }
    Entry& entry = entries[read++];
    entry.key = Value::of_raw(key);
    entry.value = value;
    entry.begin = begin;
    entry.end = walk.value_end();
    entry.live = true;
    entry.original = true;
    entry.hashed = false;
    entry.plain = key.find('\\') == std::string_view::npos;
    entry.signature = signature_of(key.substr(1, key.size() - 2));
  }
  used = count = read;
  if (walk.malformed()) raise_malformed(machine, json);
}

void Map::reserve(Heap& heap, std::uint32_t total) {
  if (total <= capacity) return;
  auto* moved = heap.array<Entry>(total);
  if (used != 0) std::memcpy(static_cast<void*>(moved), entries, used * sizeof(Entry));
  entries = moved;
  capacity = total;
}

Map::Entry& Map::append(Heap& heap, Value key, Value value, std::int32_t hash) {
  if (used == capacity) reserve(heap, std::max(capacity * 2, std::uint32_t{8}));
  Entry& entry = entries[used];
  entry.key = key;
  entry.value = value;
  entry.hash = hash;
  entry.next = kNone;
  entry.live = true;
  entry.original = false;
  entry.hashed = true;
  entry.plain = key.is_object() && key.o->type == known().string;
  if (entry.plain) entry.signature = signature_of(plain_text(entry));
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

Map::Entry* Map::find_text(Machine& machine, std::string_view key, std::int32_t hash) {
  open(machine);
  if (order == Order::kSorted) return find(machine, machine.string_value(key));
  if (used <= kSmall) {
    const std::uint32_t signature = signature_of(key);
    for (std::uint32_t i = used; i-- > 0;) {
      Entry& entry = entries[i];
      if (!entry.live) continue;
      if (entry.plain) {
        if (entry.signature == signature && plain_text(entry) == key) return &entry;
      } else if (entry.key.is_raw() && entry.key.raw[0] == '"' &&
                 json_token_text(machine, entry.key.raw_text()) == key) {
        return &entry;
      }
    }
    return nullptr;
  }
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

Map::Entry* Map::find(Machine& machine, const Value& wanted) {
  open(machine);
  const Value key = machine.force(wanted);
  if (order == Order::kSorted) {
    std::uint32_t place = 0;
    return find_sorted(machine, key, place);
  }
  if (const String* text = machine.as_string(key)) return find_text(machine, text->text(), text->code());
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
    return before;
  }
  append(machine.heap(), key, value, 0);
  std::rotate(entries + place, entries + used - 1, entries + used);
  return Value::null();
}

Value Map::put(Machine& machine, Value key, Value value) {
  open(machine);
  if (immutable) return machine.raise(known().unsupported_operation);
  key = machine.force(key);
  if (order == Order::kSorted) return put_sorted(machine, key, value);
  Entry* found = find(machine, key);
  if (machine.failed()) return Value::error();
  changed = true;
  if (found != nullptr) {
    const Value before = value_of(machine, *found);
    // Of a key that the document had more than once, one is left.
    const auto kept = static_cast<std::uint32_t>(found - entries);
    if (!json.empty()) {
      for (std::uint32_t i = 0; i < kept; ++i) {
        if (entries[i].live && machine.equals(entries[i].key, key)) unlink(machine, i);
      }
    }
    entries[kept].value = value;
    entries[kept].original = false;
    return before;
  }
  append(machine.heap(), key, value, machine.hash(key));
  return Value::null();
}

void Map::unlink(Machine& machine, std::uint32_t position) {
  if (order == Order::kSorted) {
    std::rotate(entries + position, entries + position + 1, entries + used);
    --used;
  } else {
    entries[position].live = false;
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
  open(machine);
  if (immutable) return machine.raise(known().unsupported_operation);
  Entry* found = find(machine, key);
  if (machine.failed()) return Value::error();
  if (found == nullptr) return Value::null();
  changed = true;
  const Value before = value_of(machine, *found);
  unlink(machine, static_cast<std::uint32_t>(found - entries));
  if (!json.empty()) {
    while (Entry* again = find(machine, key)) unlink(machine, static_cast<std::uint32_t>(again - entries));
  }
  return before;
}

bool Map::clear(Machine& machine) {
  open(machine);
  if (immutable) {
    machine.raise(known().unsupported_operation);
    return false;
  }
  used = 0;
  count = 0;
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
  if (immutable) {
    machine.raise(known().unsupported_operation);
    return false;
  }
  entry.value = value;
  entry.original = false;
  changed = true;
  return true;
}

const std::uint32_t* Map::in_order(Machine& machine) {
  open(machine);
  auto* places = machine.heap().array<std::uint32_t>(count);
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < used; ++i) {
    if (entries[i].live) places[at++] = i;
  }
  if (order == Order::kHash) {
    for (std::uint32_t i = 0; i < used; ++i) hash_of(machine, entries[i]);
    std::stable_sort(places, places + count, [&](std::uint32_t a, std::uint32_t b) {
      return (spread(entries[a].hash) & (table_size - 1)) < (spread(entries[b].hash) & (table_size - 1));
    });
  }
  return places;
}

Value Map::to_string(Machine& machine) {
  std::string text = "{";
  const std::uint32_t* places = in_order(machine);
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
  return machine.string_value(text + "}");
}

bool Map::equals(Machine& machine, const Value& other) {
  Map* right = machine.as_map(other);
  if (right == nullptr || right->size(machine) != size(machine)) return false;
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

bool Map::as_it_came() {
  if (json.empty() || changed) return false;
  if (pending) return true;
  for (std::uint32_t i = 0; i < used; ++i) {
    if (!value_as_it_came(entries[i].value)) return false;
  }
  return true;
}

/// How many members from `first` on are as they came, one behind the other.
std::uint32_t Map::untouched_run(std::uint32_t first) const {
  std::uint32_t behind = first;
  while (behind < used && entries[behind].live && entries[behind].original && value_as_it_came(entries[behind].value))
    ++behind;
  return behind - first;
}

bool Map::write_json(Machine& machine, std::string& out, int depth) {
  if (as_it_came()) {
    out += json.view();
    return true;
  }
  open(machine);
  const std::uint32_t* places = order == Order::kHash ? in_order(machine) : nullptr;
  const std::uint32_t total = places != nullptr ? count : used;
  char before = '{';
  for (std::uint32_t i = 0; i < total; ++i) {
    Entry& entry = entries[places != nullptr ? places[i] : i];
    if (!entry.live) continue;
    out += before;
    before = ',';
    if (const std::uint32_t run = untouched_run(i); run != 0) {
      // Members that stood side by side are copied with what stood between them.
      const Entry& last = entries[i + run - 1];
      out.append(json.text + entry.begin, last.end - entry.begin);
      i += run - 1;
      continue;
    }
    if (entry.key.is_raw()) {
      out += entry.key.raw_text();
    } else if (entry.key.is_null()) {
      machine.raise(known().illegal_argument, "Field name cannot be null");
      return false;
    } else {
      const String* key = machine.as_string(entry.key);
      if (key == nullptr) {
        machine.raise(known().class_cast, class_cast_text(*machine.class_of(entry.key), "java.lang.String"));
        return false;
      }
      append_json_text(out, key->text());
    }
    out += ':';
    if (!append_json_value(machine, out, entry.value, depth + 1)) return false;
  }
  if (before == '{') out += '{';
  out += '}';
  return true;
}

}  // namespace sluice::painless
