#include "stages/painless/time/field.h"

#include <array>
#include <utility>

#include "stages/painless/time/day_of_week.h"

namespace sluice::painless::time {
namespace {

constexpr Long kYearMin = -999'999'999;
constexpr Long kYearMax = 999'999'999;
constexpr Long kEpochDayMin = -365'243'219'162;
constexpr Long kEpochDayMax = 365'241'780'471;

struct FieldRow {
  std::string_view text;
  std::string_view name;
  Unit base;
  Unit range_unit;
  ValueRange range;
};

constexpr std::array<FieldRow, 42> kRows = {{
    {"NanoOfSecond", "NANO_OF_SECOND", Unit::kNanos, Unit::kSeconds, {0, 999'999'999}},
    {"NanoOfDay", "NANO_OF_DAY", Unit::kNanos, Unit::kDays, {0, kNanosPerDay - 1}},
    {"MicroOfSecond", "MICRO_OF_SECOND", Unit::kMicros, Unit::kSeconds, {0, 999'999}},
    {"MicroOfDay", "MICRO_OF_DAY", Unit::kMicros, Unit::kDays, {0, 86'399'999'999}},
    {"MilliOfSecond", "MILLI_OF_SECOND", Unit::kMillis, Unit::kSeconds, {0, 999}},
    {"MilliOfDay", "MILLI_OF_DAY", Unit::kMillis, Unit::kDays, {0, 86'399'999}},
    {"SecondOfMinute", "SECOND_OF_MINUTE", Unit::kSeconds, Unit::kMinutes, {0, 59}},
    {"SecondOfDay", "SECOND_OF_DAY", Unit::kSeconds, Unit::kDays, {0, 86'399}},
    {"MinuteOfHour", "MINUTE_OF_HOUR", Unit::kMinutes, Unit::kHours, {0, 59}},
    {"MinuteOfDay", "MINUTE_OF_DAY", Unit::kMinutes, Unit::kDays, {0, 1'439}},
    {"HourOfAmPm", "HOUR_OF_AMPM", Unit::kHours, Unit::kHalfDays, {0, 11}},
    {"ClockHourOfAmPm", "CLOCK_HOUR_OF_AMPM", Unit::kHours, Unit::kHalfDays, {1, 12}},
    {"HourOfDay", "HOUR_OF_DAY", Unit::kHours, Unit::kDays, {0, 23}},
    {"ClockHourOfDay", "CLOCK_HOUR_OF_DAY", Unit::kHours, Unit::kDays, {1, 24}},
    {"AmPmOfDay", "AMPM_OF_DAY", Unit::kHalfDays, Unit::kDays, {0, 1}},
    {"DayOfWeek", "DAY_OF_WEEK", Unit::kDays, Unit::kWeeks, {1, 7}},
    {"AlignedDayOfWeekInMonth", "ALIGNED_DAY_OF_WEEK_IN_MONTH", Unit::kDays, Unit::kWeeks, {1, 7}},
    {"AlignedDayOfWeekInYear", "ALIGNED_DAY_OF_WEEK_IN_YEAR", Unit::kDays, Unit::kWeeks, {1, 7}},
    {"DayOfMonth", "DAY_OF_MONTH", Unit::kDays, Unit::kMonths, {1, 1, 28, 31}},
    {"DayOfYear", "DAY_OF_YEAR", Unit::kDays, Unit::kYears, {1, 1, 365, 366}},
    {"EpochDay", "EPOCH_DAY", Unit::kDays, Unit::kForever, {kEpochDayMin, kEpochDayMax}},
    {"AlignedWeekOfMonth", "ALIGNED_WEEK_OF_MONTH", Unit::kWeeks, Unit::kMonths, {1, 1, 4, 5}},
    {"AlignedWeekOfYear", "ALIGNED_WEEK_OF_YEAR", Unit::kWeeks, Unit::kYears, {1, 53}},
    {"MonthOfYear", "MONTH_OF_YEAR", Unit::kMonths, Unit::kYears, {1, 12}},
    {"ProlepticMonth", "PROLEPTIC_MONTH", Unit::kMonths, Unit::kForever, {kYearMin * 12, kYearMax * 12 + 11}},
    {"YearOfEra", "YEAR_OF_ERA", Unit::kYears, Unit::kForever, {1, 1, kYearMax, kYearMax + 1}},
    {"Year", "YEAR", Unit::kYears, Unit::kForever, {kYearMin, kYearMax}},
    {"Era", "ERA", Unit::kEras, Unit::kForever, {0, 1}},
    {"InstantSeconds",
     "INSTANT_SECONDS",
     Unit::kSeconds,
     Unit::kForever,
     {-31'557'014'167'219'200, 31'556'889'864'403'199}},
    {"OffsetSeconds", "OFFSET_SECONDS", Unit::kSeconds, Unit::kForever, {-64'800, 64'800}},
    {"DayOfQuarter", "DAY_OF_QUARTER", Unit::kDays, Unit::kQuarterYears, {1, 1, 90, 92}},
    {"QuarterOfYear", "QUARTER_OF_YEAR", Unit::kQuarterYears, Unit::kYears, {1, 4}},
    {"WeekOfWeekBasedYear", "WEEK_OF_WEEK_BASED_YEAR", Unit::kWeeks, Unit::kWeekBasedYears, {1, 1, 52, 53}},
    {"WeekBasedYear", "WEEK_BASED_YEAR", Unit::kWeekBasedYears, Unit::kForever, {kYearMin, kYearMax}},
    {"JulianDay", "JULIAN_DAY", Unit::kDays, Unit::kForever, {kEpochDayMin + 2'440'588, kEpochDayMax + 2'440'588}},
    {"ModifiedJulianDay",
     "MODIFIED_JULIAN_DAY",
     Unit::kDays,
     Unit::kForever,
     {kEpochDayMin + 40'587, kEpochDayMax + 40'587}},
    {"RataDie", "RATA_DIE", Unit::kDays, Unit::kForever, {kEpochDayMin + 719'163, kEpochDayMax + 719'163}},
    {"DayOfWeek", "DAY_OF_WEEK", Unit::kDays, Unit::kWeeks, {1, 7}},
    {"WeekOfMonth", "WEEK_OF_MONTH", Unit::kWeeks, Unit::kMonths, {0, 1, 4, 6}},
    {"WeekOfYear", "WEEK_OF_YEAR", Unit::kWeeks, Unit::kYears, {0, 1, 52, 54}},
    {"WeekOfWeekBasedYear", "WEEK_OF_WEEK_BASED_YEAR", Unit::kWeeks, Unit::kWeekBasedYears, {1, 1, 52, 53}},
    {"WeekBasedYear", "WEEK_BASED_YEAR", Unit::kWeekBasedYears, Unit::kForever, {kYearMin, kYearMax}},
}};

const FieldRow& row(FieldId id) { return kRows[static_cast<std::size_t>(id)]; }

}  // namespace

ValueRange Field::range() const { return row(id_).range; }

Unit Field::base_unit() const { return row(id_).base; }

Unit Field::range_unit() const { return row(id_).range_unit; }

std::string Field::to_string() const {
  std::string text(row(id_).text);
  if (is_week_field()) {
    text.append("[WeekFields[").append(name_of(static_cast<DayOfWeek>(first_day_))).append(",");
    text.append(std::to_string(min_days())).append("]]");
  }
  return text;
}

std::string_view Field::name() const { return row(id_).name; }

Field Field::value_of(std::string_view name) {
  for (int each = 0; each < kChronoFields; ++each) {
    if (kRows[static_cast<std::size_t>(each)].name == name) return static_cast<FieldId>(each);
  }
  fail(DateTimeError::kIllegalArgument, "No enum constant java.time.temporal.ChronoField." + std::string(name));
}

}  // namespace sluice::painless::time
