#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "stages/painless/math/math_context.h"

namespace sluice::painless::math {

/// Java's BigDecimal, method by method: `unscaled` times ten to the power of minus `scale`. A value type. What would
/// have more than kMostDigits digits is refused.
class Decimal {
 public:
  static constexpr std::string_view kTypeName = "java.math.BigDecimal";

  Decimal() = default;  ///< 0
  explicit Decimal(BigInt unscaled, Int scale = 0) : unscaled_(std::move(unscaled)), scale_(scale) {}
  /// Errors: NumberFormatException `Character x is neither a decimal digit number, decimal point, nor "e" notation
  /// exponential mark.`, ...
  static Decimal parse(std::string_view text);
  static Decimal parse(std::string_view text, const MathContext& context) { return parse(text).round(context); }

  [[nodiscard]] const BigInt& unscaled() const { return unscaled_; }
  [[nodiscard]] Int scale() const { return scale_; }
  /// Digits of the unscaled value.
  [[nodiscard]] Int precision() const { return digits_of(unscaled_); }
  [[nodiscard]] Int signum() const { return unscaled_.sign(); }

  [[nodiscard]] Decimal add(const Decimal& other) const;
  [[nodiscard]] Decimal add(const Decimal& other, const MathContext& context) const;
  [[nodiscard]] Decimal subtract(const Decimal& other) const { return add(other.negate()); }
  [[nodiscard]] Decimal subtract(const Decimal& other, const MathContext& context) const {
    return add(other.negate(), context);
  }
  [[nodiscard]] Decimal multiply(const Decimal& other) const;
  [[nodiscard]] Decimal multiply(const Decimal& other, const MathContext& context) const {
    return multiply(other).round(context);
  }
  /// Errors: ArithmeticException `Division by zero`, `Division undefined`, `Non-terminating decimal expansion; no exact
  /// representable decimal result.`
  [[nodiscard]] Decimal divide(const Decimal& divisor) const;
  [[nodiscard]] Decimal divide(const Decimal& divisor, const MathContext& context) const;
  [[nodiscard]] Decimal divide_to_integral(const Decimal& divisor) const;
  /// Errors: ArithmeticException `Division impossible`.
  [[nodiscard]] Decimal divide_to_integral(const Decimal& divisor, const MathContext& context) const;
  [[nodiscard]] std::pair<Decimal, Decimal> divide_and_remainder(const Decimal& divisor) const;
  [[nodiscard]] std::pair<Decimal, Decimal> divide_and_remainder(const Decimal& divisor,
                                                                 const MathContext& context) const;
  [[nodiscard]] Decimal remainder(const Decimal& divisor) const { return divide_and_remainder(divisor).second; }
  [[nodiscard]] Decimal remainder(const Decimal& divisor, const MathContext& context) const {
    return divide_and_remainder(divisor, context).second;
  }
  /// Errors: ArithmeticException `Invalid operation`.
  [[nodiscard]] Decimal pow(Int exponent) const;
  [[nodiscard]] Decimal pow(Int exponent, const MathContext& context) const;
  [[nodiscard]] Decimal negate() const { return Decimal(-unscaled_, scale_); }
  [[nodiscard]] Decimal abs() const { return Decimal(magnitude(unscaled_), scale_); }
  [[nodiscard]] Decimal round(const MathContext& context) const;
  /// Errors: ArithmeticException `Rounding necessary`.
  [[nodiscard]] Decimal with_scale(Int scale, RoundingMode mode = RoundingMode::kUnnecessary) const;
  [[nodiscard]] Decimal move_point_left(Int places) const { return moved(Long{scale_} + places, places); }
  [[nodiscard]] Decimal move_point_right(Int places) const { return moved(Long{scale_} - places, places); }
  [[nodiscard]] Decimal scale_by_power_of_ten(Int power) const;
  [[nodiscard]] Decimal strip_trailing_zeros() const;
  [[nodiscard]] Decimal ulp() const { return Decimal(1, scale_); }

  /// The scale doesn't count: 2.0 and 2.00 are the same here.
  [[nodiscard]] int compare_to(const Decimal& other) const;
  [[nodiscard]] int compare_magnitude(const Decimal& other) const;
  /// The scale counts: 2.0 and 2.00 differ.
  friend bool operator==(const Decimal&, const Decimal&) = default;
  [[nodiscard]] Int hash() const;

  [[nodiscard]] BigInt to_integer(RoundingMode mode = RoundingMode::kDown) const;
  /// Errors: ArithmeticException `Overflow`, `Rounding necessary`.
  [[nodiscard]] Long long_value_exact() const;
  /// long_value_exact() of a number of `bits` bits.
  [[nodiscard]] Long value_exact(int bits) const;
  /// The low 64 bits of the integer part.
  [[nodiscard]] Long long_value() const;
  [[nodiscard]] double to_double() const { return nearest_double(to_string()); }
  [[nodiscard]] float to_float() const { return nearest_float(to_string()); }

  /// `1.23E+5`: an exponent where it is needed.
  [[nodiscard]] std::string to_string() const { return layout(false); }
  /// Exponents are multiples of three.
  [[nodiscard]] std::string to_engineering_string() const { return layout(true); }
  /// Never an exponent.
  [[nodiscard]] std::string to_plain_string() const;

 private:
  /// Errors: ArithmeticException `Overflow`, `Underflow`.
  [[nodiscard]] static Int checked_scale(Long scale, const BigInt& of);
  [[nodiscard]] Decimal moved(Long scale, Int places) const;
  /// Takes zeros away until the scale is `preferred`.
  [[nodiscard]] Decimal stripped(Long preferred) const;
  [[nodiscard]] Decimal raised_to(Int scale) const;
  [[nodiscard]] Decimal add_to_zero(const Decimal& other, const MathContext& context) const;
  [[nodiscard]] Decimal divide_normalized(const Decimal& divisor, Long preferred, const MathContext& context) const;
  [[nodiscard]] std::string layout(bool engineering) const;

  BigInt unscaled_ = 0;
  Int scale_ = 0;
};

}  // namespace sluice::painless::math
