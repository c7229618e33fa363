#pragma once

#include <string>
#include <string_view>

#include "stages/painless/math/big_int.h"

namespace sluice::painless::math {

/// Java's RoundingMode, in its order.
enum class RoundingMode : std::uint8_t {
  kUp,
  kDown,
  kCeiling,
  kFloor,
  kHalfUp,
  kHalfDown,
  kHalfEven,
  kUnnecessary,
};
inline constexpr int kRoundingModes = 8;

/// `HALF_EVEN`, Enum.name().
std::string_view name_of(RoundingMode mode);
/// By Enum.name(). Errors: IllegalArgumentException `No enum constant java.math.RoundingMode.X`.
RoundingMode rounding_mode_value_of(std::string_view name);

/// Java's MathContext: how many digits a result has, 0 being all of them, and how it is rounded.
class MathContext {
 public:
  static constexpr std::string_view kTypeName = "java.math.MathContext";

  constexpr MathContext() = default;  ///< UNLIMITED
  constexpr MathContext(Long digits, RoundingMode mode) : precision_(clamped(digits)), rounding_(mode) {}
  /// Errors: IllegalArgumentException `Digits < 0`.
  static MathContext of(Int precision, RoundingMode mode);

  [[nodiscard]] constexpr Int precision() const { return precision_; }
  [[nodiscard]] constexpr RoundingMode rounding() const { return rounding_; }
  [[nodiscard]] constexpr bool is_unlimited() const { return precision_ == 0; }
  /// `precision=7 roundingMode=HALF_EVEN`.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const MathContext&, const MathContext&) = default;

 private:
  static constexpr Int clamped(Long digits) {
    return digits > std::numeric_limits<Int>::max() ? std::numeric_limits<Int>::max() : static_cast<Int>(digits);
  }

  Int precision_ = 0;
  RoundingMode rounding_ = RoundingMode::kHalfUp;
};

/// `dividend / divisor`, rounded to an integer; `exact` says whether nothing was left. Errors: ArithmeticException
/// `Rounding necessary`.
BigInt divide_rounded(const BigInt& dividend, const BigInt& divisor, RoundingMode mode, bool* exact = nullptr);

}  // namespace sluice::painless::math
