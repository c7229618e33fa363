#include "stages/painless/time/parser.h"

#include <algorithm>

#include "stages/painless/time/format_text.h"
#include "stages/painless/time/formatter_builder.h"
#include "stages/painless/time/printer.h"
#include "stages/painless/time/zone_text.h"

namespace sluice::painless::time {
namespace {

char lower(char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; }

/// A number that leaves the digits of the ones behind it, or is one of those.
bool is_fixed_width(const FormatNode& node, bool strict) {
  if (node.kind == FormatNode::kReduced && !strict) return false;
  return node.subsequent == -1 ||
         (node.subsequent > 0 && node.min_width == node.max_width && node.sign == SignStyle::kNotNegative);
}

bool takes_sign(SignStyle style, bool positive, bool strict, bool fixed_width) {
  switch (style) {
    case SignStyle::kNormal:
      return !positive || !strict;
    case SignStyle::kAlways:
    case SignStyle::kExceedsPad:
      return true;
    default:
      return !strict && !fixed_width;
  }
}

}  // namespace

int Parser::digit(int position) const {
  const char each = at(position);
  return each >= '0' && each <= '9' ? each - '0' : -1;
}

bool Parser::same(char left, char right) const {
  return left == right || (!case_sensitive_ && lower(left) == lower(right));
}

bool Parser::has(int position, std::string_view wanted) const {
  if (position + static_cast<int>(wanted.size()) > size()) return false;
  return std::equal(wanted.begin(), wanted.end(), text_.begin() + position,
                    [&](char left, char right) { return same(left, right); });
}

int Parser::set(Field field, Long value, int error, int success) {
  const auto old = fields_.put(field, value);
  return old && *old != value ? ~error : success;
}

int Parser::parse(const FormatNode& node, int position) {
  switch (node.kind) {
    case FormatNode::kLiteral:
      return parse_literal(node, position);
    case FormatNode::kNumber:
    case FormatNode::kReduced:
      return parse_number(node, node.field, position);
    case FormatNode::kFraction:
      return parse_fraction(node, position);
    case FormatNode::kText:
      return parse_text(node, position);
    case FormatNode::kWeekBased:
      return parse_week_based(node, position);
    case FormatNode::kOffset:
      return parse_offset(node.min_width, node.text, position);
    case FormatNode::kLocalizedOffset:
      return parse_localized_offset(node, position);
    case FormatNode::kZoneId:
      return parse_zone_id(node, position);
    case FormatNode::kZoneText:
      return parse_zone_text(node, position);
    case FormatNode::kInstant:
      return parse_instant(node, position);
    case FormatNode::kDayPeriod:
      return parse_day_period(node, position);
    case FormatNode::kChronology:
      return has(position, "ISO") ? position + 3 : ~position;
    case FormatNode::kLocalized: {
      const auto date = static_cast<FormatStyle>(node.number % 5);
      const auto time = static_cast<FormatStyle>(node.number / 5);
      const std::string pattern = DateTimeFormatterBuilder::localized_pattern(
          node.number % 5 == 4 ? nullptr : &date, node.number / 5 == 4 ? nullptr : &time, formatter_.locale());
      return parse(DateTimeFormatter::of_pattern(pattern, formatter_.locale()).root(), position);
    }
    case FormatNode::kSequence:
      return parse_sequence(node, position);
    case FormatNode::kPad:
      return parse_pad(node, position);
    case FormatNode::kCase:
      case_sensitive_ = node.flag;
      return position;
    case FormatNode::kStrictness:
      strict_ = node.flag;
      return position;
    case FormatNode::kDefault:
      if (fields_.find(node.field) == nullptr) fields_.put(node.field, node.number);
      return position;
  }
  return ~position;
}

int Parser::parse_sequence(const FormatNode& node, int position) {
  if (!node.flag) {
    for (const FormatNode& each : node.children) {
      position = parse(each, position);
      if (position < 0) return position;
    }
    return position;
  }
  const ParsedFields before = fields_;
  const bool case_before = case_sensitive_;
  const bool strict_before = strict_;
  int now = position;
  for (const FormatNode& each : node.children) {
    now = parse(each, now);
    if (now < 0) {
      fields_ = before;
      case_sensitive_ = case_before;
      strict_ = strict_before;
      return position;
    }
  }
  return now;
}

int Parser::parse_literal(const FormatNode& node, int position) {
  return has(position, node.text) ? position + static_cast<int>(node.text.size()) : ~position;
}

int Parser::parse_number(const FormatNode& node, Field field, int position) {
  if (position == size()) return ~position;
  const bool same_width = node.min_width == node.max_width;
  bool negative = false;
  bool positive = false;
  if (at(position) == '+' || at(position) == '-') {
    positive = at(position) == '+';
    negative = !positive;
    if (!takes_sign(node.sign, positive, strict_, same_width)) return ~position;
    ++position;
  } else if (node.sign == SignStyle::kAlways && strict_) {
    return ~position;
  }
  const bool fixed = is_fixed_width(node, strict_);
  const int least = strict_ || fixed ? node.min_width : 1;
  if (position + least > size()) return ~position;
  int most = (strict_ || fixed ? node.max_width : 9) + std::max(node.subsequent, 0);
  int end = position;
  for (; end < std::min(position + most, size()) && digit(end) >= 0; ++end) {
  }
  if (end < position + least) return ~position;
  if (node.subsequent > 0) {
    // The numbers right behind take their digits from this one.
    most = std::max(least, end - position - node.subsequent);
    end = std::min(end, position + most);
  }
  Wide total = 0;
  Long first = 0;
  const int exact = std::min(end, position + 18);
  for (int each = position; each < exact; ++each) first = first * 10 + digit(each);
  total = first;
  for (int each = exact; each < end; ++each) total = total * 10 + digit(each);
  if (negative) {
    if (total == 0 && strict_) return ~(position - 1);
    total = -total;
  } else if (node.sign == SignStyle::kExceedsPad && strict_) {
    const int count = end - position;
    if (positive && count <= node.min_width) return ~(position - 1);
    if (!positive && count > node.min_width) return ~position;
  }
  if (total > kMaxLong || total < kMinLong) {
    total /= 10;  // as Java: the last digit is given back
    --end;
  }
  return set_number(node, field, static_cast<Long>(total), position, end);
}

int Parser::set_number(const FormatNode& node, Field field, Long value, int error, int success) {
  if (node.kind == FormatNode::kReduced && success - error == node.min_width && value >= 0) {
    Long range = 1;
    for (int each = 0; each < node.min_width; ++each) range *= 10;
    value += node.number - node.number % range;
    if (value < node.number) value += range;
  }
  return set(field, value, error, success);
}

int Parser::parse_week_based(const FormatNode& node, int position) {
  FormatNode number = node;
  number.kind = node.letter == 'Y' && node.min_width == 2 ? FormatNode::kReduced : FormatNode::kNumber;
  number.number = 2'000;
  if (node.letter != 'Y') number.max_width = 2;
  return parse_number(number, week_based_field(node.letter, formatter_.locale()), position);
}

int Parser::parse_fraction(const FormatNode& node, int position) {
  const bool exact = strict_ || is_fixed_width(node, strict_);
  const int least = exact ? node.min_width : 0;
  const int most = exact ? node.max_width : 9;
  if (position == size()) return least > 0 ? ~position : position;
  if (node.flag) {
    if (at(position) != '.') return least > 0 ? ~position : position;
    ++position;
  }
  const int least_end = position + least;
  if (least_end > size()) return ~position;
  const int most_end = std::min(position + most, size());
  Long total = 0;
  int end = position;
  for (; end < most_end && digit(end) >= 0; ++end) total = total * 10 + digit(end);
  if (end < least_end) return ~position;
  for (int each = end - position; each < 9; ++each) total *= 10;
  const ValueRange all = node.field.range();
  const Wide range = Wide{all.maximum()} - all.minimum() + 1;
  const auto value = static_cast<Long>(Wide{total} * range / kNanosPerSecond + all.minimum());
  return set(node.field, value, position, end);
}

int Parser::parse_text(const FormatNode& node, int position) {
  const TextStyle* style = strict_ ? &node.text_style : nullptr;
  const auto names = field_names(node.field, node.flag ? &node.text_style : style,
                                 node.flag ? Locale::english() : formatter_.locale());
  for (const FieldName& each : names) {
    if (has(position, each.name))
      return set(node.field, each.value, position, position + static_cast<int>(each.name.size()));
  }
  if (!names.empty() && strict_) return ~position;
  FormatNode number;
  number.kind = FormatNode::kNumber;
  number.min_width = 1;
  number.max_width = 19;
  return parse_number(number, node.field, position);
}

int Parser::parse_instant(const FormatNode& node, int position) {
  static const FormatNode parts[] = {DateTimeFormatterBuilder()
                                         .append(DateTimeFormatter::iso_local_date())
                                         .append_literal("T")
                                         .append_value(FieldId::kHourOfDay, 2)
                                         .append_literal(":")
                                         .append_value(FieldId::kMinuteOfHour, 2)
                                         .append_literal(":")
                                         .append_value(FieldId::kSecondOfMinute, 2)
                                         .to_formatter()
                                         .root()};
  const ParsedFields before = fields_;
  fields_ = ParsedFields();
  int end = parse(parts[0], position);
  if (end >= 0) {
    FormatNode fraction;
    fraction.field = FieldId::kNanoOfSecond;
    fraction.min_width = std::max(node.min_width, 0);
    fraction.max_width = node.min_width < 0 ? 9 : node.min_width;
    fraction.flag = true;
    end = parse_fraction(fraction, end);
  }
  if (end >= 0) end = parse_offset(6, "Z", end);
  const ParsedFields read = fields_;
  fields_ = before;
  if (end < 0) return end;
  const auto value = [&](Field field) {
    const Long* found = read.find(field);
    return found == nullptr ? Long{0} : *found;
  };
  Long hour = value(FieldId::kHourOfDay);
  const Long minute = value(FieldId::kMinuteOfHour);
  Long second = value(FieldId::kSecondOfMinute);
  const Long nano = value(FieldId::kNanoOfSecond);
  Long days = 0;
  if (hour == 24 && minute == 0 && second == 0 && nano == 0) {
    hour = 0;
    days = 1;
  } else if (hour == 23 && minute == 59 && second == 60) {
    fields_.leap_second = true;
    second = 59;
  }
  const Long year = value(FieldId::kYear);
  Long instant = 0;
  try {
    const auto local =
        LocalDateTime::of(static_cast<Int>(year % 10'000), static_cast<Int>(value(FieldId::kMonthOfYear)),
                          static_cast<Int>(value(FieldId::kDayOfMonth)), static_cast<Int>(hour),
                          static_cast<Int>(minute), static_cast<Int>(second));
    const auto offset = ZoneOffset::of_total_seconds(static_cast<Int>(value(FieldId::kOffsetSeconds)));
    instant = add_exact(local.plus_days(days).to_epoch_second(offset),
                        multiply_exact(year / 10'000, 146'097L * 25 * kSecondsPerDay));
  } catch (const DateTimeError&) {
    return ~position;
  }
  return set(FieldId::kNanoOfSecond, nano, position, set(FieldId::kInstantSeconds, instant, position, end));
}

int Parser::parse_day_period(const FormatNode& node, int position) {
  auto names = day_periods(node.text_style, formatter_.locale());
  std::stable_sort(names.begin(), names.end(),
                   [](const DayPeriod& left, const DayPeriod& right) { return left.name.size() > right.name.size(); });
  for (const DayPeriod& each : names) {
    if (!has(position, each.name)) continue;
    fields_.day_period_name = each.name;
    fields_.day_period_begin = each.begin;
    fields_.day_period_end = each.end;
    return position + static_cast<int>(each.name.size());
  }
  return ~position;
}

int Parser::parse_pad(const FormatNode& node, int position) {
  if (position == size()) return ~position;
  int end = node.min_width > size() ? size() + 1 : position + node.min_width;
  if (end > size()) {
    if (strict_) return ~position;
    end = size();
  }
  int begin = position;
  while (begin < end && has(begin, node.text)) begin += static_cast<int>(node.text.size());
  const std::string_view all = text_;
  text_ = all.substr(0, static_cast<std::size_t>(end));
  const int result = parse(node.children[0], begin);
  text_ = all;
  return result != end && strict_ ? ~begin : result;
}

std::optional<Parsed> DateTimeFormatter::parse_unresolved(std::string_view text, std::size_t& position,
                                                          int& error) const {
  Parser parser(*this, text);
  const int end = parser.parse(*root_, static_cast<int>(position));
  if (end < 0) {
    error = ~end;
    return std::nullopt;
  }
  position = static_cast<std::size_t>(end);
  error = -1;
  return Parsed(parser.fields());
}

}  // namespace sluice::painless::time
