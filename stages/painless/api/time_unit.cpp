#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

constexpr MethodRow kEnum[] = {
    {"String name()", enum_name, "Its name.", "ChronoUnit.DAYS.name()", "DAYS"},
    {"int ordinal()", enum_ordinal, "Its place among the others.", "ChronoUnit.DAYS.ordinal()", "7"},
    {"int compareTo(Enum)", compare_natively, "How many places it is behind the other.",
     "ChronoUnit.DAYS.compareTo(ChronoUnit.YEARS)", "-3"},
};

constexpr MethodRow kTemporalUnit[] = {
    {"Temporal addTo(Temporal,long)",
     call<[](time::Unit unit, const time::Temporal& to, Long amount) { return to.plus(amount, unit); }>,
     "So many of them later.", "ChronoUnit.DAYS.addTo(LocalDate.of(2020, 2, 28), 2L)", "2020-03-01"},
    {"long between(Temporal,Temporal)",
     call<[](time::Unit unit, const time::Temporal& from, const time::Temporal& to) { return from.until(to, unit); }>,
     "Whole units from the first to the second.",
     "ChronoUnit.DAYS.between(LocalDate.of(2020, 2, 28), LocalDate.of(2020, 3, 2))", "3"},
    {"Duration getDuration()", call<&time::duration_of>, "How long one is.", "ChronoUnit.DAYS.getDuration()", "PT24H"},
    {"boolean isDateBased()", call<[](time::Unit unit) { return time::is_date_based(unit); }>,
     "Whether it is a day or longer.", "ChronoUnit.DAYS.isDateBased()", "true"},
    {"boolean isTimeBased()", call<[](time::Unit unit) { return time::is_time_based(unit); }>,
     "Whether it is shorter than a day.", "ChronoUnit.DAYS.isTimeBased()", "false"},
    {"boolean isDurationEstimated()", call<[](time::Unit unit) { return time::is_duration_estimated(unit); }>,
     "Whether not all of them are equally long.", "ChronoUnit.DAYS.isDurationEstimated()", "true"},
    {"boolean isSupportedBy(Temporal)",
     call<[](time::Unit unit, const time::Temporal& by) { return by.is_supported(unit); }>,
     "Whether the other can be computed with it.", "ChronoUnit.HOURS.isSupportedBy(LocalDate.of(2020, 2, 28))",
     "false"},
};

constexpr MethodRow kChronoUnit[] = {
    {"const ChronoUnit NANOS", constant<time::Unit::kNanos>, "The unit of nanos.", "ChronoUnit.NANOS", "Nanos"},
    {"const ChronoUnit MICROS", constant<time::Unit::kMicros>, "The unit of micros.", "ChronoUnit.MICROS", "Micros"},
    {"const ChronoUnit MILLIS", constant<time::Unit::kMillis>, "The unit of millis.", "ChronoUnit.MILLIS", "Millis"},
    {"const ChronoUnit SECONDS", constant<time::Unit::kSeconds>, "The unit of seconds.", "ChronoUnit.SECONDS",
     "Seconds"},
    {"const ChronoUnit MINUTES", constant<time::Unit::kMinutes>, "The unit of minutes.", "ChronoUnit.MINUTES",
     "Minutes"},
    {"const ChronoUnit HOURS", constant<time::Unit::kHours>, "The unit of hours.", "ChronoUnit.HOURS", "Hours"},
    {"const ChronoUnit HALF_DAYS", constant<time::Unit::kHalfDays>, "The unit of half days.", "ChronoUnit.HALF_DAYS",
     "HalfDays"},
    {"const ChronoUnit DAYS", constant<time::Unit::kDays>, "The unit of days.", "ChronoUnit.DAYS", "Days"},
    {"const ChronoUnit WEEKS", constant<time::Unit::kWeeks>, "The unit of weeks.", "ChronoUnit.WEEKS", "Weeks"},
    {"const ChronoUnit MONTHS", constant<time::Unit::kMonths>, "The unit of months.", "ChronoUnit.MONTHS", "Months"},
    {"const ChronoUnit YEARS", constant<time::Unit::kYears>, "The unit of years.", "ChronoUnit.YEARS", "Years"},
    {"const ChronoUnit DECADES", constant<time::Unit::kDecades>, "The unit of decades.", "ChronoUnit.DECADES",
     "Decades"},
    {"const ChronoUnit CENTURIES", constant<time::Unit::kCenturies>, "The unit of centuries.", "ChronoUnit.CENTURIES",
     "Centuries"},
    {"const ChronoUnit MILLENNIA", constant<time::Unit::kMillennia>, "The unit of millennia.", "ChronoUnit.MILLENNIA",
     "Millennia"},
    {"const ChronoUnit ERAS", constant<time::Unit::kEras>, "The unit of eras.", "ChronoUnit.ERAS", "Eras"},
    {"const ChronoUnit FOREVER", constant<time::Unit::kForever>, "The unit of forever.", "ChronoUnit.FOREVER",
     "Forever"},
    {"static ChronoUnit valueOf(String)", call<&time::unit_value_of>, "The one of a name.",
     "ChronoUnit.valueOf('DAYS')", "Days"},
    {"static ChronoUnit[] values()", enum_values<time::Unit, 0, 16>, "All of them.", "ChronoUnit.values().length",
     "16"},
};

constexpr MethodRow kTemporalField[] = {
    {"TemporalUnit getBaseUnit()", call<&time::Field::base_unit>, "The unit that it counts.",
     "ChronoField.DAY_OF_MONTH.getBaseUnit()", "Days"},
    {"TemporalUnit getRangeUnit()", call<&time::Field::range_unit>, "The unit that it counts in.",
     "ChronoField.DAY_OF_MONTH.getRangeUnit()", "Months"},
    {"boolean isDateBased()", call<&time::Field::is_date_based>, "Whether it is a part of a date.",
     "ChronoField.DAY_OF_MONTH.isDateBased()", "true"},
    {"boolean isTimeBased()", call<&time::Field::is_time_based>, "Whether it is a part of a time of day.",
     "ChronoField.DAY_OF_MONTH.isTimeBased()", "false"},
    {"long getFrom(TemporalAccessor)",
     call<[](time::Field field, const time::Accessor& of) { return of.get_long(field); }>,
     "Its value in a date or time.", "ChronoField.DAY_OF_YEAR.getFrom(LocalDate.of(2020, 2, 28))", "59"},
    {"boolean isSupportedBy(TemporalAccessor)",
     call<[](time::Field field, const time::Accessor& of) { return of.is_supported(field); }>,
     "Whether the other has it.", "ChronoField.HOUR_OF_DAY.isSupportedBy(LocalDate.of(2020, 2, 28))", "false"},
    {"ValueRange range()", call<&time::Field::range>, "The values that it may have.",
     "ChronoField.DAY_OF_MONTH.range()", "1 - 28/31"},
    {"ValueRange rangeRefinedBy(TemporalAccessor)",
     call<[](time::Field field, const time::Accessor& of) { return of.range(field); }>,
     "The values that it may have there.", "ChronoField.DAY_OF_MONTH.rangeRefinedBy(LocalDate.of(2020, 2, 28))",
     "1 - 29"},
    {"Temporal adjustInto(Temporal,long)",
     call<[](time::Field field, const time::Temporal& of, Long value) { return of.with(field, value); }>,
     "The other with this value of it.", "ChronoField.DAY_OF_MONTH.adjustInto(LocalDate.of(2020, 2, 28), 5L)",
     "2020-02-05"},
    {"String getDisplayName(Locale)",
     call<[](time::Field field, const time::Locale& /*locale*/) { return field.to_string(); }>, "Its name.",
     "ChronoField.DAY_OF_MONTH.getDisplayName(Locale.ROOT)", "DayOfMonth"},
};

constexpr MethodRow kChronoField[] = {
    {"const ChronoField NANO_OF_SECOND", constant<time::FieldId::kNanoOfSecond>, "The nano of second.",
     "ChronoField.NANO_OF_SECOND", "NanoOfSecond"},
    {"const ChronoField NANO_OF_DAY", constant<time::FieldId::kNanoOfDay>, "The nano of day.",
     "ChronoField.NANO_OF_DAY", "NanoOfDay"},
    {"const ChronoField MICRO_OF_SECOND", constant<time::FieldId::kMicroOfSecond>, "The micro of second.",
     "ChronoField.MICRO_OF_SECOND", "MicroOfSecond"},
    {"const ChronoField MICRO_OF_DAY", constant<time::FieldId::kMicroOfDay>, "The micro of day.",
     "ChronoField.MICRO_OF_DAY", "MicroOfDay"},
    {"const ChronoField MILLI_OF_SECOND", constant<time::FieldId::kMilliOfSecond>, "The milli of second.",
     "ChronoField.MILLI_OF_SECOND", "MilliOfSecond"},
    {"const ChronoField MILLI_OF_DAY", constant<time::FieldId::kMilliOfDay>, "The milli of day.",
     "ChronoField.MILLI_OF_DAY", "MilliOfDay"},
    {"const ChronoField SECOND_OF_MINUTE", constant<time::FieldId::kSecondOfMinute>, "The second of minute.",
     "ChronoField.SECOND_OF_MINUTE", "SecondOfMinute"},
    {"const ChronoField SECOND_OF_DAY", constant<time::FieldId::kSecondOfDay>, "The second of day.",
     "ChronoField.SECOND_OF_DAY", "SecondOfDay"},
    {"const ChronoField MINUTE_OF_HOUR", constant<time::FieldId::kMinuteOfHour>, "The minute of hour.",
     "ChronoField.MINUTE_OF_HOUR", "MinuteOfHour"},
    {"const ChronoField MINUTE_OF_DAY", constant<time::FieldId::kMinuteOfDay>, "The minute of day.",
     "ChronoField.MINUTE_OF_DAY", "MinuteOfDay"},
    {"const ChronoField HOUR_OF_AMPM", constant<time::FieldId::kHourOfAmPm>, "The hour of ampm.",
     "ChronoField.HOUR_OF_AMPM", "HourOfAmPm"},
    {"const ChronoField CLOCK_HOUR_OF_AMPM", constant<time::FieldId::kClockHourOfAmPm>, "The clock hour of ampm.",
     "ChronoField.CLOCK_HOUR_OF_AMPM", "ClockHourOfAmPm"},
    {"const ChronoField HOUR_OF_DAY", constant<time::FieldId::kHourOfDay>, "The hour of day.",
     "ChronoField.HOUR_OF_DAY", "HourOfDay"},
    {"const ChronoField CLOCK_HOUR_OF_DAY", constant<time::FieldId::kClockHourOfDay>, "The clock hour of day.",
     "ChronoField.CLOCK_HOUR_OF_DAY", "ClockHourOfDay"},
    {"const ChronoField AMPM_OF_DAY", constant<time::FieldId::kAmPmOfDay>, "The ampm of day.",
     "ChronoField.AMPM_OF_DAY", "AmPmOfDay"},
    {"const ChronoField DAY_OF_WEEK", constant<time::FieldId::kDayOfWeek>, "The day of week.",
     "ChronoField.DAY_OF_WEEK", "DayOfWeek"},
    {"const ChronoField ALIGNED_DAY_OF_WEEK_IN_MONTH", constant<time::FieldId::kAlignedDayOfWeekInMonth>,
     "The aligned day of week in month.", "ChronoField.ALIGNED_DAY_OF_WEEK_IN_MONTH", "AlignedDayOfWeekInMonth"},
    {"const ChronoField ALIGNED_DAY_OF_WEEK_IN_YEAR", constant<time::FieldId::kAlignedDayOfWeekInYear>,
     "The aligned day of week in year.", "ChronoField.ALIGNED_DAY_OF_WEEK_IN_YEAR", "AlignedDayOfWeekInYear"},
    {"const ChronoField DAY_OF_MONTH", constant<time::FieldId::kDayOfMonth>, "The day of month.",
     "ChronoField.DAY_OF_MONTH", "DayOfMonth"},
    {"const ChronoField DAY_OF_YEAR", constant<time::FieldId::kDayOfYear>, "The day of year.",
     "ChronoField.DAY_OF_YEAR", "DayOfYear"},
    {"const ChronoField EPOCH_DAY", constant<time::FieldId::kEpochDay>, "The epoch day.", "ChronoField.EPOCH_DAY",
     "EpochDay"},
    {"const ChronoField ALIGNED_WEEK_OF_MONTH", constant<time::FieldId::kAlignedWeekOfMonth>,
     "The aligned week of month.", "ChronoField.ALIGNED_WEEK_OF_MONTH", "AlignedWeekOfMonth"},
    {"const ChronoField ALIGNED_WEEK_OF_YEAR", constant<time::FieldId::kAlignedWeekOfYear>, "The aligned week of year.",
     "ChronoField.ALIGNED_WEEK_OF_YEAR", "AlignedWeekOfYear"},
    {"const ChronoField MONTH_OF_YEAR", constant<time::FieldId::kMonthOfYear>, "The month of year.",
     "ChronoField.MONTH_OF_YEAR", "MonthOfYear"},
    {"const ChronoField PROLEPTIC_MONTH", constant<time::FieldId::kProlepticMonth>, "The proleptic month.",
     "ChronoField.PROLEPTIC_MONTH", "ProlepticMonth"},
    {"const ChronoField YEAR_OF_ERA", constant<time::FieldId::kYearOfEra>, "The year of era.",
     "ChronoField.YEAR_OF_ERA", "YearOfEra"},
    {"const ChronoField YEAR", constant<time::FieldId::kYear>, "The year.", "ChronoField.YEAR", "Year"},
    {"const ChronoField ERA", constant<time::FieldId::kEra>, "The era.", "ChronoField.ERA", "Era"},
    {"const ChronoField INSTANT_SECONDS", constant<time::FieldId::kInstantSeconds>, "The instant seconds.",
     "ChronoField.INSTANT_SECONDS", "InstantSeconds"},
    {"const ChronoField OFFSET_SECONDS", constant<time::FieldId::kOffsetSeconds>, "The offset seconds.",
     "ChronoField.OFFSET_SECONDS", "OffsetSeconds"},
    {"long checkValidValue(long)", call<&time::Field::check>, "The value, if the field may have it.",
     "ChronoField.DAY_OF_MONTH.checkValidValue(32L)",
     "date_time_exception: Invalid value for DayOfMonth (valid values 1 - 28/31): 32"},
    {"int checkValidIntValue(long)", call<&time::Field::check_int>, "The same as an int.",
     "ChronoField.DAY_OF_MONTH.checkValidIntValue(5L)", "5"},
    {"static ChronoField valueOf(String)", call<&time::Field::value_of>, "The one of a name.",
     "ChronoField.valueOf('YEAR')", "Year"},
    {"static ChronoField[] values()", enum_values<time::Field, 0, 30>, "All of them.", "ChronoField.values().length",
     "30"},
};

std::string name_of_field(const Value& field) {
  return field.is_null() ? std::string() : object<TimeObject<time::Field>>(field).value.to_string();
}
Value check(Machine& machine, const Value* args) {
  return call<[](const time::ValueRange& range, Long value, const Value& field) {
    range.check(value, name_of_field(field));
    return value;
  }>(machine, args);
}
Value check_int(Machine& machine, const Value* args) {
  return call<[](const time::ValueRange& range, Long value, const Value& field) {
    return range.check_int(value, name_of_field(field));
  }>(machine, args);
}

constexpr MethodRow kValueRange[] = {
    {"long getMinimum()", call<&time::ValueRange::minimum>, "The least.",
     "ChronoField.DAY_OF_MONTH.range().getMinimum()", "1"},
    {"long getLargestMinimum()", call<&time::ValueRange::largest_minimum>, "The least that all have.",
     "ChronoField.DAY_OF_MONTH.range().getLargestMinimum()", "1"},
    {"long getSmallestMaximum()", call<&time::ValueRange::smallest_maximum>, "The most that all have.",
     "ChronoField.DAY_OF_MONTH.range().getSmallestMaximum()", "28"},
    {"long getMaximum()", call<&time::ValueRange::maximum>, "The most.",
     "ChronoField.DAY_OF_MONTH.range().getMaximum()", "31"},
    {"boolean isFixed()", call<&time::ValueRange::is_fixed>, "Whether it is the same everywhere.",
     "ChronoField.DAY_OF_MONTH.range().isFixed()", "false"},
    {"boolean isIntValue()", call<&time::ValueRange::is_int_value>, "Whether all fit an int.",
     "ChronoField.EPOCH_DAY.range().isIntValue()", "false"},
    {"boolean isValidValue(long)", call<&time::ValueRange::is_valid_value>, "Whether it is one of them.",
     "ChronoField.DAY_OF_MONTH.range().isValidValue(32L)", "false"},
    {"int checkValidIntValue(long,TemporalField)", check_int, "The value as an int, if it is one of them.",
     "ValueRange.of(1, 5).checkValidIntValue(6, ChronoField.YEAR)",
     "date_time_exception: Invalid value for Year (valid values 1 - 5): 6"},
    {"long checkValidValue(long,TemporalField)", check, "The value, if it is one of them.",
     "ValueRange.of(1, 5).checkValidValue(3, ChronoField.YEAR)", "3"},
    {"static ValueRange of(long,long)", call<[](Long min, Long max) { return time::ValueRange::of(min, max); }>,
     "From one to the other.", "ValueRange.of(5, 1)",
     "illegal_argument_exception: Minimum value must be less than maximum value"},
    {"static ValueRange of(long,long,long)",
     call<[](Long min, Long most, Long max) { return time::ValueRange::of(min, most, max); }>,
     "From one to one of two others.", "ValueRange.of(1, 28, 31)", "1 - 28/31"},
    {"static ValueRange of(long,long,long,long)",
     call<[](Long least, Long min, Long most, Long max) { return time::ValueRange::of(least, min, most, max); }>,
     "From one of two to one of two others.", "ValueRange.of(0, 1, 4, 6)", "0/1 - 4/6"},
    {"boolean isValidIntValue(long)", call<&time::ValueRange::is_valid_int_value>,
     "Whether it is one of them and an int.", "ChronoField.DAY_OF_MONTH.range().isValidIntValue(3L)", "true"},
};

constexpr ClassRow kRows[] = {
    {"java.lang.Enum", "Comparable", "One of a fixed set of values.", kEnum},
    {"java.time.temporal.TemporalUnit", "", "A unit of time.", kTemporalUnit, true},
    {"java.time.temporal.ChronoUnit", "Enum,TemporalUnit", "The units of time.", kChronoUnit},
    {"java.time.temporal.TemporalField", "", "A part of a date or time.", kTemporalField, true},
    {"java.time.temporal.ChronoField", "Enum,TemporalField", "The parts of dates and times.", kChronoField},
    {"java.time.temporal.ValueRange", "", "The values that a field may have.", kValueRange},
};

}  // namespace

std::span<const ClassRow> time_unit_family() { return kRows; }

}  // namespace sluice::painless::api
