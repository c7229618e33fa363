#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/time/format_text.h"

namespace sluice::painless::api {

namespace {

constexpr MethodRow kDayOfWeek[] = {
    {"const DayOfWeek MONDAY", constant<time::DayOfWeek::kMonday>, "Monday.", "DayOfWeek.MONDAY", "MONDAY"},
    {"const DayOfWeek TUESDAY", constant<time::DayOfWeek::kTuesday>, "Tuesday.", "DayOfWeek.TUESDAY", "TUESDAY"},
    {"const DayOfWeek WEDNESDAY", constant<time::DayOfWeek::kWednesday>, "Wednesday.", "DayOfWeek.WEDNESDAY",
     "WEDNESDAY"},
    {"const DayOfWeek THURSDAY", constant<time::DayOfWeek::kThursday>, "Thursday.", "DayOfWeek.THURSDAY", "THURSDAY"},
    {"const DayOfWeek FRIDAY", constant<time::DayOfWeek::kFriday>, "Friday.", "DayOfWeek.FRIDAY", "FRIDAY"},
    {"const DayOfWeek SATURDAY", constant<time::DayOfWeek::kSaturday>, "Saturday.", "DayOfWeek.SATURDAY", "SATURDAY"},
    {"const DayOfWeek SUNDAY", constant<time::DayOfWeek::kSunday>, "Sunday.", "DayOfWeek.SUNDAY", "SUNDAY"},
    {"int getValue()", call<[](time::DayOfWeek of) { return static_cast<Int>(of); }>, "Its number, from 1.",
     "DayOfWeek.MONDAY.getValue()", "1"},
    {"String getDisplayName(TextStyle,Locale)",
     call<[](time::DayOfWeek of, time::TextStyle style, const time::Locale& locale) {
       return time::display_name(of, style, locale);
     }>,
     "Its name for people.", "DayOfWeek.MONDAY.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)", "Mon"},
    {"DayOfWeek plus(long)", call<[](time::DayOfWeek of, Long more) { return time::plus(of, more); }>, "So many later.",
     "DayOfWeek.MONDAY.plus(20L)", "SUNDAY"},
    {"DayOfWeek minus(long)", call<[](time::DayOfWeek of, Long less) { return time::minus(of, less); }>,
     "So many earlier.", "DayOfWeek.MONDAY.minus(20L)", "TUESDAY"},
    {"static DayOfWeek of(int)", call<&time::day_of_week_of>, "The one of a number.", "DayOfWeek.of(13)",
     "date_time_exception: Invalid value for DayOfWeek: 13"},
    {"static DayOfWeek from(TemporalAccessor)", call<&time::day_of_week_from>, "What another value says of it.",
     "DayOfWeek.from(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))", "FRIDAY"},
    {"static DayOfWeek valueOf(String)", call<&time::day_of_week_value_of>, "The one of a name.",
     "DayOfWeek.valueOf('MONDAY')", "MONDAY"},
    {"static DayOfWeek[] values()", enum_values<time::DayOfWeek, 1, 7>, "All of them.", "DayOfWeek.values().length",
     "7"},
};

constexpr MethodRow kMonth[] = {
    {"const Month JANUARY", constant<time::Month::kJanuary>, "January.", "Month.JANUARY", "JANUARY"},
    {"const Month FEBRUARY", constant<time::Month::kFebruary>, "February.", "Month.FEBRUARY", "FEBRUARY"},
    {"const Month MARCH", constant<time::Month::kMarch>, "March.", "Month.MARCH", "MARCH"},
    {"const Month APRIL", constant<time::Month::kApril>, "April.", "Month.APRIL", "APRIL"},
    {"const Month MAY", constant<time::Month::kMay>, "May.", "Month.MAY", "MAY"},
    {"const Month JUNE", constant<time::Month::kJune>, "June.", "Month.JUNE", "JUNE"},
    {"const Month JULY", constant<time::Month::kJuly>, "July.", "Month.JULY", "JULY"},
    {"const Month AUGUST", constant<time::Month::kAugust>, "August.", "Month.AUGUST", "AUGUST"},
    {"const Month SEPTEMBER", constant<time::Month::kSeptember>, "September.", "Month.SEPTEMBER", "SEPTEMBER"},
    {"const Month OCTOBER", constant<time::Month::kOctober>, "October.", "Month.OCTOBER", "OCTOBER"},
    {"const Month NOVEMBER", constant<time::Month::kNovember>, "November.", "Month.NOVEMBER", "NOVEMBER"},
    {"const Month DECEMBER", constant<time::Month::kDecember>, "December.", "Month.DECEMBER", "DECEMBER"},
    {"int getValue()", call<[](time::Month of) { return static_cast<Int>(of); }>, "Its number, from 1.",
     "Month.FEBRUARY.getValue()", "2"},
    {"String getDisplayName(TextStyle,Locale)",
     call<[](time::Month of, time::TextStyle style, const time::Locale& locale) {
       return time::display_name(of, style, locale);
     }>,
     "Its name for people.", "Month.FEBRUARY.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)", "Feb"},
    {"Month plus(long)", call<[](time::Month of, Long more) { return time::plus(of, more); }>, "So many later.",
     "Month.FEBRUARY.plus(20L)", "OCTOBER"},
    {"Month minus(long)", call<[](time::Month of, Long less) { return time::minus(of, less); }>, "So many earlier.",
     "Month.FEBRUARY.minus(20L)", "JUNE"},
    {"static Month of(int)", call<&time::month_of>, "The one of a number.", "Month.of(13)",
     "date_time_exception: Invalid value for MonthOfYear: 13"},
    {"static Month from(TemporalAccessor)", call<&time::month_from>, "What another value says of it.",
     "Month.from(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))", "FEBRUARY"},
    {"static Month valueOf(String)", call<&time::month_value_of>, "The one of a name.", "Month.valueOf('JANUARY')",
     "JANUARY"},
    {"static Month[] values()", enum_values<time::Month, 1, 12>, "All of them.", "Month.values().length", "12"},
    {"int length(boolean)", call<[](time::Month of, bool leap_year) { return time::length_of(of, leap_year); }>,
     "Its days, in a leap year or another one.", "Month.FEBRUARY.length(true)", "29"},
    {"int minLength()", call<[](time::Month of) { return time::length_of(of, false); }>, "Its days, at least.",
     "Month.FEBRUARY.minLength()", "28"},
    {"int maxLength()", call<[](time::Month of) { return time::length_of(of, true); }>, "Its days, at most.",
     "Month.FEBRUARY.maxLength()", "29"},
    {"int firstDayOfYear(boolean)",
     call<[](time::Month of, bool leap_year) { return time::first_day_of_year(of, leap_year); }>,
     "The day of the year that it begins on.", "Month.MARCH.firstDayOfYear(true)", "61"},
    {"Month firstMonthOfQuarter()", call<[](time::Month of) { return time::first_month_of_quarter(of); }>,
     "The month that its quarter begins with.", "Month.MAY.firstMonthOfQuarter()", "APRIL"},
};

constexpr ClassRow kRows[] = {
    {"java.time.DayOfWeek", "Enum,TemporalAccessor,TemporalAdjuster", "A day of the week.", kDayOfWeek},
    {"java.time.Month", "Enum,TemporalAccessor,TemporalAdjuster", "A month of the year.", kMonth},
};

}  // namespace

std::span<const ClassRow> time_month_family() { return kRows; }

}  // namespace sluice::painless::api
