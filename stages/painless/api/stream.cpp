#include "stages/painless/api/families.h"
#include "stages/painless/api/sort.h"
#include "stages/painless/api/stream_object.h"

namespace sluice::painless::api {

const StreamClasses& stream_classes() {
  static const StreamClasses classes{Registry::get().class_named("java.util.stream.Stream"),
                                     Registry::get().class_named("java.util.stream.IntStream"),
                                     Registry::get().class_named("java.util.stream.LongStream"),
                                     Registry::get().class_named("java.util.stream.DoubleStream")};
  return classes;
}

Value collect_all(Machine& machine, Collector& collector, ArrayList& items) {
  Value state = collector.start(machine);
  for (std::uint32_t i = 0; i < items.count && !state.is_error(); ++i) {
    if (!machine.tick()) return Value::error();
    state = collector.add(machine, state, items.items[i]);
  }
  return state.is_error() ? state : collector.finish(machine, state);
}

namespace {

/// The items that `keep` says, as a stream of the same kind.
template <typename F>
Value selected(Machine& machine, const Value& stream, F&& keep) {
  ArrayList* list = new_list(machine);
  ArrayList& items = items_of(stream);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    if (!machine.tick()) return Value::error();
    if (keep(items.items[i])) list->push(machine.heap(), items.items[i]);
    if (machine.failed()) return Value::error();
  }
  return make_stream(machine, stream.o->type, list);
}

/// What the function makes of each item, as a stream of a kind.
Value mapped(Machine& machine, const Value& stream, const Value& function, const Class* kind, Kind to) {
  ArrayList* list = new_list(machine);
  ArrayList& items = items_of(stream);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    Value result = machine.call(function, {items.items[i]});
    if (to != Kind::kDef && !result.is_error()) result = machine.convert(result, *Registry::get().of(to), false);
    if (result.is_error() || !machine.tick()) return Value::error();
    list->push(machine.heap(), result);
  }
  return make_stream(machine, kind, list);
}

Value of_collection(Machine& machine, const Value* a) {
  ArrayList* list = new_list(machine);
  const bool ok = for_each(machine, a[0], [&](const Value& item) {
    list->push(machine.heap(), machine.force(item));
    return !machine.failed();
  });
  return ok ? make_stream(machine, stream_classes().objects, list) : Value::error();
}
Value filter(Machine& machine, const Value* a) {
  return selected(machine, a[0], [&](const Value& item) { return machine.call_boolean(a[1], {item}); });
}
Value map(Machine& machine, const Value* a) {
  return mapped(machine, a[0], a[1], stream_classes().objects, Kind::kDef);
}
Value map_to_int(Machine& machine, const Value* a) {
  return mapped(machine, a[0], a[1], stream_classes().ints, Kind::kInt);
}
Value map_to_long(Machine& machine, const Value* a) {
  return mapped(machine, a[0], a[1], stream_classes().longs, Kind::kLong);
}
Value map_to_double(Machine& machine, const Value* a) {
  return mapped(machine, a[0], a[1], stream_classes().doubles, Kind::kDouble);
}
Value flat_map(Machine& machine, const Value* a) {
  ArrayList* list = new_list(machine);
  ArrayList& items = items_of(a[0]);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    const Value part = machine.call(a[1], {items.items[i]});
    if (part.is_error() || !machine.tick()) return Value::error();
    if (part.is_null()) continue;
    auto* inner = part.is_object() ? dynamic_cast<Stream*>(part.o) : nullptr;
    if (inner == nullptr) return machine.raise(known().class_cast, "flatMap() wants a stream for each item");
    for (std::uint32_t k = 0; k < inner->items->count; ++k) list->push(machine.heap(), inner->items->items[k]);
  }
  return make_stream(machine, a[0].o->type, list);
}
Value distinct(Machine& machine, const Value* a) {
  HashMap* seen = new_linked_map(machine);
  return selected(machine, a[0], [&](const Value& item) {
    if (seen->find(machine, item) != nullptr || machine.failed()) return false;
    return !seen->put(machine, item, Value::boolean(true)).is_error();
  });
}
Value sorted_by(Machine& machine, const Value& stream, const Value& comparator) {
  ArrayList* list = new_list(machine);
  for (std::uint32_t i = 0; i < items_of(stream).count; ++i) list->push(machine.heap(), items_of(stream).items[i]);
  return sort_list(machine, *list, comparator) ? make_stream(machine, stream.o->type, list) : Value::error();
}
Value sorted(Machine& machine, const Value* a) { return sorted_by(machine, a[0], Value::null()); }
Value sorted_with(Machine& machine, const Value* a) { return sorted_by(machine, a[0], a[1]); }
Value limit(Machine& machine, const Value* a) {
  if (a[1].i < 0) return machine.raise(known().illegal_argument, std::to_string(a[1].i));
  std::int64_t left = a[1].i;
  return selected(machine, a[0], [&](const Value&) { return left-- > 0; });
}
Value skip(Machine& machine, const Value* a) {
  if (a[1].i < 0) return machine.raise(known().illegal_argument, std::to_string(a[1].i));
  std::int64_t left = a[1].i;
  return selected(machine, a[0], [&](const Value&) { return left-- <= 0; });
}
Value for_all(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    if (!machine.tick() || machine.call(a[1], {items.items[i]}).is_error()) return Value::error();
  }
  return Value::null();
}
Value peek(Machine& machine, const Value* a) { return for_all(machine, a).is_error() ? Value::error() : a[0]; }
Value count(Machine&, const Value* a) { return Value::of_long(items_of(a[0]).count); }
template <bool kWanted, bool kAnswer>
Value match(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    const bool fits = machine.call_boolean(a[1], {items.items[i]});
    if (machine.failed() || !machine.tick()) return Value::error();
    if (fits == kWanted) return Value::boolean(kAnswer);
  }
  return Value::boolean(!kAnswer);
}
Value find_first(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  if (items.count != 0 && items.items[0].is_null()) return machine.null_pointer();
  return make_optional(machine, "java.util.Optional", items.count == 0 ? Value::null() : items.items[0],
                       items.count != 0);
}
template <bool kMax>
Value extreme(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  Value best = Value::null();
  for (std::uint32_t i = 0; i < items.count; ++i) {
    if (i == 0 || before(machine, a[1], kMax ? best : items.items[i], kMax ? items.items[i] : best))
      best = items.items[i];
    if (machine.failed() || !machine.tick()) return Value::error();
  }
  return make_optional(machine, "java.util.Optional", best, items.count != 0);
}
Value reduce_from(Machine& machine, ArrayList& items, std::uint32_t first, Value result, const Value& function) {
  for (std::uint32_t i = first; i < items.count && !result.is_error(); ++i) {
    if (!machine.tick()) return Value::error();
    result = machine.call(function, {result, items.items[i]});
  }
  return result;
}
Value reduce(Machine& machine, const Value* a) { return reduce_from(machine, items_of(a[0]), 0, a[1], a[2]); }
Value reduce_combining(Machine& machine, const Value* a) { return reduce(machine, a); }
Value reduce_any(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  if (items.count == 0) return make_optional(machine, "java.util.Optional", Value::null(), false);
  const Value result = reduce_from(machine, items, 1, items.items[0], a[1]);
  return result.is_error() ? result : make_optional(machine, "java.util.Optional", result, true);
}
Value collect(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : collect_all(machine, object<Collector>(a[1]), items_of(a[0]));
}
Value collect_with(Machine& machine, const Value* a) {
  const Value container = machine.call(a[1], std::span<const Value>());
  ArrayList& items = items_of(a[0]);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    if (container.is_error() || !machine.tick() || machine.call(a[2], {container, items.items[i]}).is_error())
      return Value::error();
  }
  return container;
}
Value to_array(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  Value* kept = machine.heap().array<Value>(items.count);
  std::copy_n(items.items, items.count, kept);
  const StreamClasses& kinds = stream_classes();
  const Class* cls = a[0].o->type;
  const Kind kind = cls == kinds.ints      ? Kind::kInt
                    : cls == kinds.longs   ? Kind::kLong
                    : cls == kinds.doubles ? Kind::kDouble
                                           : Kind::kDef;
  const Type* type = Registry::get().array_of(Registry::get().of(kind));
  return made(machine.heap().make<Array>(known().object, type, items.count, kept));
}
Value iterator(Machine& machine, const Value* a) {
  return made(machine.heap().make<ListIterator>(known().iterator, &items_of(a[0])));
}
Value of_array(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  return of_collection(machine, a);
}
Value none(Machine& machine, const Value*) { return make_stream(machine, stream_classes().objects, new_list(machine)); }
Value concat(Machine& machine, const Value* a) {
  if (missing(machine, a[0]) || missing(machine, a[1])) return Value::error();
  ArrayList* list = new_list(machine);
  for (int side = 0; side < 2; ++side) {
    for (std::uint32_t i = 0; i < items_of(a[side]).count; ++i) list->push(machine.heap(), items_of(a[side]).items[i]);
  }
  return make_stream(machine, stream_classes().objects, list);
}

constexpr MethodRow kStream[] = {
    {"boolean allMatch(Predicate)", match<false, false>, "Whether all items fit.",
     "[1, 2].stream().allMatch(x -> x > 1)", "false"},
    {"boolean anyMatch(Predicate)", match<true, true>, "Whether one of the items fits.",
     "[1, 2].stream().anyMatch(x -> x > 1)", "true"},
    {"boolean noneMatch(Predicate)", match<true, false>, "Whether none fits.", "[1, 2].stream().noneMatch(x -> x > 2)",
     "true"},
    {"def collect(Collector)", collect, "Gathers the items.", "[1, 2].stream().collect(Collectors.toList())", "[1, 2]"},
    {"def collect(Supplier,BiConsumer,BiConsumer)", collect_with, "Gathers the items in a container.",
     "[1, 2].stream().collect(() -> [], (l, x) -> l.add(x), (l, r) -> l.addAll(r))", "[1, 2]"},
    {"long count()", count, "How many items there are.", "[1, 2].stream().count()", "2"},
    {"Stream distinct()", distinct, "Each item once.", "[1, 1].stream().distinct().count()", "1"},
    {"Stream filter(Predicate)", filter, "The items that fit.",
     "[1, 2].stream().filter(x -> x > 1).collect(Collectors.toList())", "[2]"},
    {"Optional findAny()", find_first, "An item.", "[1].stream().findAny().get()", "1"},
    {"Optional findFirst()", find_first, "The first item.", "[1, 2].stream().findFirst().get()", "1"},
    {"Stream flatMap(Function)", flat_map, "The items of the streams that the function makes.",
     "[[1], [2]].stream().flatMap(l -> l.stream()).collect(Collectors.toList())", "[1, 2]"},
    {"void forEach(Consumer)", for_all, "Calls the function with each item.",
     "List l = []; [1].stream().forEach(x -> l.add(x)); l", "[1]"},
    {"void forEachOrdered(Consumer)", for_all, "Likewise, in order.",
     "List l = []; [1].stream().forEachOrdered(x -> l.add(x)); l", "[1]"},
    {"Iterator iterator()", iterator, "Walks the items.", "[5].stream().iterator().next()", "5"},
    {"Stream limit(long)", limit, "The first so many items.", "[1, 2].stream().limit(1).collect(Collectors.toList())",
     "[1]"},
    {"Stream map(Function)", map, "What the function makes of each item.",
     "[1].stream().map(x -> x + 1).collect(Collectors.toList())", "[2]"},
    {"DoubleStream mapToDouble(ToDoubleFunction)", map_to_double, "Doubles of the items.",
     "[1].stream().mapToDouble(x -> x).sum()", "1.0"},
    {"IntStream mapToInt(ToIntFunction)", map_to_int, "Ints of the items.",
     "['ab'].stream().mapToInt(s -> s.length()).sum()", "2"},
    {"LongStream mapToLong(ToLongFunction)", map_to_long, "Longs of the items.", "[1].stream().mapToLong(x -> x).sum()",
     "1"},
    {"Optional max(Comparator)", extreme<true>, "The largest item.",
     "[1, 3, 2].stream().max(Comparator.naturalOrder()).get()", "3"},
    {"Optional min(Comparator)", extreme<false>, "The smallest item.",
     "[2, 1].stream().min(Comparator.naturalOrder()).get()", "1"},
    {"Stream peek(Consumer)", peek, "Calls the function with each item; the same items.",
     "List l = []; [1].stream().peek(x -> l.add(x)).count(); l", "[1]"},
    {"Optional reduce(BinaryOperator)", reduce_any, "All items as one.",
     "[1, 2].stream().reduce((x, y) -> x + y).get()", "3"},
    {"def reduce(def,BinaryOperator)", reduce, "All items as one, beginning with something.",
     "[1, 2].stream().reduce(10, (x, y) -> x + y)", "13"},
    {"def reduce(def,BiFunction,BinaryOperator)", reduce_combining, "Likewise, of another type.",
     "['a'].stream().reduce(0, (n, s) -> n + s.length(), (x, y) -> x + y)", "1"},
    {"Stream skip(long)", skip, "Without the first so many items.",
     "[1, 2].stream().skip(1).collect(Collectors.toList())", "[2]"},
    {"Stream sorted()", sorted, "In the natural order.", "[2, 1].stream().sorted().collect(Collectors.toList())",
     "[1, 2]"},
    {"Stream sorted(Comparator)", sorted_with, "In an order.",
     "[1, 2].stream().sorted(Comparator.reverseOrder()).collect(Collectors.toList())", "[2, 1]"},
    {"def[] toArray()", to_array, "The items as an array.", "[1, 2].stream().toArray().length", "2"},
    {"static Stream concat(Stream,Stream)", concat, "One after the other.",
     "Stream.concat([1].stream(), [2].stream()).collect(Collectors.toList())", "[1, 2]"},
    {"static Stream empty()", none, "Nothing.", "Stream.empty().count()", "0"},
    {"static Stream of(def[])", of_array, "The items of an array.", "Stream.of(new def[] {1, 2}).count()", "2"},
};
constexpr MethodRow kSource[] = {
    {"Stream stream()", of_collection, "The items as a stream.", "[1, 2].stream().count()", "2"},
};

constexpr ClassRow kRows[] = {
    {"java.util.stream.Stream", "", "Items that steps are done with.", kStream, true},
    {"java.util.stream.Source", "", "What has a stream.", kSource, true, true},
};

}  // namespace

std::span<const ClassRow> stream_family() { return kRows; }

}  // namespace sluice::painless::api
