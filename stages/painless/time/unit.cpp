#include "stages/painless/time/unit.h"

#include <string>

#include "stages/painless/time/duration.h"

namespace sluice::painless::time {
namespace {

struct UnitRow {
  std::string_view text;
  std::string_view name;
  Long seconds;
  Int nanos;
};

constexpr Long kYear = 31'556'952;  // a 400th of the seconds in 400 Gregorian years

constexpr std::array<UnitRow, 18> kRows = {{
    {"Nanos", "NANOS", 0, 1},
    {"Micros", "MICROS", 0, 1'000},
    {"Millis", "MILLIS", 0, 1'000'000},
    {"Seconds", "SECONDS", 1, 0},
    {"Minutes", "MINUTES", 60, 0},
    {"Hours", "HOURS", 3'600, 0},
    {"HalfDays", "HALF_DAYS", 43'200, 0},
    {"Days", "DAYS", 86'400, 0},
    {"Weeks", "WEEKS", 604'800, 0},
    {"Months", "MONTHS", kYear / 12, 0},
    {"Years", "YEARS", kYear, 0},
    {"Decades", "DECADES", kYear * 10, 0},
    {"Centuries", "CENTURIES", kYear * 100, 0},
    {"Millennia", "MILLENNIA", kYear * 1'000, 0},
    {"Eras", "ERAS", kYear * 1'000'000'000, 0},
    {"Forever", "FOREVER", kMaxLong, 999'999'999},
    {"WeekBasedYears", "WEEK_BASED_YEARS", kYear, 0},
    {"QuarterYears", "QUARTER_YEARS", kYear / 4, 0},
}};

const UnitRow& row(Unit unit) { return kRows[static_cast<std::size_t>(unit)]; }

}  // namespace

std::string_view to_string(Unit unit) { return row(unit).text; }

std::string_view name_of(Unit unit) { return row(unit).name; }

Unit unit_value_of(std::string_view name) {
  for (int each = 0; each < kChronoUnits; ++each) {
    if (kRows[static_cast<std::size_t>(each)].name == name) return static_cast<Unit>(each);
  }
  fail(DateTimeError::kIllegalArgument, "No enum constant java.time.temporal.ChronoUnit." + std::string(name));
}

Duration duration_of(Unit unit) { return Duration::of_seconds(row(unit).seconds, row(unit).nanos); }

}  // namespace sluice::painless::time
