#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

/// TemporalQueries: what each asks for.
enum class Query : std::uint8_t { kLocalDate, kLocalTime, kOffset, kPrecision, kZone, kZoneId, kChronology };
std::string_view name_of(Query query) {
  (void)query;
  return "TemporalQuery";
}
template <>
inline constexpr std::string_view kJavaName<Query> = "java.time.temporal.TemporalQueries$$Lambda";

namespace {

template <typename T>
Value make_optional(Machine& machine, const std::optional<T>& value) {
  return value ? make(machine, *value) : Value::null();
}

Value answer(Machine& machine, Query query, const time::Accessor& of) {
  switch (query) {
    case Query::kLocalDate:
      return make_optional(machine, of.local_date());
    case Query::kLocalTime:
      return make_optional(machine, of.local_time());
    case Query::kOffset:
      return make_optional(machine, of.offset());
    case Query::kPrecision:
      return make_optional(machine, of.precision());
    case Query::kZone:
      return make_optional(machine, of.zone());
    case Query::kZoneId:
      return make_optional(machine, of.zone_id());
    case Query::kChronology:
      break;
  }
  return of.has_chronology() ? make(machine, IsoChronology()) : Value::null();
}

}  // namespace

Value query_from(Machine& machine, const Value* args) {
  if (args[0].o->type != class_of<Query>()) return machine.call(args[0], {args[1]});  // a lambda
  return call<answer>(machine, args);
}

namespace {

Value query(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  const Value turned[] = {args[1], args[0]};
  return query_from(machine, turned);
}
Value adjust_into(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  const Value turned[] = {args[1], args[0]};
  return temporal_with_adjuster(machine, turned);
}

Long to_epoch_milli(const time::Accessor& of) {
  const Long seconds = of.get_long(time::FieldId::kInstantSeconds);
  return time::add_exact(time::multiply_exact(seconds, 1'000), of.get(time::FieldId::kMilliOfSecond));
}

}  // namespace

namespace {

constexpr MethodRow kTemporalAccessor[] = {
    {"int get(TemporalField)", call<[](const time::Accessor& of, time::Field field) { return of.get(field); }>,
     "The value of a field.", "LocalDate.of(2020, 2, 28).get(ChronoField.DAY_OF_WEEK)", "5"},
    {"long getLong(TemporalField)",
     call<[](const time::Accessor& of, time::Field field) { return of.get_long(field); }>, "The value of a field.",
     "LocalDate.of(2020, 2, 28).getLong(ChronoField.EPOCH_DAY)", "18320"},
    {"boolean isSupported(TemporalField)",
     call<[](const time::Accessor& of, time::Field field) { return of.is_supported(field); }>,
     "Whether it has the field.", "LocalDate.of(2020, 2, 28).isSupported(ChronoField.HOUR_OF_DAY)", "false"},
    {"ValueRange range(TemporalField)",
     call<[](const time::Accessor& of, time::Field field) { return of.range(field); }>,
     "The values that the field may have.", "LocalDate.of(2020, 2, 28).range(ChronoField.DAY_OF_MONTH)", "1 - 29"},
    {"def query(TemporalQuery)", query, "What a query finds out about it.",
     "LocalDate.of(2020, 2, 28).query(LocalDate::from)", "2020-02-28"},
    {"long getMillis()", call<to_epoch_milli>, "Milliseconds since 1970.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').getMillis()", "1582891509000"},
    {"long toEpochMilli()", call<to_epoch_milli>, "Milliseconds since 1970.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').toEpochMilli()", "1582891509000"},
};

constexpr MethodRow kTemporal[] = {
    {"Temporal plus(TemporalAmount)", temporal_plus_amount, "That much later.",
     "Temporal t = LocalDate.of(2020, 2, 28); t.plus(Period.ofDays(3))", "2020-03-02"},
    {"Temporal plus(long,TemporalUnit)", temporal_plus_unit, "So many units later.",
     "Temporal t = LocalDate.of(2020, 2, 28); t.plus(2, ChronoUnit.DAYS)", "2020-03-01"},
    {"Temporal minus(TemporalAmount)", temporal_minus_amount, "That much earlier.",
     "Temporal t = LocalDate.of(2020, 2, 28); t.minus(Period.ofDays(3))", "2020-02-25"},
    {"Temporal minus(long,TemporalUnit)", temporal_minus_unit, "So many units earlier.",
     "Temporal t = LocalDate.of(2020, 2, 28); t.minus(2, ChronoUnit.DAYS)", "2020-02-26"},
    {"Temporal with(TemporalAdjuster)", temporal_with_adjuster, "With what the adjuster sets.",
     "Temporal t = LocalDate.of(2020, 2, 28); t.with(LocalDate.of(2001, 2, 3))", "2001-02-03"},
    {"Temporal with(TemporalField,long)", temporal_with_field, "With another value of a field.",
     "Temporal t = LocalDate.of(2020, 2, 28); t.with(ChronoField.DAY_OF_MONTH, 5L)", "2020-02-05"},
    {"long until(Temporal,TemporalUnit)",
     call<[](const time::Temporal& from, const time::Temporal& to, time::Unit unit) { return from.until(to, unit); }>,
     "Whole units from it to the other.",
     "LocalDate.of(2020, 2, 28).until(LocalDate.of(2021, 3, 1), ChronoUnit.MONTHS)", "12"},
};

constexpr MethodRow kTemporalAdjuster[] = {
    {"abstract Temporal adjustInto(Temporal)", adjust_into, "Sets its part in the other.",
     "TemporalAdjuster a = LocalTime.NOON; a.adjustInto(LocalDateTime.of(2020, 2, 28, 1, 5))", "2020-02-28T12:00"},
};

constexpr MethodRow kTemporalQuery[] = {
    {"abstract def queryFrom(TemporalAccessor)", query_from, "Asks.",
     "TemporalQueries.precision().queryFrom(LocalTime.NOON)", "Nanos"},
};

constexpr MethodRow kTemporalQueries[] = {
    {"static TemporalQuery localDate()", call<[]() { return Query::kLocalDate; }>, "The date.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').query(TemporalQueries.localDate())", "2020-02-28"},
    {"static TemporalQuery localTime()", call<[]() { return Query::kLocalTime; }>, "The time of day.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').query(TemporalQueries.localTime())", "13:05:09"},
    {"static TemporalQuery offset()", call<[]() { return Query::kOffset; }>, "The offset from UTC.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').query(TemporalQueries.offset())", "+01:00"},
    {"static TemporalQuery precision()", call<[]() { return Query::kPrecision; }>, "The smallest unit.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').query(TemporalQueries.precision())", "Nanos"},
    {"static TemporalQuery zone()", call<[]() { return Query::kZone; }>, "The zone, or the offset.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').query(TemporalQueries.zone())", "Europe/Paris"},
    {"static TemporalQuery zoneId()", call<[]() { return Query::kZoneId; }>, "The zone.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').query(TemporalQueries.zoneId())", "Europe/Paris"},
    {"static TemporalQuery chronology()", call<[]() { return Query::kChronology; }>, "The calendar.",
     "ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]').query(TemporalQueries.chronology())", "ISO"},
};

time::LocalDate date_of_year(Int year, Int month, Int day) { return time::LocalDate::of(year, month, day); }

constexpr MethodRow kChronology[] = {
    {"static Chronology of(String)", call<[](std::string_view id) {
       if (id != "ISO" && id != "iso8601") time::fail("Unknown chronology: " + std::string(id));
       return IsoChronology();
     }>,
     "The one of a name.", "Chronology.of('Foo')", "date_time_exception: Unknown chronology: Foo"},
    {"static Chronology from(TemporalAccessor)", call<[](const time::Accessor& /*of*/) { return IsoChronology(); }>,
     "What another value is in.", "Chronology.from(LocalDate.of(2020, 2, 28))", "ISO"},
    {"static Chronology ofLocale(Locale)", call<[](const time::Locale& /*locale*/) { return IsoChronology(); }>,
     "The one of a country.", "Chronology.ofLocale(Locale.US)", "ISO"},
    {"ChronoLocalDate date(TemporalAccessor)",
     call<[](const IsoChronology& /*in*/, const time::Accessor& of) { return time::LocalDate::from(of); }>,
     "What another value says of a date.", "Chronology c = IsoChronology.INSTANCE; c.date(LocalDate.of(2020, 2, 28))",
     "2020-02-28"},
    {"ChronoLocalDate date(int,int,int)",
     call<[](const IsoChronology& /*in*/, Int year, Int month, Int day) { return date_of_year(year, month, day); }>,
     "The date of a year, month and day.", "Chronology c = IsoChronology.INSTANCE; c.date(2020, 2, 28)", "2020-02-28"},
    {"ChronoLocalDate dateEpochDay(long)",
     call<[](const IsoChronology& /*in*/, Long day) { return time::LocalDate::of_epoch_day(day); }>,
     "The date so many days after 1970-01-01.", "Chronology c = IsoChronology.INSTANCE; c.dateEpochDay(18000L)",
     "2019-04-14"},
    {"ChronoLocalDate dateYearDay(int,int)",
     call<[](const IsoChronology& /*in*/, Int year, Int day) { return time::LocalDate::of_year_day(year, day); }>,
     "The date of a year and the day in it.", "Chronology c = IsoChronology.INSTANCE; c.dateYearDay(2020, 60)",
     "2020-02-29"},
    {"ChronoPeriod period(int,int,int)", call<[](const IsoChronology& /*in*/, Int years, Int months, Int days) {
       return time::Period::of(years, months, days);
     }>,
     "So many years, months and days.", "IsoChronology.INSTANCE.period(1, 2, 3)", "P1Y2M3D"},
    {"ValueRange range(ChronoField)",
     call<[](const IsoChronology& /*in*/, time::Field field) { return field.range(); }>,
     "The values that a field may have.", "IsoChronology.INSTANCE.range(ChronoField.DAY_OF_MONTH)", "1 - 28/31"},
    {"String getCalendarType()", call<[](const IsoChronology& /*of*/) { return std::string_view("iso8601"); }>,
     "Its name in Unicode.", "IsoChronology.INSTANCE.getCalendarType()", "iso8601"},
    {"String getId()", call<&IsoChronology::to_string>, "Its name.", "IsoChronology.INSTANCE.getId()", "ISO"},
    {"boolean isLeapYear(long)", call<[](const IsoChronology& /*of*/, Long year) { return time::is_leap_year(year); }>,
     "Whether the year has 366 days.", "IsoChronology.INSTANCE.isLeapYear(1900)", "false"},
};

constexpr MethodRow kIsoChronology[] = {
    {"LocalDate date(TemporalAccessor)",
     call<[](const IsoChronology& /*in*/, const time::Accessor& of) { return time::LocalDate::from(of); }>,
     "What another value says of a date.", "IsoChronology.INSTANCE.date(LocalDate.of(2020, 2, 28)).plusDays(1)",
     "2020-02-29"},
    {"LocalDate date(int,int,int)",
     call<[](const IsoChronology& /*in*/, Int year, Int month, Int day) { return date_of_year(year, month, day); }>,
     "The date of a year, month and day.", "IsoChronology.INSTANCE.date(2020, 2, 28).plusDays(1)", "2020-02-29"},
    {"LocalDate dateEpochDay(long)",
     call<[](const IsoChronology& /*in*/, Long day) { return time::LocalDate::of_epoch_day(day); }>,
     "The date so many days after 1970-01-01.", "IsoChronology.INSTANCE.dateEpochDay(18000L).plusDays(1)",
     "2019-04-15"},
    {"LocalDate dateYearDay(int,int)",
     call<[](const IsoChronology& /*in*/, Int year, Int day) { return time::LocalDate::of_year_day(year, day); }>,
     "The date of a year and the day in it.", "IsoChronology.INSTANCE.dateYearDay(2020, 60).plusDays(1)", "2020-03-01"},
    {"LocalDateTime localDateTime(TemporalAccessor)",
     call<[](const IsoChronology& /*in*/, const time::Accessor& of) { return time::LocalDateTime::from(of); }>,
     "What another value says of a date and time.",
     "IsoChronology.INSTANCE.localDateTime(LocalDateTime.of(2020, 2, 28, 1, 2))", "2020-02-28T01:02"},
    {"ZonedDateTime zonedDateTime(TemporalAccessor)",
     call<[](const IsoChronology& /*in*/, const time::Accessor& of) { return time::ZonedDateTime::from(of); }>,
     "What another value says of a moment.",
     "IsoChronology.INSTANCE.zonedDateTime(ZonedDateTime.parse('2020-02-28T13:05:09Z'))", "2020-02-28T13:05:09Z"},
    {"ZonedDateTime zonedDateTime(Instant,ZoneId)",
     call<[](const IsoChronology& /*in*/, const time::Instant& instant, time::ZoneId zone) {
       return time::ZonedDateTime::of_instant(instant, zone);
     }>,
     "A moment in a zone.", "IsoChronology.INSTANCE.zonedDateTime(Instant.EPOCH, ZoneId.of('Europe/Paris'))",
     "1970-01-01T01:00+01:00[Europe/Paris]"},
    {"const IsoChronology INSTANCE", call<[]() { return IsoChronology(); }>, "The calendar.", "IsoChronology.INSTANCE",
     "ISO"},
};

constexpr ClassRow kRows[] = {
    {"java.time.temporal.TemporalAccessor", "", "What has fields of dates and times.", kTemporalAccessor, true},
    {"java.time.temporal.Temporal", "TemporalAccessor", "A date, time or moment that can be computed with.", kTemporal,
     true},
    {"java.time.temporal.TemporalAdjuster", "", "What sets a part of a date or time.", kTemporalAdjuster, true},
    {"java.time.temporal.TemporalQuery", "", "What finds out something about a date or time.", kTemporalQuery, true},
    {"java.time.temporal.TemporalQueries$$Lambda", "TemporalQuery", "A query of java.time.", {}, false, true},
    {"java.time.temporal.TemporalQueries", "", "The queries of java.time.", kTemporalQueries},
    {"java.time.chrono.Chronology", "", "A calendar.", kChronology, true},
    {"java.time.chrono.IsoChronology", "Chronology", "The calendar of ISO 8601.", kIsoChronology},
    {"java.time.format.Parsed", "TemporalAccessor", "What a formatter read.", {}, false, true},
};

}  // namespace

std::span<const ClassRow> time_accessor_family() { return kRows; }

}  // namespace sluice::painless::api
