#include "stages/painless/math/decimal.h"

#include <algorithm>

namespace sluice::painless::math {

namespace {

constexpr Int kMaxInt = std::numeric_limits<Int>::max();
constexpr Int kMinInt = std::numeric_limits<Int>::min();

[[noreturn]] void fail_arithmetic(std::string message) { time::fail(DateTimeError::kArithmetic, std::move(message)); }

}  // namespace

Int Decimal::checked_scale(Long scale, const BigInt& of) {
  if (scale >= kMinInt && scale <= kMaxInt) return static_cast<Int>(scale);
  if (of != 0) fail_arithmetic(scale > 0 ? "Underflow" : "Overflow");
  return scale > 0 ? kMaxInt : kMinInt;
}

Decimal Decimal::raised_to(Int scale) const {
  if (unscaled_ == 0) return Decimal(0, scale);
  const Long raise = Long{scale} - scale_;
  check_digits(precision() + raise);
  return Decimal(unscaled_ * power_of_ten(raise), scale);
}

Decimal Decimal::stripped(Long preferred) const {
  Decimal result = *this;
  BigInt quotient;
  BigInt rest;
  const BigInt ten = 10;
  // Many zeros at once first: one at a time takes the square of their number.
  for (Long step = Long{1} << 12; step > 0; step /= 2) {
    if (step > 1 && (result.precision() <= step || Long{result.scale_} - step < preferred)) continue;
    const BigInt power = step == 1 ? ten : power_of_ten(step);
    while (magnitude(result.unscaled_) >= power && result.scale_ >= preferred + step &&
           !bit_test(magnitude(result.unscaled_), 0)) {
      boost::multiprecision::divide_qr(result.unscaled_, power, quotient, rest);
      if (rest != 0) break;
      result = Decimal(quotient, checked_scale(Long{result.scale_} - step, quotient));
    }
  }
  return result;
}

Decimal Decimal::add(const Decimal& other) const {
  const Int scale = std::max(scale_, other.scale_);
  return Decimal(raised_to(scale).unscaled_ + other.raised_to(scale).unscaled_, scale);
}

/// One of the two is zero.
Decimal Decimal::add_to_zero(const Decimal& other, const MathContext& context) const {
  const Int preferred = std::max(scale_, other.scale_);
  if (unscaled_ == 0 && other.unscaled_ == 0) return Decimal(0, preferred);
  Decimal result = (unscaled_ == 0 ? other : *this).round(context);
  if (result.scale_ == preferred) return result;
  if (result.scale_ > preferred) return result.stripped(preferred);
  const Long room = Long{context.precision()} - result.precision();
  const Long missing = Long{preferred} - result.scale_;
  return result.with_scale(room >= missing ? preferred : static_cast<Int>(result.scale_ + room));
}

Decimal Decimal::add(const Decimal& other, const MathContext& context) const {
  if (context.is_unlimited()) return add(other);
  if (unscaled_ == 0 || other.unscaled_ == 0) return add_to_zero(other, context);
  Decimal big = *this;
  Decimal small = other;
  if (scale_ > other.scale_) std::swap(big, small);
  if (big.scale_ != small.scale_) {
    // A number that is too small to be seen counts as one that is just below what is seen.
    const Long last_seen = Long{big.scale_} - big.precision() + context.precision();
    const Long first_of_small = Long{small.scale_} - small.precision() + 1;
    if (first_of_small > Long{big.scale_} + 2 && first_of_small > last_seen + 2) {
      small = Decimal(small.signum(), checked_scale(std::max(Long{big.scale_}, last_seen) + 3, unscaled_));
    }
  }
  return big.add(small).round(context);
}

Decimal Decimal::multiply(const Decimal& other) const {
  const Int scale = checked_scale(Long{scale_} + other.scale_, unscaled_ == 0 ? unscaled_ : other.unscaled_);
  check_digits(Long{precision()} + other.precision() - 1);
  return Decimal(unscaled_ * other.unscaled_, scale);
}

Decimal Decimal::pow(Int exponent) const {
  if (exponent < 0 || exponent > 999'999'999) fail_arithmetic("Invalid operation");
  const Int scale = checked_scale(Long{scale_} * exponent, unscaled_);
  if (magnitude(unscaled_) > 1) check_digits((Long{precision()} - 1) * exponent);
  if (magnitude(unscaled_) <= 1) {  // not as many squarings as the exponent has bits
    return Decimal(exponent == 0 ? BigInt(1) : exponent % 2 == 0 ? magnitude(unscaled_) : unscaled_, scale);
  }
  check_digits(static_cast<Long>(bits_of(unscaled_) - 1) * exponent * 3 / 10);
  return Decimal(boost::multiprecision::pow(unscaled_, static_cast<unsigned>(exponent)), scale);
}

Decimal Decimal::pow(Int exponent, const MathContext& context) const {
  if (context.is_unlimited()) return pow(exponent);
  constexpr Long kMost = 999'999'999;
  if (exponent < -kMost || exponent > kMost) fail_arithmetic("Invalid operation");
  if (exponent == 0) return Decimal(1);
  const auto size = static_cast<std::uint32_t>(std::abs(exponent));
  const auto digits = static_cast<Int>(std::to_string(size).size());
  if (digits > context.precision()) fail_arithmetic("Invalid operation");
  const MathContext work(Long{context.precision()} + digits + 1, context.rounding());
  Decimal power(1);
  bool seen = false;
  for (int bit = 30; bit >= 0; --bit) {
    if ((size >> bit & 1) != 0) {
      seen = true;
      power = power.multiply(*this, work);
    }
    if (seen && bit > 0) power = power.multiply(power, work);
  }
  if (exponent < 0) power = Decimal(1).divide(power, work);
  return power.round(context);
}

Decimal Decimal::round(const MathContext& context) const {
  Decimal result = *this;
  if (context.is_unlimited()) return result;
  for (Long drop = Long{result.precision()} - context.precision(); drop > 0;
       drop = Long{result.precision()} - context.precision()) {
    const Int scale = checked_scale(Long{result.scale_} - drop, result.unscaled_);
    result = Decimal(divide_rounded(result.unscaled_, power_of_ten(drop), context.rounding()), scale);
  }
  return result;
}

Decimal Decimal::with_scale(Int scale, RoundingMode mode) const {
  if (scale >= scale_) {
    (void)checked_scale(Long{scale} - scale_, unscaled_);
    return raised_to(scale);
  }
  const Int drop = checked_scale(Long{scale_} - scale, unscaled_);
  if (drop > precision()) {  // nothing is left but the way it is rounded
    return Decimal(divide_rounded(unscaled_.sign(), 10, mode), scale);
  }
  return Decimal(divide_rounded(unscaled_, power_of_ten(drop), mode), scale);
}

Decimal Decimal::moved(Long scale, Int places) const {
  if (places == 0) return *this;
  const Decimal result(unscaled_, checked_scale(scale, unscaled_));
  return result.scale_ < 0 ? result.with_scale(0) : result;
}

Decimal Decimal::scale_by_power_of_ten(Int power) const {
  return Decimal(unscaled_, checked_scale(Long{scale_} - power, unscaled_));
}

Decimal Decimal::strip_trailing_zeros() const {
  return unscaled_ == 0 ? Decimal() : stripped(std::numeric_limits<Long>::min() / 2);
}

int Decimal::compare_magnitude(const Decimal& other) const {
  if (unscaled_ == 0 || other.unscaled_ == 0) return magnitude(unscaled_).compare(magnitude(other.unscaled_));
  const Long mine = Long{precision()} - scale_;
  const Long others = Long{other.precision()} - other.scale_;
  if (mine != others) return mine < others ? -1 : 1;
  const Int scale = std::max(scale_, other.scale_);
  return magnitude(raised_to(scale).unscaled_).compare(magnitude(other.raised_to(scale).unscaled_));
}

int Decimal::compare_to(const Decimal& other) const {
  if (signum() != other.signum()) return signum() < other.signum() ? -1 : 1;
  const int order = compare_magnitude(other);
  const int sign = order < 0 ? -1 : static_cast<int>(order > 0);
  return signum() < 0 ? -sign : sign;
}

Int Decimal::hash() const {
  return static_cast<Int>(31 * static_cast<std::uint32_t>(hash_of(unscaled_)) + static_cast<std::uint32_t>(scale_));
}

BigInt Decimal::to_integer(RoundingMode mode) const { return with_scale(0, mode).unscaled_; }

Long Decimal::long_value_exact() const {
  if (unscaled_ == 0) return 0;
  const Long whole_digits = Long{precision()} - scale_;
  if (whole_digits > 19) fail_arithmetic("Overflow");
  if (whole_digits <= 0) fail_arithmetic("Rounding necessary");
  const BigInt number = to_integer(RoundingMode::kUnnecessary);
  if (number < time::kMinLong || number > time::kMaxLong) fail_arithmetic("Overflow");
  return low_bits(number);
}

Long Decimal::value_exact(int bits) const {
  const Long value = long_value_exact();
  const Long limit = Long{1} << (bits - 1);
  if (value < -limit || value >= limit) fail_arithmetic("Overflow");
  return value;
}

Long Decimal::long_value() const {
  const bool is_fraction = Long{precision()} - scale_ <= 0;
  return is_fraction || scale_ <= -64 ? 0 : low_bits(to_integer());
}

}  // namespace sluice::painless::math
