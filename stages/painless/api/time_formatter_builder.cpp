#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/time/formatter_builder.h"

namespace sluice::painless::api {

using Builder = time::DateTimeFormatterBuilder;

template <>
inline constexpr std::string_view kJavaName<Builder> = "java.time.format.DateTimeFormatterBuilder";

namespace {

/// A step that gives the builder back.
template <auto kStep>
Value step(Machine& machine, const Value* args) {
  const Value done = call<kStep>(machine, args);
  return done.is_error() ? done : args[0];
}

/// What a builder keeps of a script's texts counts as the script's memory.
template <auto kStep>
Value text_step(Machine& machine, const Value* args) {
  if (!args[1].is_null()) machine.heap().copy(text(args[1]));
  return machine.tick() ? step<kStep>(machine, args) : Value::error();
}

std::optional<time::FormatStyle> style_of(const Value& value) {
  if (value.is_null()) return std::nullopt;
  return object<TimeObject<time::FormatStyle>>(value).value;
}
const time::FormatStyle* pointer(const std::optional<time::FormatStyle>& style) { return style ? &*style : nullptr; }

Value pad_with(Machine& machine, const Value* args) {
  return step<[](Builder& to, Int width, const Value& with) {
    std::string pad;
    append_unit(pad, static_cast<char16_t>(with.i));
    to.pad_next(width, pad);
  }>(machine, args);
}

Value append_localized(Machine& machine, const Value* args) {
  return step<[](Builder& to, const Value& date, const Value& clock) {
    const auto date_style = style_of(date);
    const auto time_style = style_of(clock);
    to.append_localized(pointer(date_style), pointer(time_style));
  }>(machine, args);
}

Value localized_pattern(Machine& machine, const Value* args) {
  return call<[](const Value& date, const Value& clock, const Value& /*chronology*/, const time::Locale& locale) {
    const auto date_style = style_of(date);
    const auto time_style = style_of(clock);
    if (!date_style && !time_style) {
      time::fail(time::DateTimeError::kIllegalArgument, "Either dateStyle or timeStyle must be non-null");
    }
    return Builder::localized_pattern(pointer(date_style), pointer(time_style), locale);
  }>(machine, args);
}

#define BUILDER "new DateTimeFormatterBuilder()"
#define DATE ".toFormatter().format(LocalDate.of(2020, 2, 28))"
#define ZONED ".toFormatter().format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))"

constexpr MethodRow kBuilder[] = {
    {"new()", call<[]() { return Builder(); }>, "Of nothing yet.", BUILDER ".toFormatter()", ""},
    {"DateTimeFormatterBuilder append(DateTimeFormatter)",
     step<[](Builder& to, const time::DateTimeFormatter& formatter) { to.append(formatter); }>,
     "What a formatter does.", BUILDER ".append(DateTimeFormatter.ISO_LOCAL_DATE).appendLiteral('!')" DATE,
     "2020-02-28!"},
    {"DateTimeFormatterBuilder appendOptional(DateTimeFormatter)",
     step<[](Builder& to, const time::DateTimeFormatter& formatter) { to.append_optional(formatter); }>,
     "What a formatter does, where it can.",
     BUILDER ".appendPattern('uuuu').appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)" DATE, "2020"},
    {"DateTimeFormatterBuilder appendChronologyId()", step<[](Builder& to) { to.append_chronology_id(); }>,
     "The calendar's name.", BUILDER ".appendChronologyId()" DATE, "ISO"},
    {"DateTimeFormatterBuilder appendChronologyText(TextStyle)",
     step<[](Builder& to, time::TextStyle style) { to.append_chronology_text(style); }>,
     "The calendar's name for people.", BUILDER ".appendChronologyText(TextStyle.SHORT)" DATE, "ISO"},
    {"DateTimeFormatterBuilder appendFraction(TemporalField,int,int,boolean)",
     step<[](Builder& to, time::Field field, Int least, Int most, bool point) {
       to.append_fraction(field, least, most, point);
     }>,
     "A field as a fraction, with so many digits.", BUILDER ".appendFraction(ChronoField.DAY_OF_MONTH, 1, 2, true)",
     "illegal_argument_exception: Field must have a fixed set of values: DayOfMonth"},
    {"DateTimeFormatterBuilder appendInstant()", step<[](Builder& to) { to.append_instant(); }>, "The moment in UTC.",
     BUILDER ".appendInstant()" ZONED, "2020-02-28T12:05:09Z"},
    {"DateTimeFormatterBuilder appendInstant(int)", step<[](Builder& to, Int digits) {
       if (digits == -2) {  // which is what append_instant() says
         time::fail(time::DateTimeError::kIllegalArgument,
                    "The fractional digits must be from -1 to 9 inclusive but was -2");
       }
       to.append_instant(digits);
     }>,
     "The moment in UTC, the second with so many digits.", BUILDER ".appendInstant(3)" ZONED,
     "2020-02-28T12:05:09.000Z"},
    {"DateTimeFormatterBuilder appendLiteral(String)",
     text_step<[](Builder& to, std::string_view literal) { to.append_literal(literal); }>, "A text as it is.",
     BUILDER ".appendLiteral('at ').appendPattern('HH')" ZONED, "at 13"},
    {"DateTimeFormatterBuilder appendLocalized(FormatStyle,FormatStyle)", append_localized,
     "Dates and times as they are written.", BUILDER ".appendLocalized(FormatStyle.MEDIUM, null)" DATE, "Feb 28, 2020"},
    {"DateTimeFormatterBuilder appendLocalizedOffset(TextStyle)",
     step<[](Builder& to, time::TextStyle style) { to.append_localized_offset(style); }>, "The offset as `GMT+1`.",
     BUILDER ".appendLocalizedOffset(TextStyle.SHORT)" ZONED, "GMT+1"},
    {"DateTimeFormatterBuilder appendOffset(String,String)",
     text_step<[](Builder& to, std::string_view pattern, std::string_view zero) { to.append_offset(pattern, zero); }>,
     "The offset by a pattern, and a text for none.", BUILDER ".appendOffset('+HHMM', 'Z')" ZONED, "+0100"},
    {"DateTimeFormatterBuilder appendOffsetId()", step<[](Builder& to) { to.append_offset_id(); }>, "The offset.",
     BUILDER ".appendOffsetId()" ZONED, "+01:00"},
    {"DateTimeFormatterBuilder appendPattern(String)",
     text_step<[](Builder& to, std::string_view pattern) { to.append_pattern(pattern); }>, "What a pattern says.",
     BUILDER ".appendPattern('dd/MM')" DATE, "28/02"},
    {"DateTimeFormatterBuilder appendText(TemporalField)",
     step<[](Builder& to, time::Field field) { to.append_text(field); }>, "A field's name.",
     BUILDER ".appendText(ChronoField.DAY_OF_WEEK)" DATE, "Friday"},
    {"DateTimeFormatterBuilder appendText(TemporalField,TextStyle)",
     step<[](Builder& to, time::Field field, time::TextStyle style) { to.append_text(field, style); }>,
     "A field's name, as long as that.", BUILDER ".appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT)" DATE, "Fri"},
    {"DateTimeFormatterBuilder appendValue(TemporalField)",
     step<[](Builder& to, time::Field field) { to.append_value(field); }>, "A field's number.",
     BUILDER ".appendValue(ChronoField.DAY_OF_YEAR)" DATE, "59"},
    {"DateTimeFormatterBuilder appendValue(TemporalField,int)",
     step<[](Builder& to, time::Field field, Int width) { to.append_value(field, width); }>,
     "A field's number with so many digits.", BUILDER ".appendValue(ChronoField.DAY_OF_YEAR, 3)" DATE, "059"},
    {"DateTimeFormatterBuilder appendValue(TemporalField,int,int,SignStyle)",
     step<[](Builder& to, time::Field field, Int least, Int most, time::SignStyle sign) {
       to.append_value(field, least, most, sign);
     }>,
     "A field's number with so many digits and a sign.",
     BUILDER ".appendValue(ChronoField.DAY_OF_YEAR, 3, 4, SignStyle.ALWAYS)" DATE, "+059"},
    {"DateTimeFormatterBuilder appendValueReduced(TemporalField,int,int,int)",
     step<[](Builder& to, time::Field field, Int width, Int most, Int base) {
       to.append_value_reduced(field, width, most, base);
     }>,
     "A field's last digits, in the range that begins with a number.",
     BUILDER ".appendValueReduced(ChronoField.YEAR, 2, 2, 1950).toFormatter().parse('49').get(ChronoField.YEAR)",
     "2049"},
    {"DateTimeFormatterBuilder appendZoneId()", step<[](Builder& to) { to.append_zone_id(); }>, "The zone's name.",
     BUILDER ".appendZoneId()" ZONED, "Europe/Paris"},
    {"DateTimeFormatterBuilder appendZoneOrOffsetId()", step<[](Builder& to) { to.append_zone_or_offset_id(); }>,
     "The zone's name, or the offset.", BUILDER ".appendZoneOrOffsetId()" ZONED, "Europe/Paris"},
    {"DateTimeFormatterBuilder appendZoneRegionId()", step<[](Builder& to) { to.append_zone_region_id(); }>,
     "The region's name.", BUILDER ".appendZoneRegionId()" ZONED, "Europe/Paris"},
    {"DateTimeFormatterBuilder appendZoneText(TextStyle)",
     step<[](Builder& to, time::TextStyle style) { to.append_zone_text(style); }>, "The zone's name for people.",
     BUILDER ".appendZoneText(TextStyle.SHORT)" ZONED, "CET"},
    {"DateTimeFormatterBuilder appendZoneText(TextStyle,Set)",
     step<[](Builder& to, time::TextStyle style, const Value& /*preferred*/) { to.append_zone_text(style); }>,
     "The zone's name for people.", BUILDER ".appendZoneText(TextStyle.FULL, new HashSet())" ZONED,
     "Central European Standard Time"},
    {"DateTimeFormatterBuilder optionalEnd()", step<[](Builder& to) { to.optional_end(); }>,
     "Ends what may be left out.", BUILDER ".optionalEnd()",
     "illegal_state_exception: Cannot call optionalEnd() as there was no previous call to optionalStart()"},
    {"DateTimeFormatterBuilder optionalStart()", step<[](Builder& to) { to.optional_start(); }>,
     "Begins what may be left out.", BUILDER ".appendPattern('dd').optionalStart().appendPattern(' HH')" DATE, "28"},
    {"DateTimeFormatterBuilder padNext(int)", step<[](Builder& to, Int width) { to.pad_next(width); }>,
     "Makes what comes next that wide.", BUILDER ".padNext(5).appendPattern('d')" DATE, "   28"},
    {"DateTimeFormatterBuilder padNext(int,char)", pad_with, "Makes what comes next that wide, with a character.",
     BUILDER ".padNext(5, (char)'*').appendPattern('d')" DATE, "***28"},
    {"DateTimeFormatterBuilder parseCaseInsensitive()", step<[](Builder& to) { to.parse_case_insensitive(); }>,
     "From here on upper and lower case are the same.",
     BUILDER ".parseCaseInsensitive().appendPattern('MMM').toFormatter().parse('feb').get(ChronoField.MONTH_OF_YEAR)",
     "2"},
    {"DateTimeFormatterBuilder parseCaseSensitive()", step<[](Builder& to) { to.parse_case_sensitive(); }>,
     "From here on upper and lower case differ.", BUILDER ".parseCaseSensitive().toFormatter()",
     "ParseCaseSensitive(true)"},
    {"DateTimeFormatterBuilder parseDefaulting(TemporalField,long)",
     step<[](Builder& to, time::Field field, Long value) { to.parse_defaulting(field, value); }>,
     "The value of a field that isn't there.",
     "LocalDate.parse('2020-02', " BUILDER
     ".appendPattern('uuuu-MM').parseDefaulting(ChronoField.DAY_OF_MONTH, 1).toFormatter())",
     "2020-02-01"},
    {"DateTimeFormatterBuilder parseLenient()", step<[](Builder& to) { to.parse_lenient(); }>,
     "From here on numbers may have any width.",
     BUILDER ".parseLenient().appendPattern('MM').toFormatter().parse('2').get(ChronoField.MONTH_OF_YEAR)", "2"},
    {"DateTimeFormatterBuilder parseStrict()", step<[](Builder& to) { to.parse_strict(); }>,
     "From here on texts have to be just so.", BUILDER ".parseStrict().toFormatter()", "ParseStrict(true)"},
    {"DateTimeFormatter toFormatter()", call<[](Builder& of) { return of.to_formatter(); }>, "The formatter.",
     BUILDER ".appendPattern('uuuu-MM').toFormatter()", "Value(Year,4,19,EXCEEDS_PAD)'-'Value(MonthOfYear,2)"},
    {"DateTimeFormatter toFormatter(Locale)",
     call<[](Builder& of, const time::Locale& locale) { return of.to_formatter(locale); }>,
     "The formatter, in a language.", BUILDER ".toFormatter(Locale.UK).getLocale()", "en_GB"},
    {"static String getLocalizedDateTimePattern(FormatStyle,FormatStyle,Chronology,Locale)", localized_pattern,
     "The pattern of a language.",
     "DateTimeFormatterBuilder.getLocalizedDateTimePattern(FormatStyle.LONG, null, IsoChronology.INSTANCE, Locale.US)",
     "MMMM d, y"},
};

#undef ZONED
#undef DATE
#undef BUILDER

constexpr ClassRow kRows[] = {
    {"java.time.format.DateTimeFormatterBuilder", "", "Makes formatters of dates and times.", kBuilder},
};

}  // namespace

std::span<const ClassRow> time_formatter_builder_family() { return kRows; }

}  // namespace sluice::painless::api
