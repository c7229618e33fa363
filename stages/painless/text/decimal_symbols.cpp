#include "stages/painless/text/decimal_symbols.h"

#include <array>

namespace sluice::painless::text {

namespace {

/// How a language writes numbers, as CLDR has it.
struct Language {
  std::string_view tag;
  std::string_view name;
  char16_t decimal;
  char16_t grouping;
  std::string_view percent;
  std::string_view currency;
};
constexpr std::string_view kEnglishMoney = "\u00a4#,##0.00";
constexpr std::string_view kMoneyBehind = "#,##0.00\u00a0\u00a4";
constexpr std::array kLanguages = {
    Language{"", "", u'.', u',', "#,##0%", "\u00a4\u00a0#,##0.00"},
    Language{"en", "English", u'.', u',', "#,##0%", kEnglishMoney},
    Language{"de", "German", u',', u'.', "#,##0\u00a0%", kMoneyBehind},
    Language{"fr", "French", u',', u'\u202f', "#,##0\u00a0%", kMoneyBehind},
    Language{"it", "Italian", u',', u'.', "#,##0%", kMoneyBehind},
    Language{"ja", "Japanese", u'.', u',', "#,##0%", kEnglishMoney},
    Language{"ko", "Korean", u'.', u',', "#,##0%", kEnglishMoney},
    Language{"zh", "Chinese", u'.', u',', "#,##0%", kEnglishMoney},
};

/// The money of a country.
struct Country {
  std::string_view code;
  std::string_view name;
  std::string_view currency;
  std::string_view sign;
  int digits;
};
constexpr std::array kCountries = {
    Country{"US", "United States", "USD", "$", 2}, Country{"GB", "United Kingdom", "GBP", "\u00a3", 2},
    Country{"CA", "Canada", "CAD", "$", 2},        Country{"DE", "Germany", "EUR", "\u20ac", 2},
    Country{"FR", "France", "EUR", "\u20ac", 2},   Country{"IT", "Italy", "EUR", "\u20ac", 2},
    Country{"JP", "Japan", "JPY", "\uffe5", 0},    Country{"KR", "South Korea", "KRW", "\u20a9", 0},
    Country{"CN", "China", "CNY", "\u00a5", 2},
};

const Language& language_of(const time::Locale& locale) {
  for (const Language& each : kLanguages) {
    if (each.tag == locale.language()) return each;
  }
  return kLanguages[1];
}

}  // namespace

std::string utf8_of(char16_t unit) {
  std::string text;
  if (unit < 0x80) {
    text.push_back(static_cast<char>(unit));
  } else if (unit < 0x800) {
    text.push_back(static_cast<char>(0xC0 | unit >> 6));
    text.push_back(static_cast<char>(0x80 | (unit & 0x3F)));
  } else {
    text.push_back(static_cast<char>(0xE0 | unit >> 12));
    text.push_back(static_cast<char>(0x80 | (unit >> 6 & 0x3F)));
    text.push_back(static_cast<char>(0x80 | (unit & 0x3F)));
  }
  return text;
}

DecimalSymbols DecimalSymbols::of(const time::Locale& locale) {
  const Language& language = language_of(locale);
  DecimalSymbols symbols;
  symbols.decimal = symbols.monetary_decimal = language.decimal;
  symbols.grouping = symbols.monetary_grouping = language.grouping;
  symbols.locale_name = language.name;
  for (const Country& country : kCountries) {
    if (country.code != locale.country()) continue;
    symbols.currency = country.sign;
    symbols.currency_code = country.currency;
    symbols.currency_digits = country.digits;
    symbols.locale_name += " (" + std::string(country.name) + ")";
  }
  return symbols;
}

std::string number_pattern(const time::Locale& /*locale*/) { return "#,##0.###"; }

std::string percent_pattern(const time::Locale& locale) { return std::string(language_of(locale).percent); }

std::string currency_pattern(const time::Locale& locale) { return std::string(language_of(locale).currency); }

}  // namespace sluice::painless::text
