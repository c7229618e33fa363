#include "stages/painless/math/math_context.h"

#include <array>

namespace sluice::painless::math {

namespace {

constexpr std::array<std::string_view, kRoundingModes> kNames = {"UP",      "DOWN",      "CEILING",   "FLOOR",
                                                                 "HALF_UP", "HALF_DOWN", "HALF_EVEN", "UNNECESSARY"};

/// Whether the quotient, cut off, goes one away from zero. `half`: what was cut off against a half.
bool goes_up(RoundingMode mode, bool negative, bool odd, int half) {
  switch (mode) {
    case RoundingMode::kUp:
      return true;
    case RoundingMode::kDown:
      return false;
    case RoundingMode::kCeiling:
      return !negative;
    case RoundingMode::kFloor:
      return negative;
    case RoundingMode::kHalfUp:
      return half >= 0;
    case RoundingMode::kHalfDown:
      return half > 0;
    case RoundingMode::kHalfEven:
      return half > 0 || (half == 0 && odd);
    case RoundingMode::kUnnecessary:
      break;
  }
  time::fail(DateTimeError::kArithmetic, "Rounding necessary");
}

}  // namespace

std::string_view name_of(RoundingMode mode) { return kNames[static_cast<std::size_t>(mode)]; }

RoundingMode rounding_mode_value_of(std::string_view name) {
  for (std::size_t each = 0; each < kNames.size(); ++each) {
    if (kNames[each] == name) return static_cast<RoundingMode>(each);
  }
  time::fail(DateTimeError::kIllegalArgument, "No enum constant java.math.RoundingMode." + std::string(name));
}

MathContext MathContext::of(Int precision, RoundingMode mode) {
  if (precision < 0) time::fail(DateTimeError::kIllegalArgument, "Digits < 0");
  return {precision, mode};
}

std::string MathContext::to_string() const {
  return "precision=" + std::to_string(precision_) + " roundingMode=" + std::string(name_of(rounding_));
}

BigInt divide_rounded(const BigInt& dividend, const BigInt& divisor, RoundingMode mode, bool* exact) {
  BigInt quotient;
  BigInt rest;
  boost::multiprecision::divide_qr(dividend, divisor, quotient, rest);
  if (exact != nullptr) *exact = rest == 0;
  if (rest == 0) return quotient;
  const bool negative = (dividend < 0) != (divisor < 0);
  const BigInt twice = magnitude(rest) * 2;
  if (goes_up(mode, negative, bit_test(magnitude(quotient), 0), twice.compare(magnitude(divisor)))) {
    quotient += negative ? -1 : 1;
  }
  return quotient;
}

}  // namespace sluice::painless::math
