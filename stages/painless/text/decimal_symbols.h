#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/locale.h"

namespace sluice::painless::text {

/// UTF-8 of a character of the basic plane.
std::string utf8_of(char16_t unit);

/// Java's DecimalFormatSymbols: what numbers are written with. A value type.
struct DecimalSymbols {
  static constexpr std::string_view kTypeName = "java.text.DecimalFormatSymbols";

  char16_t zero = u'0';
  char16_t grouping = u',';
  char16_t decimal = u'.';
  char16_t per_mill = u'\u2030';
  char16_t percent = u'%';
  char16_t digit = u'#';
  char16_t pattern_separator = u';';
  char16_t minus = u'-';
  char16_t monetary_decimal = u'.';
  char16_t monetary_grouping = u',';
  std::string infinity = "\u221e";
  std::string nan = "NaN";
  std::string exponent = "E";
  std::string currency = "\u00a4";      ///< `$`
  std::string currency_code = "XXX";    ///< `USD`
  int currency_digits = 2;              ///< behind the point
  std::string locale_name = "English";  ///< Locale.getDisplayName()

  /// Of the languages that Locale has constants for; others are written as English is.
  static DecimalSymbols of(const time::Locale& locale);
  friend bool operator==(const DecimalSymbols&, const DecimalSymbols&) = default;
};

/// The patterns that a locale has for numbers, percents and amounts of money.
std::string number_pattern(const time::Locale& locale);
std::string percent_pattern(const time::Locale& locale);
std::string currency_pattern(const time::Locale& locale);

}  // namespace sluice::painless::text
