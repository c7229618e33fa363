#pragma once

#include <optional>

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// An end of a part of a sorted map.
struct SortedEnd {
  Value key;
  bool inclusive;
};

/// A part of a sorted map, or the map the other way round: headMap(), tailMap(), subMap(), descendingMap(). Shows what
/// the map holds, and writes go to the map.
struct SortedView final : Map {
  Map* base;
  std::optional<SortedEnd> low;  ///< in the order of the view
  std::optional<SortedEnd> high;
  bool reversed = false;
  bool keys_only = false;  ///< behind navigableKeySet(): nothing can be put

  SortedView(const Class* map_class, Map* of) : Map(map_class, Order::kSorted), base(of) {
    comparator = of->comparator;
    pending = true;  // always: it looks at the map anew when that has changed
  }

  Value put(Machine& machine, Value key, Value value) override;
  Value remove(Machine& machine, const Value& key) override;
  bool clear(Machine& machine) override;
  bool set_value(Machine& machine, Entry& entry, Value value) override;
  /// Whether a key may be in it; `closed`: on an end too. `machine.failed()` says whether it could be asked.
  bool holds_key(Machine& machine, const Value& key, bool closed);

 protected:
  void scan_json(Machine& machine) override;

 private:
  std::uint32_t seen_modifications_ = 0;
  std::uint32_t seen_writes_ = 0;
  bool has_read_ = false;
};

/// A part of a sorted map, which may be a part itself; an error when the ends are in no order, or outside of it.
Value make_part(Machine& machine, Map& map, const std::optional<SortedEnd>& low, const std::optional<SortedEnd>& high);
/// The other way round.
Map* make_reversed(Machine& machine, Map& map);

/// Which neighbour of a key.
enum class Neighbour : unsigned char { kLower, kFloor, kCeiling, kHigher };
/// The neighbour's entry; null: none, or an exception is pending.
Map::Entry* find_neighbour(Machine& machine, Map& map, const Value& key, Neighbour which);
/// The first or last entry; null: none.
Map::Entry* find_end(Machine& machine, Map& map, bool first);

/// What a map compares two keys with.
int order_of_keys(Machine& machine, const Value& comparator, const Value& a, const Value& b);

}  // namespace sluice::painless::api
