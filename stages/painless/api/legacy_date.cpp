#include "stages/painless/api/families.h"
#include "stages/painless/api/legacy_natives.h"
#include "stages/painless/api/text_natives.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/api/time_zone_natives.h"
#include "stages/painless/time/simple_date_format.h"

namespace sluice::painless::api {

namespace {

constexpr time::FormatStyle kShort = time::FormatStyle::kShort;

/// A moment is a Date, or a number of milliseconds. Numbers have formats of their own.
Value format_date(Machine& machine, const Value* args) {
  if (args[0].o->type != class_of<time::SimpleDateFormat>()) return format_number(machine, args);
  return call<[](Machine& with, const time::SimpleDateFormat& by, const Value& value) {
    const Value of = with.force(value);
    if (of.is_object() && of.o->type == class_of<time::Date>()) {
      return with.string_value(by.format(object<TimeObject<time::Date>>(of).value));
    }
    if (of.is_integral()) return with.string_value(by.format(time::Date(of.i)));
    return with.raise(known().illegal_argument, "Cannot format given Object as a Date");
  }>(machine, args);
}

}  // namespace

namespace {

Value parse_date_at(Machine& machine, const Value* args) {
  return call<[](Machine& with, const time::SimpleDateFormat& by, const Value& text, const Value& position) {
    return parse_at(text, position, [&](std::string_view whole, std::size_t& byte, std::size_t& error) {
      const auto date = by.parse(whole, byte, error);
      return date ? make(with, *date) : Value::null();
    });
  }>(machine, args);
}
Value parse_object_at(Machine& machine, const Value* args) {
  if (args[0].o->type != class_of<time::SimpleDateFormat>()) return parse_number_at(machine, args);
  return parse_date_at(machine, args);
}

/// All of a text, or what it begins with. Errors: ParseException `Format.parseObject(String) failed`.
Value parse_object(Machine& machine, const Value* args) {
  const Value position = make(machine, text::ParsePosition());
  const Value with_position[] = {args[0], args[1], position};
  const Value parsed = parse_object_at(machine, with_position);
  if (!parsed.is_null()) return parsed;
  return call<[]() { time::fail(time::DateTimeError::kTextParse, "Format.parseObject(String) failed"); }>(machine,
                                                                                                          args);
}

Value clone_format(Machine& machine, const Value* args) {
  if (args[0].o->type != class_of<time::SimpleDateFormat>()) {
    return call<[](const text::DecimalFormat& of) { return of; }>(machine, args);
  }
  return call<[](const time::SimpleDateFormat& of) { return of; }>(machine, args);
}

/// DateFormat.FULL to SHORT. Errors: IllegalArgumentException `Illegal date style 7`.
time::FormatStyle style_of(Int style, std::string_view what) {
  if (style < 0 || style > 3) {
    time::fail(time::DateTimeError::kIllegalArgument,
               "Illegal " + std::string(what) + " style " + std::to_string(style));
  }
  return static_cast<time::FormatStyle>(style);
}
constexpr Int kDefaultStyle = 2;

time::SimpleDateFormat date_format(Int style, const time::Locale& locale) {
  const time::FormatStyle date = style_of(style, "date");
  return time::SimpleDateFormat::with_styles(&date, nullptr, locale);
}
time::SimpleDateFormat time_format(Int style, const time::Locale& locale) {
  const time::FormatStyle clock = style_of(style, "time");
  return time::SimpleDateFormat::with_styles(nullptr, &clock, locale);
}
time::SimpleDateFormat date_time_format(Int date_style, Int time_style, const time::Locale& locale) {
  const time::FormatStyle clock = style_of(time_style, "time");
  const time::FormatStyle date = style_of(date_style, "date");
  return time::SimpleDateFormat::with_styles(&date, &clock, locale);
}
time::Locale english() { return time::Locale::node_default(); }

/// A calendar with the zone of the format: its own, which the format doesn't see.
time::Calendar calendar_of(const time::SimpleDateFormat& format) {
  time::Calendar calendar(0, format.time_zone());
  calendar.set_lenient(format.is_lenient());
  return calendar;
}
void set_calendar(time::SimpleDateFormat& format, const time::Calendar& calendar) {
  format.set_time_zone(calendar.time_zone());
  format.set_lenient(calendar.is_lenient());
}

/// TimeZone.SHORT or LONG.
bool is_long(Int style) {
  if (style != 0 && style != 1) {
    time::fail(time::DateTimeError::kIllegalArgument, "Illegal style: " + std::to_string(style));
  }
  return style == 1;
}

template <Int kNumber>
Value number(Machine& machine, const Value* args) {
  (void)machine;
  (void)args;
  return Value::of_int(kNumber);
}

constexpr MethodRow kDate[] = {
    {"new()", call<[]() { return time::Date(time::SimpleDateFormat::current_millis()); }>, "Now.",
     "new Date().getTime() > 1500000000000L", "true"},
    {"new(long)", call<[](Long millis) { return time::Date(millis); }>, "So many milliseconds after 1970.",
     "new Date(1257894000000L)", "Tue Nov 10 23:00:00 UTC 2009"},
    {"boolean after(Date)", call<&time::Date::after>, "Whether it is later than the other.",
     "new Date(1L).after(new Date(0L))", "true"},
    {"boolean before(Date)", call<&time::Date::before>, "Whether it is earlier than the other.",
     "new Date(1L).before(new Date(0L))", "false"},
    {"int compareTo(Date)", call<&time::Date::compare_to>, "Less than, equal to or greater than zero.",
     "new Date(1L).compareTo(new Date(0L))", "1"},
    {"def clone()", call<[](const time::Date& of) { return of; }>, "A copy.", "new Date(1L).clone()",
     "Thu Jan 01 00:00:00 UTC 1970"},
    {"long getTime()", call<&time::Date::time>, "Milliseconds since 1970.", "new Date(5L).getTime()", "5"},
    {"void setTime(long)", call<&time::Date::set_time>, "Makes it another moment.",
     "Date d = new Date(1L); d.setTime(5L); d.getTime()", "5"},
    {"static Date from(Instant)", call<&time::Date::from>, "The moment of an Instant.",
     "Date.from(Instant.EPOCH).getTime()", "0"},
};

constexpr MethodRow kTimeZone[] = {
    {"const int SHORT", call<[]() { return Int{0}; }>, "Short names.", "TimeZone.SHORT", "0"},
    {"const int LONG", call<[]() { return Int{1}; }>, "Long names.", "TimeZone.LONG", "1"},
    {"String getID()", call<&time::TimeZone::id>, "Its name.", "TimeZone.getTimeZone('Europe/Paris').getID()",
     "Europe/Paris"},
    {"String getDisplayName()", call<[](const time::TimeZone& of) { return of.display_name(); }>,
     "Its name for people.", "TimeZone.getTimeZone('Europe/Paris').getDisplayName()", "Central European Standard Time"},
    {"String getDisplayName(boolean,int)",
     call<[](const time::TimeZone& of, bool daylight, Int style) { return of.display_name(daylight, is_long(style)); }>,
     "Its name for people, in summer or winter.",
     "TimeZone.getTimeZone('Europe/Paris').getDisplayName(true, TimeZone.SHORT)", "CEST"},
    {"int getDSTSavings()", call<&time::TimeZone::dst_savings>, "Milliseconds that summers are ahead.",
     "TimeZone.getTimeZone('Europe/Paris').getDSTSavings()", "3600000"},
    {"int getOffset(long)", call<&time::TimeZone::offset_at>, "Milliseconds from UTC at a moment.",
     "TimeZone.getTimeZone('Europe/Paris').getOffset(0L)", "3600000"},
    {"int getRawOffset()", call<&time::TimeZone::raw_offset>, "Milliseconds from UTC in winter.",
     "TimeZone.getTimeZone('Europe/Paris').getRawOffset()", "3600000"},
    {"boolean hasSameRules(TimeZone)", call<&time::TimeZone::has_same_rules>,
     "Whether it always has the offset of the other.",
     "TimeZone.getTimeZone('Europe/Paris').hasSameRules(TimeZone.getDefault())", "false"},
    {"boolean inDaylightTime(Date)", call<&time::TimeZone::in_daylight_time>, "Whether it is summer time then.",
     "TimeZone.getTimeZone('Europe/Paris').inDaylightTime(new Date(1600000000000L))", "true"},
    {"boolean observesDaylightTime()", call<&time::TimeZone::uses_daylight_time>, "Whether it has summers.",
     "TimeZone.getTimeZone('Europe/Paris').observesDaylightTime()", "true"},
    {"boolean useDaylightTime()", call<&time::TimeZone::uses_daylight_time>, "Whether it has summers.",
     "TimeZone.getTimeZone('Europe/Paris').useDaylightTime()", "true"},
    {"ZoneId toZoneId()", call<&time::TimeZone::to_zone_id>, "The same as a ZoneId.",
     "TimeZone.getTimeZone('Europe/Paris').toZoneId()", "Europe/Paris"},
    {"static String[] getAvailableIDs()", zone_ids, "All names of zones.", "TimeZone.getAvailableIDs().length > 400",
     "true"},
    {"static String[] getAvailableIDs(int)", zone_ids_of_offset, "Those that are so many milliseconds from UTC.",
     "TimeZone.getAvailableIDs(1).length", "0"},
    {"static TimeZone getDefault()", call<&time::TimeZone::get_default>, "The zone that servers run in.",
     "TimeZone.getDefault().getID()", "Etc/UTC"},
    {"static TimeZone getTimeZone(String)", call<&time::TimeZone::get>, "The zone of a name, GMT for what is none.",
     "TimeZone.getTimeZone('Foo').getID()", "GMT"},
};

constexpr MethodRow kFormat[] = {
    {"String format(Object)", format_date, "The text of a moment.",
     "new SimpleDateFormat('yyyy-MM-dd HH:mm').format(new Date(0L))", "1970-01-01 00:00"},
    {"def clone()", clone_format, "A copy.", "new SimpleDateFormat('yyyy').clone().toPattern()", "yyyy"},
    {"Object parseObject(String,ParsePosition)", parse_object_at, "What a text says at a place; null: nothing.",
     "new SimpleDateFormat('yyyy').parseObject('x2020', new ParsePosition(1))", "Wed Jan 01 00:00:00 UTC 2020"},
    {"Object parseObject(String)", parse_object, "What a text says.",
     "new SimpleDateFormat('yyyy-MM-dd HH:mm').parseObject('2020-02-28 13:05')", "Fri Feb 28 13:05:00 UTC 2020"},
};

constexpr MethodRow kDateFormat[] = {
    {"const int ERA_FIELD", number<0>, "The field era.", "DateFormat.ERA_FIELD", "0"},
    {"const int YEAR_FIELD", number<1>, "The field year.", "DateFormat.YEAR_FIELD", "1"},
    {"const int MONTH_FIELD", number<2>, "The field month.", "DateFormat.MONTH_FIELD", "2"},
    {"const int DATE_FIELD", number<3>, "The field date.", "DateFormat.DATE_FIELD", "3"},
    {"const int HOUR_OF_DAY1_FIELD", number<4>, "The field hour of day1.", "DateFormat.HOUR_OF_DAY1_FIELD", "4"},
    {"const int HOUR_OF_DAY0_FIELD", number<5>, "The field hour of day0.", "DateFormat.HOUR_OF_DAY0_FIELD", "5"},
    {"const int MINUTE_FIELD", number<6>, "The field minute.", "DateFormat.MINUTE_FIELD", "6"},
    {"const int SECOND_FIELD", number<7>, "The field second.", "DateFormat.SECOND_FIELD", "7"},
    {"const int MILLISECOND_FIELD", number<8>, "The field millisecond.", "DateFormat.MILLISECOND_FIELD", "8"},
    {"const int DAY_OF_WEEK_FIELD", number<9>, "The field day of week.", "DateFormat.DAY_OF_WEEK_FIELD", "9"},
    {"const int DAY_OF_YEAR_FIELD", number<10>, "The field day of year.", "DateFormat.DAY_OF_YEAR_FIELD", "10"},
    {"const int DAY_OF_WEEK_IN_MONTH_FIELD", number<11>, "The field day of week in month.",
     "DateFormat.DAY_OF_WEEK_IN_MONTH_FIELD", "11"},
    {"const int WEEK_OF_YEAR_FIELD", number<12>, "The field week of year.", "DateFormat.WEEK_OF_YEAR_FIELD", "12"},
    {"const int WEEK_OF_MONTH_FIELD", number<13>, "The field week of month.", "DateFormat.WEEK_OF_MONTH_FIELD", "13"},
    {"const int AM_PM_FIELD", number<14>, "The field am pm.", "DateFormat.AM_PM_FIELD", "14"},
    {"const int HOUR1_FIELD", number<15>, "The field hour1.", "DateFormat.HOUR1_FIELD", "15"},
    {"const int HOUR0_FIELD", number<16>, "The field hour0.", "DateFormat.HOUR0_FIELD", "16"},
    {"const int TIMEZONE_FIELD", number<17>, "The field timezone.", "DateFormat.TIMEZONE_FIELD", "17"},
    {"const int FULL", number<0>, "The longest style.", "DateFormat.FULL", "0"},
    {"const int LONG", number<1>, "A long style.", "DateFormat.LONG", "1"},
    {"const int MEDIUM", number<2>, "A style in between.", "DateFormat.MEDIUM", "2"},
    {"const int SHORT", number<3>, "A short style.", "DateFormat.SHORT", "3"},
    {"const int DEFAULT", number<2>, "The style in between.", "DateFormat.DEFAULT", "2"},
    {"static DateFormat getDateInstance()", call<[]() { return date_format(kDefaultStyle, english()); }>, "Dates.",
     "DateFormat.getDateInstance().format(new Date(0L))", "Jan 1, 1970"},
    {"static DateFormat getDateInstance(int)", call<[](Int style) { return date_format(style, english()); }>,
     "Dates of a style.", "DateFormat.getDateInstance(DateFormat.SHORT).format(new Date(0L))", "1/1/70"},
    {"static DateFormat getDateInstance(int,Locale)", call<date_format>, "Dates of a style and a country.",
     "DateFormat.getDateInstance(7, Locale.US)", "illegal_argument_exception: Illegal date style 7"},
    {"static DateFormat getTimeInstance()", call<[]() { return time_format(kDefaultStyle, english()); }>, "Times.",
     "def f = DateFormat.getTimeInstance(); f.toPattern().length()", "9"},
    {"static DateFormat getTimeInstance(int)", call<[](Int style) { return time_format(style, english()); }>,
     "Times of a style.", "def f = DateFormat.getTimeInstance(DateFormat.SHORT); f.toPattern().length()", "6"},
    {"static DateFormat getTimeInstance(int,Locale)", call<time_format>, "Times of a style and a country.",
     "DateFormat.getTimeInstance(7, Locale.US)", "illegal_argument_exception: Illegal time style 7"},
    {"static DateFormat getDateTimeInstance()",
     call<[]() { return date_time_format(kDefaultStyle, kDefaultStyle, english()); }>, "Dates and times.",
     "def f = DateFormat.getDateTimeInstance(); f.toPattern().length()", "19"},
    {"static DateFormat getDateTimeInstance(int,int)",
     call<[](Int date, Int clock) { return date_time_format(date, clock, english()); }>,
     "Dates and times of two styles.",
     "def f = DateFormat.getDateTimeInstance(DateFormat.SHORT, DateFormat.SHORT); f.toPattern().length()", "14"},
    {"static DateFormat getDateTimeInstance(int,int,Locale)", call<date_time_format>,
     "Dates and times of two styles and a country.", "DateFormat.getDateTimeInstance(7, 8, Locale.US)",
     "illegal_argument_exception: Illegal time style 8"},
    {"static DateFormat getInstance()", call<[]() { return time::SimpleDateFormat::with_styles(&kShort, &kShort); }>,
     "Short dates and times.", "def f = DateFormat.getInstance(); f.toPattern().length()", "14"},
    {"Calendar getCalendar()", call<calendar_of>, "A calendar of its zone.",
     "new SimpleDateFormat('yyyy').getCalendar().getTimeZone().getID()", "Etc/UTC"},
    {"void setCalendar(Calendar)", call<set_calendar>, "Gives it the zone of a calendar.",
     "DateFormat f = new SimpleDateFormat('HH'); "
     "f.setCalendar(Calendar.getInstance(TimeZone.getTimeZone('Europe/Paris'))); f.format(new Date(0L))",
     "01"},
    {"Date parse(String,ParsePosition)", parse_date_at, "What a text says at a place; null: nothing.",
     "new SimpleDateFormat('yyyy').parse('x2020', new ParsePosition(1))", "Wed Jan 01 00:00:00 UTC 2020"},
    {"TimeZone getTimeZone()", call<&time::SimpleDateFormat::time_zone>, "The zone that it writes in.",
     "new SimpleDateFormat('yyyy-MM-dd HH:mm').getTimeZone().getID()", "Etc/UTC"},
    {"boolean isLenient()", call<&time::SimpleDateFormat::is_lenient>, "Whether days and months may be out of range.",
     "new SimpleDateFormat('yyyy-MM-dd HH:mm').isLenient()", "true"},
    {"Date parse(String)", call<[](const time::SimpleDateFormat& by, std::string_view text) { return by.parse(text); }>,
     "What a text says.", "new SimpleDateFormat('yyyy-MM-dd HH:mm').parse('2020-02')",
     "parse_exception: Unparseable date: \"2020-02\""},
    {"void setLenient(boolean)", call<&time::SimpleDateFormat::set_lenient>,
     "Whether days and months may be out of range.",
     "SimpleDateFormat f = new SimpleDateFormat('yyyy-MM-dd HH:mm'); f.setLenient(false); f.parse('2020-02-30 13:05')",
     "parse_exception: Unparseable date: \"2020-02-30 13:05\""},
    {"void setTimeZone(TimeZone)", call<&time::SimpleDateFormat::set_time_zone>, "Makes it write in another zone.",
     "SimpleDateFormat f = new SimpleDateFormat('yyyy-MM-dd HH:mm'); "
     "f.setTimeZone(TimeZone.getTimeZone('Europe/Paris')); f.format(new Date(0L))",
     "1970-01-01 01:00"},
};

constexpr MethodRow kSimpleDateFormat[] = {
    {"new()", call<[]() { return time::SimpleDateFormat::with_styles(&kShort, &kShort); }>, "Short dates and times.",
     "new SimpleDateFormat().toPattern()", "M/d/yy, h:mm a"},
    {"new(String)", call<[](std::string_view pattern) { return time::SimpleDateFormat(pattern); }>,
     "Of a pattern of letters.", "new SimpleDateFormat('yyyy b')",
     "illegal_argument_exception: Illegal pattern character 'b'"},
    {"new(String,Locale)",
     call<[](std::string_view pattern, const time::Locale& locale) { return time::SimpleDateFormat(pattern, locale); }>,
     "Of a pattern of letters, in a language.",
     "new SimpleDateFormat('d MMM yyyy', Locale.ENGLISH).format(new Date(0L))", "1 Jan 1970"},
    {"void applyPattern(String)", call<&time::SimpleDateFormat::apply_pattern>, "Makes the pattern another one.",
     "SimpleDateFormat f = new SimpleDateFormat('yyyy-MM-dd HH:mm'); f.applyPattern('yy'); f.format(new Date(0L))",
     "70"},
    {"void set2DigitYearStart(Date)", call<&time::SimpleDateFormat::set_two_digit_year_start>,
     "When the hundred years begin that years of two digits are in.",
     "SimpleDateFormat f = new SimpleDateFormat('yy'); f.set2DigitYearStart(new Date(0L)); f.parse('69').getTime()",
     "3124224000000"},
    {"Date get2DigitYearStart()", call<&time::SimpleDateFormat::two_digit_year_start>,
     "When the hundred years begin that years of two digits are in.",
     "SimpleDateFormat f = new SimpleDateFormat('yy'); f.set2DigitYearStart(new Date(0L)); f.get2DigitYearStart()",
     "Thu Jan 01 00:00:00 UTC 1970"},
    {"void applyLocalizedPattern(String)", call<&time::SimpleDateFormat::apply_pattern>,
     "Makes the pattern another one.",
     "SimpleDateFormat f = new SimpleDateFormat('yyyy'); f.applyLocalizedPattern('yy'); f.format(new Date(0L))", "70"},
    {"String toLocalizedPattern()", call<&time::SimpleDateFormat::to_pattern>, "The pattern.",
     "new SimpleDateFormat('yyyy-MM-dd HH:mm').toLocalizedPattern()", "yyyy-MM-dd HH:mm"},
    {"String toPattern()", call<&time::SimpleDateFormat::to_pattern>, "The pattern.",
     "new SimpleDateFormat('yyyy-MM-dd HH:mm').toPattern()", "yyyy-MM-dd HH:mm"},
};

constexpr ClassRow kRows[] = {
    {"java.util.Date", "Comparable", "A moment in milliseconds, as Java had it first.", kDate},
    {"java.util.TimeZone", "java.util.TimeZoneMore", "A time zone, as Java had it first.", kTimeZone},
    {"java.text.Format", "", "What writes and reads values.", kFormat},
    {"java.text.DateFormat", "Format", "What writes and reads moments.", kDateFormat},
    {"java.text.SimpleDateFormat", "DateFormat", "Formats of moments by a pattern of letters.", kSimpleDateFormat},
};

}  // namespace

std::span<const ClassRow> legacy_date_family() { return kRows; }

}  // namespace sluice::painless::api
