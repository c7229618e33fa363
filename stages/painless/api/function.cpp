#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

namespace {

/// `interface.method(...)` of a lambda: calls it.
template <std::size_t kCount>
Value call(Machine& machine, const Value* a) {
  return machine.call(a[0], std::span<const Value>(a + 1, kCount));
}
template <std::size_t kCount, Kind kResult>
Value call_as(Machine& machine, const Value* a) {
  const Value result = call<kCount>(machine, a);
  if (result.is_error() || kResult == Kind::kVoid) return result;
  return machine.convert(result, *Registry::get().of(kResult), false);
}

/// A function made of others, which are its captures.
Value combine(Machine& machine, const Class* interface, Function::Body body, std::initializer_list<Value> parts) {
  auto* function = machine.heap().make<Function>(interface, body);
  Value* captures = machine.heap().array<Value>(parts.size());
  std::copy(parts.begin(), parts.end(), captures);
  function->captures = captures;
  function->captured = static_cast<std::uint32_t>(parts.size());
  return made(function);
}
const Class* interface_named(const char* name) { return Registry::get().class_named(name); }

/// The first function with what came in, then the second with its result.
Value in_turn(Machine& machine, const Function& self, const Value* args, std::size_t count) {
  const Value result = machine.call(self.captures[0], std::span<const Value>(args, count));
  return result.is_error() ? result : machine.call(self.captures[1], {result});
}
Value and_then(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : combine(machine, a[0].o->type, in_turn, {a[0], a[1]});
}
Value compose(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : combine(machine, a[0].o->type, in_turn, {a[1], a[0]});
}
/// Both with what came in.
Value one_after_the_other(Machine& machine, const Function& self, const Value* args, std::size_t count) {
  const std::span<const Value> given(args, count);
  if (machine.call(self.captures[0], given).is_error()) return Value::error();
  return machine.call(self.captures[1], given);
}
Value and_then_consumer(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : combine(machine, a[0].o->type, one_after_the_other, {a[0], a[1]});
}
Value same(Machine&, const Function&, const Value* args, std::size_t) { return args[0]; }
Value identity(Machine& machine, const Value*) { return combine(machine, known().function, same, {}); }

bool test(Machine& machine, const Value& predicate, const Value* args, std::size_t count) {
  const Value result = machine.convert(machine.call(predicate, std::span<const Value>(args, count)),
                                       *Registry::get().of(Kind::kBoolean), false);
  return !result.is_error() && result.i != 0;
}
Value both(Machine& machine, const Function& self, const Value* args, std::size_t count) {
  const bool fits = test(machine, self.captures[0], args, count) && test(machine, self.captures[1], args, count);
  return machine.failed() ? Value::error() : Value::boolean(fits);
}
Value either(Machine& machine, const Function& self, const Value* args, std::size_t count) {
  const bool fits = test(machine, self.captures[0], args, count) ||
                    (!machine.failed() && test(machine, self.captures[1], args, count));
  return machine.failed() ? Value::error() : Value::boolean(fits);
}
Value neither(Machine& machine, const Function& self, const Value* args, std::size_t count) {
  const bool fits = test(machine, self.captures[0], args, count);
  return machine.failed() ? Value::error() : Value::boolean(!fits);
}
Value equal_to(Machine& machine, const Function& self, const Value* args, std::size_t) {
  const bool same_value = machine.equals(self.captures[0], args[0]);
  return machine.failed() ? Value::error() : Value::boolean(same_value);
}
template <Function::Body kBody>
Value joined(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : combine(machine, a[0].o->type, kBody, {a[0], a[1]});
}
Value negate(Machine& machine, const Value* a) { return combine(machine, a[0].o->type, neither, {a[0]}); }
Value is_equal(Machine& machine, const Value* a) {
  return combine(machine, interface_named("java.util.function.Predicate"), equal_to, {a[0]});
}
template <bool kMax>
Value pick(Machine& machine, const Function& self, const Value* args, std::size_t) {
  const std::int32_t order = call_int(machine, self.captures[0], args[0], args[1]);
  if (machine.failed()) return Value::error();
  return (kMax ? order >= 0 : order <= 0) ? args[0] : args[1];
}
template <bool kMax>
Value by_comparator(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  return combine(machine, interface_named("java.util.function.BinaryOperator"), pick<kMax>, {a[0]});
}

constexpr MethodRow kFunction[] = {
    {"abstract def apply(def)", call<1>, "Calls it.", "Function.identity().apply(5)", "5"},
    {"Function andThen(Function)", and_then, "This one, then the other.",
     "Function.identity().andThen(x -> x + 1).apply(5)", "6"},
    {"Function compose(Function)", compose, "The other one, then this.",
     "Function.identity().compose(x -> x + 1).apply(5)", "6"},
    {"static Function identity()", identity, "What gives back what it is given.", "Function.identity().apply(7)", "7"},
};
constexpr MethodRow kBiFunction[] = {
    {"abstract def apply(def,def)", call<2>, "Calls it.", "", ""},
    {"BiFunction andThen(Function)", and_then, "This one, then the other.", "", ""},
};
constexpr MethodRow kUnaryOperator[] = {
    {"static UnaryOperator identity()", identity, "What gives back what it is given.",
     "UnaryOperator.identity().apply(7)", "7"},
};
constexpr MethodRow kBinaryOperator[] = {
    {"static BinaryOperator maxBy(Comparator)", by_comparator<true>, "The larger of two.",
     "BinaryOperator.maxBy(Comparator.naturalOrder()).apply(1, 2)", "2"},
    {"static BinaryOperator minBy(Comparator)", by_comparator<false>, "The smaller of two.",
     "BinaryOperator.minBy(Comparator.naturalOrder()).apply(1, 2)", "1"},
};
constexpr MethodRow kSupplier[] = {{"abstract def get()", call<0>, "Calls it.", "", ""}};
constexpr MethodRow kConsumer[] = {
    {"abstract void accept(def)", call<1>, "Calls it.", "", ""},
    {"Consumer andThen(Consumer)", and_then_consumer, "This one, then the other.", "", ""},
};
constexpr MethodRow kBiConsumer[] = {
    {"abstract void accept(def,def)", call<2>, "Calls it.", "", ""},
    {"BiConsumer andThen(BiConsumer)", and_then_consumer, "This one, then the other.", "", ""},
};
constexpr MethodRow kPredicate[] = {
    {"abstract boolean test(def)", call_as<1, Kind::kBoolean>, "Calls it.", "Predicate.isEqual(1).test(1)", "true"},
    {"Predicate and(Predicate)", joined<both>, "Both.", "Predicate.isEqual(1).and(x -> x > 1).test(1)", "false"},
    {"Predicate negate()", negate, "Not this one.", "Predicate.isEqual(1).negate().test(1)", "false"},
    {"Predicate or(Predicate)", joined<either>, "Either.", "Predicate.isEqual(1).or(x -> x > 1).test(2)", "true"},
    {"static Predicate isEqual(def)", is_equal, "What tests whether something is equal.",
     "Predicate.isEqual(1).test(2)", "false"},
};
constexpr MethodRow kBiPredicate[] = {
    {"abstract boolean test(def,def)", call_as<2, Kind::kBoolean>, "Calls it.", "", ""},
    {"BiPredicate and(BiPredicate)", joined<both>, "Both.", "", ""},
    {"BiPredicate negate()", negate, "Not this one.", "", ""},
    {"BiPredicate or(BiPredicate)", joined<either>, "Either.", "", ""},
};

#define CALLS(name, signature, count, kind) \
  constexpr MethodRow name[] = {{"abstract " signature, call_as<count, Kind::kind>, "Calls it.", "", ""}};
CALLS(kToInt, "int applyAsInt(def)", 1, kInt)
CALLS(kToLong, "long applyAsLong(def)", 1, kLong)
CALLS(kToDouble, "double applyAsDouble(def)", 1, kDouble)
CALLS(kToIntBi, "int applyAsInt(def,def)", 2, kInt)
CALLS(kToLongBi, "long applyAsLong(def,def)", 2, kLong)
CALLS(kToDoubleBi, "double applyAsDouble(def,def)", 2, kDouble)
CALLS(kIntFunction, "def apply(int)", 1, kVoid)
CALLS(kLongFunction, "def apply(long)", 1, kVoid)
CALLS(kDoubleFunction, "def apply(double)", 1, kVoid)
CALLS(kIntPredicate, "boolean test(int)", 1, kBoolean)
CALLS(kLongPredicate, "boolean test(long)", 1, kBoolean)
CALLS(kDoublePredicate, "boolean test(double)", 1, kBoolean)
CALLS(kIntUnary, "int applyAsInt(int)", 1, kInt)
CALLS(kLongUnary, "long applyAsLong(long)", 1, kLong)
CALLS(kDoubleUnary, "double applyAsDouble(double)", 1, kDouble)
CALLS(kIntBinary, "int applyAsInt(int,int)", 2, kInt)
CALLS(kLongBinary, "long applyAsLong(long,long)", 2, kLong)
CALLS(kDoubleBinary, "double applyAsDouble(double,double)", 2, kDouble)
CALLS(kIntToLong, "long applyAsLong(int)", 1, kLong)
CALLS(kIntToDouble, "double applyAsDouble(int)", 1, kDouble)
CALLS(kLongToInt, "int applyAsInt(long)", 1, kInt)
CALLS(kLongToDouble, "double applyAsDouble(long)", 1, kDouble)
CALLS(kDoubleToInt, "int applyAsInt(double)", 1, kInt)
CALLS(kDoubleToLong, "long applyAsLong(double)", 1, kLong)
CALLS(kIntConsumer, "void accept(int)", 1, kVoid)
CALLS(kLongConsumer, "void accept(long)", 1, kVoid)
CALLS(kDoubleConsumer, "void accept(double)", 1, kVoid)
CALLS(kObjInt, "void accept(def,int)", 2, kVoid)
CALLS(kObjLong, "void accept(def,long)", 2, kVoid)
CALLS(kObjDouble, "void accept(def,double)", 2, kVoid)
CALLS(kBooleanSupplier, "boolean getAsBoolean()", 0, kBoolean)
CALLS(kIntSupplier, "int getAsInt()", 0, kInt)
CALLS(kLongSupplier, "long getAsLong()", 0, kLong)
CALLS(kDoubleSupplier, "double getAsDouble()", 0, kDouble)
#undef CALLS

#define INTERFACE(name, rows) {"java.util.function." name, "", "A function.", rows, true}

constexpr ClassRow kRows[] = {
    INTERFACE("Function", kFunction),
    INTERFACE("BiFunction", kBiFunction),
    {"java.util.function.UnaryOperator", "Function", "A function.", kUnaryOperator, true},
    {"java.util.function.BinaryOperator", "BiFunction", "A function.", kBinaryOperator, true},
    INTERFACE("Supplier", kSupplier),
    INTERFACE("Consumer", kConsumer),
    INTERFACE("BiConsumer", kBiConsumer),
    INTERFACE("Predicate", kPredicate),
    INTERFACE("BiPredicate", kBiPredicate),
    INTERFACE("ToIntFunction", kToInt),
    INTERFACE("ToLongFunction", kToLong),
    INTERFACE("ToDoubleFunction", kToDouble),
    INTERFACE("ToIntBiFunction", kToIntBi),
    INTERFACE("ToLongBiFunction", kToLongBi),
    INTERFACE("ToDoubleBiFunction", kToDoubleBi),
    INTERFACE("IntFunction", kIntFunction),
    INTERFACE("LongFunction", kLongFunction),
    INTERFACE("DoubleFunction", kDoubleFunction),
    INTERFACE("IntPredicate", kIntPredicate),
    INTERFACE("LongPredicate", kLongPredicate),
    INTERFACE("DoublePredicate", kDoublePredicate),
    INTERFACE("IntUnaryOperator", kIntUnary),
    INTERFACE("LongUnaryOperator", kLongUnary),
    INTERFACE("DoubleUnaryOperator", kDoubleUnary),
    INTERFACE("IntBinaryOperator", kIntBinary),
    INTERFACE("LongBinaryOperator", kLongBinary),
    INTERFACE("DoubleBinaryOperator", kDoubleBinary),
    INTERFACE("IntToLongFunction", kIntToLong),
    INTERFACE("IntToDoubleFunction", kIntToDouble),
    INTERFACE("LongToIntFunction", kLongToInt),
    INTERFACE("LongToDoubleFunction", kLongToDouble),
    INTERFACE("DoubleToIntFunction", kDoubleToInt),
    INTERFACE("DoubleToLongFunction", kDoubleToLong),
    INTERFACE("IntConsumer", kIntConsumer),
    INTERFACE("LongConsumer", kLongConsumer),
    INTERFACE("DoubleConsumer", kDoubleConsumer),
    INTERFACE("ObjIntConsumer", kObjInt),
    INTERFACE("ObjLongConsumer", kObjLong),
    INTERFACE("ObjDoubleConsumer", kObjDouble),
    INTERFACE("BooleanSupplier", kBooleanSupplier),
    INTERFACE("IntSupplier", kIntSupplier),
    INTERFACE("LongSupplier", kLongSupplier),
    INTERFACE("DoubleSupplier", kDoubleSupplier),
};

}  // namespace

std::span<const ClassRow> function_family() { return kRows; }

}  // namespace sluice::painless::api
