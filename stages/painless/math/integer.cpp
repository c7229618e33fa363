#include "stages/painless/math/integer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace sluice::painless::math::integer {

namespace {

[[noreturn]] void fail_arithmetic(std::string message) { time::fail(DateTimeError::kArithmetic, std::move(message)); }
[[noreturn]] void fail_format(std::string message) { time::fail(DateTimeError::kNumberFormat, std::move(message)); }

/// How many digits Java reads at a time, which its messages tell.
constexpr std::array<std::uint8_t, 37> kDigitsAtATime = {0, 0, 30, 19, 15, 13, 11, 11, 10, 9, 9, 8, 8, 8, 8, 7, 7, 7, 7,
                                                         7, 7, 7,  6,  6,  6,  6,  6,  6,  6, 6, 6, 6, 6, 6, 6, 6, 5};

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 36;
}

Long group_value(std::string_view group, Int radix) {
  Long value = 0;
  for (const char c : group) {
    const int digit = digit_of(c);
    if (digit >= radix) {
      const std::string under = radix == 10 ? "" : " under radix " + std::to_string(radix);
      fail_format("For input string: \"" + std::string(group) + "\"" + under);
    }
    value = value * radix + digit;
  }
  return value;
}

void check_bits(Long bits) { check_digits(bits * 30'103 / 100'000); }

void check_place(Int place) {
  if (place < 0) fail_arithmetic("Negative bit address");
}

void check_modulus(const BigInt& modulus) {
  if (modulus <= 0) fail_arithmetic("BigInteger: modulus not positive");
}

/// Two's complement in bytes, the lowest first, so many of them that both fit.
std::vector<std::uint8_t> low_first(const BigInt& value, std::size_t size) {
  const BigInt positive = value < 0 ? bit_not(value) : value;
  std::vector<std::uint8_t> bytes;
  if (positive != 0) export_bits(positive, std::back_inserter(bytes), 8, false);
  bytes.resize(size, 0);
  if (value < 0) {
    for (std::uint8_t& each : bytes) each = static_cast<std::uint8_t>(~each);
  }
  return bytes;
}

BigInt of_low_first(std::vector<std::uint8_t> bytes) {
  const bool negative = (bytes.back() & 0x80U) != 0;
  if (negative) {
    for (std::uint8_t& each : bytes) each = static_cast<std::uint8_t>(~each);
  }
  BigInt value;
  import_bits(value, bytes.begin(), bytes.end(), 8, false);
  return negative ? bit_not(value) : value;
}

template <typename F>
BigInt combine(const BigInt& left, const BigInt& right, F&& f) {
  const std::size_t size = std::max(bits_of(left), bits_of(right)) / 8 + 2;
  std::vector<std::uint8_t> result = low_first(left, size);
  const std::vector<std::uint8_t> other = low_first(right, size);
  for (std::size_t each = 0; each < size; ++each)
    result[each] = static_cast<std::uint8_t>(f(result[each], other[each]));
  return of_low_first(std::move(result));
}

}  // namespace

BigInt parse(std::string_view text, Int radix) {
  if (radix < 2 || radix > 36) fail_format("Radix out of range");
  if (text.empty()) fail_format("Zero length BigInteger");
  const std::size_t minus = text.rfind('-');
  const std::size_t plus = text.rfind('+');
  const bool negative = minus != std::string_view::npos;
  if ((negative && (minus != 0 || plus != std::string_view::npos)) ||
      (!negative && plus != std::string_view::npos && plus != 0)) {
    fail_format("Illegal embedded sign character");
  }
  std::string_view digits = text.substr(negative || plus == 0 ? 1 : 0);
  if (digits.empty()) fail_format("Zero length BigInteger");
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  check_digits(static_cast<Long>(digits.size()));
  const std::size_t at_a_time = kDigitsAtATime[static_cast<std::size_t>(radix)];
  BigInt value = 0;
  while (!digits.empty()) {
    const std::size_t rest = digits.size() % at_a_time;
    const std::string_view group = digits.substr(0, rest == 0 ? at_a_time : rest);
    for (std::size_t each = 0; each < group.size(); ++each) value *= radix;
    value += group_value(group, radix);
    digits.remove_prefix(group.size());
  }
  return negative ? BigInt(-value) : value;
}

std::string to_text(const BigInt& value, Int radix) {
  if (radix < 2 || radix > 36 || radix == 10) return value.str();
  std::string text;
  BigInt rest = magnitude(value);
  BigInt quotient;
  BigInt digit;
  const BigInt by = radix;
  do {
    divide_qr(rest, by, quotient, digit);
    text.push_back("0123456789abcdefghijklmnopqrstuvwxyz"[static_cast<std::size_t>(digit)]);
    rest = quotient;
  } while (rest != 0);
  if (value < 0) text.push_back('-');
  std::ranges::reverse(text);
  return text;
}

BigInt multiply(const BigInt& left, const BigInt& right) {
  check_bits(static_cast<Long>(bits_of(left) + bits_of(right)));
  return left * right;
}

std::pair<BigInt, BigInt> divide_and_remainder(const BigInt& dividend, const BigInt& divisor) {
  if (divisor == 0) fail_arithmetic("BigInteger divide by zero");
  std::pair<BigInt, BigInt> both;
  divide_qr(dividend, divisor, both.first, both.second);
  return both;
}

BigInt mod(const BigInt& value, const BigInt& modulus) {
  check_modulus(modulus);
  BigInt rest = value % modulus;
  if (rest < 0) rest += modulus;
  return rest;
}

BigInt mod_inverse(const BigInt& value, const BigInt& modulus) {
  check_modulus(modulus);
  // Steps: as many as there are bits, each of the modulus' size.
  check_bits(static_cast<Long>(bits_of(modulus) * (bits_of(modulus) / 64 + 1)));
  if (modulus == 1) return 0;
  BigInt left = modulus;
  BigInt right = mod(value, modulus);
  BigInt before = 0;
  BigInt now = 1;
  while (right != 0) {
    const auto [quotient, rest] = divide_and_remainder(left, right);
    left = std::exchange(right, rest);
    before = std::exchange(now, BigInt(before - quotient * now));
  }
  if (left != 1) fail_arithmetic("BigInteger not invertible.");
  return mod(before, modulus);
}

BigInt mod_pow(const BigInt& value, const BigInt& exponent, const BigInt& modulus) {
  check_modulus(modulus);
  // Squarings: as many as the exponent has bits, each of the modulus' size.
  check_bits(static_cast<Long>(bits_of(exponent) * (bits_of(modulus) / 64 + 1)));
  if (exponent < 0) return mod(powm(mod_inverse(value, modulus), magnitude(exponent), modulus), modulus);
  return mod(powm(mod(value, modulus), exponent, modulus), modulus);
}

BigInt pow(const BigInt& value, Int exponent) {
  if (exponent < 0) fail_arithmetic("Negative exponent");
  if (magnitude(value) <= 1) return exponent == 0 ? BigInt(1) : exponent % 2 == 0 ? magnitude(value) : value;
  check_bits(static_cast<Long>(bits_of(value) - 1) * exponent);
  return boost::multiprecision::pow(value, static_cast<unsigned>(exponent));
}

BigInt shift_left(const BigInt& value, Long places) {
  if (value == 0) return 0;
  if (places < 0) {
    if (static_cast<Long>(bits_of(value)) <= -places) return value < 0 ? -1 : 0;
    return value < 0 ? bit_not(bit_not(value) >> -places) : BigInt(value >> -places);
  }
  check_bits(static_cast<Long>(bits_of(value)) + places);
  return value << places;
}

bool test_bit(const BigInt& value, Int place) {
  check_place(place);
  if (static_cast<std::size_t>(place) >= bits_of(value)) return value < 0;
  const auto at = static_cast<unsigned>(place);
  return value < 0 ? !bit_test(bit_not(value), at) : bit_test(value, at);
}

BigInt with_bit(const BigInt& value, Int place, bool set) {
  if (test_bit(value, place) == set) return value;
  check_bits(place);
  const BigInt bit = BigInt(1) << place;
  return set ? BigInt(value + bit) : BigInt(value - bit);
}

BigInt bit_and(const BigInt& left, const BigInt& right) {
  return combine(left, right, [](unsigned a, unsigned b) { return a & b; });
}
BigInt bit_or(const BigInt& left, const BigInt& right) {
  return combine(left, right, [](unsigned a, unsigned b) { return a | b; });
}
BigInt bit_xor(const BigInt& left, const BigInt& right) {
  return combine(left, right, [](unsigned a, unsigned b) { return a ^ b; });
}

Int bit_count(const BigInt& value) {
  std::vector<std::uint32_t> words;
  export_bits(value < 0 ? bit_not(value) : value, std::back_inserter(words), 32);
  Int count = 0;
  for (const std::uint32_t word : words) count += std::popcount(word);
  return count;
}

Int bit_length(const BigInt& value) { return static_cast<Int>(bits_of(value < 0 ? bit_not(value) : value)); }

Int lowest_set_bit(const BigInt& value) {
  return value == 0 ? -1 : static_cast<Int>(boost::multiprecision::lsb(magnitude(value)));
}

std::vector<std::int8_t> to_bytes(const BigInt& value) {
  const std::vector<std::uint8_t> bytes = low_first(value, static_cast<std::size_t>(bit_length(value)) / 8 + 1);
  return {bytes.rbegin(), bytes.rend()};
}

Long value_exact(const BigInt& value, Int bits, std::string_view type) {
  if (bit_length(value) >= bits) fail_arithmetic("BigInteger out of " + std::string(type) + " range");
  return low_bits(value);
}

}  // namespace sluice::painless::math::integer
