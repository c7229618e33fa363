#include "stages/painless/api/collections.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/statistics.h"
#include "stages/painless/api/stream_object.h"

namespace sluice::painless::api {

namespace {

const Class* collector_class() {
  static const Class* const found = Registry::get().class_named("java.util.stream.Collector");
  return found;
}
template <typename T, typename... Args>
Value make(Machine& machine, Args&&... args) {
  return made(machine.heap().make<T>(collector_class(), std::forward<Args>(args)...));
}

/// Into a list, a set, or what a supplier gives.
struct ToCollection final : Collector {
  enum What : std::uint8_t { kList, kSet, kSupplied } what;
  Value supplier;
  ToCollection(const Class* cls, What which, Value from) : Collector(cls), what(which), supplier(from) {}
  Value start(Machine& machine) override {
    if (what == kSupplied) return machine.call(supplier, std::span<const Value>());
    return what == kList ? made(new_list(machine)) : make_set(machine, known().hash_set, Order::kHash, Value::null());
  }
  Value add(Machine& machine, Value state, const Value& item) override {
    return add_to(machine, state, item).is_error() ? Value::error() : state;
  }
  Value finish(Machine&, Value state) override { return state; }
};

/// Texts with something in between.
struct Joining final : Collector {
  std::string_view between;
  std::string_view head;
  std::string_view tail;
  Joining(const Class* cls, std::string_view with, std::string_view first, std::string_view last)
      : Collector(cls), between(with), head(first), tail(last) {}
  Value start(Machine& machine) override { return made(new_list(machine)); }
  Value add(Machine& machine, Value state, const Value& item) override {
    object<List>(state).push(machine.heap(), item);
    return state;
  }
  Value finish(Machine& machine, Value state) override {
    auto& parts = object<List>(state);
    std::string out(head);
    for (std::uint32_t i = 0; i < parts.count; ++i) {
      const String* part = machine.to_text(parts.items[i]);
      if (part == nullptr) return Value::error();
      if (i != 0) out += between;
      out += part->text();
    }
    out += tail;
    return machine.string_value(out);
  }
};

/// What a function makes of each item, into another collector.
struct Mapping final : Collector {
  Value function;
  Collector* down;
  Mapping(const Class* cls, Value with, Collector* into) : Collector(cls), function(with), down(into) {}
  Value start(Machine& machine) override { return down->start(machine); }
  Value add(Machine& machine, Value state, const Value& item) override {
    const Value result = machine.call(function, {item});
    return result.is_error() ? result : down->add(machine, state, result);
  }
  Value finish(Machine& machine, Value state) override { return down->finish(machine, state); }
};

/// The result of another collector through a function.
struct AndThen final : Collector {
  Value function;
  Collector* down;
  AndThen(const Class* cls, Value with, Collector* into) : Collector(cls), function(with), down(into) {}
  Value start(Machine& machine) override { return down->start(machine); }
  Value add(Machine& machine, Value state, const Value& item) override { return down->add(machine, state, item); }
  Value finish(Machine& machine, Value state) override {
    const Value result = down->finish(machine, state);
    return result.is_error() ? result : machine.call(function, {result});
  }
};

/// A map from keys to what another collector makes of the items of each.
struct Grouping final : Collector {
  Value key_of;
  Collector* down;
  Value supplier;  ///< of the map; null: a HashMap
  bool partitions;
  Grouping(const Class* cls, Value key, Collector* into, Value maps, bool by_boolean)
      : Collector(cls), key_of(key), down(into), supplier(maps), partitions(by_boolean) {}
  Value start(Machine& machine) override {
    if (!supplier.is_null()) return machine.call(supplier, std::span<const Value>());
    HashMap* map = partitions ? new_linked_map(machine) : new_hash_map(machine);
    if (partitions) {
      for (const bool side : {false, true}) {
        const Value state = down->start(machine);
        if (state.is_error() || map->put(machine, Value::boolean(side), state).is_error()) return Value::error();
      }
    }
    return made(map);
  }
  Value add(Machine& machine, Value state, const Value& item) override {
    const Value key = machine.call(key_of, {item});
    if (key.is_error()) return key;
    if (key.is_null()) return machine.raise(known().null_pointer, "element cannot be mapped to a null key");
    auto& map = object<Map>(state);
    Map::Entry* found = map.find(machine, key);
    if (machine.failed()) return Value::error();
    const Value before = found != nullptr ? found->value : down->start(machine);
    const Value after = before.is_error() ? before : down->add(machine, before, item);
    return after.is_error() || map.put(machine, key, after).is_error() ? Value::error() : state;
  }
  Value finish(Machine& machine, Value state) override {
    auto& map = object<Map>(state);
    for (std::uint32_t i = 0; i < map.used; ++i) {
      if (!map.entries[i].live) continue;
      const Value result = down->finish(machine, map.entries[i].value);
      if (result.is_error()) return result;
      map.entries[i].value = result;
    }
    return state;
  }
};

/// A map of what two functions make of each item.
struct ToMap final : Collector {
  Value key_of;
  Value value_of_item;
  Value merge;     ///< null: two values of a key are an error
  Value supplier;  ///< null: a HashMap
  ToMap(const Class* cls, Value key, Value value, Value merging, Value maps)
      : Collector(cls), key_of(key), value_of_item(value), merge(merging), supplier(maps) {}
  Value start(Machine& machine) override {
    return supplier.is_null() ? made(new_hash_map(machine)) : machine.call(supplier, std::span<const Value>());
  }
  Value add(Machine& machine, Value state, const Value& item) override {
    const Value key = machine.call(key_of, {item});
    const Value value = key.is_error() ? key : machine.call(value_of_item, {item});
    if (value.is_error()) return value;
    if (value.is_null()) return machine.null_pointer();
    auto& map = object<Map>(state);
    Map::Entry* found = map.find(machine, key);
    if (machine.failed()) return Value::error();
    Value result = value;
    if (found != nullptr && merge.is_null()) {
      const String* shown = machine.to_text(key);
      const String* first = machine.to_text(found->value);
      const String* second = machine.to_text(value);
      if (shown == nullptr || first == nullptr || second == nullptr) return Value::error();
      return machine.raise(known().illegal_state, "Duplicate key " + std::string(shown->text()) +
                                                      " (attempted merging values " + std::string(first->text()) +
                                                      " and " + std::string(second->text()) + ")");
    }
    if (found != nullptr) result = machine.call(merge, {found->value, value});
    return result.is_error() || map.put(machine, key, result).is_error() ? Value::error() : state;
  }
  Value finish(Machine&, Value state) override { return state; }
};

/// Numbers added up: their sum, their mean, or how many there are.
struct Adding final : Collector {
  enum What : std::uint8_t { kCount, kSumInt, kSumLong, kSumDouble, kMean } what;
  Value function;
  Adding(const Class* cls, What which, Value of) : Collector(cls), what(which), function(of) {}
  Value start(Machine& machine) override {
    ArrayList* state = new_list(machine);
    state->push(machine.heap(), what == kSumDouble || what == kMean ? Value::of_double(0) : Value::of_long(0));
    state->push(machine.heap(), Value::of_long(0));
    for (int i = 0; i < 2; ++i) state->push(machine.heap(), Value::of_double(0));  // the rest of a DoubleSum
    return made(state);
  }
  Value add(Machine& machine, Value state, const Value& item) override {
    auto& list = object<List>(state);
    ++list.items[1].i;
    if (what == kCount) return state;
    const bool floating = what == kSumDouble || what == kMean;
    const Value number = machine.convert(machine.call(function, {item}),
                                         *Registry::get().of(floating ? Kind::kDouble : Kind::kLong), false);
    if (number.is_error()) return number;
    if (floating) {
      DoubleSum sum{list.items[0].d, list.items[2].d, list.items[3].d};
      sum.add(number.d);
      list.items[0].d = sum.sum;
      list.items[2].d = sum.rounded;
      list.items[3].d = sum.simple;
    } else {
      list.items[0].i =
          static_cast<std::int64_t>(static_cast<std::uint64_t>(list.items[0].i) + static_cast<std::uint64_t>(number.i));
    }
    return state;
  }
  Value finish(Machine&, Value state) override {
    const auto& list = object<List>(state);
    const std::int64_t count = list.items[1].i;
    const DoubleSum sum{list.items[0].d, list.items[2].d, list.items[3].d};
    switch (what) {
      case kCount:
        return Value::of_long(count);
      case kSumInt:
        return Value::of_int(static_cast<std::int32_t>(list.items[0].i));
      case kMean:
        return Value::of_double(count == 0 ? 0.0 : sum.total() / static_cast<double>(count));
      case kSumDouble:
        return Value::of_double(sum.total());
      default:
        return list.items[0];
    }
  }
};

/// The largest or smallest item, as an Optional.
struct Extreme final : Collector {
  Value comparator;
  bool largest;
  Extreme(const Class* cls, Value by, bool max) : Collector(cls), comparator(by), largest(max) {}
  Value start(Machine&) override { return Value::null(); }
  Value add(Machine& machine, Value state, const Value& item) override {
    if (state.is_null()) return item;
    const bool better = before(machine, comparator, largest ? state : item, largest ? item : state);
    if (machine.failed()) return Value::error();
    return better ? item : state;
  }
  Value finish(Machine& machine, Value state) override {
    return make_optional(machine, "java.util.Optional", state, !state.is_null());
  }
};

Value to_list(Machine& machine, const Value*) {
  return make<ToCollection>(machine, ToCollection::kList, Value::null());
}
Value to_set(Machine& machine, const Value*) { return make<ToCollection>(machine, ToCollection::kSet, Value::null()); }
Value to_collection(Machine& machine, const Value* a) {
  return make<ToCollection>(machine, ToCollection::kSupplied, a[0]);
}
Value joining(Machine& machine, const Value*) { return make<Joining>(machine, "", "", ""); }
Value joining_with(Machine& machine, const Value* a) {
  const String* between = machine.to_text(a[0]);
  return between == nullptr ? Value::error() : make<Joining>(machine, between->text(), "", "");
}
Value joining_between(Machine& machine, const Value* a) {
  const String* parts[3] = {};
  for (int i = 0; i < 3; ++i) {
    parts[i] = machine.to_text(a[i]);
    if (parts[i] == nullptr) return Value::error();
  }
  return make<Joining>(machine, parts[0]->text(), parts[1]->text(), parts[2]->text());
}
Value mapping(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : make<Mapping>(machine, a[0], &object<Collector>(a[1]));
}
Value and_then(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : make<AndThen>(machine, a[1], &object<Collector>(a[0]));
}
Value grouping(Machine& machine, const Value& key, const Value& down, const Value& supplier, bool partitions) {
  const Value into = down.is_null() ? to_list(machine, nullptr) : down;
  return make<Grouping>(machine, key, &object<Collector>(into), supplier, partitions);
}
Value grouping_by(Machine& machine, const Value* a) {
  return grouping(machine, a[0], Value::null(), Value::null(), false);
}
Value grouping_by_down(Machine& machine, const Value* a) { return grouping(machine, a[0], a[1], Value::null(), false); }
Value grouping_by_map(Machine& machine, const Value* a) { return grouping(machine, a[0], a[2], a[1], false); }
Value partitioning(Machine& machine, const Value* a) {
  return grouping(machine, a[0], Value::null(), Value::null(), true);
}
Value partitioning_down(Machine& machine, const Value* a) { return grouping(machine, a[0], a[1], Value::null(), true); }
Value to_map(Machine& machine, const Value* a) {
  return make<ToMap>(machine, a[0], a[1], Value::null(), Value::null());
}
Value to_map_merging(Machine& machine, const Value* a) { return make<ToMap>(machine, a[0], a[1], a[2], Value::null()); }
Value to_map_supplied(Machine& machine, const Value* a) { return make<ToMap>(machine, a[0], a[1], a[2], a[3]); }
Value counting(Machine& machine, const Value*) { return make<Adding>(machine, Adding::kCount, Value::null()); }
template <Adding::What kWhat>
Value adding(Machine& machine, const Value* a) {
  return make<Adding>(machine, kWhat, a[0]);
}
template <Kind kKind>
Value summing(Machine& machine, const Value* a) {
  return summarizing(machine, kKind, a[0]);
}
template <bool kMax>
Value extreme(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : make<Extreme>(machine, a[0], kMax);
}

constexpr MethodRow kCollectors[] = {
    {"static Collector averagingDouble(ToDoubleFunction)", adding<Adding::kMean>, "The mean of doubles.",
     "[1, 2].stream().collect(Collectors.averagingDouble(x -> x))", "1.5"},
    {"static Collector averagingInt(ToIntFunction)", adding<Adding::kMean>, "The mean of ints.",
     "[1, 2].stream().collect(Collectors.averagingInt(x -> x))", "1.5"},
    {"static Collector averagingLong(ToLongFunction)", adding<Adding::kMean>, "The mean of longs.",
     "[1, 2].stream().collect(Collectors.averagingLong(x -> x))", "1.5"},
    {"static Collector collectingAndThen(Collector,Function)", and_then, "A collector's result through a function.",
     "[1].stream().collect(Collectors.collectingAndThen(Collectors.toList(), l -> l.size()))", "1"},
    {"static Collector counting()", counting, "How many items there are.",
     "[1, 2].stream().collect(Collectors.counting())", "2"},
    {"static Collector groupingBy(Function)", grouping_by, "Lists of the items by a key.",
     "[1, 2, 3].stream().collect(Collectors.groupingBy(x -> x % 2))", "{0=[2], 1=[1, 3]}"},
    {"static Collector groupingBy(Function,Collector)", grouping_by_down,
     "What a collector makes of the items of each key.",
     "[1, 2, 3].stream().collect(Collectors.groupingBy(x -> x % 2, Collectors.counting()))", "{0=1, 1=2}"},
    {"static Collector groupingBy(Function,Supplier,Collector)", grouping_by_map, "Likewise, in a map of one's own.",
     "[2, 1].stream().collect(Collectors.groupingBy(x -> x, () -> new TreeMap(), Collectors.counting()))",
     "{1=1, 2=1}"},
    {"static Collector joining()", joining, "The items' texts.", "['a', 'b'].stream().collect(Collectors.joining())",
     "ab"},
    {"static Collector joining(CharSequence)", joining_with, "Likewise, with something in between.",
     "['a', 'b'].stream().collect(Collectors.joining(','))", "a,b"},
    {"static Collector joining(CharSequence,CharSequence,CharSequence)", joining_between,
     "Likewise, with something around it.", "['a', 'b'].stream().collect(Collectors.joining(',', '<', '>'))", "<a,b>"},
    {"static Collector mapping(Function,Collector)", mapping, "What a function makes of each item, into a collector.",
     "[1].stream().collect(Collectors.mapping(x -> x + 1, Collectors.toList()))", "[2]"},
    {"static Collector maxBy(Comparator)", extreme<true>, "The largest item.",
     "[1, 2].stream().collect(Collectors.maxBy(Comparator.naturalOrder())).get()", "2"},
    {"static Collector minBy(Comparator)", extreme<false>, "The smallest item.",
     "[1, 2].stream().collect(Collectors.minBy(Comparator.naturalOrder())).get()", "1"},
    {"static Collector partitioningBy(Predicate)", partitioning, "The items that don't fit, and those that do.",
     "[1, 2].stream().collect(Collectors.partitioningBy(x -> x > 1))", "{false=[1], true=[2]}"},
    {"static Collector partitioningBy(Predicate,Collector)", partitioning_down, "Likewise, through a collector.",
     "[1, 2].stream().collect(Collectors.partitioningBy(x -> x > 1, Collectors.counting()))", "{false=1, true=1}"},
    {"static Collector summarizingDouble(ToDoubleFunction)", summing<Kind::kDouble>, "Count, sum, mean and ends.",
     "[1, 2].stream().collect(Collectors.summarizingDouble(x -> x)).getSum()", "3.0"},
    {"static Collector summarizingInt(ToIntFunction)", summing<Kind::kInt>, "Likewise, of ints.",
     "[1, 2].stream().collect(Collectors.summarizingInt(x -> x)).getSum()", "3"},
    {"static Collector summarizingLong(ToLongFunction)", summing<Kind::kLong>, "Likewise, of longs.",
     "[1, 2].stream().collect(Collectors.summarizingLong(x -> x)).getMax()", "2"},
    {"static Collector summingDouble(ToDoubleFunction)", adding<Adding::kSumDouble>, "The sum of doubles.",
     "[1, 2].stream().collect(Collectors.summingDouble(x -> x))", "3.0"},
    {"static Collector summingInt(ToIntFunction)", adding<Adding::kSumInt>, "The sum of ints.",
     "[1, 2].stream().collect(Collectors.summingInt(x -> x))", "3"},
    {"static Collector summingLong(ToLongFunction)", adding<Adding::kSumLong>, "The sum of longs.",
     "[1, 2].stream().collect(Collectors.summingLong(x -> x))", "3"},
    {"static Collector toCollection(Supplier)", to_collection, "Into a collection of one's own.",
     "[2, 1].stream().collect(Collectors.toCollection(() -> new TreeSet()))", "[1, 2]"},
    {"static Collector toList()", to_list, "Into a list.", "[1].stream().collect(Collectors.toList())", "[1]"},
    {"static Collector toMap(Function,Function)", to_map, "A map of keys and values.",
     "['a'].stream().collect(Collectors.toMap(x -> x, x -> 1))", "{a=1}"},
    {"static Collector toMap(Function,Function,BinaryOperator)", to_map_merging,
     "Likewise; two values of a key are merged.",
     "['a', 'a'].stream().collect(Collectors.toMap(x -> x, x -> 1, (x, y) -> x + y))", "{a=2}"},
    {"static Collector toMap(Function,Function,BinaryOperator,Supplier)", to_map_supplied,
     "Likewise, in a map of one's own.",
     "['b', 'a'].stream().collect(Collectors.toMap(x -> x, x -> 1, (x, y) -> x, () -> new TreeMap()))", "{a=1, b=1}"},
    {"static Collector toSet()", to_set, "Into a set.", "[1, 1].stream().collect(Collectors.toSet())", "[1]"},
};

constexpr ClassRow kRows[] = {
    {"java.util.stream.Collector", "", "What gathers the items of a stream.", {}, true},
    {"java.util.stream.Collectors", "", "The usual collectors.", kCollectors},
};

}  // namespace

std::span<const ClassRow> collectors_family() { return kRows; }

}  // namespace sluice::painless::api
