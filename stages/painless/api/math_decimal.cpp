#include "pipeline/base/java_number_text.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/math_natives.h"

namespace sluice::painless::api {

namespace {

using math::Decimal;
using math::MathContext;
using math::RoundingMode;

/// What all methods have that may be given a MathContext: the method of one, and the method of two arguments.
template <Decimal (Decimal::*kMethod)(const Decimal&) const>
constexpr Native kPlain = call<kMethod>;
template <Decimal (Decimal::*kMethod)(const Decimal&, const MathContext&) const>
constexpr Native kRounded = call<kMethod>;

template <int kBits>
Value value_exact(Machine& machine, const Value* args) {
  const Value value = call<[](const Decimal& of) { return of.value_exact(kBits); }>(machine, args);
  if (value.is_error()) return value;
  return kBits == 8    ? Value::of_byte(static_cast<std::int8_t>(value.i))
         : kBits == 16 ? Value::of_short(static_cast<std::int16_t>(value.i))
                       : Value::of_int(static_cast<Int>(value.i));
}

Value divide_and_remainder(Machine& machine, const Value* args) {
  return call<[](Machine& with, const Decimal& of, const Decimal& by) {
    return make_pair(with, known().big_decimal, of.divide_and_remainder(by));
  }>(machine, args);
}
Value divide_and_remainder_rounded(Machine& machine, const Value* args) {
  return call<[](Machine& with, const Decimal& of, const Decimal& by, const MathContext& context) {
    return make_pair(with, known().big_decimal, of.divide_and_remainder(by, context));
  }>(machine, args);
}

/// The one of the two that `before` picks: an object of the script, not a copy.
template <bool (*kFirst)(int)>
Value one_of(Machine& machine, const Value* args) {
  return call<[](const Value& left, const Value& right) {
    if (right.is_null()) fail_null();
    return kFirst(object<BigDecimal>(left).value.compare_to(object<BigDecimal>(right).value)) ? left : right;
  }>(machine, args);
}

Decimal value_of(const Value& value) {
  if (!std::isfinite(value.d)) time::fail(time::DateTimeError::kNumberFormat, "Infinite or NaN");
  return Decimal::parse(java_double_text(value.d));
}

constexpr MethodRow kBigDecimal[] = {
    {"const BigDecimal ZERO", call<[]() { return Decimal(); }>, "0.", "BigDecimal.ZERO", "0"},
    {"const BigDecimal ONE", call<[]() { return Decimal(1); }>, "1.", "BigDecimal.ONE", "1"},
    {"const BigDecimal TEN", call<[]() { return Decimal(10); }>, "10.", "BigDecimal.TEN", "10"},
    {"new(String)", call<[](std::string_view text) { return Decimal::parse(text); }>, "Reads a number.",
     "new BigDecimal('1.50e3')", "1.50E+3"},
    {"new(String,MathContext)",
     call<[](std::string_view text, const MathContext& context) { return Decimal::parse(text, context); }>,
     "Reads a number and rounds it.", "new BigDecimal('123.456', new MathContext(4))", "123.5"},
    {"BigDecimal abs()", call<&Decimal::abs>, "Without its sign.", "new BigDecimal('-1.5').abs()", "1.5"},
    {"BigDecimal abs(MathContext)",
     call<[](const Decimal& of, const MathContext& context) { return of.abs().round(context); }>,
     "Without its sign, rounded.", "new BigDecimal('-1.56').abs(new MathContext(2))", "1.6"},
    {"BigDecimal add(BigDecimal)", kPlain<&Decimal::add>, "The sum.",
     "new BigDecimal('1.5').add(new BigDecimal('2.25'))", "3.75"},
    {"BigDecimal add(BigDecimal,MathContext)", kRounded<&Decimal::add>, "The sum, rounded.",
     "new BigDecimal('1.5').add(new BigDecimal('2.25'), new MathContext(2))", "3.8"},
    {"byte byteValueExact()", value_exact<8>, "The number as a byte, if it is one.",
     "new BigDecimal('128').byteValueExact()", "arithmetic_exception: Overflow"},
    {"int compareTo(BigDecimal)", call<&Decimal::compare_to>, "-1, 0 or 1; 2.0 and 2.00 are the same.",
     "new BigDecimal('2.0').compareTo(new BigDecimal('2.00'))", "0"},
    {"BigDecimal divide(BigDecimal)", kPlain<&Decimal::divide>, "The quotient with all its digits.",
     "BigDecimal.ONE.divide(new BigDecimal('3'))",
     "arithmetic_exception: Non-terminating decimal expansion; no exact representable decimal result."},
    {"BigDecimal divide(BigDecimal,MathContext)", kRounded<&Decimal::divide>, "The quotient, rounded.",
     "BigDecimal.ONE.divide(new BigDecimal('3'), MathContext.DECIMAL32)", "0.3333333"},
    {"BigDecimal[] divideAndRemainder(BigDecimal)", divide_and_remainder, "The whole quotient and what is left.",
     "BigDecimal.TEN.divideAndRemainder(new BigDecimal('3'))[1]", "1"},
    {"BigDecimal[] divideAndRemainder(BigDecimal,MathContext)", divide_and_remainder_rounded,
     "The whole quotient, if it has no more digits than that, and what is left.",
     "BigDecimal.TEN.divideAndRemainder(new BigDecimal('3'), MathContext.DECIMAL32)[0]", "3"},
    {"BigDecimal divideToIntegralValue(BigDecimal)", kPlain<&Decimal::divide_to_integral>, "The whole quotient.",
     "BigDecimal.TEN.divideToIntegralValue(new BigDecimal('3'))", "3"},
    {"BigDecimal divideToIntegralValue(BigDecimal,MathContext)", kRounded<&Decimal::divide_to_integral>,
     "The whole quotient, if it has no more digits than that.",
     "new BigDecimal('1000').divideToIntegralValue(new BigDecimal('3'), new MathContext(2))",
     "arithmetic_exception: Division impossible"},
    {"int intValueExact()", value_exact<32>, "The number as an int, if it is one.",
     "new BigDecimal('1.5').intValueExact()", "arithmetic_exception: Rounding necessary"},
    {"long longValueExact()", call<&Decimal::long_value_exact>, "The number as a long, if it is one.",
     "new BigDecimal('1e3').longValueExact()", "1000"},
    {"BigDecimal max(BigDecimal)", one_of<[](int order) { return order >= 0; }>, "The larger one.",
     "BigDecimal.ONE.max(BigDecimal.TEN)", "10"},
    {"BigDecimal min(BigDecimal)", one_of<[](int order) { return order <= 0; }>, "The smaller one.",
     "BigDecimal.ONE.min(BigDecimal.TEN)", "1"},
    {"BigDecimal movePointLeft(int)", call<&Decimal::move_point_left>, "With the point so many places further left.",
     "new BigDecimal('12.5').movePointLeft(3)", "0.0125"},
    {"BigDecimal movePointRight(int)", call<&Decimal::move_point_right>, "With the point so many places further right.",
     "new BigDecimal('12.5').movePointRight(3)", "12500"},
    {"BigDecimal multiply(BigDecimal)", kPlain<&Decimal::multiply>, "The product.",
     "new BigDecimal('1.5').multiply(new BigDecimal('2.50'))", "3.750"},
    {"BigDecimal multiply(BigDecimal,MathContext)", kRounded<&Decimal::multiply>, "The product, rounded.",
     "new BigDecimal('1.5').multiply(new BigDecimal('2.50'), new MathContext(2))", "3.8"},
    {"BigDecimal negate()", call<&Decimal::negate>, "With the other sign.", "new BigDecimal('1.5').negate()", "-1.5"},
    {"BigDecimal negate(MathContext)",
     call<[](const Decimal& of, const MathContext& context) { return of.negate().round(context); }>,
     "With the other sign, rounded.", "new BigDecimal('1.56').negate(new MathContext(2))", "-1.6"},
    {"BigDecimal plus()", call<[](const Decimal& of) { return of; }>, "The number.", "new BigDecimal('1.50').plus()",
     "1.50"},
    {"BigDecimal plus(MathContext)", call<&Decimal::round>, "The number, rounded.",
     "new BigDecimal('1.56').plus(new MathContext(2))", "1.6"},
    {"BigDecimal pow(int)", call<[](const Decimal& of, Int exponent) { return of.pow(exponent); }>, "The power.",
     "new BigDecimal('1.5').pow(3)", "3.375"},
    {"BigDecimal pow(int,MathContext)",
     call<[](const Decimal& of, Int exponent, const MathContext& context) { return of.pow(exponent, context); }>,
     "The power, rounded.", "new BigDecimal('2').pow(-2, MathContext.DECIMAL32)", "0.25"},
    {"int precision()", call<&Decimal::precision>, "How many digits it has.", "new BigDecimal('1.50').precision()",
     "3"},
    {"BigDecimal remainder(BigDecimal)", kPlain<&Decimal::remainder>, "What is left of a whole division.",
     "new BigDecimal('-7.5').remainder(new BigDecimal('2'))", "-1.5"},
    {"BigDecimal remainder(BigDecimal,MathContext)", kRounded<&Decimal::remainder>,
     "What is left of a whole division of so many digits.",
     "new BigDecimal('7.5').remainder(new BigDecimal('2'), MathContext.DECIMAL32)", "1.5"},
    {"BigDecimal round(MathContext)", call<&Decimal::round>, "The number, rounded.",
     "new BigDecimal('99.96').round(new MathContext(3))", "100"},
    {"int scale()", call<&Decimal::scale>, "How many of the digits are behind the point.",
     "new BigDecimal('1.50').scale()", "2"},
    {"BigDecimal scaleByPowerOfTen(int)", call<&Decimal::scale_by_power_of_ten>, "Times a power of ten.",
     "new BigDecimal('1.5').scaleByPowerOfTen(3)", "1.5E+3"},
    {"BigDecimal setScale(int)", call<[](const Decimal& of, Int scale) { return of.with_scale(scale); }>,
     "With so many digits behind the point.", "new BigDecimal('1.5').setScale(3)", "1.500"},
    {"BigDecimal setScale(int,RoundingMode)",
     call<[](const Decimal& of, Int scale, RoundingMode mode) { return of.with_scale(scale, mode); }>,
     "Rounded to so many digits behind the point.", "new BigDecimal('1.45').setScale(1, RoundingMode.HALF_UP)", "1.5"},
    {"short shortValueExact()", value_exact<16>, "The number as a short, if it is one.",
     "new BigDecimal('300').shortValueExact()", "300"},
    {"int signum()", call<&Decimal::signum>, "-1, 0 or 1.", "new BigDecimal('-1.5').signum()", "-1"},
    {"BigDecimal stripTrailingZeros()", call<&Decimal::strip_trailing_zeros>, "Without zeros at its end.",
     "new BigDecimal('1500.00').stripTrailingZeros()", "1.5E+3"},
    {"BigDecimal subtract(BigDecimal)", kPlain<&Decimal::subtract>, "The difference.",
     "new BigDecimal('1.5').subtract(new BigDecimal('2.25'))", "-0.75"},
    {"BigDecimal subtract(BigDecimal,MathContext)", kRounded<&Decimal::subtract>, "The difference, rounded.",
     "new BigDecimal('1.5').subtract(new BigDecimal('2.25'), new MathContext(1))", "-0.8"},
    {"BigInteger toBigInteger()", call<[](const Decimal& of) { return of.to_integer(); }>, "The integer, cut off.",
     "new BigDecimal('-1.9').toBigInteger()", "-1"},
    {"BigInteger toBigIntegerExact()",
     call<[](const Decimal& of) { return of.to_integer(RoundingMode::kUnnecessary); }>, "The integer, if it is one.",
     "new BigDecimal('1.5').toBigIntegerExact()", "arithmetic_exception: Rounding necessary"},
    {"String toEngineeringString()", call<&Decimal::to_engineering_string>,
     "Its text, exponents being multiples of three.", "new BigDecimal('1.5e7').toEngineeringString()", "15E+6"},
    {"String toPlainString()", call<&Decimal::to_plain_string>, "Its text without an exponent.",
     "new BigDecimal('1.5e7').toPlainString()", "15000000"},
    {"BigDecimal ulp()", call<&Decimal::ulp>, "One in its last digit.", "new BigDecimal('1.50').ulp()", "0.01"},
    {"static BigDecimal valueOf(double)", call<value_of>, "The number as it is printed.", "BigDecimal.valueOf(0.1)",
     "0.1"},
};

constexpr ClassRow kRows[] = {
    {"java.math.BigDecimal", "Number,Comparable", "A decimal number of any size.", kBigDecimal},
};

}  // namespace

std::span<const ClassRow> math_decimal_family() { return kRows; }

}  // namespace sluice::painless::api
