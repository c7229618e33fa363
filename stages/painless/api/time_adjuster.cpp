#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

constexpr MethodRow kTemporalAdjusters[] = {
    {"static TemporalAdjuster firstDayOfMonth()", call<&time::Adjuster::first_day_of_month>,
     "To the first day of the month.", "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.firstDayOfMonth())",
     "2020-02-01"},
    {"static TemporalAdjuster lastDayOfMonth()", call<&time::Adjuster::last_day_of_month>,
     "To the last day of the month.", "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.lastDayOfMonth())",
     "2020-02-29"},
    {"static TemporalAdjuster firstDayOfNextMonth()", call<&time::Adjuster::first_day_of_next_month>,
     "To the first day of the month after.", "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.firstDayOfNextMonth())",
     "2020-03-01"},
    {"static TemporalAdjuster firstDayOfYear()", call<&time::Adjuster::first_day_of_year>,
     "To the first day of the year.", "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.firstDayOfYear())",
     "2020-01-01"},
    {"static TemporalAdjuster lastDayOfYear()", call<&time::Adjuster::last_day_of_year>, "To the last day of the year.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.lastDayOfYear())", "2020-12-31"},
    {"static TemporalAdjuster firstDayOfNextYear()", call<&time::Adjuster::first_day_of_next_year>,
     "To the first day of the year after.", "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.firstDayOfNextYear())",
     "2021-01-01"},
    {"static TemporalAdjuster firstInMonth(DayOfWeek)", call<&time::Adjuster::first_in_month>,
     "To the first such day of the month.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY))", "2020-02-03"},
    {"static TemporalAdjuster lastInMonth(DayOfWeek)", call<&time::Adjuster::last_in_month>,
     "To the last such day of the month.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY))", "2020-02-24"},
    {"static TemporalAdjuster dayOfWeekInMonth(int,DayOfWeek)", call<&time::Adjuster::day_of_week_in_month>,
     "To such a day of the month, counted from 1 or back from -1.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.MONDAY))", "2020-02-10"},
    {"static TemporalAdjuster next(DayOfWeek)", call<&time::Adjuster::next>, "To the next such day.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.next(DayOfWeek.MONDAY))", "2020-03-02"},
    {"static TemporalAdjuster nextOrSame(DayOfWeek)", call<&time::Adjuster::next_or_same>,
     "To the next such day, or where it is one.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))", "2020-03-02"},
    {"static TemporalAdjuster previous(DayOfWeek)", call<&time::Adjuster::previous>, "To the last such day before.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.previous(DayOfWeek.MONDAY))", "2020-02-24"},
    {"static TemporalAdjuster previousOrSame(DayOfWeek)", call<&time::Adjuster::previous_or_same>,
     "To the last such day before, or where it is one.",
     "LocalDate.of(2020, 2, 28).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))", "2020-02-24"},
};

constexpr ClassRow kRows[] = {
    {"java.time.temporal.TemporalAdjusters$$Lambda", "TemporalAdjuster", "An adjuster of java.time.", {}, false, true},
    {"java.time.temporal.TemporalAdjusters", "", "The adjusters of java.time.", kTemporalAdjusters},
};

}  // namespace

std::span<const ClassRow> time_adjuster_family() { return kRows; }

}  // namespace sluice::painless::api
