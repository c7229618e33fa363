#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

namespace {

Value comparator(Machine& machine, Function::Body body, std::initializer_list<Value> parts) {
  auto* function = machine.heap().make<Function>(known().comparator, body);
  Value* captures = machine.heap().array<Value>(parts.size());
  std::copy(parts.begin(), parts.end(), captures);
  function->captures = captures;
  function->captured = static_cast<std::uint32_t>(parts.size());
  return made(function);
}

Value order_of(Machine& machine, std::int32_t order) {
  return machine.failed() ? Value::error() : Value::of_int(order);
}

/// By a comparator, or by the natural order where there is none.
std::int32_t compare_by(Machine& machine, const Value& by, const Value& a, const Value& b) {
  return by.is_null() ? machine.compare(a, b) : call_int(machine, by, a, b);
}

Value natural(Machine& machine, const Function&, const Value* a, std::size_t) {
  return order_of(machine, machine.compare(a[0], a[1]));
}
Value reverse(Machine& machine, const Function& self, const Value* a, std::size_t) {
  return order_of(machine, compare_by(machine, self.captures[0], a[1], a[0]));
}
/// captures: the key's function, the keys' comparator or null.
Value by_key(Machine& machine, const Function& self, const Value* a, std::size_t) {
  const Value left = machine.call(self.captures[0], {a[0]});
  const Value right = left.is_error() ? left : machine.call(self.captures[0], {a[1]});
  if (right.is_error()) return right;
  return order_of(machine, compare_by(machine, self.captures[1], left, right));
}
Value then(Machine& machine, const Function& self, const Value* a, std::size_t) {
  const std::int32_t first = call_int(machine, self.captures[0], a[0], a[1]);
  if (machine.failed() || first != 0) return order_of(machine, first);
  return order_of(machine, call_int(machine, self.captures[1], a[0], a[1]));
}
/// captures: the others' comparator, whether nulls come first.
Value with_nulls(Machine& machine, const Function& self, const Value* a, std::size_t) {
  const bool first = self.captures[1].i != 0;
  if (a[0].is_null() || a[1].is_null()) {
    if (a[0].is_null() && a[1].is_null()) return Value::of_int(0);
    return Value::of_int(a[0].is_null() == first ? -1 : 1);
  }
  return order_of(machine, self.captures[0].is_null() ? 0 : call_int(machine, self.captures[0], a[0], a[1]));
}

Value natural_order(Machine& machine, const Value*) { return comparator(machine, natural, {}); }
Value reverse_order(Machine& machine, const Value*) { return comparator(machine, reverse, {Value::null()}); }
Value reversed(Machine& machine, const Value* a) { return comparator(machine, reverse, {a[0]}); }
Value comparing(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : comparator(machine, by_key, {a[0], Value::null()});
}
Value comparing_by(Machine& machine, const Value* a) {
  return missing(machine, a[0]) || missing(machine, a[1]) ? Value::error() : comparator(machine, by_key, {a[0], a[1]});
}
Value then_comparing(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : comparator(machine, then, {a[0], a[1]});
}
Value then_comparing_key(Machine& machine, const Value* a) {
  const Value second = comparing(machine, a + 1);
  return second.is_error() ? second : comparator(machine, then, {a[0], second});
}
Value then_comparing_key_by(Machine& machine, const Value* a) {
  const Value second = comparing_by(machine, a + 1);
  return second.is_error() ? second : comparator(machine, then, {a[0], second});
}
template <bool kFirst>
Value nulls(Machine& machine, const Value* a) {
  return comparator(machine, with_nulls, {a[0], Value::boolean(kFirst)});
}
Value compare(Machine& machine, const Value* a) { return order_of(machine, call_int(machine, a[0], a[1], a[2])); }

constexpr MethodRow kComparator[] = {
    {"abstract int compare(def,def)", compare, "Less than, equal to or greater than zero.",
     "Comparator.naturalOrder().compare(1, 2)", "-1"},
    {"Comparator reversed()", reversed, "The opposite order.", "Comparator.naturalOrder().reversed().compare(1, 2)",
     "1"},
    {"Comparator thenComparing(Comparator)", then_comparing, "This order, then the other.",
     "Comparator.comparing(x -> 0).thenComparing(Comparator.naturalOrder()).compare(1, 2)", "-1"},
    {"Comparator thenComparing(Function,Comparator)", then_comparing_key_by, "This order, then that of keys.",
     "Comparator.comparing(x -> 0).thenComparing(x -> x, Comparator.reverseOrder()).compare(1, 2)", "1"},
    {"Comparator thenComparingDouble(ToDoubleFunction)", then_comparing_key, "This order, then that of doubles.",
     "Comparator.comparing(x -> 0).thenComparingDouble(x -> x).compare(1, 2)", "-1"},
    {"Comparator thenComparingInt(ToIntFunction)", then_comparing_key, "This order, then that of ints.",
     "Comparator.comparing(x -> 0).thenComparingInt(x -> x).compare(1, 2)", "-1"},
    {"Comparator thenComparingLong(ToLongFunction)", then_comparing_key, "This order, then that of longs.",
     "Comparator.comparing(x -> 0).thenComparingLong(x -> x).compare(1, 2)", "-1"},
    {"static Comparator comparing(Function)", comparing, "By keys.", "Comparator.comparing(x -> -x).compare(1, 2)",
     "1"},
    {"static Comparator comparing(Function,Comparator)", comparing_by, "By keys and their order.",
     "Comparator.comparing(x -> x, Comparator.reverseOrder()).compare(1, 2)", "1"},
    {"static Comparator comparingDouble(ToDoubleFunction)", comparing, "By doubles.",
     "Comparator.comparingDouble(x -> x).compare(1, 2)", "-1"},
    {"static Comparator comparingInt(ToIntFunction)", comparing, "By ints.",
     "Comparator.comparingInt(x -> x).compare(1, 2)", "-1"},
    {"static Comparator comparingLong(ToLongFunction)", comparing, "By longs.",
     "Comparator.comparingLong(x -> x).compare(1, 2)", "-1"},
    {"static Comparator naturalOrder()", natural_order, "The order of the values themselves.",
     "Comparator.naturalOrder().compare('a', 'b')", "-1"},
    {"static Comparator nullsFirst(Comparator)", nulls<true>, "Nulls before everything.",
     "Comparator.nullsFirst(Comparator.naturalOrder()).compare(null, 1)", "-1"},
    {"static Comparator nullsLast(Comparator)", nulls<false>, "Nulls behind everything.",
     "Comparator.nullsLast(Comparator.naturalOrder()).compare(null, 1)", "1"},
    {"static Comparator reverseOrder()", reverse_order, "The opposite of the natural order.",
     "Comparator.reverseOrder().compare(1, 2)", "1"},
};

constexpr ClassRow kRows[] = {{"java.util.Comparator", "", "An order.", kComparator, true}};

}  // namespace

std::span<const ClassRow> comparator_family() { return kRows; }

}  // namespace sluice::painless::api
