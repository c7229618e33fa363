#include "stages/painless/api/families.h"
#include "stages/painless/api/legacy_natives.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/api/time_zone_natives.h"
#include "stages/painless/time/simple_date_format.h"

namespace sluice::painless::api {

namespace {

constexpr time::FormatStyle kShort = time::FormatStyle::kShort;

/// A moment is a Date, or a number of milliseconds.
Value format_date(Machine& machine, const Value* args) {
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
     call<[](const time::TimeZone& of, bool daylight, Int style) { return of.display_name(daylight, style != 0); }>,
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
    {"Object parseObject(String)",
     call<[](const time::SimpleDateFormat& by, std::string_view text) { return by.parse(text); }>, "What a text says.",
     "new SimpleDateFormat('yyyy-MM-dd HH:mm').parseObject('2020-02-28 13:05')", "Fri Feb 28 13:05:00 UTC 2020"},
};

constexpr MethodRow kDateFormat[] = {
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
