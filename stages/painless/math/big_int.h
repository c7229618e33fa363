#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless {

using BigInt = boost::multiprecision::cpp_int;

/// Without its sign.
inline BigInt magnitude(const BigInt& value) {
  BigInt positive = value;
  if (positive < 0) positive.backend().negate();
  return positive;
}

}  // namespace sluice::painless

/// java.math for scripts. Errors are thrown as in time/: DateTimeError names the Java exception.
namespace sluice::painless::math {

using time::DateTimeError;
using time::Int;
using time::Long;

/// Digits that a number may have. Reading and dividing takes the square of them, and scripts come from outside.
inline constexpr Long kMostDigits = 100'000;

/// Refuses more than kMostDigits. Errors: CircuitBreakingException `number of [N] digits is longer than [100000]`.
void check_digits(Long digits);
/// Bits of the magnitude; 0 has none.
std::size_t bits_of(const BigInt& value);
/// Decimal digits of the magnitude; 0 has one.
Int digits_of(const BigInt& value);
/// Errors: as check_digits().
BigInt power_of_ten(Long exponent);
/// Decimal digits and nothing else.
BigInt integer_of(std::string_view digits, bool negative);
/// BigInteger.hashCode(): over the magnitude's 32-bit words, the highest first.
Int hash_of(const BigInt& value);
/// The low 64 bits of the two's complement: BigInteger.longValue().
Long low_bits(const BigInt& value);
/// The nearest double to digits as Java writes them; infinite and zero where there is none.
double nearest_double(std::string_view number);
float nearest_float(std::string_view number);

}  // namespace sluice::painless::math
