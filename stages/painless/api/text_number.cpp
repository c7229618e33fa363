#include "stages/painless/api/families.h"
#include "stages/painless/api/text_natives.h"

namespace sluice::painless::api {

using text::DecimalFormat;
using text::ParsePosition;

namespace {

Value number_value(Machine& machine, DecimalFormat::Number number) {
  if (const auto* whole = std::get_if<Long>(&number)) return Value::of_long(*whole);
  if (const auto* real = std::get_if<double>(&number)) return Value::of_double(*real);
  return make_big(machine, std::move(std::get<math::Decimal>(number)));
}

std::string text_of_number(Machine& machine, const DecimalFormat& by, const Value& value) {
  if (value.is_integral()) return by.format(Long{value.i});
  if (value.is_floating()) return by.format(value.as_double());
  if (is_big_number(value)) {
    const bool integer = value.o->type == known().big_integer;
    const auto number = integer ? math::Decimal(argument<const BigInt&>(machine, value))
                                : argument<const math::Decimal&>(machine, value);
    return by.format(number);
  }
  time::fail(time::DateTimeError::kIllegalArgument, "Cannot format given Object as a Number");
}

Value parsed_at(Machine& machine, const DecimalFormat& by, const Value& text, const Value& position) {
  return parse_at(text, position, [&](std::string_view whole, std::size_t& byte, std::size_t& error) {
    auto number = by.parse(whole, byte, error);
    return number ? number_value(machine, std::move(*number)) : Value::null();
  });
}

}  // namespace

Value format_number(Machine& machine, const Value* args) {
  return call<[](Machine& with, const DecimalFormat& by, const Value& value) {
    return with.string_value(text_of_number(with, by, with.force(value)));
  }>(machine, args);
}

Value parse_number(Machine& machine, const Value* args) {
  return call<[](Machine& with, const DecimalFormat& by, const Value& text) {
    ParsePosition position;
    const Value at = make(with, position);
    const Value number = parsed_at(with, by, text, at);
    if (!number.is_null()) return number;
    auto error = time::DateTimeError{.kind = time::DateTimeError::kTextParse,
                                     .message = "Unparseable number: \"" + std::string(api::text(text)) + "\"",
                                     .error_index = object<TimeObject<ParsePosition>>(at).value.error,
                                     .text = {},
                                     .cause = nullptr};
    throw error;
  }>(machine, args);
}

Value parse_number_at(Machine& machine, const Value* args) { return call<parsed_at>(machine, args); }

namespace {

constexpr MethodRow kParsePosition[] = {
    {"new(int)", call<[](Int index) { return ParsePosition{index, -1}; }>, "At a place of a text.",
     "new ParsePosition(3)", "java.text.ParsePosition[index=3,errorIndex=-1]"},
    {"int getErrorIndex()", call<[](const ParsePosition& of) { return of.error; }>,
     "Where the text is wrong; -1: nowhere.",
     "ParsePosition p = new ParsePosition(0); new DecimalFormat('0').parse('x', p); p.getErrorIndex()", "0"},
    {"int getIndex()", call<[](const ParsePosition& of) { return of.index; }>, "The place.",
     "ParsePosition p = new ParsePosition(1); new DecimalFormat('0').parse('a12b', p); p.getIndex()", "3"},
    {"void setErrorIndex(int)", call<[](ParsePosition& of, Int index) { of.error = index; }>,
     "Where the text is wrong.", "ParsePosition p = new ParsePosition(0); p.setErrorIndex(5); p.getErrorIndex()", "5"},
    {"void setIndex(int)", call<[](ParsePosition& of, Int index) { of.index = index; }>, "Another place.",
     "ParsePosition p = new ParsePosition(0); p.setIndex(5); p.getIndex()", "5"},
};

constexpr MethodRow kNumberFormat[] = {
    {"const int INTEGER_FIELD", call<[]() { return Int{0}; }>, "The digits before the point.",
     "NumberFormat.INTEGER_FIELD", "0"},
    {"const int FRACTION_FIELD", call<[]() { return Int{1}; }>, "The digits behind the point.",
     "NumberFormat.FRACTION_FIELD", "1"},
    {"static NumberFormat getInstance()", call<[]() { return DecimalFormat::number(time::Locale::node_default()); }>,
     "Numbers as they are written.", "NumberFormat.getInstance().format(1234.5)", "1,234.5"},
    {"static NumberFormat getInstance(Locale)", call<&DecimalFormat::number>, "Numbers as a country writes them.",
     "NumberFormat.getInstance(Locale.GERMANY).format(1234.5)", "1.234,5"},
    {"static NumberFormat getNumberInstance()",
     call<[]() { return DecimalFormat::number(time::Locale::node_default()); }>, "Numbers as they are written.",
     "NumberFormat.getNumberInstance().format(1234.56789)", "1,234.568"},
    {"static NumberFormat getNumberInstance(Locale)", call<&DecimalFormat::number>, "Numbers as a country writes them.",
     "NumberFormat.getNumberInstance(Locale.GERMANY).format(1234.56789)", "1.234,568"},
    {"static NumberFormat getIntegerInstance()",
     call<[]() { return DecimalFormat::integer(time::Locale::node_default()); }>, "Integers as they are written.",
     "NumberFormat.getIntegerInstance().format(1234.5)", "1,234"},
    {"static NumberFormat getIntegerInstance(Locale)", call<&DecimalFormat::integer>,
     "Integers as a country writes them.", "NumberFormat.getIntegerInstance(Locale.US).format(1234.5)", "1,234"},
    {"static NumberFormat getPercentInstance()",
     call<[]() { return DecimalFormat::percent(time::Locale::node_default()); }>, "Percents as they are written.",
     "NumberFormat.getPercentInstance().format(0.256)", "26%"},
    {"static NumberFormat getPercentInstance(Locale)", call<&DecimalFormat::percent>,
     "Percents as a country writes them.", "NumberFormat.getPercentInstance(Locale.US).format(0.256)", "26%"},
    {"static NumberFormat getCurrencyInstance()",
     call<[]() { return DecimalFormat::currency(time::Locale::node_default()); }>,
     "Amounts of money as they are written.", "NumberFormat.getCurrencyInstance().format(1234.5)", "¤1,234.50"},
    {"static NumberFormat getCurrencyInstance(Locale)", call<&DecimalFormat::currency>,
     "Amounts of money as a country writes them.", "NumberFormat.getCurrencyInstance(Locale.US).format(1234.5)",
     "$1,234.50"},
    {"int getMaximumFractionDigits()", call<&DecimalFormat::max_fraction_digits>, "Digits behind the point, at most.",
     "NumberFormat.getInstance().getMaximumFractionDigits()", "3"},
    {"int getMaximumIntegerDigits()", call<&DecimalFormat::max_integer_digits>, "Digits before the point, at most.",
     "NumberFormat.getInstance().getMaximumIntegerDigits()", "2147483647"},
    {"int getMinimumFractionDigits()", call<&DecimalFormat::min_fraction_digits>, "Digits behind the point, at least.",
     "NumberFormat.getInstance().getMinimumFractionDigits()", "0"},
    {"int getMinimumIntegerDigits()", call<&DecimalFormat::min_integer_digits>, "Digits before the point, at least.",
     "NumberFormat.getInstance().getMinimumIntegerDigits()", "1"},
    {"RoundingMode getRoundingMode()", call<&DecimalFormat::rounding>, "How it rounds.",
     "NumberFormat.getInstance().getRoundingMode()", "HALF_EVEN"},
    {"boolean isGroupingUsed()", call<&DecimalFormat::grouping_used>, "Whether it groups digits.",
     "NumberFormat.getInstance().isGroupingUsed()", "true"},
    {"boolean isParseIntegerOnly()", call<&DecimalFormat::parses_integer_only>, "Whether it reads up to the point.",
     "NumberFormat.getInstance().isParseIntegerOnly()", "false"},
    {"Number parse(String)", parse_number, "The number that a text begins with.",
     "NumberFormat.getInstance().parse('1,234.5x')", "1234.5"},
    {"Number parse(String,ParsePosition)", parse_number_at, "The number at a place; null: there is none.",
     "NumberFormat.getInstance().parse('a7', new ParsePosition(1))", "7"},
    {"void setGroupingUsed(boolean)", call<&DecimalFormat::set_grouping_used>, "Whether it groups digits.",
     "NumberFormat f = NumberFormat.getInstance(); f.setGroupingUsed(false); f.format(1234)", "1234"},
    {"void setMaximumFractionDigits(int)", call<&DecimalFormat::set_max_fraction_digits>,
     "Digits behind the point, at most.",
     "NumberFormat f = NumberFormat.getInstance(); f.setMaximumFractionDigits(1); f.format(1.25)", "1.2"},
    {"void setMaximumIntegerDigits(int)", call<&DecimalFormat::set_max_integer_digits>,
     "Digits before the point, at most.",
     "NumberFormat f = NumberFormat.getInstance(); f.setMaximumIntegerDigits(2); f.format(1997)", "97"},
    {"void setMinimumFractionDigits(int)", call<&DecimalFormat::set_min_fraction_digits>,
     "Digits behind the point, at least.",
     "NumberFormat f = NumberFormat.getInstance(); f.setMinimumFractionDigits(2); f.format(1)", "1.00"},
    {"void setMinimumIntegerDigits(int)", call<&DecimalFormat::set_min_integer_digits>,
     "Digits before the point, at least.",
     "NumberFormat f = NumberFormat.getInstance(); f.setMinimumIntegerDigits(3); f.format(1)", "001"},
    {"void setParseIntegerOnly(boolean)", call<&DecimalFormat::set_parses_integer_only>,
     "Whether it reads up to the point.",
     "NumberFormat f = NumberFormat.getInstance(); f.setParseIntegerOnly(true); f.parse('1.5')", "1"},
    {"void setRoundingMode(RoundingMode)", call<&DecimalFormat::set_rounding>, "How it rounds.",
     "NumberFormat f = NumberFormat.getIntegerInstance(); f.setRoundingMode(RoundingMode.UP); f.format(1.1)", "2"},
};

constexpr MethodRow kDecimalFormat[] = {
    {"new()", call<[]() { return DecimalFormat::number(time::Locale::node_default()); }>,
     "Numbers as they are written.", "new DecimalFormat().toPattern()", "#,##0.###"},
    {"new(String)", call<[](std::string_view pattern) { return DecimalFormat(pattern, text::DecimalSymbols()); }>,
     "Of a pattern.", "new DecimalFormat('0.###E0').format(12345)", "1.234E4"},
    {"new(String,DecimalFormatSymbols)", call<[](std::string_view pattern, const text::DecimalSymbols& symbols) {
       return DecimalFormat(pattern, symbols);
     }>,
     "Of a pattern, with symbols.",
     "new DecimalFormat('#,##0.00', new DecimalFormatSymbols(Locale.GERMANY)).format(1234.5)", "1.234,50"},
    {"void applyPattern(String)", call<[](DecimalFormat& of, std::string_view pattern) { of.apply_pattern(pattern); }>,
     "Makes the pattern another one.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.applyPattern('0.0;(0.0)'); f.format(-1.25)", "(1.2)"},
    {"void applyLocalizedPattern(String)",
     call<[](DecimalFormat& of, std::string_view pattern) { of.apply_pattern(pattern, true); }>,
     "Makes the pattern another one, of its own symbols.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.applyLocalizedPattern('0.0'); f.toPattern()", "#0.0"},
    {"String toPattern()", call<[](const DecimalFormat& of) { return of.to_pattern(); }>, "The pattern.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.toPattern()", "#,##0.00"},
    {"String toLocalizedPattern()", call<[](const DecimalFormat& of) { return of.to_pattern(true); }>,
     "The pattern, of its own symbols.",
     "new DecimalFormat('#,##0.00', new DecimalFormatSymbols(Locale.GERMANY)).toLocalizedPattern()", "#.##0,00"},
    {"DecimalFormatSymbols getDecimalFormatSymbols()", call<&DecimalFormat::symbols>, "A copy of what it writes with.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.getDecimalFormatSymbols().getGroupingSeparator()", ","},
    {"void setDecimalFormatSymbols(DecimalFormatSymbols)", call<&DecimalFormat::set_symbols>, "What it writes with.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setDecimalFormatSymbols(new "
     "DecimalFormatSymbols(Locale.GERMANY)); f.format(1234.5)",
     "1.234,50"},
    {"int getGroupingSize()", call<&DecimalFormat::grouping_size>, "Digits of a group.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.getGroupingSize()", "3"},
    {"void setGroupingSize(int)", call<&DecimalFormat::set_grouping_size>, "Digits of a group.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setGroupingSize(4); f.format(123456)", "12,3456.00"},
    {"int getMultiplier()", call<&DecimalFormat::multiplier>, "What numbers are multiplied by.",
     "new DecimalFormat('0%').getMultiplier()", "100"},
    {"void setMultiplier(int)", call<&DecimalFormat::set_multiplier>, "What numbers are multiplied by.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setMultiplier(10); f.format(1.5)", "15.00"},
    {"String getPositivePrefix()", call<&DecimalFormat::positive_prefix>, "What stands before a positive number.",
     "new DecimalFormat('+0p;n0m').getPositivePrefix()", "+"},
    {"void setPositivePrefix(String)", call<&DecimalFormat::set_positive_prefix>,
     "What stands before a positive number.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setPositivePrefix('<'); f.format(5)", "<5.00"},
    {"String getPositiveSuffix()", call<&DecimalFormat::positive_suffix>, "What stands behind a positive number.",
     "new DecimalFormat('+0p;n0m').getPositiveSuffix()", "p"},
    {"void setPositiveSuffix(String)", call<&DecimalFormat::set_positive_suffix>,
     "What stands behind a positive number.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setPositiveSuffix('<'); f.format(5)", "5.00<"},
    {"String getNegativePrefix()", call<&DecimalFormat::negative_prefix>, "What stands before a negative number.",
     "new DecimalFormat('+0p;n0m').getNegativePrefix()", "n"},
    {"void setNegativePrefix(String)", call<&DecimalFormat::set_negative_prefix>,
     "What stands before a negative number.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setNegativePrefix('<'); f.format(-5)", "<5.00"},
    {"String getNegativeSuffix()", call<&DecimalFormat::negative_suffix>, "What stands behind a negative number.",
     "new DecimalFormat('+0p;n0m').getNegativeSuffix()", "m"},
    {"void setNegativeSuffix(String)", call<&DecimalFormat::set_negative_suffix>,
     "What stands behind a negative number.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setNegativeSuffix('<'); f.format(-5)", "-5.00<"},
    {"boolean isDecimalSeparatorAlwaysShown()", call<&DecimalFormat::point_always_shown>,
     "Whether integers have a point.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.isDecimalSeparatorAlwaysShown()", "false"},
    {"void setDecimalSeparatorAlwaysShown(boolean)", call<&DecimalFormat::set_point_always_shown>,
     "Whether integers have a point.",
     "DecimalFormat f = new DecimalFormat('0'); f.setDecimalSeparatorAlwaysShown(true); f.format(5)", "5."},
    {"boolean isParseBigDecimal()", call<&DecimalFormat::parses_decimal>, "Whether it reads a BigDecimal.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.isParseBigDecimal()", "false"},
    {"void setParseBigDecimal(boolean)", call<&DecimalFormat::set_parses_decimal>, "Whether it reads a BigDecimal.",
     "DecimalFormat f = new DecimalFormat('#,##0.00'); f.setParseBigDecimal(true); f.parse('1,234.50')", "1234.50"},
};

constexpr ClassRow kRows[] = {
    {"java.text.ParsePosition", "", "A place in a text.", kParsePosition},
    {"java.text.NumberFormat", "Format", "What writes and reads numbers.", kNumberFormat},
    {"java.text.DecimalFormat", "NumberFormat", "Formats of numbers by a pattern.", kDecimalFormat},
};

}  // namespace

std::span<const ClassRow> text_number_family() { return kRows; }

}  // namespace sluice::painless::api
