#pragma once

#include <string_view>

#include "stages/painless/time/formatter.h"
#include "stages/painless/time/parsed.h"

namespace sluice::painless::time {

/// Reads one text by the steps of a formatter. Positions are bytes; a negative one is ~ the place where the text
/// doesn't fit. One use.
class Parser {
 public:
  Parser(const DateTimeFormatter& formatter, std::string_view text) : formatter_(formatter), text_(text) {}

  int parse(const FormatNode& node, int position);
  [[nodiscard]] const ParsedFields& fields() const { return fields_; }

 private:
  [[nodiscard]] int size() const { return static_cast<int>(text_.size()); }
  [[nodiscard]] char at(int position) const { return text_[static_cast<std::size_t>(position)]; }
  /// The digit there; -1: none.
  [[nodiscard]] int digit(int position) const;
  [[nodiscard]] bool same(char left, char right) const;
  [[nodiscard]] bool has(int position, std::string_view wanted) const;
  int set(Field field, Long value, int error, int success);

  int parse_sequence(const FormatNode& node, int position);
  int parse_literal(const FormatNode& node, int position);
  int parse_number(const FormatNode& node, Field field, int position);
  int set_number(const FormatNode& node, Field field, Long value, int error, int success);
  int parse_week_based(const FormatNode& node, int position);
  int parse_fraction(const FormatNode& node, int position);
  int parse_text(const FormatNode& node, int position);
  int parse_offset(int type, std::string_view for_zero, int position);
  bool offset_number(int& position, int& number, bool colon) const;
  int offset_of(int type, int position, int& offset) const;
  int hour_offset(int type, int position, int& offset) const;
  int parse_localized_offset(const FormatNode& node, int position);
  int parse_zone_id(const FormatNode& node, int position);
  int parse_prefixed_zone(int begin, int position, int type, std::string_view for_zero);
  int parse_zone_text(const FormatNode& node, int position);
  int parse_instant(const FormatNode& node, int position);
  int parse_day_period(const FormatNode& node, int position);
  int parse_pad(const FormatNode& node, int position);

  const DateTimeFormatter& formatter_;
  std::string_view text_;
  ParsedFields fields_;
  bool case_sensitive_ = true;
  bool strict_ = true;
};

}  // namespace sluice::painless::time
