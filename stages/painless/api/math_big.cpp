#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/big_number.h"

namespace sluice::painless::api {

namespace {

const BigInt& number(const Value& value) { return object<BigInteger>(value).value; }
Value make(Machine& machine, BigInt value) {
  return made(machine.heap().make<BigInteger>(known().big_integer, std::move(value)));
}

std::size_t msb_of(const BigInt& value) { return value == 0 ? 0 : boost::multiprecision::msb(magnitude(value)); }

template <typename F>
Value with(Machine& machine, const Value* a, F&& f) {
  return missing(machine, a[1]) ? Value::error() : make(machine, f(number(a[0]), number(a[1])));
}
Value add(Machine& m, const Value* a) {
  return with(m, a, [](const BigInt& x, const BigInt& y) -> BigInt { return x + y; });
}
Value subtract(Machine& m, const Value* a) {
  return with(m, a, [](const BigInt& x, const BigInt& y) -> BigInt { return x - y; });
}
Value multiply(Machine& m, const Value* a) {
  if (missing(m, a[1])) return Value::error();
  if (!m.afford((msb_of(number(a[0])) + msb_of(number(a[1]))) / 8)) return Value::error();
  return make(m, number(a[0]) * number(a[1]));
}
Value divide(Machine& m, const Value* a) {
  if (missing(m, a[1])) return Value::error();
  if (number(a[1]) == 0) return m.raise(known().arithmetic, "BigInteger divide by zero");
  return make(m, number(a[0]) / number(a[1]));
}
Value remainder(Machine& m, const Value* a) {
  if (missing(m, a[1])) return Value::error();
  if (number(a[1]) == 0) return m.raise(known().arithmetic, "BigInteger divide by zero");
  return make(m, number(a[0]) % number(a[1]));
}
Value mod(Machine& m, const Value* a) {
  if (missing(m, a[1])) return Value::error();
  if (number(a[1]) <= 0) return m.raise(known().arithmetic, "BigInteger: modulus not positive");
  BigInt rest = number(a[0]) % number(a[1]);
  if (rest < 0) rest += number(a[1]);
  return make(m, std::move(rest));
}
Value negate(Machine& m, const Value* a) { return make(m, -number(a[0])); }
Value absolute(Machine& m, const Value* a) { return make(m, magnitude(number(a[0]))); }
Value signum(Machine&, const Value* a) { return Value::of_int(number(a[0]).sign()); }
Value max(Machine& m, const Value* a) {
  return missing(m, a[1]) ? Value::error() : number(a[0]) >= number(a[1]) ? a[0] : a[1];
}
Value min(Machine& m, const Value* a) {
  return missing(m, a[1]) ? Value::error() : number(a[0]) <= number(a[1]) ? a[0] : a[1];
}
Value compare_to(Machine& m, const Value* a) {
  return missing(m, a[1]) ? Value::error() : Value::of_int(number(a[0]).compare(number(a[1])));
}
Value of_long(Machine& m, const Value* a) { return make(m, BigInt(a[0].i)); }
Value parse(Machine& m, const Value* a) {
  if (missing(m, a[0])) return Value::error();
  std::string_view digits = text(a[0]);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty()) return m.raise(known().number_format, "Zero length BigInteger");
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return m.raise(known().number_format, "For input string: \"" + std::string(text(a[0])) + "\"");
  }
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return make_big_integer(m, (negative ? "-" : "") + std::string(digits.substr(first)));
}
Value zero(Machine& m, const Value*) { return make(m, 0); }
Value one(Machine& m, const Value*) { return make(m, 1); }
Value ten(Machine& m, const Value*) { return make(m, 10); }

constexpr MethodRow kBigInteger[] = {
    {"const BigInteger ZERO", zero, "0.", "BigInteger.ZERO", "0"},
    {"const BigInteger ONE", one, "1.", "BigInteger.ONE", "1"},
    {"const BigInteger TEN", ten, "10.", "BigInteger.TEN", "10"},
    {"new(String)", parse, "Reads a number.", "new BigInteger('12345678901234567890')", "12345678901234567890"},
    {"BigInteger abs()", absolute, "Without its sign.", "new BigInteger('-5').abs()", "5"},
    {"BigInteger add(BigInteger)", add, "The sum.", "BigInteger.ONE.add(BigInteger.TEN)", "11"},
    {"int compareTo(BigInteger)", compare_to, "-1, 0 or 1.", "BigInteger.ONE.compareTo(BigInteger.TEN)", "-1"},
    {"BigInteger divide(BigInteger)", divide, "The quotient, cut off.", "BigInteger.TEN.divide(new BigInteger('3'))",
     "3"},
    {"BigInteger max(BigInteger)", max, "The larger one.", "BigInteger.ONE.max(BigInteger.TEN)", "10"},
    {"BigInteger min(BigInteger)", min, "The smaller one.", "BigInteger.ONE.min(BigInteger.TEN)", "1"},
    {"BigInteger mod(BigInteger)", mod, "The remainder that is not negative.",
     "new BigInteger('-1').mod(BigInteger.TEN)", "9"},
    {"BigInteger multiply(BigInteger)", multiply, "The product.", "BigInteger.TEN.multiply(BigInteger.TEN)", "100"},
    {"BigInteger negate()", negate, "With the other sign.", "BigInteger.ONE.negate()", "-1"},
    {"BigInteger remainder(BigInteger)", remainder, "The remainder.", "new BigInteger('-1').remainder(BigInteger.TEN)",
     "-1"},
    {"int signum()", signum, "-1, 0 or 1.", "BigInteger.TEN.signum()", "1"},
    {"BigInteger subtract(BigInteger)", subtract, "The difference.", "BigInteger.TEN.subtract(BigInteger.ONE)", "9"},
    {"static BigInteger valueOf(long)", of_long, "The number of a long.", "BigInteger.valueOf(5L)", "5"},
};

constexpr ClassRow kRows[] = {{"java.math.BigInteger", "Number,Comparable", "An integer of any size.", kBigInteger}};

}  // namespace

std::span<const ClassRow> math_big_family() { return kRows; }

}  // namespace sluice::painless::api
