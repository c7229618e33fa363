#include "stages/painless/math/big_int.h"

#include <array>
#include <charconv>
#include <limits>
#include <vector>

namespace sluice::painless::math {

namespace {

constexpr int kSmallPowers = 19;
constexpr std::array<Long, kSmallPowers> make_powers() {
  std::array<Long, kSmallPowers> powers{};
  Long power = 1;
  for (Long& each : powers) {
    each = power;
    if (power <= time::kMaxLong / 10) power *= 10;
  }
  return powers;
}
constexpr std::array<Long, kSmallPowers> kPowers = make_powers();

template <typename T>
T nearest(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  T value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc::result_out_of_range) return value;
  // Too large or too small: the exponent, or the digits before the point, say which.
  const std::size_t exponent = number.find_first_of("eE");
  const bool small = exponent == std::string_view::npos ? number.find_first_not_of("-0") == number.find('.')
                                                        : number.substr(exponent + 1).starts_with('-');
  const T size = small ? T{0} : std::numeric_limits<T>::infinity();
  return number.starts_with('-') ? -size : size;
}

}  // namespace

void check_digits(Long digits) {
  if (digits <= kMostDigits) return;
  time::fail(DateTimeError::kTooLarge,
             "number of [" + std::to_string(digits) + "] digits is longer than [" + std::to_string(kMostDigits) + "]");
}

std::size_t bits_of(const BigInt& value) { return value == 0 ? 0 : boost::multiprecision::msb(magnitude(value)) + 1; }

Int digits_of(const BigInt& value) {
  if (value == 0) return 1;
  // log10(2) is 0.30103, so this is the number of digits or one more.
  const auto most = static_cast<Int>(bits_of(value) * 30'103 / 100'000) + 1;
  return magnitude(value) < power_of_ten(most - 1) ? most - 1 : most;
}

BigInt power_of_ten(Long exponent) {
  if (exponent < kSmallPowers) return kPowers[static_cast<std::size_t>(exponent)];
  check_digits(exponent);
  return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(exponent));
}

BigInt integer_of(std::string_view digits, bool negative) {
  BigInt value = 0;
  while (!digits.empty()) {
    const std::string_view part = digits.substr(0, kSmallPowers - 1);
    Long number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    value *= kPowers[part.size()];
    value += number;
    digits.remove_prefix(part.size());
  }
  if (negative) value.backend().negate();
  return value;
}

Int hash_of(const BigInt& value) {
  if (value == 0) return 0;
  std::vector<std::uint32_t> words;
  boost::multiprecision::export_bits(magnitude(value), std::back_inserter(words), 32);
  std::uint32_t hash = 0;
  for (const std::uint32_t word : words) hash = 31 * hash + word;
  return static_cast<Int>(value < 0 ? std::uint32_t{0} - hash : hash);
}

Long low_bits(const BigInt& value) {
  const BigInt low = magnitude(value) & std::numeric_limits<std::uint64_t>::max();
  const auto bits = static_cast<std::uint64_t>(low);
  return static_cast<Long>(value < 0 ? std::uint64_t{0} - bits : bits);
}

double nearest_double(std::string_view number) { return nearest<double>(number); }

float nearest_float(std::string_view number) { return nearest<float>(number); }

}  // namespace sluice::painless::math
