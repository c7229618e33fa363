#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "stages/painless/math/decimal.h"
#include "stages/painless/text/decimal_symbols.h"

namespace sluice::painless::text {

using math::Decimal;
using math::Int;
using math::Long;
using math::RoundingMode;

/// Java's DecimalFormat (and NumberFormat, which it is the only one of). A value type; one thread.
class DecimalFormat {
 public:
  /// Errors: IllegalArgumentException `Malformed pattern "..."`, `Unquoted special character '#' in pattern "..."`, ...
  DecimalFormat(std::string_view pattern, DecimalSymbols symbols);
  /// NumberFormat's factories.
  static DecimalFormat number(const time::Locale& locale) { return of(number_pattern(locale), locale); }
  static DecimalFormat integer(const time::Locale& locale);
  static DecimalFormat percent(const time::Locale& locale) { return of(percent_pattern(locale), locale); }
  static DecimalFormat currency(const time::Locale& locale);

  [[nodiscard]] std::string format(Long number) const;
  [[nodiscard]] std::string format(double number) const;
  [[nodiscard]] std::string format(const Decimal& number) const;

  using Number = std::variant<Long, double, Decimal>;
  /// From byte `position` on, which moves; the rest may be anything. Nothing: it isn't a number, at byte `error`.
  [[nodiscard]] std::optional<Number> parse(std::string_view text, std::size_t& position, std::size_t& error) const;

  void apply_pattern(std::string_view pattern, bool localized = false);
  [[nodiscard]] std::string to_pattern(bool localized = false) const;
  [[nodiscard]] std::string to_string() const;

  [[nodiscard]] const DecimalSymbols& symbols() const { return symbols_; }
  void set_symbols(const DecimalSymbols& symbols);
  [[nodiscard]] std::string positive_prefix() const { return positive_.prefix; }
  [[nodiscard]] std::string positive_suffix() const { return positive_.suffix; }
  [[nodiscard]] std::string negative_prefix() const { return negative_.prefix; }
  [[nodiscard]] std::string negative_suffix() const { return negative_.suffix; }
  void set_positive_prefix(std::string_view text) { set_affix(positive_.prefix, positive_.prefix_pattern, text); }
  void set_positive_suffix(std::string_view text) { set_affix(positive_.suffix, positive_.suffix_pattern, text); }
  void set_negative_prefix(std::string_view text) { set_affix(negative_.prefix, negative_.prefix_pattern, text); }
  void set_negative_suffix(std::string_view text) { set_affix(negative_.suffix, negative_.suffix_pattern, text); }
  [[nodiscard]] Int multiplier() const { return multiplier_; }
  void set_multiplier(Int multiplier) { multiplier_ = multiplier; }
  [[nodiscard]] Int grouping_size() const { return grouping_size_; }
  /// Errors: IllegalArgumentException for what is not 0 to 127.
  void set_grouping_size(Int size);
  [[nodiscard]] bool grouping_used() const { return grouping_used_; }
  void set_grouping_used(bool used) { grouping_used_ = used; }
  [[nodiscard]] bool point_always_shown() const { return point_always_; }
  void set_point_always_shown(bool shown) { point_always_ = shown; }
  [[nodiscard]] bool parses_decimal() const { return parse_decimal_; }
  void set_parses_decimal(bool decimal) { parse_decimal_ = decimal; }
  [[nodiscard]] bool parses_integer_only() const { return parse_integer_; }
  void set_parses_integer_only(bool only) { parse_integer_ = only; }
  [[nodiscard]] RoundingMode rounding() const { return rounding_; }
  void set_rounding(RoundingMode mode) { rounding_ = mode; }

  [[nodiscard]] Int max_integer_digits() const { return max_integer_; }
  [[nodiscard]] Int min_integer_digits() const { return min_integer_; }
  [[nodiscard]] Int max_fraction_digits() const { return max_fraction_; }
  [[nodiscard]] Int min_fraction_digits() const { return min_fraction_; }
  void set_max_integer_digits(Int digits);
  void set_min_integer_digits(Int digits);
  void set_max_fraction_digits(Int digits);
  void set_min_fraction_digits(Int digits);

  friend bool operator==(const DecimalFormat&, const DecimalFormat&) = default;

 private:
  class Pattern;
  class Parser;
  /// What stands around a number: the text, and the pattern that it comes from, if it comes from one.
  struct Affixes {
    std::string prefix;
    std::string suffix;
    std::optional<std::string> prefix_pattern;
    std::optional<std::string> suffix_pattern;
    friend bool operator==(const Affixes&, const Affixes&) = default;
  };
  /// Digits without zeros at either end; 0.DIGITS times ten to the power of `point`.
  struct Digits {
    std::string digits;
    Long point = 0;
  };

  static DecimalFormat of(std::string_view pattern, const time::Locale& locale);
  static void set_affix(std::string& text, std::optional<std::string>& pattern, std::string_view value);
  void expand_affixes();
  [[nodiscard]] std::string expanded(const std::optional<std::string>& pattern, const std::string& otherwise) const;
  [[nodiscard]] Digits rounded(const Decimal& exact, const Decimal& shown) const;
  [[nodiscard]] std::string with_affixes(bool negative, const std::string& number) const;
  [[nodiscard]] std::string write(bool negative, Digits digits, bool integer) const;
  [[nodiscard]] std::string fixed(const Digits& digits, bool integer) const;
  [[nodiscard]] std::string scientific(Digits digits) const;
  [[nodiscard]] std::string digit(char of) const;

  DecimalSymbols symbols_;
  Affixes positive_;
  Affixes negative_;
  Int multiplier_ = 1;
  Int grouping_size_ = 3;
  bool grouping_used_ = true;
  bool point_always_ = false;
  bool parse_decimal_ = false;
  bool parse_integer_ = false;
  bool currency_ = false;
  bool scientific_ = false;
  Int min_exponent_ = 0;
  Int max_integer_ = 0;
  Int min_integer_ = 0;
  Int max_fraction_ = 0;
  Int min_fraction_ = 0;
  RoundingMode rounding_ = RoundingMode::kHalfEven;
};

}  // namespace sluice::painless::text
