#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/time/week.h"

namespace sluice::painless::api {

template <>
inline constexpr std::string_view kJavaName<time::Week> = "java.time.temporal.WeekFields";

const Class* class_of_field(time::Field field) {
  static const Class* const iso = Registry::get().class_named("java.time.temporal.IsoFields$Field");
  static const Class* const julian = Registry::get().class_named("java.time.temporal.JulianFields$Field");
  static const Class* const week = Registry::get().class_named("java.time.temporal.WeekFields$ComputedDayOfField");
  if (field.id() < time::FieldId::kJulianDay) return iso;
  return field.is_week_field() ? week : julian;
}

const Class* class_of_unit() {
  static const Class* const found = Registry::get().class_named("java.time.temporal.IsoFields$Unit");
  return found;
}

Int ordinal_of(time::Field field) {
  time::FieldId first = time::FieldId::kNanoOfSecond;
  for (const time::FieldId each : {time::FieldId::kDayOfQuarter, time::FieldId::kJulianDay}) {
    if (field.id() >= each) first = each;
  }
  return static_cast<Int>(field.id()) - static_cast<Int>(first);
}

Int ordinal_of(time::Unit unit) {
  return static_cast<Int>(unit) - (unit > time::Unit::kForever ? time::kChronoUnits : 0);
}

namespace {

template <time::FieldId kField>
Value week_field(Machine& machine, const Value* args) {
  return call<[](const time::Week& of) { return of.field(kField); }>(machine, args);
}

constexpr MethodRow kIsoFields[] = {
    {"const TemporalField DAY_OF_QUARTER", constant<time::FieldId::kDayOfQuarter>, "The day of the quarter.",
     "LocalDate.of(2020, 5, 3).get(IsoFields.DAY_OF_QUARTER)", "33"},
    {"const TemporalField QUARTER_OF_YEAR", constant<time::FieldId::kQuarterOfYear>, "The quarter of the year.",
     "LocalDate.of(2020, 5, 3).get(IsoFields.QUARTER_OF_YEAR)", "2"},
    {"const TemporalField WEEK_OF_WEEK_BASED_YEAR", constant<time::FieldId::kWeekOfWeekBasedYear>,
     "The week of ISO 8601.", "LocalDate.of(2021, 1, 3).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)", "53"},
    {"const TemporalField WEEK_BASED_YEAR", constant<time::FieldId::kWeekBasedYear>, "The year that the week is of.",
     "LocalDate.of(2021, 1, 3).get(IsoFields.WEEK_BASED_YEAR)", "2020"},
    {"const TemporalUnit WEEK_BASED_YEARS", constant<time::Unit::kWeekBasedYears>, "Years of whole weeks.",
     "LocalDate.of(2021, 1, 3).plus(1, IsoFields.WEEK_BASED_YEARS)", "2022-01-02"},
    {"const TemporalUnit QUARTER_YEARS", constant<time::Unit::kQuarterYears>, "Quarters of years.",
     "IsoFields.QUARTER_YEARS.between(LocalDate.of(2020, 5, 3), LocalDate.of(2021, 5, 2))", "3"},
};

constexpr MethodRow kJulianFields[] = {
    {"const TemporalField JULIAN_DAY", constant<time::FieldId::kJulianDay>, "Days since 4713 BC.",
     "LocalDate.of(2020, 5, 3).getLong(JulianFields.JULIAN_DAY)", "2458973"},
    {"const TemporalField MODIFIED_JULIAN_DAY", constant<time::FieldId::kModifiedJulianDay>, "Days since 1858-11-17.",
     "LocalDate.of(2020, 5, 3).getLong(JulianFields.MODIFIED_JULIAN_DAY)", "58972"},
    {"const TemporalField RATA_DIE", constant<time::FieldId::kRataDie>, "Days of the first year and since.",
     "LocalDate.of(2020, 5, 3).getLong(JulianFields.RATA_DIE)", "737548"},
};

constexpr MethodRow kWeekFields[] = {
    {"const WeekFields ISO", call<&time::Week::iso>, "From Monday, the first with four days or more.", "WeekFields.ISO",
     "WeekFields[MONDAY,4]"},
    {"const WeekFields SUNDAY_START", call<&time::Week::sunday_start>, "From Sunday, the first with a day or more.",
     "WeekFields.SUNDAY_START", "WeekFields[SUNDAY,1]"},
    {"const TemporalUnit WEEK_BASED_YEARS", constant<time::Unit::kWeekBasedYears>, "Years of whole weeks.",
     "WeekFields.WEEK_BASED_YEARS", "WeekBasedYears"},
    {"static WeekFields of(DayOfWeek,int)", call<&time::Week::of>,
     "Weeks from that day, the first with so many days or more.", "WeekFields.of(DayOfWeek.FRIDAY, 8)",
     "illegal_argument_exception: Minimal number of days is invalid"},
    {"static WeekFields of(Locale)", call<&time::Locale::week>, "The weeks of a country.", "WeekFields.of(Locale.US)",
     "WeekFields[SUNDAY,1]"},
    {"DayOfWeek getFirstDayOfWeek()", call<&time::Week::first_day>, "The day that weeks begin with.",
     "WeekFields.ISO.getFirstDayOfWeek()", "MONDAY"},
    {"int getMinimalDaysInFirstWeek()", call<[](const time::Week& of) { return Int{of.min_days()}; }>,
     "The days that the first week has at least.", "WeekFields.ISO.getMinimalDaysInFirstWeek()", "4"},
    {"TemporalField dayOfWeek()", week_field<time::FieldId::kLocalDayOfWeek>, "The day of the week, from 1.",
     "LocalDate.of(2020, 5, 3).get(WeekFields.SUNDAY_START.dayOfWeek())", "1"},
    {"TemporalField weekOfMonth()", week_field<time::FieldId::kLocalWeekOfMonth>, "The week of the month.",
     "LocalDate.of(2020, 5, 3).get(WeekFields.SUNDAY_START.weekOfMonth())", "2"},
    {"TemporalField weekOfYear()", week_field<time::FieldId::kLocalWeekOfYear>, "The week of the year.",
     "LocalDate.of(2020, 5, 3).get(WeekFields.SUNDAY_START.weekOfYear())", "19"},
    {"TemporalField weekOfWeekBasedYear()", week_field<time::FieldId::kLocalWeekOfWeekBasedYear>,
     "The week of the year that it is of.", "LocalDate.of(2021, 1, 1).get(WeekFields.ISO.weekOfWeekBasedYear())", "53"},
    {"TemporalField weekBasedYear()", week_field<time::FieldId::kLocalWeekBasedYear>, "The year that the week is of.",
     "LocalDate.of(2021, 1, 1).get(WeekFields.ISO.weekBasedYear())", "2020"},
};

constexpr ClassRow kRows[] = {
    {"java.time.temporal.IsoFields$Field", "Enum,TemporalField", "A field of ISO 8601.", {}, false, true},
    {"java.time.temporal.IsoFields$Unit", "Enum,TemporalUnit", "A unit of ISO 8601.", {}, false, true},
    {"java.time.temporal.JulianFields$Field", "Enum,TemporalField", "A count of days.", {}, false, true},
    {"java.time.temporal.WeekFields$ComputedDayOfField", "TemporalField", "A field of weeks.", {}, false, true},
    {"java.time.temporal.IsoFields", "", "Quarters, and the weeks of ISO 8601.", kIsoFields},
    {"java.time.temporal.JulianFields", "", "Counts of days.", kJulianFields},
    {"java.time.temporal.WeekFields", "", "How weeks are counted.", kWeekFields},
};

}  // namespace

std::span<const ClassRow> time_week_family() { return kRows; }

}  // namespace sluice::painless::api
