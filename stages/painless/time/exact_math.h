#pragma once

#include <cstdint>
#include <limits>

#include "stages/painless/time/error.h"

namespace sluice::painless::time {

/// Java's `int` and `long`.
using Int = std::int32_t;
using Long = std::int64_t;
__extension__ using Wide = __int128;

inline constexpr Long kMaxLong = std::numeric_limits<Long>::max();
inline constexpr Long kMinLong = std::numeric_limits<Long>::min();
inline constexpr Long kNanosPerSecond = 1'000'000'000;
inline constexpr Long kSecondsPerDay = 86'400;
inline constexpr Long kNanosPerDay = kNanosPerSecond * kSecondsPerDay;

/// Java's Math.addExact and its kin. Errors: ArithmeticException `long overflow`, `integer overflow`.
inline Long add_exact(Long left, Long right) {
  Long sum = 0;
  if (__builtin_add_overflow(left, right, &sum)) fail(DateTimeError::kArithmetic, "long overflow");
  return sum;
}
inline Long subtract_exact(Long left, Long right) {
  Long difference = 0;
  if (__builtin_sub_overflow(left, right, &difference)) fail(DateTimeError::kArithmetic, "long overflow");
  return difference;
}
inline Long multiply_exact(Long left, Long right) {
  Long product = 0;
  if (__builtin_mul_overflow(left, right, &product)) fail(DateTimeError::kArithmetic, "long overflow");
  return product;
}
inline Int to_int_exact(Long value) {
  if (value != static_cast<Int>(value)) fail(DateTimeError::kArithmetic, "integer overflow");
  return static_cast<Int>(value);
}
inline Int add_exact_int(Int left, Int right) { return to_int_exact(static_cast<Long>(left) + right); }
inline Int multiply_exact_int(Int left, Int right) { return to_int_exact(static_cast<Long>(left) * right); }

/// Java's `+` and `-` on longs, which wrap.
constexpr Long wrapping_add(Long left, Long right) {
  return static_cast<Long>(static_cast<std::uint64_t>(left) + static_cast<std::uint64_t>(right));
}
constexpr Long wrapping_multiply(Long left, Long right) {
  return static_cast<Long>(static_cast<std::uint64_t>(left) * static_cast<std::uint64_t>(right));
}
constexpr Long wrapping_subtract(Long left, Long right) {
  return static_cast<Long>(static_cast<std::uint64_t>(left) - static_cast<std::uint64_t>(right));
}

/// Java's Math.floorDiv and Math.floorMod; the divisor is positive.
constexpr Long floor_div(Long value, Long divisor) {
  const Long quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}
constexpr Long floor_mod(Long value, Long divisor) {
  const Long rest = value % divisor;
  return rest < 0 ? rest + divisor : rest;
}

constexpr Int rotate_left(Int value, int by) {
  const auto bits = static_cast<std::uint32_t>(value);
  return static_cast<Int>((bits << by) | (bits >> (32 - by)));
}
/// Java's Long.hashCode.
constexpr Int hash_of_long(Long value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return static_cast<Int>(static_cast<std::uint32_t>(bits ^ (bits >> 32)));
}
/// `from` minus `amount` by its plus method, as the JDK does it: the smallest long has no opposite.
template <typename T>
T subtract(const T& from, Long amount, T (T::*plus)(Long) const) {
  return amount == kMinLong ? ((from.*plus)(kMaxLong).*plus)(1) : (from.*plus)(-amount);
}
constexpr Int three_way(Long left, Long right) { return left < right ? -1 : (left > right ? 1 : 0); }

}  // namespace sluice::painless::time
