#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

constexpr MethodRow kInstant[] = {
    {"const Instant EPOCH", call<&time::Instant::epoch>, "The beginning of 1970 in UTC.", "Instant.EPOCH",
     "1970-01-01T00:00:00Z"},
    {"const Instant MAX", call<&time::Instant::max>, "The last one there is.", "Instant.MAX",
     "+1000000000-12-31T23:59:59.999999999Z"},
    {"const Instant MIN", call<&time::Instant::min>, "The first one there is.", "Instant.MIN",
     "-1000000000-01-01T00:00:00Z"},
    {"OffsetDateTime atOffset(ZoneOffset)", call<&time::Instant::at_offset>, "The same with an offset from UTC.",
     "Instant.ofEpochSecond(1582895109L).atOffset(ZoneOffset.ofHours(2))", "2020-02-28T15:05:09+02:00"},
    {"ZonedDateTime atZone(ZoneId)", call<&time::Instant::at_zone>, "The same on the clocks of a zone.",
     "Instant.ofEpochSecond(1582895109L).atZone(ZoneId.of('Europe/Paris'))", "2020-02-28T14:05:09+01:00[Europe/Paris]"},
    {"int compareTo(Instant)", call<&time::Instant::compare_to>, "Less than, equal to or greater than zero.",
     "Instant.ofEpochSecond(1582895109L).compareTo(Instant.EPOCH)", "1"},
    {"int getNano()", call<&time::Instant::nano>, "The nanosecond of the second.",
     "Instant.ofEpochSecond(1582895109L).plusNanos(7).getNano()", "7"},
    {"long getEpochSecond()", call<&time::Instant::epoch_second>, "Seconds since 1970.",
     "Instant.ofEpochSecond(1582895109L).getEpochSecond()", "1582895109"},
    {"long toEpochMilli()", call<&time::Instant::to_epoch_milli>, "Milliseconds since 1970.",
     "Instant.ofEpochSecond(1582895109L).toEpochMilli()", "1582895109000"},
    {"boolean isAfter(Instant)", call<&time::Instant::is_after>, "Whether it is later than the other.",
     "Instant.ofEpochSecond(1582895109L).isAfter(Instant.EPOCH)", "true"},
    {"boolean isBefore(Instant)", call<&time::Instant::is_before>, "Whether it is earlier than the other.",
     "Instant.ofEpochSecond(1582895109L).isBefore(Instant.EPOCH)", "false"},
    {"Instant plus(TemporalAmount)", temporal_plus_amount, "That much later.",
     "Instant.ofEpochSecond(1582895109L).plus(Duration.ofHours(30))", "2020-02-29T19:05:09Z"},
    {"Instant plus(long,TemporalUnit)", temporal_plus_unit, "So many units later.",
     "Instant.ofEpochSecond(1582895109L).plus(2, ChronoUnit.HOURS)", "2020-02-28T15:05:09Z"},
    {"Instant minus(TemporalAmount)", temporal_minus_amount, "That much earlier.",
     "Instant.ofEpochSecond(1582895109L).minus(Duration.ofHours(30))", "2020-02-27T07:05:09Z"},
    {"Instant minus(long,TemporalUnit)", temporal_minus_unit, "So many units earlier.",
     "Instant.ofEpochSecond(1582895109L).minus(2, ChronoUnit.HOURS)", "2020-02-28T11:05:09Z"},
    {"Instant with(TemporalAdjuster)", temporal_with_adjuster, "With what the adjuster sets.",
     "Instant.ofEpochSecond(1582895109L).with(Instant.EPOCH)", "1970-01-01T00:00:00Z"},
    {"Instant with(TemporalField,long)", temporal_with_field, "With another value of a field.",
     "Instant.ofEpochSecond(1582895109L).with(ChronoField.NANO_OF_SECOND, 5L)", "2020-02-28T13:05:09.000000005Z"},
    {"Instant plusMillis(long)", call<&time::Instant::plus_millis>, "So many millis later.",
     "Instant.ofEpochSecond(1582895109L).plusMillis(40)", "2020-02-28T13:05:09.040Z"},
    {"Instant plusNanos(long)", call<&time::Instant::plus_nanos>, "So many nanos later.",
     "Instant.ofEpochSecond(1582895109L).plusNanos(40)", "2020-02-28T13:05:09.000000040Z"},
    {"Instant plusSeconds(long)", call<&time::Instant::plus_seconds>, "So many seconds later.",
     "Instant.ofEpochSecond(1582895109L).plusSeconds(40)", "2020-02-28T13:05:49Z"},
    {"Instant minusMillis(long)", call<&time::Instant::minus_millis>, "So many millis earlier.",
     "Instant.ofEpochSecond(1582895109L).minusMillis(40)", "2020-02-28T13:05:08.960Z"},
    {"Instant minusNanos(long)", call<&time::Instant::minus_nanos>, "So many nanos earlier.",
     "Instant.ofEpochSecond(1582895109L).minusNanos(40)", "2020-02-28T13:05:08.999999960Z"},
    {"Instant minusSeconds(long)", call<&time::Instant::minus_seconds>, "So many seconds earlier.",
     "Instant.ofEpochSecond(1582895109L).minusSeconds(40)", "2020-02-28T13:04:29Z"},
    {"Instant truncatedTo(TemporalUnit)", call<&time::Instant::truncated_to>, "Without what is smaller than the unit.",
     "Instant.ofEpochSecond(1582895109L).truncatedTo(ChronoUnit.HOURS)", "2020-02-28T13:00:00Z"},
    {"static Instant from(TemporalAccessor)", call<&time::Instant::from>, "What another value says of it.",
     "Instant.from(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))", "2020-02-28T12:05:09Z"},
    {"static Instant ofEpochSecond(long)", call<[](Long second) { return time::Instant::of_epoch_second(second); }>,
     "So many seconds after 1970.", "Instant.ofEpochSecond(1582895109L)", "2020-02-28T13:05:09Z"},
    {"static Instant ofEpochSecond(long,long)",
     call<[](Long second, Long nanos) { return time::Instant::of_epoch_second(second, nanos); }>,
     "So many seconds and nanoseconds after 1970.", "Instant.ofEpochSecond(1582895109L, 7L)",
     "2020-02-28T13:05:09.000000007Z"},
    {"static Instant ofEpochMilli(long)", call<&time::Instant::of_epoch_milli>, "So many milliseconds after 1970.",
     "Instant.ofEpochMilli(1582895109123L)", "2020-02-28T13:05:09.123Z"},
    {"static Instant parse(CharSequence)", call<&time::Instant::parse>, "Reads `2020-02-28T13:05:09Z`.",
     "Instant.parse('2020-02-28T13:05:09.5Z')", "2020-02-28T13:05:09.500Z"},
};

constexpr ClassRow kRows[] = {
    {"java.time.Instant", "Temporal,TemporalAdjuster,Comparable", "A moment.", kInstant},
};

}  // namespace

std::span<const ClassRow> time_instant_family() { return kRows; }

}  // namespace sluice::painless::api
