// DateTimeFormatter.toString: the steps as Java names them.
#include "stages/painless/time/formatter_builder.h"

namespace sluice::painless::time {
namespace {

std::string describe(const FormatNode& node);

std::string quoted(const std::string& literal) {
  std::string text = "'";
  for (const char each : literal) {
    text.push_back(each);
    if (each == '\'') text.push_back(each);
  }
  return text + "'";
}

std::string describe_number(const FormatNode& node) {
  const std::string field = node.field.to_string();
  const std::string least = std::to_string(node.min_width);
  if (node.min_width == 1 && node.max_width == 19 && node.sign == SignStyle::kNormal) return "Value(" + field + ")";
  if (node.min_width == node.max_width && node.sign == SignStyle::kNotNegative)
    return "Value(" + field + "," + least + ")";
  return "Value(" + field + "," + least + "," + std::to_string(node.max_width) + "," + std::string(name_of(node.sign)) +
         ")";
}

std::string describe_week_based(const FormatNode& node) {
  const std::string count = std::to_string(node.min_width);
  if (node.letter == 'Y') {
    if (node.min_width == 1) return "Localized(WeekBasedYear)";
    if (node.min_width == 2) return "Localized(ReducedValue(WeekBasedYear,2,2,2000-01-01))";
    return "Localized(WeekBasedYear," + count + ",19," + std::string(name_of(node.sign)) + ")";
  }
  const char* name = node.letter == 'w' ? "WeekOfWeekBasedYear" : (node.letter == 'W' ? "WeekOfMonth" : "DayOfWeek");
  return std::string("Localized(") + name + "," + count + ")";
}

std::string describe_sequence(const FormatNode& node) {
  std::string text;
  for (const FormatNode& each : node.children) text.append(describe(each));
  return node.flag ? "[" + text + "]" : "(" + text + ")";
}

std::string describe_localized(const FormatNode& node) {
  const auto name = [](Long style) { return style == 4 ? "" : std::string(name_of(static_cast<FormatStyle>(style))); };
  return "Localized(" + name(node.number % 5) + "," + name(node.number / 5) + ")";
}

std::string describe_zone(const FormatNode& node) {
  if (node.kind == FormatNode::kZoneText) return "ZoneText(" + std::string(name_of(node.text_style)) + ")";
  return node.number == 0 ? "ZoneId()" : (node.number == 1 ? "ZoneRegionId()" : "ZoneOrOffsetId()");
}

std::string describe(const FormatNode& node) {
  const std::string field = node.field.to_string();
  const std::string style(name_of(node.text_style));
  switch (node.kind) {
    case FormatNode::kLiteral:
      return node.text == "'" ? "''" : quoted(node.text);
    case FormatNode::kNumber:
      return describe_number(node);
    case FormatNode::kReduced:
      return "ReducedValue(" + field + "," + std::to_string(node.min_width) + "," + std::to_string(node.max_width) +
             "," + (node.flag ? "2000-01-01" : std::to_string(node.number)) + ")";
    case FormatNode::kFraction:
      return "Fraction(" + field + "," + std::to_string(node.min_width) + "," + std::to_string(node.max_width) +
             (node.flag ? ",DecimalPoint)" : ")");
    case FormatNode::kText:
      return node.text_style == TextStyle::kFull || node.flag ? "Text(" + field + ")"
                                                              : "Text(" + field + "," + style + ")";
    case FormatNode::kWeekBased:
      return describe_week_based(node);
    case FormatNode::kOffset:
      return "Offset(" + std::string(kOffsetPatterns[static_cast<std::size_t>(node.min_width)]) + "," +
             quoted(node.text) + ")";
    case FormatNode::kLocalizedOffset:
      return "LocalizedOffset(" + style + ")";
    case FormatNode::kZoneId:
    case FormatNode::kZoneText:
      return describe_zone(node);
    case FormatNode::kInstant:
      return "Instant()";
    case FormatNode::kDayPeriod:
      return "DayPeriod(" + style + ")";
    case FormatNode::kChronology:
      return "Chronology()";
    case FormatNode::kLocalized:
      return describe_localized(node);
    case FormatNode::kSequence:
      return describe_sequence(node);
    case FormatNode::kPad:
      return "Pad(" + describe(node.children[0]) + "," + std::to_string(node.min_width) +
             (node.text == " " ? ")" : ",'" + node.text + "')");
    case FormatNode::kCase:
      return node.flag ? "ParseCaseSensitive(true)" : "ParseCaseSensitive(false)";
    case FormatNode::kStrictness:
      return node.flag ? "ParseStrict(true)" : "ParseStrict(false)";
    case FormatNode::kDefault:
      return "DefaultValueParser(" + field + "," + std::to_string(node.number) + ")";
  }
  return "";
}

}  // namespace

std::string DateTimeFormatter::to_string() const {
  std::string text = describe(*root_);
  // The outermost sequence has no brackets.
  return text.starts_with("(") ? text.substr(1, text.size() - 2) : text;
}

}  // namespace sluice::painless::time
