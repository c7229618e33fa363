#include <algorithm>

#include "stages/painless/math/decimal.h"

namespace sluice::painless::math {

namespace {

constexpr Int kMaxInt = std::numeric_limits<Int>::max();
constexpr Int kMinInt = std::numeric_limits<Int>::min();

[[noreturn]] void fail_arithmetic(std::string message) { time::fail(DateTimeError::kArithmetic, std::move(message)); }

void check_divisor(const Decimal& dividend, const Decimal& divisor) {
  if (divisor.signum() == 0) fail_arithmetic(dividend.signum() == 0 ? "Division undefined" : "Division by zero");
}

Int saturated(Long scale) { return static_cast<Int>(std::clamp<Long>(scale, kMinInt, kMaxInt)); }

Int exact_scale(Long scale) {
  if (scale < kMinInt || scale > kMaxInt) fail_arithmetic(scale > 0 ? "Underflow" : "Overflow");
  return static_cast<Int>(scale);
}

/// Digits that a quotient of two such numbers has at most, if it ends.
Long enough_digits(const Decimal& dividend, const Decimal& divisor) {
  return Long{dividend.precision()} + (Long{divisor.precision()} * 10 + 2) / 3;
}

}  // namespace

Decimal Decimal::divide_normalized(const Decimal& divisor, Long preferred, const MathContext& context) const {
  // As if both were 0.1 to 0.999..: the quotient has `precision` digits then.
  const Long dividend_digits = precision();
  Long divisor_digits = divisor.precision();
  if (Decimal(unscaled_, static_cast<Int>(dividend_digits))
          .compare_magnitude(Decimal(divisor.unscaled_, static_cast<Int>(divisor_digits))) > 0) {
    --divisor_digits;
  }
  const Int scale = exact_scale(preferred + divisor_digits - dividend_digits + context.precision());
  const Long raise = context.precision() + divisor_digits - dividend_digits;
  check_digits(dividend_digits + std::max<Long>(raise, 0));
  const BigInt top = raise > 0 ? BigInt(unscaled_ * power_of_ten(raise)) : unscaled_;
  const BigInt bottom = raise < 0 ? BigInt(divisor.unscaled_ * power_of_ten(-raise)) : divisor.unscaled_;
  bool exact = false;
  Decimal quotient(divide_rounded(top, bottom, context.rounding(), &exact), scale);
  if (exact && preferred != scale) quotient = quotient.stripped(preferred);
  return quotient.round(context);
}

Decimal Decimal::divide(const Decimal& divisor, const MathContext& context) const {
  if (context.is_unlimited()) return divide(divisor);
  const Long preferred = Long{scale_} - divisor.scale_;
  check_divisor(*this, divisor);
  if (unscaled_ == 0) return Decimal(0, saturated(preferred));
  return divide_normalized(divisor, preferred, context);
}

Decimal Decimal::divide(const Decimal& divisor) const {
  check_divisor(*this, divisor);
  const Int preferred = saturated(Long{scale_} - divisor.scale_);
  if (unscaled_ == 0) return Decimal(0, preferred);
  const MathContext enough(enough_digits(*this, divisor), RoundingMode::kUnnecessary);
  Decimal quotient;
  try {
    quotient = divide(divisor, enough);
  } catch (const DateTimeError& error) {
    if (error.kind != DateTimeError::kArithmetic) throw;
    fail_arithmetic("Non-terminating decimal expansion; no exact representable decimal result.");
  }
  return preferred > quotient.scale_ ? quotient.with_scale(preferred) : quotient;
}

Decimal Decimal::divide_to_integral(const Decimal& divisor) const {
  const Int preferred = saturated(Long{scale_} - divisor.scale_);
  if (compare_magnitude(divisor) < 0) return Decimal(0, preferred);
  if (unscaled_ == 0 && divisor.unscaled_ != 0) return with_scale(preferred);
  const Long digits = enough_digits(*this, divisor) + std::abs(Long{scale_} - divisor.scale_) + 2;
  Decimal quotient = divide(divisor, MathContext(digits, RoundingMode::kDown));
  if (quotient.scale_ > 0) quotient = quotient.with_scale(0, RoundingMode::kDown).stripped(preferred);
  return quotient.scale_ < preferred ? quotient.with_scale(preferred) : quotient;
}

Decimal Decimal::divide_to_integral(const Decimal& divisor, const MathContext& context) const {
  if (context.is_unlimited() || compare_magnitude(divisor) < 0) return divide_to_integral(divisor);
  const Int preferred = saturated(Long{scale_} - divisor.scale_);
  Decimal result = divide(divisor, MathContext(context.precision(), RoundingMode::kDown));
  if (result.scale_ < 0) {
    if (subtract(result.multiply(divisor)).compare_magnitude(divisor) >= 0) fail_arithmetic("Division impossible");
  } else if (result.scale_ > 0) {
    result = result.with_scale(0, RoundingMode::kDown);
  }
  const Long room = Long{context.precision()} - result.precision();
  if (preferred > result.scale_ && room > 0) {
    return result.with_scale(static_cast<Int>(result.scale_ + std::min(room, Long{preferred} - result.scale_)));
  }
  return result.stripped(preferred);
}

std::pair<Decimal, Decimal> Decimal::divide_and_remainder(const Decimal& divisor) const {
  const Decimal quotient = divide_to_integral(divisor);
  return {quotient, subtract(quotient.multiply(divisor))};
}

std::pair<Decimal, Decimal> Decimal::divide_and_remainder(const Decimal& divisor, const MathContext& context) const {
  const Decimal quotient = divide_to_integral(divisor, context);
  return {quotient, subtract(quotient.multiply(divisor))};
}

}  // namespace sluice::painless::math
