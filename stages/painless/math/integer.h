#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/painless/math/big_int.h"

/// Java's BigInteger, method by method, on values of BigInt. What would have more than kMostDigits digits is refused.
namespace sluice::painless::math::integer {

/// Errors: NumberFormatException `For input string: "x"`, `Zero length BigInteger`, `Illegal embedded sign character`,
/// `Radix out of range`.
BigInt parse(std::string_view text, Int radix = 10);
/// A radix that there isn't is 10.
std::string to_text(const BigInt& value, Int radix);

BigInt multiply(const BigInt& left, const BigInt& right);
/// Errors: ArithmeticException `BigInteger divide by zero`.
std::pair<BigInt, BigInt> divide_and_remainder(const BigInt& dividend, const BigInt& divisor);
/// Never negative. Errors: ArithmeticException `BigInteger: modulus not positive`.
BigInt mod(const BigInt& value, const BigInt& modulus);
/// Errors: ArithmeticException `BigInteger not invertible.`
BigInt mod_inverse(const BigInt& value, const BigInt& modulus);
BigInt mod_pow(const BigInt& value, const BigInt& exponent, const BigInt& modulus);
/// Errors: ArithmeticException `Negative exponent`.
BigInt pow(const BigInt& value, Int exponent);
/// To the right where `places` is negative; what falls out there is rounded down.
BigInt shift_left(const BigInt& value, Long places);

// Bits of the two's complement, which goes on without an end. Errors: ArithmeticException `Negative bit address`.
bool test_bit(const BigInt& value, Int place);
BigInt with_bit(const BigInt& value, Int place, bool set);
BigInt bit_and(const BigInt& left, const BigInt& right);
BigInt bit_or(const BigInt& left, const BigInt& right);
BigInt bit_xor(const BigInt& left, const BigInt& right);
inline BigInt bit_not(const BigInt& value) { return -value - 1; }
/// Bits that differ from the sign.
Int bit_count(const BigInt& value);
/// Bits without the sign.
Int bit_length(const BigInt& value);
/// The place of the lowest one; -1: there is none.
Int lowest_set_bit(const BigInt& value);
/// The highest byte first, no more of them than needed.
std::vector<std::int8_t> to_bytes(const BigInt& value);

/// The value, if it has `bits` bits with the sign. Errors: ArithmeticException `BigInteger out of int range`.
Long value_exact(const BigInt& value, Int bits, std::string_view type);

}  // namespace sluice::painless::math::integer
