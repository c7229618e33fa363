#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

/// Java's arithmetic: two's complement, masked shifts, saturating conversions.
namespace sluice::painless::java {

inline std::int32_t add(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t subtract(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
}
inline std::int32_t multiply(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}
inline std::int64_t add(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
inline std::int64_t subtract(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
inline std::int64_t multiply(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}
/// `b` is not zero; MIN / -1 wraps.
template <typename T>
T divide(T a, T b) {
  return b == -1 ? subtract(T{0}, a) : static_cast<T>(a / b);
}
template <typename T>
T remainder(T a, T b) {
  return b == -1 ? T{0} : static_cast<T>(a % b);
}
inline double remainder(double a, double b) { return std::fmod(a, b); }
inline float remainder(float a, float b) { return std::fmod(a, b); }

inline std::int32_t shift_left(std::int32_t a, std::int64_t by) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) << (by & 31));
}
inline std::int32_t shift_right(std::int32_t a, std::int64_t by) { return a >> (by & 31); }
inline std::int32_t shift_right_unsigned(std::int32_t a, std::int64_t by) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) >> (by & 31));
}
inline std::int64_t shift_left(std::int64_t a, std::int64_t by) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) << (by & 63));
}
inline std::int64_t shift_right(std::int64_t a, std::int64_t by) { return a >> (by & 63); }
inline std::int64_t shift_right_unsigned(std::int64_t a, std::int64_t by) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) >> (by & 63));
}

/// A floating value as an integer: truncated, saturated, NaN is 0.
template <typename T>
T to_integer(double value) {
  if (std::isnan(value)) return 0;
  constexpr double kMin = static_cast<double>(std::numeric_limits<T>::min());
  constexpr double kMax = static_cast<double>(std::numeric_limits<T>::max());
  if (value <= kMin) return std::numeric_limits<T>::min();
  if (value >= kMax) return std::numeric_limits<T>::max();
  return static_cast<T>(value);
}

}  // namespace sluice::painless::java
