#include "stages/painless/api/statistics.h"

#include <cmath>
#include <limits>
#include <type_traits>

#include "stages/painless/api/families.h"
#include "stages/painless/api/format_number.h"
#include "stages/painless/api/stream_object.h"

namespace sluice::painless::api {

void DoubleSum::compensate(double value) {
  const double corrected = value - rounded;
  const double grown = sum + corrected;
  rounded = (grown - sum) - corrected;
  sum = grown;
}

void DoubleSum::add(double value) {
  simple += value;
  compensate(value);
}

void DoubleSum::add(const DoubleSum& other) {
  const DoubleSum copy = other;  // it may be the same
  simple += copy.simple;
  compensate(copy.sum);
  compensate(-copy.rounded);
}

double DoubleSum::total() const {
  const double corrected = sum - rounded;
  return std::isnan(corrected) && std::isinf(simple) ? simple : corrected;
}

namespace {

/// `%f`.
std::string fixed_text(double value) {
  FormatSpecifier specifier;
  specifier.conversion = 'f';
  return format_double(specifier, value, {});
}

const char* name_of(Kind kind) {
  if (kind == Kind::kInt) return "java.util.IntSummaryStatistics";
  return kind == Kind::kLong ? "java.util.LongSummaryStatistics" : "java.util.DoubleSummaryStatistics";
}

/// java.util.IntSummaryStatistics and its kin.
template <Kind kKind>
struct Statistics final : Object {
  static constexpr bool kIsDouble = kKind == Kind::kDouble;
  using Number =
      std::conditional_t<kIsDouble, double, std::conditional_t<kKind == Kind::kInt, std::int32_t, std::int64_t>>;
  using Limits = std::numeric_limits<Number>;

  std::int64_t count = 0;
  std::uint64_t whole_sum = 0;
  DoubleSum double_sum;
  Number min = kIsDouble ? Limits::infinity() : Limits::max();
  Number max = kIsDouble ? -Limits::infinity() : Limits::min();

  Statistics() : Object(Registry::get().class_named(name_of(kKind))) {}

  void accept(const Value& number) {
    ++count;
    if constexpr (kIsDouble) {
      double_sum.add(number.d);
      bound(number.d, number.d);
    } else {
      whole_sum += static_cast<std::uint64_t>(number.i);
      bound(static_cast<Number>(number.i), static_cast<Number>(number.i));
    }
  }
  void combine(const Statistics& other) {
    count += other.count;
    whole_sum += other.whole_sum;
    double_sum.add(other.double_sum);
    bound(other.min, other.max);
  }
  [[nodiscard]] double average() const {
    const double sum = kIsDouble ? double_sum.total() : static_cast<double>(static_cast<std::int64_t>(whole_sum));
    return count > 0 ? sum / static_cast<double>(count) : 0.0;
  }
  Value to_string(Machine& machine) override {
    const auto shown = [](auto number) {
      if constexpr (std::is_same_v<decltype(number), double>) {
        return fixed_text(number);
      } else {
        return std::to_string(number);
      }
    };
    std::string text = type->java_name.substr(type->java_name.rfind('.') + 1);
    text += "{count=" + std::to_string(count) + ", sum=";
    text += kIsDouble ? fixed_text(double_sum.total()) : std::to_string(static_cast<std::int64_t>(whole_sum));
    text += ", min=" + shown(min) + ", average=" + fixed_text(average()) + ", max=" + shown(max) + "}";
    return machine.string_value(text);
  }

 private:
  void bound(Number low, Number high) {
    if constexpr (kIsDouble) {
      // Math.min(): no number wins, and -0.0 is less than 0.0.
      if (std::isnan(low) || low < min || (low == min && std::signbit(low))) min = low;
      if (std::isnan(high) || high > max || (high == max && !std::signbit(high))) max = high;
    } else {
      min = low < min ? low : min;
      max = high > max ? high : max;
    }
  }
};

template <Kind kKind>
Value value_of(typename Statistics<kKind>::Number number) {
  if constexpr (kKind == Kind::kDouble) {
    return Value::of_double(number);
  } else if constexpr (kKind == Kind::kInt) {
    return Value::of_int(number);
  } else {
    return Value::of_long(number);
  }
}

template <Kind kKind>
Value make(Machine& machine, const Value*) {
  return made(machine.heap().make<Statistics<kKind>>());
}
template <Kind kKind>
Value accept(Machine&, const Value* a) {
  object<Statistics<kKind>>(a[0]).accept(a[1]);
  return Value::null();
}
template <Kind kKind>
Value combine(Machine& machine, const Value* a) {
  if (missing(machine, a[1], "Cannot read field \"count\" because \"other\" is null")) return Value::error();
  object<Statistics<kKind>>(a[0]).combine(object<Statistics<kKind>>(a[1]));
  return Value::null();
}
template <Kind kKind>
Value average(Machine&, const Value* a) {
  return Value::of_double(object<Statistics<kKind>>(a[0]).average());
}
template <Kind kKind>
Value count(Machine&, const Value* a) {
  return Value::of_long(object<Statistics<kKind>>(a[0]).count);
}
template <Kind kKind>
Value max(Machine&, const Value* a) {
  return value_of<kKind>(object<Statistics<kKind>>(a[0]).max);
}
template <Kind kKind>
Value min(Machine&, const Value* a) {
  return value_of<kKind>(object<Statistics<kKind>>(a[0]).min);
}
template <Kind kKind>
Value sum(Machine&, const Value* a) {
  const auto& self = object<Statistics<kKind>>(a[0]);
  if (kKind == Kind::kDouble) return Value::of_double(self.double_sum.total());
  return Value::of_long(static_cast<std::int64_t>(self.whole_sum));
}

template <Kind kKind>
struct Summarizing final : Collector {
  Value function;

  Summarizing(const Class* cls, const Value& of) : Collector(cls), function(of) {}
  Value start(Machine& machine) override { return make<kKind>(machine, nullptr); }
  Value add(Machine& machine, Value state, const Value& item) override {
    const Value number = machine.convert(machine.call(function, {item}), *Registry::get().of(kKind), false);
    if (number.is_error()) return number;
    object<Statistics<kKind>>(state).accept(number);
    return state;
  }
  Value finish(Machine&, Value state) override { return state; }
};

#define STATISTICS(kind, name, prim, wide, values, lowest, highest, total)                              \
  {"new()", make<kind>, "Of no number yet.", "new " name "().getCount()", "0"},                         \
      {"void accept(" prim ")", accept<kind>, "One more number.",                                       \
       name " s = new " name "(); s.accept(" highest "); s.getMax()", highest},                         \
      {"void combine(" name ")", combine<kind>, "The numbers of the other too.",                        \
       name " s = " values "; s.combine(s); s.getCount()", "4"},                                        \
      {"double getAverage()", average<kind>, "The mean; 0 of nothing.", values ".getAverage()", "1.5"}, \
      {"long getCount()", count<kind>, "How many numbers.", values ".getCount()", "2"},                 \
      {prim " getMax()", max<kind>, "The largest.", values ".getMax()", highest},                       \
      {prim " getMin()", min<kind>, "The smallest.", values ".getMin()", lowest},                       \
      {wide " getSum()", sum<kind>, "The sum.", values ".getSum()", total},

constexpr MethodRow kInts[] = {STATISTICS(Kind::kInt, "IntSummaryStatistics", "int", "long",
                                          "IntStream.range(1, 3).summaryStatistics()", "1", "2", "3")};
constexpr MethodRow kLongs[] = {STATISTICS(Kind::kLong, "LongSummaryStatistics", "long", "long",
                                           "LongStream.range(1L, 3L).summaryStatistics()", "1", "2", "3")};
constexpr MethodRow kDoubles[] = {STATISTICS(Kind::kDouble, "DoubleSummaryStatistics", "double", "double",
                                             "DoubleStream.of(new double[] {1.0, 2.0}).summaryStatistics()", "1.0",
                                             "2.0", "3.0")};
#undef STATISTICS

constexpr ClassRow kRows[] = {
    {"java.util.IntSummaryStatistics", "IntConsumer", "Count, sum, mean and ends of ints.", kInts},
    {"java.util.LongSummaryStatistics", "LongConsumer,IntConsumer", "Count, sum, mean and ends of longs.", kLongs},
    {"java.util.DoubleSummaryStatistics", "DoubleConsumer", "Count, sum, mean and ends of doubles.", kDoubles},
};

template <Kind kKind>
Value summary(Machine& machine, const ArrayList& numbers) {
  auto* made_of = machine.heap().make<Statistics<kKind>>();
  for (std::uint32_t i = 0; i < numbers.count; ++i) made_of->accept(numbers.items[i]);
  return made(made_of);
}
template <Kind kKind>
Value collector(Machine& machine, const Value& function) {
  static const Class* const cls = Registry::get().class_named("java.util.stream.Collector");
  return made(machine.heap().make<Summarizing<kKind>>(cls, function));
}

}  // namespace

Value summarize(Machine& machine, Kind kind, const ArrayList& numbers) {
  if (kind == Kind::kInt) return summary<Kind::kInt>(machine, numbers);
  return kind == Kind::kLong ? summary<Kind::kLong>(machine, numbers) : summary<Kind::kDouble>(machine, numbers);
}

Value summarizing(Machine& machine, Kind kind, const Value& function) {
  if (missing(machine, function)) return Value::error();
  if (kind == Kind::kInt) return collector<Kind::kInt>(machine, function);
  return kind == Kind::kLong ? collector<Kind::kLong>(machine, function) : collector<Kind::kDouble>(machine, function);
}

std::span<const ClassRow> statistics_family() { return kRows; }

}  // namespace sluice::painless::api
