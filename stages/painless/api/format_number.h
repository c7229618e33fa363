#pragma once

#include <string>
#include <string_view>

#include "stages/painless/api/format_specifier.h"

/// What java.util.Formatter makes of numbers.
namespace sluice::painless::api {

/// How a language writes numbers.
struct NumberSigns {
  std::string decimal = ".";
  std::string group = ",";
};

/// A decimal number: 0.`digits` times ten to the `exponent`; no digits: zero.
struct Decimal {
  bool negative = false;
  std::string digits;
  int exponent = 0;

  static Decimal of(double value);            ///< finite; the digits of Double.toString()
  static Decimal of(std::string_view plain);  ///< `-12.50`, digits and a point only
  /// Half up to so many digits; fewer than none is zero.
  void round(int places);
};

/// `%d` of an integer in decimal digits, with its sign.
std::string format_decimal_integer(const FormatSpecifier& specifier, std::string_view digits, const NumberSigns& signs);
/// `%o` and `%x` of digits in that base. `negative`: of a BigInteger, whose sign stands apart.
std::string format_other_base(const FormatSpecifier& specifier, std::string digits, bool negative);
/// `%e`, `%f` and `%g`.
std::string format_decimal(const FormatSpecifier& specifier, Decimal value, const NumberSigns& signs);
/// `%a`, `%e`, `%f` and `%g` of a double.
std::string format_double(const FormatSpecifier& specifier, double value, const NumberSigns& signs);

}  // namespace sluice::painless::api
