#include "stages/painless/time/formatter_builder.h"

#include <algorithm>
#include <utility>

#include "stages/painless/time/digits.h"

namespace sluice::painless::time {

namespace {

[[noreturn]] void refuse(std::string message) { fail(DateTimeError::kIllegalArgument, std::move(message)); }

void check_width(int width) {
  if (width < 1 || width > 19) {
    refuse("The width must be from 1 to 19 inclusive but was " + std::to_string(width));
  }
}

FormatNode number_node(Field field, int min_width, int max_width, SignStyle sign) {
  FormatNode node;
  node.kind = FormatNode::kNumber;
  node.field = field;
  node.min_width = min_width;
  node.max_width = max_width;
  node.sign = sign;
  return node;
}

}  // namespace

DateTimeFormatterBuilder& DateTimeFormatterBuilder::add(FormatNode node) {
  if (++nodes_ > kMostNodes) refuse("Formatter is too large");
  Level& level = levels_.back();
  if (level.pad_width > 0) {
    FormatNode pad;
    pad.kind = FormatNode::kPad;
    pad.min_width = level.pad_width;
    pad.text = level.pad;
    pad.children.push_back(std::move(node));
    node = std::move(pad);
    level.pad_width = 0;
  }
  level.nodes.push_back(std::move(node));
  level.value = -1;
  return *this;
}

/// A number behind a number: the first leaves the digits that the others need.
DateTimeFormatterBuilder& DateTimeFormatterBuilder::add_number(FormatNode node) {
  Level& level = levels_.back();
  if (level.value < 0) {
    add(std::move(node));
    level.value = static_cast<int>(level.nodes.size()) - 1;
    return *this;
  }
  const int active = level.value;
  FormatNode* before = &level.nodes[static_cast<std::size_t>(active)];
  if (before->kind == FormatNode::kPad) before = &before->children[0];
  if (node.min_width == node.max_width && node.sign == SignStyle::kNotNegative) {
    before->subsequent += node.max_width;
    node.subsequent = -1;
    add(std::move(node));
    level.value = active;
  } else {
    before->subsequent = -1;
    add(std::move(node));
    level.value = static_cast<int>(level.nodes.size()) - 1;
  }
  return *this;
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::add_switch(FormatNode::Kind kind, bool flag) {
  FormatNode node;
  node.kind = kind;
  node.flag = flag;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::parse_defaulting(Field field, Long value) {
  FormatNode node;
  node.kind = FormatNode::kDefault;
  node.field = field;
  node.number = value;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_value(Field field) {
  return add_number(number_node(field, 1, 19, SignStyle::kNormal));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_value(Field field, int width) {
  check_width(width);
  return add_number(number_node(field, width, width, SignStyle::kNotNegative));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_value(Field field, int min_width, int max_width,
                                                                 SignStyle sign) {
  if (min_width == max_width && sign == SignStyle::kNotNegative) return append_value(field, max_width);
  if (min_width < 1 || min_width > 19) {
    refuse("The minimum width must be from 1 to 19 inclusive but was " + std::to_string(min_width));
  }
  if (max_width < 1 || max_width > 19) {
    refuse("The maximum width must be from 1 to 19 inclusive but was " + std::to_string(max_width));
  }
  if (max_width < min_width) {
    refuse("The maximum width must exceed or equal the minimum width but " + std::to_string(max_width) + " < " +
           std::to_string(min_width));
  }
  return add_number(number_node(field, min_width, max_width, sign));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_value_reduced(Field field, int width, int max_width,
                                                                         Int base, bool base_is_date) {
  if (width < 1 || width > 10) {
    refuse("The minWidth must be from 1 to 10 inclusive but was " + std::to_string(width));
  }
  if (max_width < 1 || max_width > 10) {
    refuse("The maxWidth must be from 1 to 10 inclusive but was " + std::to_string(width));
  }
  if (max_width < width) {
    refuse("Maximum width must exceed or equal the minimum width but " + std::to_string(max_width) + " < " +
           std::to_string(width));
  }
  FormatNode node = number_node(field, width, max_width, SignStyle::kNotNegative);
  node.kind = FormatNode::kReduced;
  node.number = base;
  node.flag = base_is_date;
  return add_number(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_fraction(Field field, int min_width, int max_width,
                                                                    bool decimal_point) {
  if (!field.range().is_fixed()) refuse("Field must have a fixed set of values: " + field.to_string());
  if (min_width < 0 || min_width > 9) {
    refuse("Minimum width must be from 0 to 9 inclusive but was " + std::to_string(min_width));
  }
  if (max_width < 1 || max_width > 9) {
    refuse("Maximum width must be from 1 to 9 inclusive but was " + std::to_string(max_width));
  }
  if (max_width < min_width) {
    refuse("Maximum width must exceed or equal the minimum width but " + std::to_string(max_width) + " < " +
           std::to_string(min_width));
  }
  FormatNode node = number_node(field, min_width, max_width, SignStyle::kNotNegative);
  node.kind = FormatNode::kFraction;
  node.flag = decimal_point;
  return min_width == max_width && !decimal_point ? add_number(std::move(node)) : add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_text(Field field, TextStyle style) {
  FormatNode node;
  node.kind = FormatNode::kText;
  node.field = field;
  node.text_style = style;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_english_text(Field field) {
  FormatNode node;
  node.kind = FormatNode::kText;
  node.field = field;
  node.text_style = TextStyle::kShort;
  node.flag = true;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_week_based(char letter, int count) {
  FormatNode node;
  node.kind = FormatNode::kWeekBased;
  node.letter = letter;
  node.min_width = count;
  node.max_width = letter == 'Y' && count != 2 ? 19 : 2;
  node.sign =
      letter == 'Y' && count != 2 ? (count < 4 ? SignStyle::kNormal : SignStyle::kExceedsPad) : SignStyle::kNotNegative;
  if (letter != 'Y') node.max_width = count;
  return add_number(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_instant(int fraction_digits) {
  if (fraction_digits < -2 || fraction_digits > 9) {
    refuse("The fractional digits must be from -1 to 9 inclusive but was " + std::to_string(fraction_digits));
  }
  FormatNode node;
  node.kind = FormatNode::kInstant;
  node.min_width = fraction_digits;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_offset(std::string_view pattern, std::string_view for_zero) {
  FormatNode node;
  node.kind = FormatNode::kOffset;
  const auto* const found = std::find(kOffsetPatterns.begin(), kOffsetPatterns.end(), pattern);
  if (found == kOffsetPatterns.end()) refuse("Invalid zone offset pattern: " + std::string(pattern));
  node.min_width = static_cast<int>(found - kOffsetPatterns.begin());
  node.text = for_zero;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_localized_offset(TextStyle style) {
  if (style != TextStyle::kFull && style != TextStyle::kShort) refuse("Style must be either full or short");
  FormatNode node;
  node.kind = FormatNode::kLocalizedOffset;
  node.text_style = style;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_zone(Long which) {
  FormatNode node;
  node.kind = FormatNode::kZoneId;
  node.number = which;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_zone_text(TextStyle style, bool generic) {
  FormatNode node;
  node.kind = FormatNode::kZoneText;
  node.text_style = style;
  node.flag = generic;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_day_period_text(TextStyle style) {
  FormatNode node;
  node.kind = FormatNode::kDayPeriod;
  node.text_style = as_normal(style);
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_chronology_id() {
  return add_switch(FormatNode::kChronology, false);
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_chronology_text(TextStyle /*style*/) {
  return add_switch(FormatNode::kChronology, true);
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_localized(const FormatStyle* date, const FormatStyle* time) {
  if (date == nullptr && time == nullptr) refuse("Either the date or time style must be non-null");
  FormatNode node;
  node.kind = FormatNode::kLocalized;
  node.number = (date == nullptr ? 4 : static_cast<Long>(*date)) + 5 * (time == nullptr ? 4 : static_cast<Long>(*time));
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_literal(std::string_view literal) {
  if (literal.empty()) return *this;
  FormatNode node;
  node.kind = FormatNode::kLiteral;
  node.text = literal;
  return add(std::move(node));
}

void DateTimeFormatterBuilder::check_size(const FormatNode& node, std::size_t level) {
  if (++nodes_ > kMostNodes || level > kMostLevels) refuse("Formatter is too large");
  for (const FormatNode& each : node.children) check_size(each, level + 1);
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append(const DateTimeFormatter& formatter) {
  check_size(formatter.root(), levels_.size());
  FormatNode node = formatter.root();
  node.flag = false;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_optional(const DateTimeFormatter& formatter) {
  check_size(formatter.root(), levels_.size());
  FormatNode node = formatter.root();
  node.flag = true;
  return add(std::move(node));
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::pad_next(int width, std::string_view with) {
  if (width < 1) refuse("The pad width must be at least one but was " + std::to_string(width));
  if (width > kMostPad) refuse("Formatter is too large");
  levels_.back().pad_width = width;
  levels_.back().pad = with;
  levels_.back().value = -1;
  return *this;
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::optional_start() {
  if (levels_.size() >= kMostLevels) refuse("Formatter is too large");
  levels_.back().value = -1;
  levels_.emplace_back();
  return *this;
}

DateTimeFormatterBuilder& DateTimeFormatterBuilder::optional_end() {
  if (levels_.size() < 2) {
    fail(DateTimeError::kIllegalState, "Cannot call optionalEnd() as there was no previous call to optionalStart()");
  }
  FormatNode node;
  node.kind = FormatNode::kSequence;
  node.flag = true;
  node.children = std::move(levels_.back().nodes);
  levels_.pop_back();
  return node.children.empty() ? *this : add(std::move(node));
}

DateTimeFormatter DateTimeFormatterBuilder::to_formatter(const Locale& locale, ResolverStyle resolver,
                                                         bool iso_chronology) {
  while (in_optional()) optional_end();
  FormatNode root;
  root.kind = FormatNode::kSequence;
  root.children = levels_.back().nodes;
  return {std::move(root), locale, resolver, iso_chronology};
}

}  // namespace sluice::painless::time
