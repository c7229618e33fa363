#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/formatter.h"

namespace sluice::painless::time {

/// Java's DateTimeFormatterBuilder. One thread.
class DateTimeFormatterBuilder {
 public:
  DateTimeFormatterBuilder() : levels_(1) {}

  DateTimeFormatterBuilder& parse_case_sensitive() { return add_switch(FormatNode::kCase, true); }
  DateTimeFormatterBuilder& parse_case_insensitive() { return add_switch(FormatNode::kCase, false); }
  DateTimeFormatterBuilder& parse_strict() { return add_switch(FormatNode::kStrictness, true); }
  DateTimeFormatterBuilder& parse_lenient() { return add_switch(FormatNode::kStrictness, false); }
  DateTimeFormatterBuilder& parse_defaulting(Field field, Long value);
  DateTimeFormatterBuilder& append_value(Field field);
  DateTimeFormatterBuilder& append_value(Field field, int width);
  DateTimeFormatterBuilder& append_value(Field field, int min_width, int max_width, SignStyle sign);
  /// The base may be a date of a year, which only to_string() tells.
  DateTimeFormatterBuilder& append_value_reduced(Field field, int width, int max_width, Int base,
                                                 bool base_is_date = false);
  DateTimeFormatterBuilder& append_fraction(Field field, int min_width, int max_width, bool decimal_point);
  DateTimeFormatterBuilder& append_text(Field field, TextStyle style = TextStyle::kFull);
  /// The short English name, whatever the locale is.
  DateTimeFormatterBuilder& append_english_text(Field field);
  DateTimeFormatterBuilder& append_instant(int fraction_digits = -2);
  DateTimeFormatterBuilder& append_offset_id() { return append_offset("+HH:MM:ss", "Z"); }
  DateTimeFormatterBuilder& append_offset(std::string_view pattern, std::string_view for_zero);
  DateTimeFormatterBuilder& append_localized_offset(TextStyle style);
  DateTimeFormatterBuilder& append_zone_id() { return append_zone(0); }
  DateTimeFormatterBuilder& append_zone_region_id() { return append_zone(1); }
  DateTimeFormatterBuilder& append_zone_or_offset_id() { return append_zone(2); }
  DateTimeFormatterBuilder& append_zone_text(TextStyle style, bool generic = false);
  DateTimeFormatterBuilder& append_day_period_text(TextStyle style);
  DateTimeFormatterBuilder& append_chronology_id();
  DateTimeFormatterBuilder& append_chronology_text(TextStyle style);
  /// Null: without the date or the time, but not without both.
  DateTimeFormatterBuilder& append_localized(const FormatStyle* date, const FormatStyle* time);
  DateTimeFormatterBuilder& append_literal(std::string_view literal);
  DateTimeFormatterBuilder& append(const DateTimeFormatter& formatter);
  DateTimeFormatterBuilder& append_optional(const DateTimeFormatter& formatter);
  /// Errors: those of DateTimeFormatter::of_pattern.
  DateTimeFormatterBuilder& append_pattern(std::string_view pattern);
  DateTimeFormatterBuilder& pad_next(int width, std::string_view with = " ");
  DateTimeFormatterBuilder& optional_start();
  /// Errors: IllegalStateException without optional_start().
  DateTimeFormatterBuilder& optional_end();
  [[nodiscard]] bool in_optional() const { return levels_.size() > 1; }
  /// Number of the locale's weeks: pattern letters e, c, w, W and Y.
  DateTimeFormatterBuilder& append_week_based(char letter, int count);

  [[nodiscard]] DateTimeFormatter to_formatter(const Locale& locale = Locale::node_default(),
                                               ResolverStyle resolver = ResolverStyle::kSmart,
                                               bool iso_chronology = false);

  /// The pattern that a locale has for the styles. Null: without.
  static std::string localized_pattern(const FormatStyle* date, const FormatStyle* time, const Locale& locale);

 private:
  /// A formatter may have so many steps, so deep in each other, and a pad of that width: scripts come from outside.
  static constexpr std::size_t kMostNodes = 10'000;
  static constexpr std::size_t kMostLevels = 100;
  static constexpr int kMostPad = 65'536;

  struct Level {
    std::vector<FormatNode> nodes;
    int pad_width = 0;
    std::string pad;
    int value = -1;  ///< the number that adjacent ones take digits from
  };

  DateTimeFormatterBuilder& add(FormatNode node);
  DateTimeFormatterBuilder& add_number(FormatNode node);
  DateTimeFormatterBuilder& add_switch(FormatNode::Kind kind, bool flag);
  DateTimeFormatterBuilder& append_zone(Long which);
  /// Errors: IllegalArgumentException `Formatter is too large`.
  void check_size(const FormatNode& node, std::size_t level);

  std::size_t nodes_ = 0;

  std::vector<Level> levels_;
};

}  // namespace sluice::painless::time
