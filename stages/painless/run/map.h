#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>

#include "stages/painless/run/json_span.h"
#include "stages/painless/run/object.h"

namespace sluice::painless {

class Heap;
struct Site;

/// How a map orders its entries.
enum class Order : std::uint8_t {
  kHash,    ///< java.util.HashMap: by bucket
  kLinked,  ///< java.util.LinkedHashMap, and objects of a document: as inserted
  kSorted,  ///< java.util.TreeMap
};

/// java.util.Map in all its kinds, and what sets are made of. Entries stay in the order of insertion; a hash order is
/// made when somebody walks it, exactly as java.util.HashMap's table would have it. An object of a document is scanned
/// when it is first looked into, which notes where its members are; an entry is made of a member when somebody asks for
/// it, or of all when somebody walks them. Members that were left alone are written as they came, duplicates of a key
/// included.
struct Map : Object {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Entry {
    Value key;
    Value value;
    std::uint32_t begin;  ///< where the member stands in `json.text`: its key, ...
    std::uint32_t end;    ///< ... and behind its value
    std::int32_t hash;
    std::uint32_t next;  ///< in its bucket
    bool live;
    bool plain;  ///< the key is text, and its bytes between the quotes are what it says
    bool hashed;
    bool original;  ///< a member of the document that nobody gave another value
  };

  Order order;
  bool immutable = false;
  bool changed = false;
  bool pending = false;
  bool asks = false;  ///< ask() says what a key has
  Entry* entries = nullptr;
  /// Of each live plain key: its size and its ends, looked at before its text is; 0 for all other entries.
  std::uint32_t* signatures = nullptr;
  std::uint64_t keys_seen = 0;  ///< a bit for each signature that was ever here: what has none is not here
  /// Members of the document that may not have become entries yet, the first ones; 0: all have.
  std::uint32_t scanned = 0;
  std::uint32_t* members = nullptr;  ///< of each of them: where its key is in json.begin
  std::uint64_t made = 0;            ///< of each of them a bit: it is an entry
  bool distinct;                     ///< no two entries have the same key, and `signatures` are theirs
  std::uint32_t odd = 0;             ///< entries, dead ones included, whose key isn't plain
  std::uint32_t count = 0;           ///< live entries
  std::uint32_t used = 0;            ///< entries, dead ones included
  std::uint32_t capacity = 0;
  std::uint32_t modifications = 0;
  std::uint32_t writes = 0;      ///< new values of keys that were there
  std::uint32_t table_size = 0;  ///< what java.util.HashMap's table would have now; 0: not made yet
  std::uint32_t* buckets = nullptr;
  std::uint32_t bucket_count = 0;
  JsonSpan json;     ///< as it came; empty: made by the script
  Value comparator;  ///< kSorted: null for the natural order

  Map(const Class* map_class, Order how)
      : Object(map_class), order(how), distinct(how != Order::kSorted), comparator(Value::null()) {}

  /// Makes sure that all entries are there.
  void open(Machine& machine) {
    if (pending || scanned != 0) read_all(machine);
  }
  /// Makes sure that find() works, and the counts.
  void scan(Machine& machine) {
    if (pending) scan_json(machine);
  }
  std::uint32_t size(Machine& machine) {
    scan(machine);
    return count;
  }
  /// The entry of `key`; null: none, or (kSorted) an exception is pending.
  Entry* find(Machine& machine, const Value& key);
  /// The entry of a text key; `hash` is its Java hash code.
  Entry* find_text(Machine& machine, std::string_view key, std::int32_t hash);
  /// get() of a text key, null where there is none; `place` is where it was, and becomes where it is.
  Value get_text(Machine& machine, const Site& key, std::uint32_t& place);
  /// Puts and returns what was there before, null for nothing; an error when it is not allowed.
  virtual Value put(Machine& machine, Value key, Value value);
  /// Likewise with the key of a program that outlives the map; `place` as in get_text().
  virtual Value put_text(Machine& machine, const Site& key, std::uint32_t& place, Value value);
  /// Removes and returns what was there, null for nothing.
  virtual Value remove(Machine& machine, const Value& key);
  virtual bool clear(Machine& machine);
  /// Whether a key is there; `failed()` says whether that could be told.
  virtual bool contains(Machine& machine, const Value& key) { return find(machine, key) != nullptr; }
  /// The value of an entry, ready to be handed out: containers of the document become objects, scalars stay raw.
  Value value_of(Machine& machine, Entry& entry);
  Value key_of(Machine& machine, Entry& entry);
  /// Gives an entry another value: Map.Entry.setValue().
  virtual bool set_value(Machine& machine, Entry& entry, Value value);
  /// Positions of the live entries in the map's order. Lives in the heap; `size()` of them.
  const std::uint32_t* in_order(Machine& machine);
  /// Likewise in the order that a java.util.HashMap of these entries would have.
  const std::uint32_t* in_hash_order(Machine& machine);

  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
  bool as_it_came();

  /// kSorted: the entry of `key`, or null; `place` becomes where it is, or would be. Null too when an exception is
  /// pending.
  Entry* find_sorted(Machine& machine, const Value& key, std::uint32_t& place);

  /// Adds without looking whether the key is there: for those who make the map and know.
  Entry& append(Heap& heap, Value key, Value value, std::int32_t hash);
  /// Likewise with a key of a program, which has a token.
  Entry& append(Heap& heap, const Site& key, Value value);
  /// Makes an empty map a copy of one without buckets.
  void copy_entries(Heap& heap, const Map& other);

 protected:
  ~Map() = default;
  /// Finds out what there is, as long as `pending` says that it is to be asked.
  virtual void scan_json(Machine& machine);
  /// The entry of a key, of a map that asks. Null: none, or an exception is pending.
  virtual Entry* ask(Machine& machine, const Value& key);
  virtual Entry* ask_text(Machine& machine, std::string_view key);
  /// Room for so many entries in all.
  void reserve(Heap& heap, std::uint32_t total);
  /// Takes an entry out.
  void unlink(Machine& machine, std::uint32_t position);
  /// Whether it came with a document that is for reading only.
  [[nodiscard]] bool kept(const Machine& machine) const;

 private:
  std::uint32_t* live_places(Machine& machine);
  Entry& add(Heap& heap, Value key, Value value, std::int32_t hash);
  void sign(std::uint32_t position, std::uint32_t signature);
  [[nodiscard]] bool may_have(const Site& key) const;
  [[nodiscard]] bool may_be_at(const Site& key, std::uint32_t place) const;
  Value look_for_text(Machine& machine, const Site& key, std::uint32_t& place);
  Entry* at_place(Machine& machine, const Site& key, std::uint32_t place);
  void read_json(Machine& machine);
  void read_all(Machine& machine);
  void make_entry(Machine& machine, std::uint32_t member);
  Entry& entry_at(Machine& machine, std::uint32_t position) {
    if (!is_made(position)) make_entry(machine, position);
    return entries[position];
  }
  [[nodiscard]] bool is_made(std::uint32_t position) const {
    return position >= scanned || (made >> position & 1) != 0;
  }
  /// Whether a member may be as it came: where only some have become entries, all behind them were put.
  [[nodiscard]] bool keeps_originals(std::uint32_t position) const { return scanned == 0 || position < scanned; }
  /// The first position from `from` on that is an entry; `total`: none.
  [[nodiscard]] std::uint32_t first_made(std::uint32_t from, std::uint32_t total) const {
    if (from >= scanned) return from;
    const std::uint64_t left = made >> from;
    return std::min(left == 0 ? scanned : from + static_cast<std::uint32_t>(std::countr_zero(left)), total);
  }
  [[nodiscard]] std::uint32_t first_touched(std::uint32_t from, std::uint32_t total) const;
  [[nodiscard]] std::string_view text_of_run(std::uint32_t first, std::uint32_t last) const;
  void index(Heap& heap);
  Entry* find_below(Machine& machine, std::string_view key, std::uint32_t below);
  void replace(Machine& machine, std::string_view key, Entry& entry, const Value& value);
  Value put_sorted(Machine& machine, Value key, Value value);
};

/// Whether a container of the document still is what its JSON says.
bool object_as_it_came(Object& object);
/// Whether a value of a container still is what its JSON says.
inline bool value_as_it_came(const Value& value) {
  return value.is_raw() || value.is_null() || (value.is_object() && object_as_it_came(*value.o));
}

struct HashMap final : Map {
  using Map::Map;
};

/// A set: a map whose values nobody looks at.
struct Set final : Object {
  Map* map;

  Set(const Class* set_class, Map* keys) : Object(set_class), map(keys) {}
  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
};

/// java.util.Map.Entry of a map.
struct MapEntry final : Object {
  Map* map;
  std::uint32_t position;
  Value key;  ///< kept, for entries that are removed while somebody holds them
  Value value;

  MapEntry(const Class* entry_class, Map* of, std::uint32_t at, Value its_key, Value its_value)
      : Object(entry_class), map(of), position(at), key(its_key), value(its_value) {}
  Value current(Machine& machine);
  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  int compare(Machine& machine, const Value& other) override;
};

/// What of a map a view or an iterator shows.
enum class MapPart : std::uint8_t { kKeys, kValues, kEntries };

/// keySet(), values() and entrySet(): views that write through.
struct MapView final : Object {
  Map* map;
  MapPart part;

  MapView(const Class* view_class, Map* of, MapPart which) : Object(view_class), map(of), part(which) {}
  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
};

/// Walks a map in its order; mutation from elsewhere is a concurrent_modification_exception.
struct MapIterator final : Iterator {
  Map* map;
  MapPart part;
  const std::uint32_t* places;
  std::uint32_t total;
  std::uint32_t position = 0;
  std::uint32_t expected;

  MapIterator(const Class* iterator_class, Machine& machine, Map* of, MapPart which);
  bool has_next(Machine& machine) override;
  Value next(Machine& machine) override;
  Value remove(Machine& machine) override;
};

}  // namespace sluice::painless
