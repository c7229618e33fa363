#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

/// Errors: DateTimeException, a Duration having a unit that a Period has not.
time::Period period_of(const time::Amount& amount) {
  if (const auto* period = std::get_if<time::Period>(&amount)) return *period;
  time::fail("Unit must be Years, Months or Days, but was Seconds");
}

Value duration_from(Machine& machine, const Value* args) {
  return call<[](const time::Amount& amount) {
    if (const auto* duration = std::get_if<time::Duration>(&amount)) return *duration;
    const auto& period = std::get<time::Period>(amount);
    return time::Duration::zero()
        .plus(period.years(), time::Unit::kYears)
        .plus(period.months(), time::Unit::kMonths)
        .plus(period.days(), time::Unit::kDays);
  }>(machine, args);
}

Value units(Machine& machine, const Value* args) {
  ArrayList* list = new_list(machine);
  const auto add = [&](time::Unit unit) { list->push(machine.heap(), make(machine, unit)); };
  if (args[0].o->type == class_of<time::Duration>()) {
    add(time::Unit::kSeconds);
    add(time::Unit::kNanos);
  } else {
    add(time::Unit::kYears);
    add(time::Unit::kMonths);
    add(time::Unit::kDays);
  }
  return made(list);
}

constexpr MethodRow kTemporalAmount[] = {
    {"Temporal addTo(Temporal)",
     call<[](const time::Amount& amount, const time::Temporal& to) { return to.plus(amount); }>,
     "The other, that much later.", "Period.ofDays(2).addTo(LocalDate.of(2020, 2, 28))", "2020-03-01"},
    {"Temporal subtractFrom(Temporal)",
     call<[](const time::Amount& amount, const time::Temporal& from) { return from.minus(amount); }>,
     "The other, that much earlier.", "Period.ofDays(2).subtractFrom(LocalDate.of(2020, 2, 28))", "2020-02-26"},
    {"long get(TemporalUnit)", call<[](const time::Amount& amount, time::Unit unit) {
       return std::visit([&](const auto& each) { return each.get(unit); }, amount);
     }>,
     "The number of a unit in it.", "Period.of(1, 14, 3).get(ChronoUnit.MONTHS)", "14"},
    {"List getUnits()", units, "The units that it has.", "Period.of(1, 14, 3).getUnits()", "[Years, Months, Days]"},
};

constexpr MethodRow kChronoPeriod[] = {
    {"Chronology getChronology()", call<[](const time::Period& /*of*/) { return IsoChronology(); }>,
     "The calendar that it is in.", "Period.of(1, 14, 3).getChronology()", "ISO"},
    {"boolean isNegative()", call<&time::Period::is_negative>, "Whether a part of it is less than zero.",
     "Period.of(1, 14, 3).isNegative()", "false"},
    {"boolean isZero()", call<&time::Period::is_zero>, "Whether all of it is zero.", "Period.of(1, 14, 3).isZero()",
     "false"},
};

constexpr MethodRow kDuration[] = {
    {"const Duration ZERO", call<&time::Duration::zero>, "None.", "Duration.ZERO", "PT0S"},
    {"Duration abs()", call<&time::Duration::abs>, "The same without its sign.", "Duration.ofSeconds(-5L).abs()",
     "PT5S"},
    {"Duration negated()", call<&time::Duration::negated>, "The same with the other sign.",
     "Duration.ofSeconds(-5L).negated()", "PT5S"},
    {"Duration dividedBy(long)", call<[](const time::Duration& of, Long divisor) { return of.divided_by(divisor); }>,
     "A part of it.", "Duration.ofSeconds(90061L).dividedBy(0L)", "arithmetic_exception: Cannot divide by zero"},
    {"Duration multipliedBy(long)",
     call<[](const time::Duration& of, Long factor) { return of.multiplied_by(factor); }>, "So many times it.",
     "Duration.ofSeconds(90061L).multipliedBy(2L)", "PT50H2M2S"},
    {"Duration plus(Duration)",
     call<[](const time::Duration& of, const time::Duration& more) { return of.plus(more); }>, "Both together.",
     "Duration.ofSeconds(90061L).plus(Duration.ofDays(1L))", "PT49H1M1S"},
    {"Duration minus(Duration)",
     call<[](const time::Duration& of, const time::Duration& less) { return of.minus(less); }>, "The difference.",
     "Duration.ofSeconds(90061L).minus(Duration.ofDays(1L))", "PT1H1M1S"},
    {"Duration plus(long,TemporalUnit)",
     call<[](const time::Duration& of, Long amount, time::Unit unit) { return of.plus(amount, unit); }>,
     "So many units more.", "Duration.ofSeconds(90061L).plus(2L, ChronoUnit.MONTHS)",
     "unsupported_temporal_type_exception: Unit must not have an estimated duration"},
    {"Duration minus(long,TemporalUnit)",
     call<[](const time::Duration& of, Long amount, time::Unit unit) { return of.minus(amount, unit); }>,
     "So many units less.", "Duration.ofSeconds(90061L).minus(2L, ChronoUnit.HOURS)", "PT23H1M1S"},
    {"Duration plusDays(long)", call<&time::Duration::plus_days>, "So many days more.",
     "Duration.ofSeconds(90061L).plusDays(40L)", "PT985H1M1S"},
    {"Duration plusHours(long)", call<&time::Duration::plus_hours>, "So many hours more.",
     "Duration.ofSeconds(90061L).plusHours(40L)", "PT65H1M1S"},
    {"Duration plusMinutes(long)", call<&time::Duration::plus_minutes>, "So many minutes more.",
     "Duration.ofSeconds(90061L).plusMinutes(40L)", "PT25H41M1S"},
    {"Duration plusSeconds(long)", call<&time::Duration::plus_seconds>, "So many seconds more.",
     "Duration.ofSeconds(90061L).plusSeconds(40L)", "PT25H1M41S"},
    {"Duration plusMillis(long)", call<&time::Duration::plus_millis>, "So many millis more.",
     "Duration.ofSeconds(90061L).plusMillis(40L)", "PT25H1M1.04S"},
    {"Duration plusNanos(long)", call<&time::Duration::plus_nanos>, "So many nanos more.",
     "Duration.ofSeconds(90061L).plusNanos(40L)", "PT25H1M1.00000004S"},
    {"Duration minusDays(long)", call<&time::Duration::minus_days>, "So many days less.",
     "Duration.ofSeconds(90061L).minusDays(40L)", "PT-934H-58M-59S"},
    {"Duration minusHours(long)", call<&time::Duration::minus_hours>, "So many hours less.",
     "Duration.ofSeconds(90061L).minusHours(40L)", "PT-14H-58M-59S"},
    {"Duration minusMinutes(long)", call<&time::Duration::minus_minutes>, "So many minutes less.",
     "Duration.ofSeconds(90061L).minusMinutes(40L)", "PT24H21M1S"},
    {"Duration minusSeconds(long)", call<&time::Duration::minus_seconds>, "So many seconds less.",
     "Duration.ofSeconds(90061L).minusSeconds(40L)", "PT25H21S"},
    {"Duration minusMillis(long)", call<&time::Duration::minus_millis>, "So many millis less.",
     "Duration.ofSeconds(90061L).minusMillis(40L)", "PT25H1M0.96S"},
    {"Duration minusNanos(long)", call<&time::Duration::minus_nanos>, "So many nanos less.",
     "Duration.ofSeconds(90061L).minusNanos(40L)", "PT25H1M0.99999996S"},
    {"Duration withSeconds(long)", call<&time::Duration::with_seconds>, "With other seconds.",
     "Duration.ofSeconds(90061L).withSeconds(5L)", "PT5S"},
    {"Duration withNanos(int)", call<&time::Duration::with_nanos>, "With other nanoseconds.",
     "Duration.ofSeconds(90061L).withNanos(5)", "PT25H1M1.000000005S"},
    {"int compareTo(Duration)", call<&time::Duration::compare_to>, "Less than, equal to or greater than zero.",
     "Duration.ofSeconds(90061L).compareTo(Duration.ZERO)", "1"},
    {"int getNano()", call<&time::Duration::nano>, "The nanoseconds beside the seconds.",
     "Duration.ofSeconds(90061L).plusNanos(7L).getNano()", "7"},
    {"long getSeconds()", call<&time::Duration::seconds>, "The seconds.", "Duration.ofSeconds(90061L).getSeconds()",
     "90061"},
    {"long toDays()", call<&time::Duration::to_days>, "All of it in days.", "Duration.ofSeconds(90061L).toDays()", "1"},
    {"long toHours()", call<&time::Duration::to_hours>, "All of it in hours.", "Duration.ofSeconds(90061L).toHours()",
     "25"},
    {"long toMinutes()", call<&time::Duration::to_minutes>, "All of it in minutes.",
     "Duration.ofSeconds(90061L).toMinutes()", "1501"},
    {"long toMillis()", call<&time::Duration::to_millis>, "All of it in millis.",
     "Duration.ofSeconds(90061L).toMillis()", "90061000"},
    {"long toNanos()", call<&time::Duration::to_nanos>, "All of it in nanos.", "Duration.ofSeconds(90061L).toNanos()",
     "90061000000000"},
    {"boolean isNegative()", call<&time::Duration::is_negative>, "Whether it is less than zero.",
     "Duration.ofSeconds(90061L).isNegative()", "false"},
    {"boolean isZero()", call<&time::Duration::is_zero>, "Whether it is none.", "Duration.ofSeconds(90061L).isZero()",
     "false"},
    {"static Duration between(Temporal,Temporal)", call<&time::Duration::between>, "From the first to the second.",
     "Duration.between(Instant.EPOCH, Instant.ofEpochSecond(1582895109L))", "PT439693H5M9S"},
    {"static Duration from(TemporalAmount)", duration_from, "An amount as a Duration.",
     "Duration.from(Period.ofDays(2))",
     "unsupported_temporal_type_exception: Unit must not have an estimated duration"},
    {"static Duration of(long,TemporalUnit)", call<&time::Duration::of>, "So many units.",
     "Duration.of(3L, ChronoUnit.HALF_DAYS)", "PT36H"},
    {"static Duration ofDays(long)", call<&time::Duration::of_days>, "So many days.", "Duration.ofDays(40L)", "PT960H"},
    {"static Duration ofHours(long)", call<&time::Duration::of_hours>, "So many hours.", "Duration.ofHours(40L)",
     "PT40H"},
    {"static Duration ofMinutes(long)", call<&time::Duration::of_minutes>, "So many minutes.",
     "Duration.ofMinutes(40L)", "PT40M"},
    {"static Duration ofMillis(long)", call<&time::Duration::of_millis>, "So many millis.", "Duration.ofMillis(40L)",
     "PT0.04S"},
    {"static Duration ofNanos(long)", call<&time::Duration::of_nanos>, "So many nanos.", "Duration.ofNanos(40L)",
     "PT0.00000004S"},
    {"static Duration ofSeconds(long)", call<[](Long seconds) { return time::Duration::of_seconds(seconds); }>,
     "So many seconds.", "Duration.ofSeconds(40L)", "PT40S"},
    {"static Duration ofSeconds(long,long)",
     call<[](Long seconds, Long nanos) { return time::Duration::of_seconds(seconds, nanos); }>,
     "So many seconds and nanoseconds.", "Duration.ofSeconds(40L, -5L)", "PT39.999999995S"},
    {"static Duration parse(CharSequence)", call<&time::Duration::parse>, "Reads `P1DT2H3M4.5S`.",
     "Duration.parse('PT2H3M4.5S')", "PT2H3M4.5S"},
};

constexpr MethodRow kPeriod[] = {
    {"const Period ZERO", call<&time::Period::zero>, "None.", "Period.ZERO", "P0D"},
    {"IsoChronology getChronology()", call<[](const time::Period& /*of*/) { return IsoChronology(); }>,
     "The calendar that it is in.", "Period.of(1, 14, 3).getChronology()", "ISO"},
    {"int getDays()", call<&time::Period::days>, "The days.", "Period.of(1, 14, 3).getDays()", "3"},
    {"int getMonths()", call<&time::Period::months>, "The months.", "Period.of(1, 14, 3).getMonths()", "14"},
    {"int getYears()", call<&time::Period::years>, "The years.", "Period.of(1, 14, 3).getYears()", "1"},
    {"Period plus(TemporalAmount)",
     call<[](const time::Period& of, const time::Amount& more) { return of.plus(period_of(more)); }>, "Both together.",
     "Period.of(1, 14, 3).plus(Period.ofDays(2))", "P1Y14M5D"},
    {"Period minus(TemporalAmount)",
     call<[](const time::Period& of, const time::Amount& less) { return of.minus(period_of(less)); }>,
     "The difference.", "Period.of(1, 14, 3).minus(Duration.ofDays(2L))",
     "date_time_exception: Unit must be Years, Months or Days, but was Seconds"},
    {"Period plusYears(long)", call<&time::Period::plus_years>, "So many years more.",
     "Period.of(1, 14, 3).plusYears(40L)", "P41Y14M3D"},
    {"Period plusMonths(long)", call<&time::Period::plus_months>, "So many months more.",
     "Period.of(1, 14, 3).plusMonths(40L)", "P1Y54M3D"},
    {"Period plusDays(long)", call<&time::Period::plus_days>, "So many days more.", "Period.of(1, 14, 3).plusDays(40L)",
     "P1Y14M43D"},
    {"Period minusYears(long)", call<&time::Period::minus_years>, "So many years less.",
     "Period.of(1, 14, 3).minusYears(40L)", "P-39Y14M3D"},
    {"Period minusMonths(long)", call<&time::Period::minus_months>, "So many months less.",
     "Period.of(1, 14, 3).minusMonths(40L)", "P1Y-26M3D"},
    {"Period minusDays(long)", call<&time::Period::minus_days>, "So many days less.",
     "Period.of(1, 14, 3).minusDays(40L)", "P1Y14M-37D"},
    {"Period withYears(int)", call<&time::Period::with_years>, "With other years.", "Period.of(1, 14, 3).withYears(7)",
     "P7Y14M3D"},
    {"Period withMonths(int)", call<&time::Period::with_months>, "With other months.",
     "Period.of(1, 14, 3).withMonths(7)", "P1Y7M3D"},
    {"Period withDays(int)", call<&time::Period::with_days>, "With other days.", "Period.of(1, 14, 3).withDays(7)",
     "P1Y14M7D"},
    {"Period multipliedBy(int)", call<&time::Period::multiplied_by>, "So many times it.",
     "Period.of(1, 14, 3).multipliedBy(2)", "P2Y28M6D"},
    {"Period negated()", call<&time::Period::negated>, "The same with the other sign.", "Period.of(1, 14, 3).negated()",
     "P-1Y-14M-3D"},
    {"Period normalized()", call<&time::Period::normalized>, "With less than twelve months.",
     "Period.of(1, 14, 3).normalized()", "P2Y2M3D"},
    {"long toTotalMonths()", call<&time::Period::to_total_months>, "Its years and months in months.",
     "Period.of(1, 14, 3).toTotalMonths()", "26"},
    {"static Period between(LocalDate,LocalDate)", call<&time::Period::between>, "From the first to the second.",
     "Period.between(LocalDate.of(2020, 2, 28), LocalDate.of(2021, 4, 1))", "P1Y1M4D"},
    {"static Period from(TemporalAmount)", call<[](const time::Amount& amount) { return period_of(amount); }>,
     "An amount as a Period.", "Period.from(Period.of(1, 14, 3))", "P1Y14M3D"},
    {"static Period of(int,int,int)", call<&time::Period::of>, "Of years, months and days.", "Period.of(1, 2, 3)",
     "P1Y2M3D"},
    {"static Period ofYears(int)", call<&time::Period::of_years>, "So many years.", "Period.ofYears(40)", "P40Y"},
    {"static Period ofMonths(int)", call<&time::Period::of_months>, "So many months.", "Period.ofMonths(40)", "P40M"},
    {"static Period ofWeeks(int)", call<&time::Period::of_weeks>, "So many weeks.", "Period.ofWeeks(40)", "P280D"},
    {"static Period ofDays(int)", call<&time::Period::of_days>, "So many days.", "Period.ofDays(40)", "P40D"},
    {"static Period parse(CharSequence)", call<&time::Period::parse>, "Reads `P1Y2M3D`.", "Period.parse('P1Y2W')",
     "P1Y14D"},
};

constexpr ClassRow kRows[] = {
    {"java.time.temporal.TemporalAmount", "", "An amount of time.", kTemporalAmount, true},
    {"java.time.chrono.ChronoPeriod", "TemporalAmount", "An amount of a calendar.", kChronoPeriod, true},
    {"java.time.Duration", "TemporalAmount,Comparable", "An amount of seconds.", kDuration},
    {"java.time.Period", "ChronoPeriod", "An amount of years, months and days.", kPeriod},
};

}  // namespace

std::span<const ClassRow> time_amount_family() { return kRows; }

}  // namespace sluice::painless::api
