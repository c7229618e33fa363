#include "stages/painless/api/families.h"
#include "stages/painless/api/legacy_natives.h"
#include "stages/painless/time/calendar_bounds.h"

namespace sluice::painless::api {

namespace {

using time::Calendar;

template <Int kNumber>
Value number(Machine& machine, const Value* args) {
  (void)machine;
  (void)args;
  return Value::of_int(kNumber);
}

Calendar now(const time::TimeZone& zone, const time::Locale& locale) {
  return Calendar(time::SimpleDateFormat::current_millis(), zone, locale);
}

/// Calendar.after(Object), before(Object): an order where the other is a Calendar.
template <int kOrder>
Value is_beside(Machine& machine, const Value* args) {
  return call<[](Machine& with, Calendar& of, const Value& value) {
    const Value other = with.force(value);
    if (!other.is_object() || other.o->type != class_of<Calendar>()) return Value::boolean(false);
    return Value::boolean(of.compare_to(object<TimeObject<Calendar>>(other).value) == kOrder);
  }>(machine, args);
}

Value display_name(Machine& machine, const Value* args) {
  return call<[](Machine& with, Calendar& of, Int field, Int style, const time::Locale& locale) {
    const auto name = time::calendar_name(of, field, style, locale);
    return name ? with.string_value(*name) : Value::null();
  }>(machine, args);
}
Value display_names(Machine& machine, const Value* args) {
  return call<[](Machine& with, const Calendar& /*of*/, Int field, Int style, const time::Locale& locale) {
    const auto names = time::calendar_names(field, style, locale);
    if (names.empty()) return Value::null();
    HashMap* map = new_hash_map(with);
    for (const auto& [name, value] : names) {
      if (map->put(with, with.string_value(name), Value::of_int(value)).is_error()) return Value::error();
    }
    return made(map);
  }>(machine, args);
}

Value calendar_types(Machine& machine, const Value* args) {
  (void)args;
  const Value set = make_set(machine, known().hash_set, Order::kHash, Value::null());
  for (const std::string_view each : {"gregory", "buddhist", "japanese"}) {
    if (add_to(machine, set, machine.string_value(each)).is_error()) return Value::error();
  }
  return set;
}

/// Thursday, 28 May 2020, 13:05:09.007 in Paris.
#define CALENDAR "Calendar c = new GregorianCalendar(2020, 4, 28, 13, 5, 9); "
#define THEN "; c.getTime()"

constexpr MethodRow kCalendar[] = {
    {"const int ERA", number<0>, "The field era.", "Calendar.ERA", "0"},
    {"const int YEAR", number<1>, "The field year.", "Calendar.YEAR", "1"},
    {"const int MONTH", number<2>, "The field month.", "Calendar.MONTH", "2"},
    {"const int WEEK_OF_YEAR", number<3>, "The field week of year.", "Calendar.WEEK_OF_YEAR", "3"},
    {"const int WEEK_OF_MONTH", number<4>, "The field week of month.", "Calendar.WEEK_OF_MONTH", "4"},
    {"const int DAY_OF_MONTH", number<5>, "The field day of month.", "Calendar.DAY_OF_MONTH", "5"},
    {"const int DAY_OF_YEAR", number<6>, "The field day of year.", "Calendar.DAY_OF_YEAR", "6"},
    {"const int DAY_OF_WEEK", number<7>, "The field day of week.", "Calendar.DAY_OF_WEEK", "7"},
    {"const int DAY_OF_WEEK_IN_MONTH", number<8>, "The field day of week in month.", "Calendar.DAY_OF_WEEK_IN_MONTH",
     "8"},
    {"const int AM_PM", number<9>, "The field am pm.", "Calendar.AM_PM", "9"},
    {"const int HOUR", number<10>, "The field hour.", "Calendar.HOUR", "10"},
    {"const int HOUR_OF_DAY", number<11>, "The field hour of day.", "Calendar.HOUR_OF_DAY", "11"},
    {"const int MINUTE", number<12>, "The field minute.", "Calendar.MINUTE", "12"},
    {"const int SECOND", number<13>, "The field second.", "Calendar.SECOND", "13"},
    {"const int MILLISECOND", number<14>, "The field millisecond.", "Calendar.MILLISECOND", "14"},
    {"const int ZONE_OFFSET", number<15>, "The field zone offset.", "Calendar.ZONE_OFFSET", "15"},
    {"const int DST_OFFSET", number<16>, "The field dst offset.", "Calendar.DST_OFFSET", "16"},
    {"const int DATE", number<5>, "The field day of month.", "Calendar.DATE", "5"},
    {"const int FIELD_COUNT", number<17>, "How many fields there are.", "Calendar.FIELD_COUNT", "17"},
    {"const int SUNDAY", number<1>, "Sunday.", "Calendar.SUNDAY", "1"},
    {"const int MONDAY", number<2>, "Monday.", "Calendar.MONDAY", "2"},
    {"const int TUESDAY", number<3>, "Tuesday.", "Calendar.TUESDAY", "3"},
    {"const int WEDNESDAY", number<4>, "Wednesday.", "Calendar.WEDNESDAY", "4"},
    {"const int THURSDAY", number<5>, "Thursday.", "Calendar.THURSDAY", "5"},
    {"const int FRIDAY", number<6>, "Friday.", "Calendar.FRIDAY", "6"},
    {"const int SATURDAY", number<7>, "Saturday.", "Calendar.SATURDAY", "7"},
    {"const int JANUARY", number<0>, "January.", "Calendar.JANUARY", "0"},
    {"const int FEBRUARY", number<1>, "February.", "Calendar.FEBRUARY", "1"},
    {"const int MARCH", number<2>, "March.", "Calendar.MARCH", "2"},
    {"const int APRIL", number<3>, "April.", "Calendar.APRIL", "3"},
    {"const int MAY", number<4>, "May.", "Calendar.MAY", "4"},
    {"const int JUNE", number<5>, "June.", "Calendar.JUNE", "5"},
    {"const int JULY", number<6>, "July.", "Calendar.JULY", "6"},
    {"const int AUGUST", number<7>, "August.", "Calendar.AUGUST", "7"},
    {"const int SEPTEMBER", number<8>, "September.", "Calendar.SEPTEMBER", "8"},
    {"const int OCTOBER", number<9>, "October.", "Calendar.OCTOBER", "9"},
    {"const int NOVEMBER", number<10>, "November.", "Calendar.NOVEMBER", "10"},
    {"const int DECEMBER", number<11>, "December.", "Calendar.DECEMBER", "11"},
    {"const int UNDECIMBER", number<12>, "Undecimber.", "Calendar.UNDECIMBER", "12"},
    {"const int AM", number<0>, "Before noon.", "Calendar.AM", "0"},
    {"const int PM", number<1>, "From noon on.", "Calendar.PM", "1"},
    {"const int ALL_STYLES", number<0>, "Names of all lengths.", "Calendar.ALL_STYLES", "0"},
    {"const int SHORT", number<1>, "Short names.", "Calendar.SHORT", "1"},
    {"const int LONG", number<2>, "Long names.", "Calendar.LONG", "2"},
    {"const int NARROW_FORMAT", number<4>, "Names of a letter.", "Calendar.NARROW_FORMAT", "4"},
    {"const int SHORT_FORMAT", number<1>, "Short names.", "Calendar.SHORT_FORMAT", "1"},
    {"const int LONG_FORMAT", number<2>, "Long names.", "Calendar.LONG_FORMAT", "2"},
    {"const int NARROW_STANDALONE", number<0x8004>, "Names of a letter that stand alone.", "Calendar.NARROW_STANDALONE",
     "32772"},
    {"const int SHORT_STANDALONE", number<0x8001>, "Short names that stand alone.", "Calendar.SHORT_STANDALONE",
     "32769"},
    {"const int LONG_STANDALONE", number<0x8002>, "Long names that stand alone.", "Calendar.LONG_STANDALONE", "32770"},
    {"static Calendar getInstance()",
     call<[]() { return now(time::TimeZone::get_default(), time::Locale::node_default()); }>, "Now.",
     "Calendar.getInstance().getTimeInMillis() > 1500000000000L", "true"},
    {"static Calendar getInstance(TimeZone)",
     call<[](const time::TimeZone& zone) { return now(zone, time::Locale::node_default()); }>, "Now in a zone.",
     "Calendar.getInstance(TimeZone.getTimeZone('Europe/Paris')).getTimeZone().getID()", "Europe/Paris"},
    {"static Calendar getInstance(TimeZone,Locale)", call<now>, "Now in a zone, with the weeks of a country.",
     "Calendar.getInstance(TimeZone.getDefault(), Locale.FRANCE).getFirstDayOfWeek()", "2"},
    {"static Set getAvailableCalendarTypes()", calendar_types, "The kinds of calendars there are.",
     "Calendar.getAvailableCalendarTypes().contains('gregory')", "true"},
    {"void add(int,int)", call<&Calendar::add>, "Adds to a field, and to those above it.",
     CALENDAR "c.add(Calendar.MONTH, 9)" THEN, "Sun Feb 28 13:05:09 UTC 2021"},
    {"boolean after(Object)", is_beside<1>, "Whether it is later than the other.",
     CALENDAR "c.after(new GregorianCalendar(2020, 4, 27))", "true"},
    {"boolean before(Object)", is_beside<-1>, "Whether it is earlier than the other.",
     CALENDAR "c.before(new Date(0L))", "false"},
    {"void clear()", call<[](Calendar& of) { of.clear(); }>, "Forgets all fields.", CALENDAR "c.clear()" THEN,
     "Thu Jan 01 00:00:00 UTC 1970"},
    {"void clear(int)", call<[](Calendar& of, Int field) { of.clear(field); }>, "Forgets a field.",
     CALENDAR "c.clear(Calendar.MINUTE)" THEN, "Thu May 28 13:00:09 UTC 2020"},
    {"def clone()", call<[](const Calendar& of) { return of; }>, "A copy.", CALENDAR "c.clone().equals(c)", "true"},
    {"int compareTo(Calendar)", compare_natively, "-1, 0 or 1.",
     CALENDAR "c.compareTo(new GregorianCalendar(2020, 4, 27))", "1"},
    {"int get(int)", call<&Calendar::get>, "The value of a field.", CALENDAR "c.get(Calendar.WEEK_OF_YEAR)", "22"},
    {"int getActualMaximum(int)", call<&Calendar::actual_maximum>,
     "The most that a field may have in its year, month or day.", CALENDAR "c.getActualMaximum(Calendar.DAY_OF_MONTH)",
     "31"},
    {"int getActualMinimum(int)", call<&Calendar::actual_minimum>,
     "The least that a field may have in its year, month or day.", CALENDAR "c.getActualMinimum(Calendar.DAY_OF_MONTH)",
     "1"},
    {"String getCalendarType()", call<[](const Calendar& /*of*/) { return std::string_view("gregory"); }>,
     "What kind of calendar it is.", CALENDAR "c.getCalendarType()", "gregory"},
    {"String getDisplayName(int,int,Locale)", display_name, "The name of a field.",
     CALENDAR "c.getDisplayName(Calendar.MONTH, Calendar.LONG, Locale.ENGLISH)", "May"},
    {"Map getDisplayNames(int,int,Locale)", display_names, "The names of a field and what they stand for.",
     CALENDAR "c.getDisplayNames(Calendar.MONTH, Calendar.SHORT, Locale.ENGLISH).get('Feb')", "1"},
    {"int getFirstDayOfWeek()", call<&Calendar::first_day_of_week>, "The day that weeks begin with; 1 is Sunday.",
     CALENDAR "c.getFirstDayOfWeek()", "1"},
    {"int getGreatestMinimum(int)",
     call<[](const Calendar& /*of*/, Int field) { return time::calendar_minimum(field); }>,
     "The least that a field always may have.", CALENDAR "c.getGreatestMinimum(Calendar.DAY_OF_MONTH)", "1"},
    {"int getLeastMaximum(int)",
     call<[](const Calendar& /*of*/, Int field) { return time::calendar_least_maximum(field); }>,
     "The most that a field always may have.", CALENDAR "c.getLeastMaximum(Calendar.DAY_OF_MONTH)", "28"},
    {"int getMaximum(int)", call<[](const Calendar& /*of*/, Int field) { return time::calendar_maximum(field); }>,
     "The most that a field may have.", CALENDAR "c.getMaximum(Calendar.DAY_OF_MONTH)", "31"},
    {"int getMinimalDaysInFirstWeek()", call<&Calendar::minimal_days_in_first_week>,
     "The days that the first week has at least.", CALENDAR "c.getMinimalDaysInFirstWeek()", "1"},
    {"int getMinimum(int)", call<[](const Calendar& /*of*/, Int field) { return time::calendar_minimum(field); }>,
     "The least that a field may have.", CALENDAR "c.getMinimum(Calendar.MONTH)", "0"},
    {"Date getTime()", call<&Calendar::time>, "The moment.", CALENDAR "c.getTime()", "Thu May 28 13:05:09 UTC 2020"},
    {"long getTimeInMillis()", call<&Calendar::time_in_millis>, "Milliseconds since 1970.",
     CALENDAR "c.getTimeInMillis()", "1590671109000"},
    {"TimeZone getTimeZone()", call<&Calendar::time_zone>, "The zone.", CALENDAR "c.getTimeZone().getID()", "Etc/UTC"},
    {"int getWeekYear()", call<&Calendar::week_year>, "The year that the week is of.", CALENDAR "c.getWeekYear()",
     "2020"},
    {"int getWeeksInWeekYear()", call<time::weeks_in_week_year>, "How many weeks that year has.",
     CALENDAR "c.getWeeksInWeekYear()", "52"},
    {"boolean isLenient()", call<&Calendar::is_lenient>, "Whether fields may be out of range.",
     CALENDAR "c.isLenient()", "true"},
    {"boolean isSet(int)", call<&Calendar::is_set>, "Whether a field has a value.",
     CALENDAR "c.clear(); c.isSet(Calendar.YEAR)", "false"},
    {"boolean isWeekDateSupported()", call<[](const Calendar& /*of*/) { return true; }>, "Whether it has week years.",
     CALENDAR "c.isWeekDateSupported()", "true"},
    {"void roll(int,int)", call<&Calendar::roll>, "Adds to a field and to none above it.",
     CALENDAR "c.roll(Calendar.MONTH, 9)" THEN, "Fri Feb 28 13:05:09 UTC 2020"},
    {"void set(int,int)", call<&Calendar::set>, "Another value of a field.", CALENDAR "c.set(Calendar.MONTH, 13)" THEN,
     "Sun Feb 28 13:05:09 UTC 2021"},
    {"void set(int,int,int)", call<&Calendar::set_date>, "Another year, month and day.",
     CALENDAR "c.set(2021, 1, 30)" THEN, "Tue Mar 02 13:05:09 UTC 2021"},
    {"void set(int,int,int,int,int)", call<[](Calendar& of, Int year, Int month, Int day, Int hour, Int minute) {
       of.set_date_time(year, month, day, hour, minute);
     }>,
     "Another date, hour and minute.", CALENDAR "c.set(2021, 1, 3, 4, 5)" THEN, "Wed Feb 03 04:05:09 UTC 2021"},
    {"void set(int,int,int,int,int,int)",
     call<[](Calendar& of, Int year, Int month, Int day, Int hour, Int minute, Int second) {
       of.set_date_time(year, month, day, hour, minute, second);
     }>,
     "Another date and time.", CALENDAR "c.set(2021, 1, 3, 4, 5, 6)" THEN, "Wed Feb 03 04:05:06 UTC 2021"},
    {"void setFirstDayOfWeek(int)", call<&Calendar::set_first_day_of_week>, "Makes weeks begin with another day.",
     CALENDAR "c.setFirstDayOfWeek(Calendar.FRIDAY); c.get(Calendar.WEEK_OF_YEAR)", "22"},
    {"void setLenient(boolean)", call<&Calendar::set_lenient>, "Whether fields may be out of range.",
     CALENDAR "c.setLenient(false); c.set(Calendar.MONTH, 13)" THEN, "illegal_argument_exception: MONTH"},
    {"void setMinimalDaysInFirstWeek(int)", call<&Calendar::set_minimal_days_in_first_week>,
     "The days that the first week has at least.",
     CALENDAR "c.setMinimalDaysInFirstWeek(7); c.get(Calendar.WEEK_OF_YEAR)", "21"},
    {"void setTime(Date)", call<&Calendar::set_time>, "Makes it another moment.",
     CALENDAR "c.setTime(new Date(0L))" THEN, "Thu Jan 01 00:00:00 UTC 1970"},
    {"void setTimeInMillis(long)", call<&Calendar::set_time_in_millis>, "Makes it another moment.",
     CALENDAR "c.setTimeInMillis(1000L)" THEN, "Thu Jan 01 00:00:01 UTC 1970"},
    {"void setTimeZone(TimeZone)", call<&Calendar::set_time_zone>, "Makes the zone another one.",
     CALENDAR "c.getTime(); c.setTimeZone(TimeZone.getTimeZone('Europe/Paris')); c.get(Calendar.HOUR_OF_DAY)", "15"},
    {"void setWeekDate(int,int,int)", call<time::set_week_date>, "The day of a week and its year.",
     CALENDAR "c.setWeekDate(2021, 1, 1)" THEN, "Sun Dec 27 13:05:09 UTC 2020"},
    {"Instant toInstant()", call<&Calendar::to_instant>, "The moment.", CALENDAR "c.toInstant()",
     "2020-05-28T13:05:09Z"},
};

constexpr MethodRow kGregorianCalendar[] = {
    {"const int AD", number<1>, "Years from 1 on.", "GregorianCalendar.AD", "1"},
    {"const int BC", number<0>, "Years before.", "GregorianCalendar.BC", "0"},
    {"new()", call<[]() { return now(time::TimeZone::get_default(), time::Locale::node_default()); }>, "Now.",
     "new GregorianCalendar().getTimeInMillis() > 1500000000000L", "true"},
    {"new(TimeZone)", call<[](const time::TimeZone& zone) { return now(zone, time::Locale::node_default()); }>,
     "Now in a zone.", "new GregorianCalendar(TimeZone.getTimeZone('Europe/Paris')).getTimeZone().getID()",
     "Europe/Paris"},
    {"new(TimeZone,Locale)", call<now>, "Now in a zone, with the weeks of a country.",
     "new GregorianCalendar(TimeZone.getDefault(), Locale.FRANCE).getFirstDayOfWeek()", "2"},
    {"new(int,int,int)", call<[](Int year, Int month, Int day) { return Calendar::of(year, month, day, 0, 0, 0); }>,
     "A day; January is 0.", "new GregorianCalendar(2020, 4, 28).getTime()", "Thu May 28 00:00:00 UTC 2020"},
    {"new(int,int,int,int,int)", call<[](Int year, Int month, Int day, Int hour, Int minute) {
       return Calendar::of(year, month, day, hour, minute, 0);
     }>,
     "A day and time.", "new GregorianCalendar(2020, 4, 28, 13, 5).getTime()", "Thu May 28 13:05:00 UTC 2020"},
    {"new(int,int,int,int,int,int)", call<[](Int year, Int month, Int day, Int hour, Int minute, Int second) {
       return Calendar::of(year, month, day, hour, minute, second);
     }>,
     "A day and time.", "new GregorianCalendar(2020, 4, 28, 13, 5, 9).getTime()", "Thu May 28 13:05:09 UTC 2020"},
    {"static GregorianCalendar from(ZonedDateTime)", call<&Calendar::from>, "The same moment in the same zone.",
     "GregorianCalendar.from(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]')).getTimeInMillis()",
     "1582891509000"},
    {"Date getGregorianChange()", call<[](const Calendar& /*of*/) { return time::Date(-12'219'292'800'000); }>,
     "When the Gregorian calendar begins.", "new GregorianCalendar().getGregorianChange()",
     "Fri Oct 15 00:00:00 UTC 1582"},
    {"boolean isLeapYear(int)", call<[](const Calendar& /*of*/, Int year) { return Calendar::is_leap_year(year); }>,
     "Whether a year has 366 days.", "new GregorianCalendar().isLeapYear(1900)", "false"},
    {"ZonedDateTime toZonedDateTime()", call<&Calendar::to_zoned_date_time>, "The same moment in the same zone.",
     "new GregorianCalendar(2020, 4, 28).toZonedDateTime()", "2020-05-28T00:00Z[Etc/UTC]"},
};

#undef THEN
#undef CALENDAR

constexpr ClassRow kRows[] = {
    {"java.util.Calendar", "Comparable", "A moment and its fields, as Java had it first.", kCalendar},
    {"java.util.GregorianCalendar", "Calendar", "The calendar that there is.", kGregorianCalendar},
};

}  // namespace

std::span<const ClassRow> legacy_calendar_family() { return kRows; }

}  // namespace sluice::painless::api
