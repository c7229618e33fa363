#include "stages/painless/api/families.h"
#include "stages/painless/api/math_natives.h"
#include "stages/painless/math/integer.h"

namespace sluice::painless::api {

namespace {

namespace integer = math::integer;

template <int kBits>
constexpr std::string_view kTypeOfBits = kBits == 8    ? "byte"
                                         : kBits == 16 ? "short"
                                         : kBits == 32 ? "int"
                                                       : "long";

/// BigInteger.xValueExact() of a type with so many bits.
template <int kBits>
Value value_exact(Machine& machine, const Value* args) {
  Value value =
      call<[](const BigInt& of) { return integer::value_exact(of, kBits, kTypeOfBits<kBits>); }>(machine, args);
  if (value.is_error()) return value;
  value.tag = kBits == 8 ? Tag::kByte : kBits == 16 ? Tag::kShort : kBits == 32 ? Tag::kInt : Tag::kLong;
  return value;
}

Value divide_and_remainder(Machine& machine, const Value* args) {
  return call<[](Machine& with, const BigInt& of, const BigInt& by) {
    return make_pair(with, known().big_integer, integer::divide_and_remainder(of, by));
  }>(machine, args);
}

/// The one of the two that is larger, or smaller: an object of the script, not a copy.
template <bool kLarger>
Value one_of(Machine& machine, const Value* args) {
  return call<[](const Value& left, const Value& right) {
    if (right.is_null()) fail_null();
    const int order = object<BigInteger>(left).value.compare(object<BigInteger>(right).value);
    return (kLarger ? order >= 0 : order <= 0) ? left : right;
  }>(machine, args);
}

Value to_byte_array(Machine& machine, const Value* args) {
  const std::vector<std::int8_t> bytes = integer::to_bytes(object<BigInteger>(args[0]).value);
  if (!machine.afford(bytes.size() * sizeof(Value))) return Value::error();
  auto* items = machine.heap().array<Value>(bytes.size());
  for (std::size_t each = 0; each < bytes.size(); ++each) items[each] = Value::of_byte(bytes[each]);
  const Type* type = Registry::get().array_of(Registry::get().of(Kind::kByte));
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(bytes.size()), items));
}

constexpr MethodRow kBigInteger[] = {
    {"const BigInteger ZERO", call<[]() { return BigInt(0); }>, "0.", "BigInteger.ZERO", "0"},
    {"const BigInteger ONE", call<[]() { return BigInt(1); }>, "1.", "BigInteger.ONE", "1"},
    {"const BigInteger TEN", call<[]() { return BigInt(10); }>, "10.", "BigInteger.TEN", "10"},
    {"new(String)", call<[](std::string_view text) { return integer::parse(text); }>, "Reads a number.",
     "new BigInteger('12345678901234567890')", "12345678901234567890"},
    {"new(String,int)", call<&integer::parse>, "Reads a number of a radix.", "new BigInteger('-ff', 16)", "-255"},
    {"BigInteger abs()", call<[](const BigInt& of) -> BigInt { return magnitude(of); }>, "Without its sign.",
     "new BigInteger('-5').abs()", "5"},
    {"BigInteger add(BigInteger)", call<[](const BigInt& left, const BigInt& right) -> BigInt { return left + right; }>,
     "The sum.", "BigInteger.ONE.add(BigInteger.TEN)", "11"},
    {"BigInteger and(BigInteger)", call<&integer::bit_and>, "The bits that both have.",
     "new BigInteger('-6').and(BigInteger.TEN)", "10"},
    {"BigInteger andNot(BigInteger)", call<[](const BigInt& left, const BigInt& right) -> BigInt {
       return integer::bit_and(left, integer::bit_not(right));
     }>,
     "The bits that the other has not.", "BigInteger.TEN.andNot(new BigInteger('3'))", "8"},
    {"int bitCount()", call<&integer::bit_count>, "Bits that differ from the sign.", "BigInteger.TEN.bitCount()", "2"},
    {"int bitLength()", call<&integer::bit_length>, "Bits without the sign.", "BigInteger.TEN.bitLength()", "4"},
    {"byte byteValueExact()", value_exact<8>, "The number as a byte, if it is one.",
     "new BigInteger('128').byteValueExact()", "arithmetic_exception: BigInteger out of byte range"},
    {"BigInteger clearBit(int)", call<[](const BigInt& of, Int place) { return integer::with_bit(of, place, false); }>,
     "Without a bit.", "BigInteger.TEN.clearBit(1)", "8"},
    {"int compareTo(BigInteger)",
     call<[](const BigInt& left, const BigInt& right) { return Int{left.compare(right)}; }>, "-1, 0 or 1.",
     "BigInteger.ONE.compareTo(BigInteger.TEN)", "-1"},
    {"BigInteger divide(BigInteger)", call<[](const BigInt& left, const BigInt& right) -> BigInt {
       return integer::divide_and_remainder(left, right).first;
     }>,
     "The quotient, cut off.", "BigInteger.TEN.divide(new BigInteger('3'))", "3"},
    {"BigInteger[] divideAndRemainder(BigInteger)", divide_and_remainder, "The quotient, cut off, and the remainder.",
     "BigInteger.TEN.divideAndRemainder(new BigInteger('3'))[1]", "1"},
    {"BigInteger flipBit(int)",
     call<[](const BigInt& of, Int place) { return integer::with_bit(of, place, !integer::test_bit(of, place)); }>,
     "With the other bit.", "BigInteger.TEN.flipBit(0)", "11"},
    {"BigInteger gcd(BigInteger)",
     call<[](const BigInt& left, const BigInt& right) -> BigInt { return gcd(magnitude(left), magnitude(right)); }>,
     "The greatest common divisor.", "BigInteger.TEN.gcd(new BigInteger('4'))", "2"},
    {"int getLowestSetBit()", call<&integer::lowest_set_bit>, "The place of the lowest bit; -1: there is none.",
     "BigInteger.TEN.getLowestSetBit()", "1"},
    {"int intValueExact()", value_exact<32>, "The number as an int, if it is one.", "BigInteger.TEN.intValueExact()",
     "10"},
    {"long longValueExact()", value_exact<64>, "The number as a long, if it is one.",
     "new BigInteger('9223372036854775808').longValueExact()", "arithmetic_exception: BigInteger out of long range"},
    {"BigInteger max(BigInteger)", one_of<true>, "The larger one.", "BigInteger.ONE.max(BigInteger.TEN)", "10"},
    {"BigInteger min(BigInteger)", one_of<false>, "The smaller one.", "BigInteger.ONE.min(BigInteger.TEN)", "1"},
    {"BigInteger mod(BigInteger)", call<&integer::mod>, "The remainder that is not negative.",
     "new BigInteger('-1').mod(BigInteger.TEN)", "9"},
    {"BigInteger modInverse(BigInteger)", call<&integer::mod_inverse>, "What makes 1 of it in a modulus.",
     "new BigInteger('3').modInverse(BigInteger.TEN)", "7"},
    {"BigInteger modPow(BigInteger,BigInteger)", call<&integer::mod_pow>, "The power in a modulus.",
     "new BigInteger('3').modPow(new BigInteger('100'), BigInteger.TEN)", "1"},
    {"BigInteger multiply(BigInteger)", call<&integer::multiply>, "The product.",
     "BigInteger.TEN.multiply(BigInteger.TEN)", "100"},
    {"BigInteger negate()", call<[](const BigInt& of) -> BigInt { return -of; }>, "With the other sign.",
     "BigInteger.ONE.negate()", "-1"},
    {"BigInteger not()", call<&integer::bit_not>, "All bits turned.", "BigInteger.TEN.not()", "-11"},
    {"BigInteger or(BigInteger)", call<&integer::bit_or>, "The bits that one of them has.",
     "BigInteger.TEN.or(BigInteger.ONE)", "11"},
    {"BigInteger pow(int)", call<&integer::pow>, "The power.", "BigInteger.TEN.pow(20)", "100000000000000000000"},
    {"BigInteger remainder(BigInteger)", call<[](const BigInt& left, const BigInt& right) -> BigInt {
       return integer::divide_and_remainder(left, right).second;
     }>,
     "The remainder.", "new BigInteger('-1').remainder(BigInteger.TEN)", "-1"},
    {"BigInteger setBit(int)", call<[](const BigInt& of, Int place) { return integer::with_bit(of, place, true); }>,
     "With a bit.", "BigInteger.TEN.setBit(0)", "11"},
    {"BigInteger shiftLeft(int)", call<[](const BigInt& of, Int places) { return integer::shift_left(of, places); }>,
     "Times a power of two.", "BigInteger.ONE.shiftLeft(70)", "1180591620717411303424"},
    {"BigInteger shiftRight(int)",
     call<[](const BigInt& of, Int places) { return integer::shift_left(of, -Long{places}); }>,
     "Divided by a power of two, rounded down.", "new BigInteger('-5').shiftRight(1)", "-3"},
    {"short shortValueExact()", value_exact<16>, "The number as a short, if it is one.",
     "new BigInteger('300').shortValueExact()", "300"},
    {"int signum()", call<[](const BigInt& of) { return Int{of.sign()}; }>, "-1, 0 or 1.", "BigInteger.TEN.signum()",
     "1"},
    {"BigInteger subtract(BigInteger)",
     call<[](const BigInt& left, const BigInt& right) -> BigInt { return left - right; }>, "The difference.",
     "BigInteger.TEN.subtract(BigInteger.ONE)", "9"},
    {"boolean testBit(int)", call<&integer::test_bit>, "Whether it has a bit.", "BigInteger.TEN.testBit(1)", "true"},
    {"byte[] toByteArray()", to_byte_array, "Its bytes, the highest first.",
     "new BigInteger('-129').toByteArray().length", "2"},
    {"String toString(int)", call<&integer::to_text>, "Its digits of a radix.", "new BigInteger('255').toString(16)",
     "ff"},
    {"BigInteger xor(BigInteger)", call<&integer::bit_xor>, "The bits that only one of them has.",
     "BigInteger.TEN.xor(new BigInteger('3'))", "9"},
    {"static BigInteger valueOf(long)", call<[](Long value) { return BigInt(value); }>, "The number of a long.",
     "BigInteger.valueOf(5L)", "5"},
};

constexpr ClassRow kRows[] = {{"java.math.BigInteger", "Number,Comparable", "An integer of any size.", kBigInteger}};

}  // namespace

std::span<const ClassRow> math_big_family() { return kRows; }

}  // namespace sluice::painless::api
