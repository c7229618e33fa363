#include "stages/painless/api/families.h"
#include "stages/painless/api/sort.h"
#include "stages/painless/api/statistics.h"
#include "stages/painless/api/stream_object.h"
#include "stages/painless/lang/casts.h"

namespace sluice::painless::api {

namespace {

/// What the kinds of streams of numbers differ in.
struct Ints {
  static const Class* cls() { return stream_classes().ints; }
  static constexpr Kind kKind = Kind::kInt;
  static constexpr const char* kOptional = "java.util.OptionalInt";
};
struct Longs {
  static const Class* cls() { return stream_classes().longs; }
  static constexpr Kind kKind = Kind::kLong;
  static constexpr const char* kOptional = "java.util.OptionalLong";
};
struct Doubles {
  static const Class* cls() { return stream_classes().doubles; }
  static constexpr Kind kKind = Kind::kDouble;
  static constexpr const char* kOptional = "java.util.OptionalDouble";
};

/// What the function makes of each item, as numbers of a kind (or anything).
template <Kind kTo>
Value mapped(Machine& machine, const Value* a) {
  const StreamClasses& kinds = stream_classes();
  const Class* cls = kTo == Kind::kInt      ? kinds.ints
                     : kTo == Kind::kLong   ? kinds.longs
                     : kTo == Kind::kDouble ? kinds.doubles
                                            : kinds.objects;
  ArrayList* list = new_list(machine);
  ArrayList& items = items_of(a[0]);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    Value result = machine.call(a[1], {items.items[i]});
    if (kTo != Kind::kDef && !result.is_error()) result = machine.convert(result, *Registry::get().of(kTo), false);
    if (result.is_error() || !machine.tick()) return Value::error();
    list->push(machine.heap(), result);
  }
  return make_stream(machine, cls, list);
}
template <Kind kTo>
Value widened(Machine& machine, const Value* a) {
  const StreamClasses& kinds = stream_classes();
  ArrayList* list = new_list(machine);
  ArrayList& items = items_of(a[0]);
  for (std::uint32_t i = 0; i < items.count; ++i) {
    list->push(machine.heap(), kTo == Kind::kDef ? items.items[i] : convert_primitive(items.items[i], kTo));
  }
  const Class* cls = kTo == Kind::kLong ? kinds.longs : kTo == Kind::kDouble ? kinds.doubles : kinds.objects;
  return make_stream(machine, cls, list);
}
template <typename T>
Value sum(Machine&, const Value* a) {
  ArrayList& items = items_of(a[0]);
  if constexpr (T::kKind == Kind::kDouble) {
    DoubleSum total;
    for (std::uint32_t i = 0; i < items.count; ++i) total.add(items.items[i].d);
    return Value::of_double(total.total());
  }
  std::uint64_t total = 0;
  for (std::uint32_t i = 0; i < items.count; ++i) total += static_cast<std::uint64_t>(items.items[i].i);
  return convert_primitive(Value::of_long(static_cast<std::int64_t>(total)), T::kKind);
}
Value average(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  DoubleSum total;
  for (std::uint32_t i = 0; i < items.count; ++i) total.add(items.items[i].as_double());
  return make_optional(machine, "java.util.OptionalDouble",
                       Value::of_double(items.count == 0 ? 0 : total.total() / items.count), items.count != 0);
}
template <typename T>
Value statistics(Machine& machine, const Value* a) {
  return summarize(machine, T::kKind, items_of(a[0]));
}
template <typename T, bool kMax>
Value extreme(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  Value best = Value::null();
  for (std::uint32_t i = 0; i < items.count; ++i) {
    if (i == 0 || (machine.compare(items.items[i], best) > 0) == kMax) best = items.items[i];
  }
  return make_optional(machine, T::kOptional, best, items.count != 0);
}
template <typename T>
Value first(Machine& machine, const Value* a) {
  ArrayList& items = items_of(a[0]);
  return make_optional(machine, T::kOptional, items.count == 0 ? Value::null() : items.items[0], items.count != 0);
}
/// Steps that streams of objects have too, by their rows.
template <std::size_t kCount>
Value as_objects(Machine& machine, const Value* a, const char* name) {
  const Method* method = stream_classes().objects->method(name, kCount);
  return method->call(machine, a);
}
Value filter(Machine& m, const Value* a) { return as_objects<1>(m, a, "filter"); }
Value distinct(Machine& m, const Value* a) { return as_objects<0>(m, a, "distinct"); }
Value sorted(Machine& m, const Value* a) { return as_objects<0>(m, a, "sorted"); }
Value limit(Machine& m, const Value* a) { return as_objects<1>(m, a, "limit"); }
Value skip(Machine& m, const Value* a) { return as_objects<1>(m, a, "skip"); }
Value count(Machine& m, const Value* a) { return as_objects<0>(m, a, "count"); }
Value for_all(Machine& m, const Value* a) { return as_objects<1>(m, a, "forEach"); }
Value peek(Machine& m, const Value* a) { return as_objects<1>(m, a, "peek"); }
Value all_match(Machine& m, const Value* a) { return as_objects<1>(m, a, "allMatch"); }
Value any_match(Machine& m, const Value* a) { return as_objects<1>(m, a, "anyMatch"); }
Value none_match(Machine& m, const Value* a) { return as_objects<1>(m, a, "noneMatch"); }
Value to_array(Machine& m, const Value* a) { return as_objects<0>(m, a, "toArray"); }
Value flat_map(Machine& m, const Value* a) { return as_objects<1>(m, a, "flatMap"); }
Value reduce(Machine& m, const Value* a) { return as_objects<2>(m, a, "reduce"); }

template <typename T>
Value none(Machine& machine, const Value*) {
  return make_stream(machine, T::cls(), new_list(machine));
}
template <typename T, bool kClosed>
Value range(Machine& machine, const Value* a) {
  ArrayList* list = new_list(machine);
  const std::int64_t end = a[1].i;
  for (std::int64_t i = a[0].i; kClosed ? i <= end : i < end; ++i) {
    if (!machine.tick()) return Value::error();
    list->push(machine.heap(), convert_primitive(Value::of_long(i), T::kKind));
    if (i == end) break;
  }
  return make_stream(machine, T::cls(), list);
}
template <typename T>
Value of_array(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  ArrayList* list = new_list(machine);
  const auto& array = object<Array>(a[0]);
  for (std::uint32_t i = 0; i < array.length; ++i) list->push(machine.heap(), array.items[i]);
  return make_stream(machine, T::cls(), list);
}

#define NUMBER_STREAM(T, name, Prim, prim, one, two)                                                              \
  {"boolean allMatch(" Prim "Predicate)", all_match, "Whether all items fit.", "", ""},                           \
      {"boolean anyMatch(" Prim "Predicate)", any_match, "Whether one fits.", "", ""},                            \
      {"boolean noneMatch(" Prim "Predicate)", none_match, "Whether none fits.", "", ""},                         \
      {"OptionalDouble average()", average, "The mean.", "", ""},                                                 \
      {"Stream boxed()", widened<Kind::kDef>, "As a stream of objects.", "", ""},                                 \
      {"long count()", count, "How many items there are.", "", ""},                                               \
      {name " distinct()", distinct, "Each item once.", "", ""},                                                  \
      {name " filter(" Prim "Predicate)", filter, "The items that fit.", "", ""},                                 \
      {"Optional" Prim " findAny()", first<T>, "An item.", "", ""},                                               \
      {"Optional" Prim " findFirst()", first<T>, "The first item.", "", ""},                                      \
      {name " flatMap(" Prim "Function)", flat_map, "The items of the streams that the function makes.", "", ""}, \
      {"void forEach(" Prim "Consumer)", for_all, "Calls the function with each item.", "", ""},                  \
      {"void forEachOrdered(" Prim "Consumer)", for_all, "Likewise, in order.", "", ""},                          \
      {name " limit(long)", limit, "The first so many items.", "", ""},                                           \
      {name " map(" Prim "UnaryOperator)", mapped<T::kKind>, "What the function makes of each item.", "", ""},    \
      {"Stream mapToObj(" Prim "Function)", mapped<Kind::kDef>, "Likewise, objects.", "", ""},                    \
      {"Optional" Prim " max()", extreme<T, true>, "The largest item.", "", ""},                                  \
      {"Optional" Prim " min()", extreme<T, false>, "The smallest item.", "", ""},                                \
      {name " peek(" Prim "Consumer)", peek, "Calls the function with each item; the same items.", "", ""},       \
      {prim " reduce(" prim "," Prim "BinaryOperator)", reduce, "All items as one.", "", ""},                     \
      {name " skip(long)", skip, "Without the first so many items.", "", ""},                                     \
      {Prim "SummaryStatistics summaryStatistics()", statistics<T>, "Count, sum, mean and ends.", "", ""},        \
      {name " sorted()", sorted, "In order.", "", ""}, {prim " sum()", sum<T>, "The sum.", "", ""},               \
      {prim "[] toArray()", to_array, "The items as an array.", "", ""},                                          \
      {"static " name " empty()", none<T>, "Nothing.", name ".empty().count()", "0"},                             \
      {"static " name " of(" prim "[])", of_array<T>, "The items of an array.",                                   \
       name ".of(new " prim "[] {" one ", " two "}).count()", "2"}

constexpr MethodRow kInts[] = {
    NUMBER_STREAM(Ints, "IntStream", "Int", "int", "1", "2"),
    {"DoubleStream asDoubleStream()", widened<Kind::kDouble>, "As doubles.",
     "IntStream.range(0, 2).asDoubleStream().sum()", "1.0"},
    {"LongStream asLongStream()", widened<Kind::kLong>, "As longs.", "IntStream.range(0, 2).asLongStream().sum()", "1"},
    {"DoubleStream mapToDouble(IntToDoubleFunction)", mapped<Kind::kDouble>, "Doubles of the items.",
     "IntStream.range(0, 2).mapToDouble(x -> x / 2.0).sum()", "0.5"},
    {"LongStream mapToLong(IntToLongFunction)", mapped<Kind::kLong>, "Longs of the items.",
     "IntStream.range(0, 2).mapToLong(x -> x).sum()", "1"},
    {"static IntStream range(int,int)", range<Ints, false>, "The ints from one to below another.",
     "IntStream.range(1, 4).sum()", "6"},
    {"static IntStream rangeClosed(int,int)", range<Ints, true>, "The ints from one to another.",
     "IntStream.rangeClosed(1, 3).max().getAsInt()", "3"},
};
constexpr MethodRow kLongs[] = {
    NUMBER_STREAM(Longs, "LongStream", "Long", "long", "1L", "2L"),
    {"DoubleStream asDoubleStream()", widened<Kind::kDouble>, "As doubles.",
     "LongStream.range(0, 2).asDoubleStream().sum()", "1.0"},
    {"DoubleStream mapToDouble(LongToDoubleFunction)", mapped<Kind::kDouble>, "Doubles of the items.",
     "LongStream.range(0, 2).mapToDouble(x -> x / 2.0).sum()", "0.5"},
    {"IntStream mapToInt(LongToIntFunction)", mapped<Kind::kInt>, "Ints of the items.",
     "LongStream.range(0, 2).mapToInt(x -> (int)x).sum()", "1"},
    {"static LongStream range(long,long)", range<Longs, false>, "The longs from one to below another.",
     "LongStream.range(1, 4).sum()", "6"},
    {"static LongStream rangeClosed(long,long)", range<Longs, true>, "The longs from one to another.",
     "LongStream.rangeClosed(1, 3).sum()", "6"},
};
constexpr MethodRow kDoubles[] = {
    NUMBER_STREAM(Doubles, "DoubleStream", "Double", "double", "1.0", "2.0"),
    {"IntStream mapToInt(DoubleToIntFunction)", mapped<Kind::kInt>, "Ints of the items.",
     "DoubleStream.of(new double[] {1.5}).mapToInt(x -> (int)x).sum()", "1"},
    {"LongStream mapToLong(DoubleToLongFunction)", mapped<Kind::kLong>, "Longs of the items.",
     "DoubleStream.of(new double[] {1.5}).mapToLong(x -> (long)x).sum()", "1"},
};
#undef NUMBER_STREAM

constexpr ClassRow kRows[] = {
    {"java.util.stream.IntStream", "", "Ints that steps are done with.", kInts, true},
    {"java.util.stream.LongStream", "", "Longs that steps are done with.", kLongs, true},
    {"java.util.stream.DoubleStream", "", "Doubles that steps are done with.", kDoubles, true},
};

}  // namespace

std::span<const ClassRow> number_stream_family() { return kRows; }

}  // namespace sluice::painless::api
