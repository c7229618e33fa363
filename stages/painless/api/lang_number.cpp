#include <bit>
#include <limits>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/run/big_number.h"
#include "stages/painless/run/number_text.h"

namespace sluice::painless::api {

namespace {

/// Number.xValue().
template <Kind kKind>
Value number_value(Machine& machine, const Value* args) {
  if (is_big_number(args[0])) {
    constexpr Tag kTag = kKind == Kind::kDouble  ? Tag::kDouble
                         : kKind == Kind::kFloat ? Tag::kFloat
                         : kKind == Kind::kLong  ? Tag::kLong
                                                 : Tag::kInt;
    return convert_primitive(big_number_as(args[0], kTag), kKind);
  }
  return machine.convert(args[0], *Registry::get().of(kKind), true);
}

constexpr MethodRow kNumber[] = {
    {"byte byteValue()", number_value<Kind::kByte>, "The number as a byte, cut off.", "def x = 300; x.byteValue()",
     "44"},
    {"short shortValue()", number_value<Kind::kShort>, "The number as a short, cut off.",
     "def x = 70000; x.shortValue()", "4464"},
    {"int intValue()", number_value<Kind::kInt>, "The number as an int, cut off.", "def x = 1.9; x.intValue()", "1"},
    {"long longValue()", number_value<Kind::kLong>, "The number as a long, cut off.", "def x = 1.9; x.longValue()",
     "1"},
    {"float floatValue()", number_value<Kind::kFloat>, "The number as a float.", "def x = 1; x.floatValue()", "1.0"},
    {"double doubleValue()", number_value<Kind::kDouble>, "The number as a double.", "def x = 1; x.doubleValue()",
     "1.0"},
};

Value bad_number(Machine& machine, const std::string& text, int radix) {
  std::string reason = "For input string: \"" + text + "\"";
  if (radix != 10) reason += " under radix " + std::to_string(radix);
  return machine.raise(known().number_format, reason);
}

Value parse(Machine& machine, const Value& text_value, std::int64_t radix, std::int64_t min, std::int64_t max,
            Tag tag) {
  if (text_value.is_null()) {
    return machine.raise(known().number_format,
                         tag == Tag::kLong ? "Cannot parse null string" : "Cannot parse null string: null");
  }
  const std::string given(text(text_value));
  std::int64_t number = 0;
  if (radix < 2 || radix > 36 || !parse_integer(given, static_cast<int>(radix), min, max, number)) {
    return bad_number(machine, given, static_cast<int>(radix));
  }
  Value made_value = Value::of_long(number);
  made_value.tag = tag;
  return made_value;
}

/// What a class of integers is to its rows.
template <typename T, Tag kTag>
struct Whole {
  static constexpr int kBits = sizeof(T) * 8;
  static constexpr std::int64_t kMin =
      kBits == 64 ? std::numeric_limits<std::int64_t>::min() : -(std::int64_t{1} << (kBits - 1));
  static constexpr std::int64_t kMax = std::numeric_limits<T>::max();
  using Bits = std::make_unsigned_t<T>;

  static Value make(T value) {
    Value v = Value::of_long(value);
    v.tag = kTag;
    return v;
  }
  static T of(const Value& value) { return static_cast<T>(value.i); }
  static Bits bits(const Value& value) { return static_cast<Bits>(value.i); }

  static Value min_value(Machine&, const Value*) { return make(std::numeric_limits<T>::min()); }
  static Value max_value(Machine&, const Value*) { return make(std::numeric_limits<T>::max()); }
  static Value size(Machine&, const Value*) { return Value::of_int(sizeof(T) * 8); }
  static Value bytes(Machine&, const Value*) { return Value::of_int(sizeof(T)); }
  static Value compare(Machine&, const Value* a) {
    if (sizeof(T) < 4) return Value::of_int(static_cast<std::int32_t>(a[0].i - a[1].i));
    return Value::of_int(a[0].i < a[1].i ? -1 : static_cast<int>(a[0].i > a[1].i));
  }
  static Value compare_unsigned(Machine&, const Value* a) {
    return Value::of_int(bits(a[0]) < bits(a[1]) ? -1 : static_cast<int>(bits(a[0]) > bits(a[1])));
  }
  static Value compare_to(Machine& machine, const Value* a) {
    return missing(machine, a[1]) ? Value::error() : compare(machine, a);
  }
  static Value parse_text(Machine& m, const Value* a) { return parse(m, a[0], 10, kMin, kMax, kTag); }
  static Value parse_radix(Machine& m, const Value* a) { return parse(m, a[0], a[1].i, kMin, kMax, kTag); }
  static Value parse_unsigned(Machine& m, const Value* a) { return unsigned_of(m, a[0], 10); }
  static Value parse_unsigned_radix(Machine& m, const Value* a) { return unsigned_of(m, a[0], a[1].i); }
  static Value unsigned_of(Machine& m, const Value& given, std::int64_t radix) {
    if (sizeof(T) == 4) {
      const Value wide = parse(m, given, radix, 0, 0xFFFFFFFFLL, kTag);
      return wide.is_error() ? wide : make(static_cast<T>(wide.i));
    }
    return parse(m, given, radix, 0, kMax, kTag);
  }
  static Value decode(Machine& m, const Value* a) {
    if (missing(m, a[0])) return Value::error();
    std::string digits(text(a[0]));
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.erase(0, 1);
    int radix = 10;
    if (digits.starts_with("0x") || digits.starts_with("0X")) {
      radix = 16;
      digits.erase(0, 2);
    } else if (digits.starts_with('#')) {
      radix = 16;
      digits.erase(0, 1);
    } else if (digits.size() > 1 && digits.starts_with('0')) {
      radix = 8;
      digits.erase(0, 1);
    }
    std::int64_t number = 0;
    const bool clean = !digits.starts_with('-') && !digits.starts_with('+');
    if (!clean || !parse_integer((negative ? "-" : "") + digits, radix, kMin, kMax, number)) {
      return bad_number(m, digits, radix);
    }
    return make(static_cast<T>(number));
  }
  static Value value_of(Machine&, const Value* a) { return a[0]; }
  static Value bit_count(Machine&, const Value* a) { return Value::of_int(std::popcount(bits(a[0]))); }
  static Value leading_zeros(Machine&, const Value* a) { return Value::of_int(std::countl_zero(bits(a[0]))); }
  static Value trailing_zeros(Machine&, const Value* a) { return Value::of_int(std::countr_zero(bits(a[0]))); }
  static Value highest_bit(Machine&, const Value* a) { return make(static_cast<T>(std::bit_floor(bits(a[0])))); }
  static Value lowest_bit(Machine&, const Value* a) {
    return make(static_cast<T>(bits(a[0]) & (Bits{0} - bits(a[0]))));
  }
  static Value rotate_left(Machine&, const Value* a) {
    return make(static_cast<T>(std::rotl(bits(a[0]), as_int(a[1]) & 63)));
  }
  static Value rotate_right(Machine&, const Value* a) {
    return make(static_cast<T>(std::rotr(bits(a[0]), as_int(a[1]) & 63)));
  }
  static Value reverse(Machine&, const Value* a) {
    Bits in = bits(a[0]);
    Bits out = 0;
    for (std::size_t i = 0; i < sizeof(T) * 8; ++i, in >>= 1) out = static_cast<Bits>((out << 1) | (in & 1));
    return make(static_cast<T>(out));
  }
  static Value reverse_bytes(Machine&, const Value* a) {
    Bits in = bits(a[0]);
    Bits out = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i, in = static_cast<Bits>(in >> 8)) {
      out = static_cast<Bits>((static_cast<std::uint64_t>(out) << 8) | (in & 0xFF));
    }
    return make(static_cast<T>(out));
  }
  static Value signum(Machine&, const Value* a) {
    return Value::of_int(static_cast<int>(a[0].i > 0) - static_cast<int>(a[0].i < 0));
  }
  static Value max(Machine&, const Value* a) { return a[0].i > a[1].i ? a[0] : a[1]; }
  static Value min(Machine&, const Value* a) { return a[0].i < a[1].i ? a[0] : a[1]; }
  static Value sum(Machine&, const Value* a) {
    return make(static_cast<T>(static_cast<Bits>(bits(a[0]) + bits(a[1]))));
  }
  static Value hash(Machine& m, const Value* a) { return Value::of_int(m.hash(a[0])); }
  static Value divide_unsigned(Machine& m, const Value* a) {
    if (a[1].i == 0) return m.raise(known().arithmetic, "/ by zero");
    return make(static_cast<T>(bits(a[0]) / bits(a[1])));
  }
  static Value remainder_unsigned(Machine& m, const Value* a) {
    if (a[1].i == 0) return m.raise(known().arithmetic, "/ by zero");
    return make(static_cast<T>(bits(a[0]) % bits(a[1])));
  }
  template <int kRadix>
  static Value to_radix(Machine& m, const Value* a) {
    return m.string_value(unsigned_text(bits(a[0]), kRadix));
  }
  static Value to_text(Machine& m, const Value* a) { return m.string_value(integer_text(a[0].i, 10)); }
  static Value to_text_radix(Machine& m, const Value* a) { return m.string_value(integer_text(a[0].i, as_int(a[1]))); }
  static Value to_unsigned_text(Machine& m, const Value* a) { return m.string_value(unsigned_text(bits(a[0]), 10)); }
  static Value to_unsigned_text_radix(Machine& m, const Value* a) {
    return m.string_value(unsigned_text(bits(a[0]), as_int(a[1])));
  }
  static Value to_unsigned_int(Machine&, const Value* a) {
    return Value::of_int(static_cast<std::int32_t>(bits(a[0])));
  }
  static Value to_unsigned_long(Machine&, const Value* a) {
    return Value::of_long(static_cast<std::int64_t>(bits(a[0])));
  }
};

using I = Whole<std::int32_t, Tag::kInt>;
using L = Whole<std::int64_t, Tag::kLong>;
using S = Whole<std::int16_t, Tag::kShort>;
using B = Whole<std::int8_t, Tag::kByte>;

constexpr MethodRow kInteger[] = {
    {"const int MIN_VALUE", I::min_value, "The smallest int.", "Integer.MIN_VALUE", "-2147483648"},
    {"const int MAX_VALUE", I::max_value, "The largest int.", "Integer.MAX_VALUE", "2147483647"},
    {"const int SIZE", I::size, "Bits of an int.", "Integer.SIZE", "32"},
    {"const int BYTES", I::bytes, "Bytes of an int.", "Integer.BYTES", "4"},
    {"int compareTo(Integer)", I::compare_to, "Less than, equal to or greater than zero.", "def x = 1; x.compareTo(2)",
     "-1"},
    {"static int bitCount(int)", I::bit_count, "How many bits are set.", "Integer.bitCount(7)", "3"},
    {"static int compare(int,int)", I::compare, "Less than, equal to or greater than zero.", "Integer.compare(2, 1)",
     "1"},
    {"static int compareUnsigned(int,int)", I::compare_unsigned, "Likewise, without signs.",
     "Integer.compareUnsigned(-1, 1)", "1"},
    {"static Integer decode(String)", I::decode, "Reads 10, 0x1F, #1F or 017.", "Integer.decode('0x1F')", "31"},
    {"static int divideUnsigned(int,int)", I::divide_unsigned, "The quotient without signs.",
     "Integer.divideUnsigned(-1, 2)", "2147483647"},
    {"static int hashCode(int)", I::hash, "The number itself.", "Integer.hashCode(5)", "5"},
    {"static int highestOneBit(int)", I::highest_bit, "Only the highest bit that is set.", "Integer.highestOneBit(10)",
     "8"},
    {"static int lowestOneBit(int)", I::lowest_bit, "Only the lowest bit that is set.", "Integer.lowestOneBit(10)",
     "2"},
    {"static int max(int,int)", I::max, "The larger one.", "Integer.max(1, 2)", "2"},
    {"static int min(int,int)", I::min, "The smaller one.", "Integer.min(1, 2)", "1"},
    {"static int numberOfLeadingZeros(int)", I::leading_zeros, "Zero bits before the first one.",
     "Integer.numberOfLeadingZeros(1)", "31"},
    {"static int numberOfTrailingZeros(int)", I::trailing_zeros, "Zero bits behind the last one.",
     "Integer.numberOfTrailingZeros(8)", "3"},
    {"static int parseInt(String)", I::parse_text, "Reads a decimal number.", "Integer.parseInt('12')", "12"},
    {"static int parseInt(String,int)", I::parse_radix, "Reads a number of any radix.", "Integer.parseInt('ff', 16)",
     "255"},
    {"static int parseUnsignedInt(String)", I::parse_unsigned, "Reads a number without sign.",
     "Integer.parseUnsignedInt('4294967295')", "-1"},
    {"static int parseUnsignedInt(String,int)", I::parse_unsigned_radix, "Likewise, of any radix.",
     "Integer.parseUnsignedInt('ff', 16)", "255"},
    {"static int remainderUnsigned(int,int)", I::remainder_unsigned, "The remainder without signs.",
     "Integer.remainderUnsigned(-1, 2)", "1"},
    {"static int reverse(int)", I::reverse, "The bits in the opposite order.", "Integer.reverse(1)", "-2147483648"},
    {"static int reverseBytes(int)", I::reverse_bytes, "The bytes in the opposite order.", "Integer.reverseBytes(1)",
     "16777216"},
    {"static int rotateLeft(int,int)", I::rotate_left, "The bits moved round to the left.",
     "Integer.rotateLeft(-2147483648, 1)", "1"},
    {"static int rotateRight(int,int)", I::rotate_right, "The bits moved round to the right.",
     "Integer.rotateRight(1, 1)", "-2147483648"},
    {"static int signum(int)", I::signum, "-1, 0 or 1.", "Integer.signum(-5)", "-1"},
    {"static String toBinaryString(int)", I::to_radix<2>, "In binary digits, without sign.",
     "Integer.toBinaryString(5)", "101"},
    {"static String toHexString(int)", I::to_radix<16>, "In hexadecimal digits, without sign.",
     "Integer.toHexString(255)", "ff"},
    {"static String toOctalString(int)", I::to_radix<8>, "In octal digits, without sign.", "Integer.toOctalString(8)",
     "10"},
    {"static String toString(int)", I::to_text, "In decimal digits.", "Integer.toString(5)", "5"},
    {"static String toString(int,int)", I::to_text_radix, "In digits of any radix.", "Integer.toString(255, 16)", "ff"},
    {"static long toUnsignedLong(int)", I::to_unsigned_long, "The bits as a number without sign.",
     "Integer.toUnsignedLong(-1)", "4294967295"},
    {"static String toUnsignedString(int)", I::to_unsigned_text, "Decimal, without sign.",
     "Integer.toUnsignedString(-1)", "4294967295"},
    {"static String toUnsignedString(int,int)", I::to_unsigned_text_radix, "Any radix, without sign.",
     "Integer.toUnsignedString(-1, 16)", "ffffffff"},
    {"static Integer valueOf(int)", I::value_of, "The number boxed.", "Integer.valueOf(5)", "5"},
    {"static Integer valueOf(String,int)", I::parse_radix, "Reads a number of any radix.", "Integer.valueOf('ff', 16)",
     "255"},
};

constexpr MethodRow kLong[] = {
    {"const long MIN_VALUE", L::min_value, "The smallest long.", "Long.MIN_VALUE", "-9223372036854775808"},
    {"const long MAX_VALUE", L::max_value, "The largest long.", "Long.MAX_VALUE", "9223372036854775807"},
    {"const int SIZE", L::size, "Bits of a long.", "Long.SIZE", "64"},
    {"const int BYTES", L::bytes, "Bytes of a long.", "Long.BYTES", "8"},
    {"int compareTo(Long)", L::compare_to, "Less than, equal to or greater than zero.", "def x = 1L; x.compareTo(2L)",
     "-1"},
    {"static int bitCount(long)", L::bit_count, "How many bits are set.", "Long.bitCount(7L)", "3"},
    {"static int compare(long,long)", L::compare, "Less than, equal to or greater than zero.", "Long.compare(2L, 1L)",
     "1"},
    {"static int compareUnsigned(long,long)", L::compare_unsigned, "Likewise, without signs.",
     "Long.compareUnsigned(-1L, 1L)", "1"},
    {"static Long decode(String)", L::decode, "Reads 10, 0x1F, #1F or 017.", "Long.decode('0x1F')", "31"},
    {"static long divideUnsigned(long,long)", L::divide_unsigned, "The quotient without signs.",
     "Long.divideUnsigned(-1L, 2L)", "9223372036854775807"},
    {"static int hashCode(long)", L::hash, "The two halves, exclusive or.", "Long.hashCode(5L)", "5"},
    {"static long highestOneBit(long)", L::highest_bit, "Only the highest bit that is set.", "Long.highestOneBit(10L)",
     "8"},
    {"static long lowestOneBit(long)", L::lowest_bit, "Only the lowest bit that is set.", "Long.lowestOneBit(10L)",
     "2"},
    {"static long max(long,long)", L::max, "The larger one.", "Long.max(1L, 2L)", "2"},
    {"static long min(long,long)", L::min, "The smaller one.", "Long.min(1L, 2L)", "1"},
    {"static int numberOfLeadingZeros(long)", L::leading_zeros, "Zero bits before the first one.",
     "Long.numberOfLeadingZeros(1L)", "63"},
    {"static int numberOfTrailingZeros(long)", L::trailing_zeros, "Zero bits behind the last one.",
     "Long.numberOfTrailingZeros(8L)", "3"},
    {"static long parseLong(String)", L::parse_text, "Reads a decimal number.", "Long.parseLong('12')", "12"},
    {"static long parseLong(String,int)", L::parse_radix, "Reads a number of any radix.", "Long.parseLong('ff', 16)",
     "255"},
    {"static long parseUnsignedLong(String)", L::parse_unsigned, "Reads a number without sign.",
     "Long.parseUnsignedLong('12')", "12"},
    {"static long parseUnsignedLong(String,int)", L::parse_unsigned_radix, "Likewise, of any radix.",
     "Long.parseUnsignedLong('ff', 16)", "255"},
    {"static long remainderUnsigned(long,long)", L::remainder_unsigned, "The remainder without signs.",
     "Long.remainderUnsigned(-1L, 2L)", "1"},
    {"static long reverse(long)", L::reverse, "The bits in the opposite order.", "Long.reverse(1L)",
     "-9223372036854775808"},
    {"static long reverseBytes(long)", L::reverse_bytes, "The bytes in the opposite order.", "Long.reverseBytes(1L)",
     "72057594037927936"},
    {"static long rotateLeft(long,int)", L::rotate_left, "The bits moved round to the left.", "Long.rotateLeft(1L, 2)",
     "4"},
    {"static long rotateRight(long,int)", L::rotate_right, "The bits moved round to the right.",
     "Long.rotateRight(4L, 2)", "1"},
    {"static int signum(long)", L::signum, "-1, 0 or 1.", "Long.signum(-5L)", "-1"},
    {"static long sum(long,long)", L::sum, "The sum, cut off.", "Long.sum(1L, 2L)", "3"},
    {"static String toBinaryString(long)", L::to_radix<2>, "In binary digits, without sign.", "Long.toBinaryString(5L)",
     "101"},
    {"static String toHexString(long)", L::to_radix<16>, "In hexadecimal digits, without sign.",
     "Long.toHexString(255L)", "ff"},
    {"static String toOctalString(long)", L::to_radix<8>, "In octal digits, without sign.", "Long.toOctalString(8L)",
     "10"},
    {"static String toString(long)", L::to_text, "In decimal digits.", "Long.toString(5L)", "5"},
    {"static String toString(long,int)", L::to_text_radix, "In digits of any radix.", "Long.toString(255L, 16)", "ff"},
    {"static String toUnsignedString(long)", L::to_unsigned_text, "Decimal, without sign.",
     "Long.toUnsignedString(-1L)", "18446744073709551615"},
    {"static String toUnsignedString(long,int)", L::to_unsigned_text_radix, "Any radix, without sign.",
     "Long.toUnsignedString(-1L, 16)", "ffffffffffffffff"},
    {"static Long valueOf(long)", L::value_of, "The number boxed.", "Long.valueOf(5L)", "5"},
    {"static Long valueOf(String,int)", L::parse_radix, "Reads a number of any radix.", "Long.valueOf('ff', 16)",
     "255"},
};

constexpr MethodRow kShort[] = {
    {"const short MIN_VALUE", S::min_value, "The smallest short.", "Short.MIN_VALUE", "-32768"},
    {"const short MAX_VALUE", S::max_value, "The largest short.", "Short.MAX_VALUE", "32767"},
    {"const int SIZE", S::size, "Bits of a short.", "Short.SIZE", "16"},
    {"const int BYTES", S::bytes, "Bytes of a short.", "Short.BYTES", "2"},
    {"int compareTo(Short)", S::compare_to, "The difference.", "def x = (short)1; x.compareTo((short)3)", "-2"},
    {"static int compare(short,short)", S::compare, "The difference.", "Short.compare((short)3, (short)1)", "2"},
    {"static Short decode(String)", S::decode, "Reads 10, 0x1F, #1F or 017.", "Short.decode('0x1F')", "31"},
    {"static int hashCode(short)", S::hash, "The number itself.", "Short.hashCode((short)5)", "5"},
    {"static short parseShort(String)", S::parse_text, "Reads a decimal number.", "Short.parseShort('12')", "12"},
    {"static short parseShort(String,int)", S::parse_radix, "Reads a number of any radix.",
     "Short.parseShort('ff', 16)", "255"},
    {"static short reverseBytes(short)", S::reverse_bytes, "The bytes in the opposite order.",
     "Short.reverseBytes((short)1)", "256"},
    {"static String toString(short)", S::to_text, "In decimal digits.", "Short.toString((short)5)", "5"},
    {"static int toUnsignedInt(short)", S::to_unsigned_int, "The bits as a number without sign.",
     "Short.toUnsignedInt((short)-1)", "65535"},
    {"static long toUnsignedLong(short)", S::to_unsigned_long, "Likewise, as a long.",
     "Short.toUnsignedLong((short)-1)", "65535"},
    {"static Short valueOf(short)", S::value_of, "The number boxed.", "Short.valueOf((short)5)", "5"},
    {"static Short valueOf(String,int)", S::parse_radix, "Reads a number of any radix.", "Short.valueOf('ff', 16)",
     "255"},
};

constexpr MethodRow kByte[] = {
    {"const byte MIN_VALUE", B::min_value, "The smallest byte.", "Byte.MIN_VALUE", "-128"},
    {"const byte MAX_VALUE", B::max_value, "The largest byte.", "Byte.MAX_VALUE", "127"},
    {"const int SIZE", B::size, "Bits of a byte.", "Byte.SIZE", "8"},
    {"const int BYTES", B::bytes, "One.", "Byte.BYTES", "1"},
    {"int compareTo(Byte)", B::compare_to, "The difference.", "def x = (byte)1; x.compareTo((byte)3)", "-2"},
    {"static int compare(byte,byte)", B::compare, "The difference.", "Byte.compare((byte)3, (byte)1)", "2"},
    {"static Byte decode(String)", B::decode, "Reads 10, 0x1F, #1F or 017.", "Byte.decode('0x1F')", "31"},
    {"static int hashCode(byte)", B::hash, "The number itself.", "Byte.hashCode((byte)5)", "5"},
    {"static byte parseByte(String)", B::parse_text, "Reads a decimal number.", "Byte.parseByte('12')", "12"},
    {"static byte parseByte(String,int)", B::parse_radix, "Reads a number of any radix.", "Byte.parseByte('7f', 16)",
     "127"},
    {"static String toString(byte)", B::to_text, "In decimal digits.", "Byte.toString((byte)5)", "5"},
    {"static int toUnsignedInt(byte)", B::to_unsigned_int, "The bits as a number without sign.",
     "Byte.toUnsignedInt((byte)-1)", "255"},
    {"static long toUnsignedLong(byte)", B::to_unsigned_long, "Likewise, as a long.", "Byte.toUnsignedLong((byte)-1)",
     "255"},
    {"static Byte valueOf(byte)", B::value_of, "The number boxed.", "Byte.valueOf((byte)5)", "5"},
    {"static Byte valueOf(String,int)", B::parse_radix, "Reads a number of any radix.", "Byte.valueOf('7f', 16)",
     "127"},
};

constexpr ClassRow kRows[] = {
    {"java.lang.Number", "", "What numbers have in common.", kNumber},
    {"java.lang.Integer", "Number,Comparable", "A boxed int.", kInteger},
    {"java.lang.Long", "Number,Comparable", "A boxed long.", kLong},
    {"java.lang.Short", "Number,Comparable", "A boxed short.", kShort},
    {"java.lang.Byte", "Number,Comparable", "A boxed byte.", kByte},
};

}  // namespace

std::span<const ClassRow> lang_number_family() { return kRows; }

}  // namespace sluice::painless::api
