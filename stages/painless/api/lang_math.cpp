#include <chrono>
#include <cstring>
#include <limits>
#include <numbers>
#include <random>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_number_text.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/arithmetic.h"
#include "stages/painless/run/number_text.h"

namespace sluice::painless::api {

namespace {

template <double (*kFunction)(double)>
Value apply(Machine& machine, const Value* args) {
  (void)machine;
  return Value::of_double(kFunction(args[0].d));
}
template <double (*kFunction)(double, double)>
Value apply2(Machine& machine, const Value* args) {
  (void)machine;
  return Value::of_double(kFunction(args[0].d, args[1].d));
}

/// glibc is off by one in the last place for cubes; through long double it is not.
double cube_root(double x) { return static_cast<double>(std::cbrt(static_cast<long double>(x))); }
double signum(double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : x; }
double java_max(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}
double java_min(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}
double to_degrees(double x) { return x * (180.0 / std::numbers::pi); }
double to_radians(double x) { return x * (std::numbers::pi / 180.0); }
double next_up(double x) { return std::nextafter(x, std::numeric_limits<double>::infinity()); }
double next_down(double x) { return std::nextafter(x, -std::numeric_limits<double>::infinity()); }
double ulp(double x) {
  if (std::isnan(x) || std::isinf(x)) return std::abs(x);
  if (std::abs(x) == std::numeric_limits<double>::max()) return std::ldexp(1.0, 971);
  return next_up(std::abs(x)) - std::abs(x);
}
double java_pow(double a, double b) {
  // Java knows no "one to the power of anything is one" for NaN and infinite exponents.
  if (std::isnan(b) || (std::abs(a) == 1.0 && std::isinf(b))) return std::numeric_limits<double>::quiet_NaN();
  // Rounded once, from more digits: what lies between two doubles goes to the even one, as Java has it.
  return static_cast<double>(std::pow(static_cast<long double>(a), static_cast<long double>(b)));
}

Value e(Machine&, const Value*) { return Value::of_double(std::numbers::e); }
Value pi(Machine&, const Value*) { return Value::of_double(std::numbers::pi); }
Value round(Machine&, const Value* args) {
  const double below = std::floor(args[0].d);
  return Value::of_long(java::to_integer<std::int64_t>(args[0].d - below >= 0.5 ? below + 1 : below));
}
Value random(Machine&, const Value*) {
  static thread_local std::mt19937_64 generator{std::random_device{}()};
  return Value::of_double(std::uniform_real_distribution<double>(0, 1)(generator));
}
Value scalb(Machine&, const Value* args) { return Value::of_double(std::scalbn(args[0].d, as_int(args[1]))); }

#define MATH_ROWS(cls)                                                                                                \
  {"const double E", e, "Euler's number.", cls ".E", "2.718281828459045"},                                            \
      {"const double PI", pi, "Pi.", cls ".PI", "3.141592653589793"},                                                 \
      {"static double abs(double)", apply<std::fabs>, "Without its sign.", cls ".abs(-3)", "3.0"},                    \
      {"static double acos(double)", apply<std::acos>, "Arc cosine.", cls ".acos(1)", "0.0"},                         \
      {"static double asin(double)", apply<std::asin>, "Arc sine.", cls ".asin(0)", "0.0"},                           \
      {"static double atan(double)", apply<std::atan>, "Arc tangent.", cls ".atan(0)", "0.0"},                        \
      {"static double atan2(double,double)", apply2<std::atan2>, "The angle of a point.", cls ".atan2(0, 1)", "0.0"}, \
      {"static double cbrt(double)", apply<cube_root>, "Cube root.", cls ".cbrt(27)", "3.0"},                         \
      {"static double ceil(double)", apply<std::ceil>, "The next whole number up.", cls ".ceil(1.2)", "2.0"},         \
      {"static double copySign(double,double)", apply2<std::copysign>, "With the other's sign.",                      \
       cls ".copySign(1, -2)", "-1.0"},                                                                               \
      {"static double cos(double)", apply<std::cos>, "Cosine.", cls ".cos(0)", "1.0"},                                \
      {"static double cosh(double)", apply<std::cosh>, "Hyperbolic cosine.", cls ".cosh(0)", "1.0"},                  \
      {"static double exp(double)", apply<std::exp>, "e to the power of it.", cls ".exp(0)", "1.0"},                  \
      {"static double expm1(double)", apply<std::expm1>, "The same less one.", cls ".expm1(0)", "0.0"},               \
      {"static double floor(double)", apply<std::floor>, "The next whole number down.", cls ".floor(1.8)", "1.0"},    \
      {"static double hypot(double,double)", apply2<std::hypot>, "The length of the hypotenuse.", cls ".hypot(3, 4)", \
       "5.0"},                                                                                                        \
      {"static double IEEEremainder(double,double)", apply2<std::remainder>, "The remainder of IEEE 754.",            \
       cls ".IEEEremainder(5, 3)", "-1.0"},                                                                           \
      {"static double log(double)", apply<std::log>, "Natural logarithm.", cls ".log(1)", "0.0"},                     \
      {"static double log10(double)", apply<std::log10>, "Decimal logarithm.", cls ".log10(1000)", "3.0"},            \
      {"static double log1p(double)", apply<std::log1p>, "Natural logarithm of one more.", cls ".log1p(0)", "0.0"},   \
      {"static double max(double,double)", apply2<java_max>, "The larger one.", cls ".max(1, 2)", "2.0"},             \
      {"static double min(double,double)", apply2<java_min>, "The smaller one.", cls ".min(1, 2)", "1.0"},            \
      {"static double nextAfter(double,double)", apply2<std::nextafter>, "The next double on the way to the other.",  \
       cls ".nextAfter(1, 1)", "1.0"},                                                                                \
      {"static double nextDown(double)", apply<next_down>, "The next smaller double.", cls ".nextDown(1)",            \
       "0.9999999999999999"},                                                                                         \
      {"static double nextUp(double)", apply<next_up>, "The next larger double.", cls ".nextUp(1)",                   \
       "1.0000000000000002"},                                                                                         \
      {"static double pow(double,double)", apply2<java_pow>, "One to the power of the other.", cls ".pow(2, 10)",     \
       "1024.0"},                                                                                                     \
      {"static double random()", random, "A number from 0 to below 1.", cls ".random() < 1", "true"},                 \
      {"static double rint(double)", apply<std::nearbyint>, "The nearest whole number, halves to the even one.",      \
       cls ".rint(2.5)", "2.0"},                                                                                      \
      {"static long round(double)", round, "The nearest whole number, halves up.", cls ".round(2.5)", "3"},           \
      {"static double scalb(double,int)", scalb, "Times a power of two.", cls ".scalb(1, 3)", "8.0"},                 \
      {"static double signum(double)", apply<signum>, "-1.0, 0.0 or 1.0.", cls ".signum(-3)", "-1.0"},                \
      {"static double sin(double)", apply<std::sin>, "Sine.", cls ".sin(0)", "0.0"},                                  \
      {"static double sinh(double)", apply<std::sinh>, "Hyperbolic sine.", cls ".sinh(0)", "0.0"},                    \
      {"static double sqrt(double)", apply<std::sqrt>, "Square root.", cls ".sqrt(9)", "3.0"},                        \
      {"static double tan(double)", apply<std::tan>, "Tangent.", cls ".tan(0)", "0.0"},                               \
      {"static double tanh(double)", apply<std::tanh>, "Hyperbolic tangent.", cls ".tanh(0)", "0.0"},                 \
      {"static double toDegrees(double)", apply<to_degrees>, "Radians as degrees.", cls ".toDegrees(" cls ".PI)",     \
       "180.0"},                                                                                                      \
      {"static double toRadians(double)", apply<to_radians>, "Degrees as radians.", cls ".toRadians(180)",            \
       "3.141592653589793"},                                                                                          \
      {"static double ulp(double)", apply<ulp>, "The distance to the next double.", cls ".ulp(1)",                    \
       "2.220446049250313E-16"}

constexpr MethodRow kMath[] = {MATH_ROWS("Math")};
constexpr MethodRow kStrictMath[] = {MATH_ROWS("StrictMath")};

// --- Double and Float

template <typename T>
struct Real {
  static constexpr bool kDouble = sizeof(T) == 8;
  static Value make(T value) {
    if constexpr (kDouble) return Value::of_double(value);
    return Value::of_float(static_cast<float>(value));
  }
  static T of(const Value& value) {
    if constexpr (kDouble) return value.d;
    return static_cast<T>(value.f);
  }
  static Value max_value(Machine&, const Value*) { return make(std::numeric_limits<T>::max()); }
  static Value min_value(Machine&, const Value*) { return make(std::numeric_limits<T>::denorm_min()); }
  static Value min_normal(Machine&, const Value*) { return make(std::numeric_limits<T>::min()); }
  static Value nan(Machine&, const Value*) { return make(std::numeric_limits<T>::quiet_NaN()); }
  static Value positive(Machine&, const Value*) { return make(std::numeric_limits<T>::infinity()); }
  static Value negative(Machine&, const Value*) { return make(-std::numeric_limits<T>::infinity()); }
  static Value size(Machine&, const Value*) { return Value::of_int(sizeof(T) * 8); }
  static Value bytes(Machine&, const Value*) { return Value::of_int(sizeof(T)); }
  static Value max_exponent(Machine&, const Value*) { return Value::of_int(std::numeric_limits<T>::max_exponent - 1); }
  static Value min_exponent(Machine&, const Value*) { return Value::of_int(std::numeric_limits<T>::min_exponent - 1); }
  static Value compare(Machine& m, const Value* a) {
    if (missing(m, a[1])) return Value::error();
    const int order = m.compare(a[0], a[1]);
    return m.failed() ? Value::error() : Value::of_int(order);
  }
  static Value is_nan(Machine&, const Value* a) { return Value::boolean(std::isnan(of(a[0]))); }
  static Value is_infinite(Machine&, const Value* a) { return Value::boolean(std::isinf(of(a[0]))); }
  static Value is_finite(Machine&, const Value* a) { return Value::boolean(std::isfinite(of(a[0]))); }
  static Value hash(Machine& m, const Value* a) { return Value::of_int(m.hash(a[0])); }
  static Value max(Machine&, const Value* a) { return make(static_cast<T>(java_max(of(a[0]), of(a[1])))); }
  static Value min(Machine&, const Value* a) { return make(static_cast<T>(java_min(of(a[0]), of(a[1])))); }
  static Value sum(Machine&, const Value* a) { return make(of(a[0]) + of(a[1])); }
  static Value value_of(Machine&, const Value* a) { return a[0]; }
  static Value to_text(Machine& m, const Value* a) {
    return m.string_value(kDouble ? java_double_text(static_cast<double>(of(a[0])))
                                  : java_float_text(static_cast<float>(of(a[0]))));
  }
  static Value parse(Machine& m, const Value* a) {
    if (missing(m, a[0])) return Value::error();
    double number = 0;
    const std::string_view given = text(a[0]);
    if (!parse_double(given, number)) {
      return m.raise(known().number_format, no_double(given));
    }
    return make(static_cast<T>(number));
  }
};
using D = Real<double>;
using F = Real<float>;

Value double_bits(Machine&, const Value* a) {
  std::int64_t bits = 0;
  const double number = std::isnan(a[0].d) ? std::numeric_limits<double>::quiet_NaN() : a[0].d;
  std::memcpy(&bits, &number, sizeof bits);
  return Value::of_long(bits);
}
Value bits_double(Machine&, const Value* a) {
  double number = 0;
  std::memcpy(&number, &a[0].i, sizeof number);
  return Value::of_double(number);
}

#define REAL_ROWS(T, cls, prim, one, two)                                                                              \
  {"const " prim " MAX_VALUE", T::max_value, "The largest finite value.", cls ".MAX_VALUE > 1", "true"},               \
      {"const " prim " MIN_VALUE", T::min_value, "The smallest value above zero.", cls ".MIN_VALUE > 0", "true"},      \
      {"const " prim " MIN_NORMAL", T::min_normal, "The smallest normal value above zero.", cls ".MIN_NORMAL > 0",     \
       "true"},                                                                                                        \
      {"const " prim " NaN", T::nan, "Not a number.", cls ".NaN", "NaN"},                                              \
      {"const " prim " POSITIVE_INFINITY", T::positive, "Infinity.", cls ".POSITIVE_INFINITY", "Infinity"},            \
      {"const " prim " NEGATIVE_INFINITY", T::negative, "Less than all.", cls ".NEGATIVE_INFINITY", "-Infinity"},      \
      {"const int SIZE", T::size, "Its bits.", cls ".SIZE > 31", "true"},                                              \
      {"const int BYTES", T::bytes, "Its bytes.", cls ".BYTES > 3", "true"},                                           \
      {"const int MAX_EXPONENT", T::max_exponent, "The largest exponent.", cls ".MAX_EXPONENT > 1", "true"},           \
      {"const int MIN_EXPONENT", T::min_exponent, "The smallest exponent.", cls ".MIN_EXPONENT < 1", "true"},          \
      {"int compareTo(" cls ")", T::compare, "Less than, equal to or greater than zero.",                              \
       "def x = " one "; x.compareTo(" two ")", "-1"},                                                                 \
      {"boolean isNaN()", T::is_nan, "Whether it is not a number.", "def x = " one "; x.isNaN()", "false"},            \
      {"boolean isInfinite()", T::is_infinite, "Whether it is infinite.", "def x = " one "; x.isInfinite()", "false"}, \
      {"static int compare(" prim "," prim ")", T::compare, "Less than, equal to or greater than zero.",               \
       cls ".compare(" one ", " two ")", "-1"},                                                                        \
      {"static int hashCode(" prim ")", T::hash, "Of its bits.", cls ".hashCode(" one ") != 0", "true"},               \
      {"static boolean isFinite(" prim ")", T::is_finite, "Whether it is a finite number.", cls ".isFinite(" one ")",  \
       "true"},                                                                                                        \
      {"static boolean isInfinite(" prim ")", T::is_infinite, "Whether it is infinite.", cls ".isInfinite(" one ")",   \
       "false"},                                                                                                       \
      {"static boolean isNaN(" prim ")", T::is_nan, "Whether it is not a number.", cls ".isNaN(" one ")", "false"},    \
      {"static " prim " max(" prim "," prim ")", T::max, "The larger one.", cls ".max(" one ", " two ")", "2.0"},      \
      {"static " prim " min(" prim "," prim ")", T::min, "The smaller one.", cls ".min(" one ", " two ")", "1.0"},     \
      {"static " prim " sum(" prim "," prim ")", T::sum, "The sum.", cls ".sum(" one ", " two ")", "3.0"},             \
      {"static String toString(" prim ")", T::to_text, "As Java prints it.", cls ".toString(" one ")", "1.0"},         \
      {"static " cls " valueOf(" prim ")", T::value_of, "The number boxed.", cls ".valueOf(" one ")", "1.0"}

constexpr MethodRow kDoubleRows[] = {
    REAL_ROWS(D, "Double", "double", "1.0", "2.0"),
    {"static double parseDouble(String)", D::parse, "Reads a number.", "Double.parseDouble('1.5')", "1.5"},
    {"static long doubleToLongBits(double)", double_bits, "The bits of it.", "Double.doubleToLongBits(1.0)",
     "4607182418800017408"},
    {"static long doubleToRawLongBits(double)", double_bits, "The bits of it.", "Double.doubleToRawLongBits(1.0)",
     "4607182418800017408"},
    {"static double longBitsToDouble(long)", bits_double, "The number of bits.",
     "Double.longBitsToDouble(4607182418800017408L)", "1.0"},
};
constexpr MethodRow kFloatRows[] = {
    REAL_ROWS(F, "Float", "float", "1.0f", "2.0f"),
    {"static float parseFloat(String)", F::parse, "Reads a number.", "Float.parseFloat('1.5')", "1.5"},
};

// --- Boolean, Character, System

Value yes(Machine&, const Value*) { return Value::boolean(true); }
Value no(Machine&, const Value*) { return Value::boolean(false); }
Value same(Machine&, const Value* a) { return a[0]; }
Value boolean_compare(Machine& m, const Value* a) {
  return missing(m, a[1]) ? Value::error() : Value::of_int(static_cast<int>(a[0].i) - static_cast<int>(a[1].i));
}
Value boolean_hash(Machine& m, const Value* a) { return Value::of_int(m.hash(a[0])); }
Value boolean_and(Machine&, const Value* a) { return Value::boolean((a[0].i & a[1].i) != 0); }
Value boolean_or(Machine&, const Value* a) { return Value::boolean((a[0].i | a[1].i) != 0); }
Value boolean_xor(Machine&, const Value* a) { return Value::boolean((a[0].i ^ a[1].i) != 0); }
Value parse_boolean(Machine&, const Value* a) {
  if (a[0].is_null()) return Value::boolean(false);
  const std::string lower = ascii_lower_case(text(a[0]));
  return Value::boolean(lower == "true");
}
Value boolean_text(Machine& m, const Value* a) { return m.string_value(a[0].i != 0 ? "true" : "false"); }

constexpr MethodRow kBoolean[] = {
    {"const Boolean TRUE", yes, "True, boxed.", "Boolean.TRUE", "true"},
    {"const Boolean FALSE", no, "False, boxed.", "Boolean.FALSE", "false"},
    {"boolean booleanValue()", same, "The value.", "Boolean.TRUE.booleanValue()", "true"},
    {"int compareTo(Boolean)", boolean_compare, "False before true.", "Boolean.TRUE.compareTo(Boolean.FALSE)", "1"},
    {"static int compare(boolean,boolean)", boolean_compare, "False before true.", "Boolean.compare(false, true)",
     "-1"},
    {"static int hashCode(boolean)", boolean_hash, "1231 or 1237.", "Boolean.hashCode(true)", "1231"},
    {"static boolean logicalAnd(boolean,boolean)", boolean_and, "Both.", "Boolean.logicalAnd(true, false)", "false"},
    {"static boolean logicalOr(boolean,boolean)", boolean_or, "Either.", "Boolean.logicalOr(true, false)", "true"},
    {"static boolean logicalXor(boolean,boolean)", boolean_xor, "One of them.", "Boolean.logicalXor(true, true)",
     "false"},
    {"static boolean parseBoolean(String)", parse_boolean, "Whether the text is `true`.",
     "Boolean.parseBoolean('TRUE')", "true"},
    {"static String toString(boolean)", boolean_text, "Its text.", "Boolean.toString(true)", "true"},
    {"static Boolean valueOf(boolean)", same, "The value boxed.", "Boolean.valueOf(true)", "true"},
};

Value now_millis(Machine&, const Value*) {
  using std::chrono::duration_cast;
  return Value::of_long(
      duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}
Value now_nanos(Machine&, const Value*) {
  return Value::of_long(std::chrono::steady_clock::now().time_since_epoch().count());
}
Value array_copy(Machine& m, const Value* a) {
  if (missing(m, a[0]) || missing(m, a[2])) return Value::error();
  auto* from = dynamic_cast<Array*>(a[0].is_object() ? a[0].o : nullptr);
  auto* to = dynamic_cast<Array*>(a[2].is_object() ? a[2].o : nullptr);
  if (from == nullptr || to == nullptr || from->array_type != to->array_type) {
    return m.raise(Registry::get().class_named("java.lang.ArrayStoreException"),
                   "arraycopy: source or destination is no fitting array");
  }
  const std::int64_t count = a[4].i;
  if (a[1].i < 0 || a[3].i < 0 || count < 0 || a[1].i + count > from->length || a[3].i + count > to->length) {
    return m.raise(known().array_index_out_of_bounds, "arraycopy: last index is out of bounds");
  }
  std::memmove(static_cast<void*>(to->items + a[3].i), from->items + a[1].i,
               static_cast<std::size_t>(count) * sizeof(Value));
  return Value::null();
}
constexpr MethodRow kSystem[] = {
    {"static long currentTimeMillis()", now_millis, "Milliseconds since 1970.", "System.currentTimeMillis() > 0",
     "true"},
    {"static long nanoTime()", now_nanos, "Nanoseconds of some clock.", "System.nanoTime() != 0", "true"},
    {"static void arraycopy(Object,int,Object,int,int)", array_copy, "Copies a part of an array.",
     "int[] a = new int[] {1, 2}; int[] b = new int[2]; System.arraycopy(a, 0, b, 0, 2); b[1]", "2"},
};

constexpr ClassRow kRows[] = {
    {"java.lang.Math", "", "Mathematics on doubles.", kMath},
    {"java.lang.StrictMath", "", "The same as Math.", kStrictMath},
    {"java.lang.Double", "Number,Comparable", "A boxed double.", kDoubleRows},
    {"java.lang.Float", "Number,Comparable", "A boxed float.", kFloatRows},
    {"java.lang.Boolean", "Comparable", "A boxed boolean.", kBoolean},
    {"java.lang.System", "", "The clock, and copying of arrays.", kSystem},
};

}  // namespace

std::span<const ClassRow> lang_math_family() { return kRows; }

}  // namespace sluice::painless::api
