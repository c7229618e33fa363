#include "stages/painless/api/random.h"

#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>

#include "stages/painless/api/families.h"
#include "stages/painless/api/stream_object.h"

namespace sluice::painless::api {

namespace {

constexpr std::uint64_t kMultiplier = 0x5DEECE66D;
constexpr std::uint64_t kIncrement = 0xB;
constexpr std::uint64_t kMask = (std::uint64_t{1} << 48) - 1;

/// StrictMath.log() of a number between 0 and 1. Java promises the digits of fdlibm 5.3 here, and those are not always
/// the nearest ones: 2^k * (1 + f) is split so that 1 + f is between the roots of 1/2 and 2, and log(1 + f) is fdlibm's
/// polynomial in s = f / (2 + f), in its order of operations.
double strict_log(double value) {
  constexpr double kLn2High = 6.93147180369123816490e-01;
  constexpr double kLn2Low = 1.90821492927058770002e-10;
  constexpr double kOdd[] = {6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01,
                             1.479819860511658591e-01};
  constexpr double kEven[] = {3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01};
  constexpr std::int32_t kRootHalf = 0x95F64;  // these are the upper bits of fractions
  constexpr std::int32_t kLowEdge = 0x6147A;
  constexpr std::int32_t kHighEdge = 0x6B851;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto fraction = static_cast<std::int32_t>(bits >> 32 & 0xFFFFF);
  const std::int32_t above = (fraction + kRootHalf) >> 20 & 1;
  const int k = static_cast<int>(bits >> 52) - 1023 + above;
  const double f = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFF) | static_cast<std::uint64_t>(1023 - above) << 52) - 1;
  if (((2 + fraction) & 0xFFFFF) < 3) {
    if (f == 0) return k * kLn2High + k * kLn2Low;
    const double rest = f * f * (0.5 - 0.33333333333333333 * f);
    return k == 0 ? f - rest : k * kLn2High - ((rest - k * kLn2Low) - f);
  }
  const double s = f / (2 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (kEven[0] + w * (kEven[1] + w * kEven[2]));
  const double odd = z * (kOdd[0] + w * (kOdd[1] + w * (kOdd[2] + w * kOdd[3])));
  const double r = odd + even;
  if (((fraction - kLowEdge) | (kHighEdge - fraction)) > 0) {
    const double half = 0.5 * f * f;
    if (k == 0) return f - (half - s * (half + r));
    return k * kLn2High - ((half - (s * (half + r) + k * kLn2Low)) - f);
  }
  return k == 0 ? f - s * (f - r) : k * kLn2High - ((s * (f - r) - k * kLn2Low) - f);
}

}  // namespace

std::int64_t fresh_seed() {
  static std::atomic<std::uint64_t> count{0};
  const auto now = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  return static_cast<std::int64_t>(now ^ (++count * 0x9E3779B97F4A7C15));
}

void Random::set_seed(std::int64_t from) {
  seed = (static_cast<std::uint64_t>(from) ^ kMultiplier) & kMask;
  has_other_gaussian = false;
}

std::int32_t Random::next(int bits) {
  seed = (seed * kMultiplier + kIncrement) & kMask;
  return static_cast<std::int32_t>(seed >> (48 - bits));
}

std::int32_t Random::next_int(std::int32_t bound) {
  std::int32_t bits = next(31);
  if ((bound & (bound - 1)) == 0) {
    return static_cast<std::int32_t>((static_cast<std::int64_t>(bound) * bits) >> 31);
  }
  std::int32_t value = bits % bound;
  // Of the last, incomplete range of bounds there are too few.
  while (static_cast<std::int64_t>(bits) - value + (bound - 1) > INT32_MAX) {
    bits = next(31);
    value = bits % bound;
  }
  return value;
}

std::int64_t Random::next_long() {
  const auto high = static_cast<std::uint64_t>(static_cast<std::int64_t>(next(32))) << 32;
  return static_cast<std::int64_t>(high + static_cast<std::uint64_t>(static_cast<std::int64_t>(next(32))));
}

double Random::next_double() {
  const auto high = static_cast<std::int64_t>(next(26)) << 27;
  return static_cast<double>(high + next(27)) * 0x1.0p-53;
}

double Random::next_gaussian() {
  if (has_other_gaussian) {
    has_other_gaussian = false;
    return other_gaussian;
  }
  double first = 0;
  double second = 0;
  double square = 0;
  do {
    first = 2 * next_double() - 1;
    second = 2 * next_double() - 1;
    square = first * first + second * second;
  } while (square >= 1 || square == 0);
  const double factor = std::sqrt(-2 * strict_log(square) / square);
  other_gaussian = second * factor;
  has_other_gaussian = true;
  return first * factor;
}

namespace {

Random& random(const Value& value) { return object<Random>(value); }
const Class* random_class() {
  static const Class* const found = Registry::get().class_named("java.util.Random");
  return found;
}

Value make(Machine& machine, const Value*) { return made(machine.heap().make<Random>(random_class(), fresh_seed())); }
Value make_of(Machine& machine, const Value* a) { return made(machine.heap().make<Random>(random_class(), a[0].i)); }
Value set_seed(Machine&, const Value* a) {
  random(a[0]).set_seed(a[1].i);
  return Value::null();
}
Value next_boolean(Machine&, const Value* a) { return Value::boolean(random(a[0]).next(1) != 0); }
Value next_int(Machine&, const Value* a) { return Value::of_int(random(a[0]).next_int()); }
Value next_int_below(Machine& machine, const Value* a) {
  if (a[1].i <= 0) return machine.raise(known().illegal_argument, "bound must be positive");
  return Value::of_int(random(a[0]).next_int(as_int(a[1])));
}
Value next_long(Machine&, const Value* a) { return Value::of_long(random(a[0]).next_long()); }
Value next_float(Machine&, const Value* a) {
  return Value::of_float(static_cast<float>(random(a[0]).next(24)) * 0x1.0p-24F);
}
Value next_double(Machine&, const Value* a) { return Value::of_double(random(a[0]).next_double()); }
Value next_gaussian(Machine&, const Value* a) { return Value::of_double(random(a[0]).next_gaussian()); }
Value next_bytes(Machine& machine, const Value* a) {
  if (missing(machine, a[1], "Cannot read the array length because \"bytes\" is null")) return Value::error();
  auto& array = object<Array>(a[1]);
  std::uint32_t bits = 0;
  for (std::uint32_t i = 0; i < array.length; ++i) {
    bits = i % 4 == 0 ? static_cast<std::uint32_t>(random(a[0]).next_int()) : bits >> 8;
    array.items[i] = Value::of_byte(static_cast<std::int8_t>(bits));
  }
  return Value::null();
}

// --- streams; between two bounds Java draws in another way than nextInt(int) does

std::int32_t int_between(Random& from, std::int32_t low, std::int32_t high) {
  std::int32_t value = from.next_int();
  const std::int64_t size = static_cast<std::int64_t>(high) - low;
  if (size > INT32_MAX) {
    while (value < low || value >= high) value = from.next_int();
    return value;
  }
  const auto range = static_cast<std::int32_t>(size);
  if ((range & (range - 1)) == 0) return (value & (range - 1)) + low;
  std::int64_t bits = static_cast<std::uint32_t>(value) >> 1;
  while (bits + (range - 1) - bits % range > INT32_MAX) bits = static_cast<std::uint32_t>(from.next_int()) >> 1;
  return static_cast<std::int32_t>(bits % range) + low;
}
std::int64_t long_between(Random& from, std::int64_t low, std::int64_t high) {
  std::int64_t value = from.next_long();
  const auto size = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  if (size > static_cast<std::uint64_t>(INT64_MAX)) {
    while (value < low || value >= high) value = from.next_long();
    return value;
  }
  const auto offset = [&](std::uint64_t by) { return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + by); };
  if ((size & (size - 1)) == 0) return offset(static_cast<std::uint64_t>(value) & (size - 1));
  std::uint64_t bits = static_cast<std::uint64_t>(value) >> 1;
  while (bits + (size - 1) - bits % size > static_cast<std::uint64_t>(INT64_MAX)) {
    bits = static_cast<std::uint64_t>(from.next_long()) >> 1;
  }
  return offset(bits % size);
}
double double_between(Random& from, double low, double high) {
  double value = from.next_double();
  if (high - low < HUGE_VAL) {
    value = value * (high - low) + low;
  } else {
    const double half = 0.5 * low;
    value = (value * (0.5 * high - half) + half) * 2;
  }
  return value >= high ? std::nextafter(high, -HUGE_VAL) : value;
}

/// So many of what `draw` gives.
template <typename F>
Value stream_of(Machine& machine, const Class* cls, std::int64_t count, F&& draw) {
  if (count < 0) return machine.raise(known().illegal_argument, "size must be non-negative");
  ArrayList* list = new_list(machine);
  for (std::int64_t i = 0; i < count; ++i) {
    if (!machine.tick()) return Value::error();
    list->push(machine.heap(), draw());
  }
  return make_stream(machine, cls, list);
}
Value bad_bounds(Machine& machine, const Value* a) {
  return machine.raise(known().illegal_argument,
                       a[1].i < 0 ? "size must be non-negative" : "bound must be greater than origin");
}
Value ints(Machine& machine, const Value* a) {
  return stream_of(machine, stream_classes().ints, a[1].i, [&] { return Value::of_int(random(a[0]).next_int()); });
}
Value ints_between(Machine& machine, const Value* a) {
  if (a[2].i >= a[3].i) return bad_bounds(machine, a);
  return stream_of(machine, stream_classes().ints, a[1].i,
                   [&] { return Value::of_int(int_between(random(a[0]), as_int(a[2]), as_int(a[3]))); });
}
Value longs(Machine& machine, const Value* a) {
  return stream_of(machine, stream_classes().longs, a[1].i, [&] { return Value::of_long(random(a[0]).next_long()); });
}
Value longs_between(Machine& machine, const Value* a) {
  if (a[2].i >= a[3].i) return bad_bounds(machine, a);
  return stream_of(machine, stream_classes().longs, a[1].i,
                   [&] { return Value::of_long(long_between(random(a[0]), a[2].i, a[3].i)); });
}
Value doubles(Machine& machine, const Value* a) {
  return stream_of(machine, stream_classes().doubles, a[1].i,
                   [&] { return Value::of_double(random(a[0]).next_double()); });
}
Value doubles_between(Machine& machine, const Value* a) {
  if (!(a[2].d < a[3].d && std::isfinite(a[2].d) && std::isfinite(a[3].d))) return bad_bounds(machine, a);
  return stream_of(machine, stream_classes().doubles, a[1].i,
                   [&] { return Value::of_double(double_between(random(a[0]), a[2].d, a[3].d)); });
}

constexpr MethodRow kRandom[] = {
    {"new()", make, "Other numbers each time.", "new Random().nextInt(1)", "0"},
    {"new(long)", make_of, "The numbers of a seed.", "new Random(42L).nextInt()", "-1170105035"},
    {"DoubleStream doubles(long)", doubles, "So many doubles.", "new Random(42L).doubles(2L).count()", "2"},
    {"DoubleStream doubles(long,double,double)", doubles_between, "So many doubles from one to below another.",
     "new Random(42L).doubles(1L, 1.0, 2.0).sum() >= 1", "true"},
    {"IntStream ints(long)", ints, "So many ints.", "new Random(42L).ints(1L).sum()", "-1170105035"},
    {"IntStream ints(long,int,int)", ints_between, "So many ints from one to below another.",
     "new Random(42L).ints(3L, 0, 1).sum()", "0"},
    {"LongStream longs(long)", longs, "So many longs.", "new Random(42L).longs(1L).sum()", "-5025562857975149833"},
    {"LongStream longs(long,long,long)", longs_between, "So many longs from one to below another.",
     "new Random(42L).longs(3L, 5L, 6L).sum()", "15"},
    {"boolean nextBoolean()", next_boolean, "Heads or tails.", "new Random(42L).nextBoolean()", "true"},
    {"void nextBytes(byte[])", next_bytes, "Fills an array.",
     "byte[] b = new byte[2]; new Random(42L).nextBytes(b); b[0]", "53"},
    {"double nextDouble()", next_double, "From 0 to below 1.", "new Random(42L).nextDouble()", "0.7275636800328681"},
    {"float nextFloat()", next_float, "From 0 to below 1.", "new Random(42L).nextFloat()", "0.7275637"},
    {"double nextGaussian()", next_gaussian, "Around 0, with a standard deviation of 1.",
     "new Random(42L).nextGaussian()", "1.1419053154730547"},
    {"int nextInt()", next_int, "Any int.", "new Random(42L).nextInt()", "-1170105035"},
    {"int nextInt(int)", next_int_below, "From 0 to below a bound.", "new Random(42L).nextInt(10)", "0"},
    {"long nextLong()", next_long, "Any long; not all of them come up.", "new Random(42L).nextLong()",
     "-5025562857975149833"},
    {"void setSeed(long)", set_seed, "Begins anew with a seed.", "Random r = new Random(); r.setSeed(42L); r.nextInt()",
     "-1170105035"},
};

constexpr ClassRow kRows[] = {{"java.util.Random", "", "Numbers at random.", kRandom}};

}  // namespace

std::span<const ClassRow> random_family() { return kRows; }

}  // namespace sluice::painless::api
