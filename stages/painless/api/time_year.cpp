#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

/// T.parse(text), T.parse(text, formatter).
template <typename T>
Value parse(Machine& machine, const Value* args) {
  return call<[](std::string_view text) { return T::parse(text); }>(machine, args);
}
template <typename T>
Value parse_by(Machine& machine, const Value* args) {
  return call<[](std::string_view text, const time::DateTimeFormatter& formatter) {
    return T::parse(text, formatter);
  }>(machine, args);
}

constexpr MethodRow kYear[] = {
    {"const int MAX_VALUE", call<[]() { return time::Year::kMaxValue; }>, "The last year there is.", "Year.MAX_VALUE",
     "999999999"},
    {"const int MIN_VALUE", call<[]() { return time::Year::kMinValue; }>, "The first year there is.", "Year.MIN_VALUE",
     "-999999999"},
    {"LocalDate atDay(int)", call<&time::Year::at_day>, "The date of a day of it, from 1.", "Year.of(2019).atDay(366)",
     "date_time_exception: Invalid date 'DayOfYear 366' as '2019' is not a leap year"},
    {"YearMonth atMonth(int)", call<&time::Year::at_month>, "A month of it.", "Year.of(2020).atMonth(2)", "2020-02"},
    {"LocalDate atMonthDay(MonthDay)", call<&time::Year::at_month_day>, "A day of it.",
     "Year.of(2019).atMonthDay(MonthDay.of(2, 29))", "2019-02-28"},
    {"int compareTo(Year)", compare_natively, "How many years it is after the other.",
     "Year.of(2020).compareTo(Year.of(2017))", "3"},
    {"int getValue()", call<&time::Year::value>, "Its number.", "Year.of(2020).getValue()", "2020"},
    {"int length()", call<&time::Year::length>, "The days that it has.", "Year.of(2020).length()", "366"},
    {"String format(DateTimeFormatter)", call<&time::Year::format>, "The text that a formatter makes of it.",
     "Year.of(2020).format(DateTimeFormatter.ofPattern('uu'))", "20"},
    {"boolean isAfter(Year)", call<&time::Year::is_after>, "Whether it is later than the other.",
     "Year.of(2020).isAfter(Year.of(2017))", "true"},
    {"boolean isLeap()", call<&time::Year::is_leap>, "Whether it has 366 days.", "Year.of(1900).isLeap()", "false"},
    {"static boolean isLeap(long)", call<[](Long year) { return time::is_leap_year(year); }>,
     "Whether a year has 366 days.", "Year.isLeap(2000L)", "true"},
    {"boolean isValidMonthDay(MonthDay)", call<[](const time::Year& of, const Value& day) {
       return !day.is_null() && of.is_valid_month_day(object<TimeObject<time::MonthDay>>(day).value);
     }>,
     "Whether it has that day.", "Year.of(2019).isValidMonthDay(MonthDay.of(2, 29))", "false"},
    {"Year minus(TemporalAmount)", temporal_minus_amount, "That much earlier.",
     "Year.of(2020).minus(Period.ofYears(3))", "2017"},
    {"Year minus(long,TemporalUnit)", temporal_minus_unit, "So many units earlier.",
     "Year.of(2020).minus(1, ChronoUnit.CENTURIES)", "1920"},
    {"Year minusYears(long)", call<&time::Year::minus_years>, "So many years earlier.", "Year.of(2020).minusYears(3)",
     "2017"},
    {"Year plus(TemporalAmount)", temporal_plus_amount, "That much later.", "Year.of(2020).plus(Period.ofDays(1))",
     "unsupported_temporal_type_exception: Unsupported unit: Days"},
    {"Year plus(long,TemporalUnit)", temporal_plus_unit, "So many units later.",
     "Year.of(2020).plus(2, ChronoUnit.DECADES)", "2040"},
    {"Year plusYears(long)", call<&time::Year::plus_years>, "So many years later.", "Year.of(2020).plusYears(3)",
     "2023"},
    {"Year with(TemporalAdjuster)", temporal_with_adjuster, "With what the adjuster sets.",
     "Year.of(2020).with(Year.of(1999))", "1999"},
    {"Year with(TemporalField,long)", temporal_with_field, "With another value of a field.",
     "Year.of(2020).with(ChronoField.ERA, 0L)", "-2019"},
    {"static Year from(TemporalAccessor)", call<&time::Year::from>, "What another value says of it.",
     "Year.from(LocalDate.of(2020, 2, 28))", "2020"},
    {"static Year of(int)", call<&time::Year::of>, "The year of a number.", "Year.of(2020)", "2020"},
    {"static Year parse(CharSequence)", parse<time::Year>, "Reads `2020`.", "Year.parse('abcd')",
     "date_time_parse_exception: Text 'abcd' could not be parsed at index 0"},
    {"static Year parse(CharSequence,DateTimeFormatter)", parse_by<time::Year>, "Reads it as the formatter says.",
     "Year.parse('28/02/2020', DateTimeFormatter.ofPattern('dd/MM/uuuu'))", "2020"},
};

constexpr MethodRow kYearMonth[] = {
    {"LocalDate atDay(int)", call<&time::YearMonth::at_day>, "The date of a day of it.",
     "YearMonth.of(2020, 2).atDay(30)", "date_time_exception: Invalid date 'FEBRUARY 30'"},
    {"LocalDate atEndOfMonth()", call<&time::YearMonth::at_end_of_month>, "Its last date.",
     "YearMonth.of(2020, 2).atEndOfMonth()", "2020-02-29"},
    {"int compareTo(YearMonth)", compare_natively, "Less than, equal to or greater than zero.",
     "YearMonth.of(2020, 2).compareTo(YearMonth.of(2020, 7))", "-5"},
    {"int getMonthValue()", call<&time::YearMonth::month_value>, "The month, 1 to 12.",
     "YearMonth.of(2020, 2).getMonthValue()", "2"},
    {"int getYear()", call<&time::YearMonth::year>, "The year.", "YearMonth.of(2020, 2).getYear()", "2020"},
    {"int lengthOfMonth()", call<&time::YearMonth::length_of_month>, "The days that the month has.",
     "YearMonth.of(2020, 2).lengthOfMonth()", "29"},
    {"int lengthOfYear()", call<&time::YearMonth::length_of_year>, "The days that the year has.",
     "YearMonth.of(2020, 2).lengthOfYear()", "366"},
    {"String format(DateTimeFormatter)", call<&time::YearMonth::format>, "The text that a formatter makes of it.",
     "YearMonth.of(2020, 2).format(DateTimeFormatter.ofPattern('MMM uuuu'))", "Feb 2020"},
    {"Month getMonth()", call<&time::YearMonth::month>, "The month.", "YearMonth.of(2020, 2).getMonth()", "FEBRUARY"},
    {"boolean isAfter(YearMonth)", call<&time::YearMonth::is_after>, "Whether it is later than the other.",
     "YearMonth.of(2020, 2).isAfter(YearMonth.of(2020, 1))", "true"},
    {"boolean isBefore(YearMonth)", call<&time::YearMonth::is_before>, "Whether it is earlier than the other.",
     "YearMonth.of(2020, 2).isBefore(YearMonth.of(2020, 1))", "false"},
    {"boolean isLeapYear()", call<&time::YearMonth::is_leap_year>, "Whether the year has 366 days.",
     "YearMonth.of(2020, 2).isLeapYear()", "true"},
    {"boolean isValidDay(int)", call<&time::YearMonth::is_valid_day>, "Whether it has that day.",
     "YearMonth.of(2020, 2).isValidDay(30)", "false"},
    {"YearMonth minus(TemporalAmount)", temporal_minus_amount, "That much earlier.",
     "YearMonth.of(2020, 2).minus(Period.ofMonths(3))", "2019-11"},
    {"YearMonth minus(long,TemporalUnit)", temporal_minus_unit, "So many units earlier.",
     "YearMonth.of(2020, 2).minus(2, ChronoUnit.YEARS)", "2018-02"},
    {"YearMonth minusYears(long)", call<&time::YearMonth::minus_years>, "So many years earlier.",
     "YearMonth.of(2020, 2).minusYears(40)", "1980-02"},
    {"YearMonth minusMonths(long)", call<&time::YearMonth::minus_months>, "So many months earlier.",
     "YearMonth.of(2020, 2).minusMonths(40)", "2016-10"},
    {"YearMonth plus(TemporalAmount)", temporal_plus_amount, "That much later.",
     "YearMonth.of(2020, 2).plus(Duration.ofDays(3))",
     "unsupported_temporal_type_exception: Unsupported unit: Seconds"},
    {"YearMonth plus(long,TemporalUnit)", temporal_plus_unit, "So many units later.",
     "YearMonth.of(2020, 2).plus(2, ChronoUnit.DECADES)", "2040-02"},
    {"YearMonth plusYears(long)", call<&time::YearMonth::plus_years>, "So many years later.",
     "YearMonth.of(2020, 2).plusYears(40)", "2060-02"},
    {"YearMonth plusMonths(long)", call<&time::YearMonth::plus_months>, "So many months later.",
     "YearMonth.of(2020, 2).plusMonths(40)", "2023-06"},
    {"YearMonth with(TemporalAdjuster)", temporal_with_adjuster, "With what the adjuster sets.",
     "YearMonth.of(2020, 2).with(Year.of(1999))", "1999-02"},
    {"YearMonth with(TemporalField,long)", temporal_with_field, "With another value of a field.",
     "YearMonth.of(2020, 2).with(ChronoField.MONTH_OF_YEAR, 7L)", "2020-07"},
    {"YearMonth withYear(int)", call<&time::YearMonth::with_year>, "With another year.",
     "YearMonth.of(2020, 2).withYear(7)", "0007-02"},
    {"YearMonth withMonth(int)", call<&time::YearMonth::with_month>, "With another month.",
     "YearMonth.of(2020, 2).withMonth(13)",
     "date_time_exception: Invalid value for MonthOfYear (valid values 1 - 12): 13"},
    {"static YearMonth from(TemporalAccessor)", call<&time::YearMonth::from>, "What another value says of it.",
     "YearMonth.from(LocalDate.of(2020, 2, 28))", "2020-02"},
    {"static YearMonth of(int,int)", call<&time::YearMonth::of>, "The month of a year.", "YearMonth.of(2020, 2)",
     "2020-02"},
    {"static YearMonth parse(CharSequence)", parse<time::YearMonth>, "Reads `2020-02`.", "YearMonth.parse('2020-02')",
     "2020-02"},
    {"static YearMonth parse(CharSequence,DateTimeFormatter)", parse_by<time::YearMonth>,
     "Reads it as the formatter says.", "YearMonth.parse('02/2020', DateTimeFormatter.ofPattern('MM/uuuu'))",
     "2020-02"},
};

constexpr MethodRow kMonthDay[] = {
    {"LocalDate atYear(int)", call<&time::MonthDay::at_year>, "The date of it in a year.",
     "MonthDay.of(2, 29).atYear(2019)", "2019-02-28"},
    {"int compareTo(MonthDay)", compare_natively, "Less than, equal to or greater than zero.",
     "MonthDay.of(2, 29).compareTo(MonthDay.of(2, 20))", "9"},
    {"String format(DateTimeFormatter)", call<&time::MonthDay::format>, "The text that a formatter makes of it.",
     "MonthDay.of(2, 29).format(DateTimeFormatter.ofPattern('d MMMM'))", "29 February"},
    {"int getDayOfMonth()", call<&time::MonthDay::day_of_month>, "The day.", "MonthDay.of(2, 29).getDayOfMonth()",
     "29"},
    {"Month getMonth()", call<&time::MonthDay::month>, "The month.", "MonthDay.of(2, 29).getMonth()", "FEBRUARY"},
    {"int getMonthValue()", call<&time::MonthDay::month_value>, "The month, 1 to 12.",
     "MonthDay.of(2, 29).getMonthValue()", "2"},
    {"boolean isAfter(MonthDay)", call<&time::MonthDay::is_after>, "Whether it is later in a year than the other.",
     "MonthDay.of(2, 29).isAfter(MonthDay.of(3, 1))", "false"},
    {"boolean isBefore(MonthDay)", call<&time::MonthDay::is_before>, "Whether it is earlier in a year than the other.",
     "MonthDay.of(2, 29).isBefore(MonthDay.of(3, 1))", "true"},
    {"boolean isValidYear(int)", call<&time::MonthDay::is_valid_year>, "Whether a year has it.",
     "MonthDay.of(2, 29).isValidYear(2019)", "false"},
    {"MonthDay with(Month)", call<[](const time::MonthDay& of, time::Month month) { return of.with(month); }>,
     "In another month, on its last day where it is too short.", "MonthDay.of(3, 31).with(Month.FEBRUARY)", "--02-29"},
    {"MonthDay withDayOfMonth(int)", call<&time::MonthDay::with_day_of_month>, "With another day.",
     "MonthDay.of(2, 29).withDayOfMonth(30)",
     "date_time_exception: Illegal value for DayOfMonth field, value 30 is not valid for month FEBRUARY"},
    {"MonthDay withMonth(int)", call<&time::MonthDay::with_month>, "With another month.",
     "MonthDay.of(2, 29).withMonth(7)", "--07-29"},
    {"static MonthDay from(TemporalAccessor)", call<&time::MonthDay::from>, "What another value says of it.",
     "MonthDay.from(LocalDate.of(2020, 2, 28))", "--02-28"},
    {"static MonthDay of(int,int)", call<&time::MonthDay::of>, "The day of a month.", "MonthDay.of(2, 29)", "--02-29"},
    {"static MonthDay parse(CharSequence)", parse<time::MonthDay>, "Reads `--02-28`.", "MonthDay.parse('--02-28')",
     "--02-28"},
    {"static MonthDay parse(CharSequence,DateTimeFormatter)", parse_by<time::MonthDay>,
     "Reads it as the formatter says.", "MonthDay.parse('28/02', DateTimeFormatter.ofPattern('dd/MM'))", "--02-28"},
};

constexpr ClassRow kRows[] = {
    {"java.time.Year", "Temporal,TemporalAdjuster,Comparable", "A year.", kYear},
    {"java.time.YearMonth", "Temporal,TemporalAdjuster,Comparable", "A month of a year.", kYearMonth},
    {"java.time.MonthDay", "TemporalAccessor,TemporalAdjuster,Comparable", "A day of any year.", kMonthDay},
};

}  // namespace

std::span<const ClassRow> time_year_family() { return kRows; }

}  // namespace sluice::painless::api
