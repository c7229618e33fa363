#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

constexpr MethodRow kOffsetTime[] = {
    {"const OffsetTime MAX", call<&time::OffsetTime::max>, "The latest there is.", "OffsetTime.MAX",
     "23:59:59.999999999-18:00"},
    {"const OffsetTime MIN", call<&time::OffsetTime::min>, "The earliest there is.", "OffsetTime.MIN", "00:00+18:00"},
    {"int compareTo(OffsetTime)", compare_natively, "Less than, equal to or greater than zero.",
     "OffsetTime.parse('13:05:09+01:00').compareTo(OffsetTime.parse('12:05:09Z'))", "1"},
    {"String format(DateTimeFormatter)", call<&time::OffsetTime::format>, "The text that a formatter makes of it.",
     "OffsetTime.parse('13:05:09+01:00').format(DateTimeFormatter.ofPattern('HH:mm x'))", "13:05 +01"},
    {"int getHour()", call<&time::OffsetTime::hour>, "The hour, 0 to 23.",
     "OffsetTime.parse('13:05:09+01:00').getHour()", "13"},
    {"int getMinute()", call<&time::OffsetTime::minute>, "The minute.",
     "OffsetTime.parse('13:05:09+01:00').getMinute()", "5"},
    {"int getSecond()", call<&time::OffsetTime::second>, "The second.",
     "OffsetTime.parse('13:05:09+01:00').getSecond()", "9"},
    {"int getNano()", call<&time::OffsetTime::nano>, "The nanosecond.",
     "OffsetTime.parse('13:05:09.5+01:00').getNano()", "500000000"},
    {"ZoneOffset getOffset()", call<&time::OffsetTime::offset>, "The offset from UTC.",
     "OffsetTime.parse('13:05:09+01:00').getOffset()", "+01:00"},
    {"boolean isAfter(OffsetTime)", call<&time::OffsetTime::is_after>, "Whether it is later than the other.",
     "OffsetTime.parse('13:05:09+01:00').isAfter(OffsetTime.parse('12:05:08Z'))", "true"},
    {"boolean isBefore(OffsetTime)", call<&time::OffsetTime::is_before>, "Whether it is earlier than the other.",
     "OffsetTime.parse('13:05:09+01:00').isBefore(OffsetTime.parse('12:05:08Z'))", "false"},
    {"boolean isEqual(OffsetTime)", call<&time::OffsetTime::is_equal>, "Whether the two are the same moment of a day.",
     "OffsetTime.parse('13:05:09+01:00').isEqual(OffsetTime.parse('12:05:09Z'))", "true"},
    {"OffsetTime minus(TemporalAmount)", temporal_minus_amount, "That much earlier.",
     "OffsetTime.parse('13:05:09+01:00').minus(Duration.ofHours(14))", "23:05:09+01:00"},
    {"OffsetTime minus(long,TemporalUnit)", temporal_minus_unit, "So many units earlier.",
     "OffsetTime.parse('13:05:09+01:00').minus(2, ChronoUnit.DAYS)",
     "unsupported_temporal_type_exception: Unsupported unit: Days"},
    {"OffsetTime minusHours(long)", call<&time::OffsetTime::minus_hours>, "So many hours earlier.",
     "OffsetTime.parse('13:05:09+01:00').minusHours(40)", "21:05:09+01:00"},
    {"OffsetTime minusMinutes(long)", call<&time::OffsetTime::minus_minutes>, "So many minutes earlier.",
     "OffsetTime.parse('13:05:09+01:00').minusMinutes(40)", "12:25:09+01:00"},
    {"OffsetTime minusSeconds(long)", call<&time::OffsetTime::minus_seconds>, "So many seconds earlier.",
     "OffsetTime.parse('13:05:09+01:00').minusSeconds(40)", "13:04:29+01:00"},
    {"OffsetTime minusNanos(long)", call<&time::OffsetTime::minus_nanos>, "So many nanoseconds earlier.",
     "OffsetTime.parse('13:05:09+01:00').minusNanos(40)", "13:05:08.999999960+01:00"},
    {"OffsetTime plus(TemporalAmount)", temporal_plus_amount, "That much later.",
     "OffsetTime.parse('13:05:09+01:00').plus(Duration.ofHours(14))", "03:05:09+01:00"},
    {"OffsetTime plus(long,TemporalUnit)", temporal_plus_unit, "So many units later.",
     "OffsetTime.parse('13:05:09+01:00').plus(1, ChronoUnit.HALF_DAYS)", "01:05:09+01:00"},
    {"OffsetTime plusHours(long)", call<&time::OffsetTime::plus_hours>, "So many hours later.",
     "OffsetTime.parse('13:05:09+01:00').plusHours(40)", "05:05:09+01:00"},
    {"OffsetTime plusMinutes(long)", call<&time::OffsetTime::plus_minutes>, "So many minutes later.",
     "OffsetTime.parse('13:05:09+01:00').plusMinutes(40)", "13:45:09+01:00"},
    {"OffsetTime plusSeconds(long)", call<&time::OffsetTime::plus_seconds>, "So many seconds later.",
     "OffsetTime.parse('13:05:09+01:00').plusSeconds(40)", "13:05:49+01:00"},
    {"OffsetTime plusNanos(long)", call<&time::OffsetTime::plus_nanos>, "So many nanoseconds later.",
     "OffsetTime.parse('13:05:09+01:00').plusNanos(40)", "13:05:09.000000040+01:00"},
    {"LocalTime toLocalTime()", call<&time::OffsetTime::to_local_time>, "The time without the offset.",
     "OffsetTime.parse('13:05:09+01:00').toLocalTime()", "13:05:09"},
    {"OffsetTime truncatedTo(TemporalUnit)", call<&time::OffsetTime::truncated_to>, "Cut off below a unit.",
     "OffsetTime.parse('13:05:09+01:00').truncatedTo(ChronoUnit.HOURS)", "13:00+01:00"},
    {"OffsetTime with(TemporalAdjuster)", temporal_with_adjuster, "With what the adjuster sets.",
     "OffsetTime.parse('13:05:09+01:00').with(LocalTime.NOON)", "12:00+01:00"},
    {"OffsetTime with(TemporalField,long)", temporal_with_field, "With another value of a field.",
     "OffsetTime.parse('13:05:09+01:00').with(ChronoField.HOUR_OF_DAY, 5L)", "05:05:09+01:00"},
    {"OffsetTime withHour(int)", call<&time::OffsetTime::with_hour>, "With another hour.",
     "OffsetTime.parse('13:05:09+01:00').withHour(7)", "07:05:09+01:00"},
    {"OffsetTime withMinute(int)", call<&time::OffsetTime::with_minute>, "With another minute.",
     "OffsetTime.parse('13:05:09+01:00').withMinute(7)", "13:07:09+01:00"},
    {"OffsetTime withSecond(int)", call<&time::OffsetTime::with_second>, "With another second.",
     "OffsetTime.parse('13:05:09+01:00').withSecond(7)", "13:05:07+01:00"},
    {"OffsetTime withNano(int)", call<&time::OffsetTime::with_nano>, "With another nanosecond.",
     "OffsetTime.parse('13:05:09+01:00').withNano(7)", "13:05:09.000000007+01:00"},
    {"OffsetTime withOffsetSameInstant(ZoneOffset)", call<&time::OffsetTime::with_offset_same_instant>,
     "The same moment at another offset.", "OffsetTime.parse('13:05:09+01:00').withOffsetSameInstant(ZoneOffset.UTC)",
     "12:05:09Z"},
    {"OffsetTime withOffsetSameLocal(ZoneOffset)", call<&time::OffsetTime::with_offset_same_local>,
     "The same time with another offset.", "OffsetTime.parse('13:05:09+01:00').withOffsetSameLocal(ZoneOffset.UTC)",
     "13:05:09Z"},
    {"static OffsetTime from(TemporalAccessor)", call<&time::OffsetTime::from>, "What another value says of it.",
     "OffsetTime.from(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))", "13:05:09+01:00"},
    {"static OffsetTime of(LocalTime,ZoneOffset)",
     call<[](const time::LocalTime& time, time::ZoneOffset offset) { return time::OffsetTime::of(time, offset); }>,
     "A time at an offset.", "OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(1))", "12:00+01:00"},
    {"static OffsetTime of(int,int,int,int,ZoneOffset)",
     call<[](Int hour, Int minute, Int second, Int nano, time::ZoneOffset offset) {
       return time::OffsetTime::of(hour, minute, second, nano, offset);
     }>,
     "A time at an offset.", "OffsetTime.of(24, 5, 9, 0, ZoneOffset.UTC)",
     "date_time_exception: Invalid value for HourOfDay (valid values 0 - 23): 24"},
    {"static OffsetTime ofInstant(Instant,ZoneId)", call<&time::OffsetTime::of_instant>,
     "The time of a moment in a zone.", "OffsetTime.ofInstant(Instant.EPOCH, ZoneId.of('Europe/Paris'))",
     "01:00+01:00"},
    {"static OffsetTime parse(CharSequence)", call<[](std::string_view text) { return time::OffsetTime::parse(text); }>,
     "Reads `13:05:09+01:00`.", "OffsetTime.parse('13:05:09')",
     "date_time_parse_exception: Text '13:05:09' could not be parsed at index 8"},
    {"static OffsetTime parse(CharSequence,DateTimeFormatter)",
     call<[](std::string_view text, const time::DateTimeFormatter& format) {
       return time::OffsetTime::parse(text, format);
     }>,
     "Reads it as the formatter says.", "OffsetTime.parse('1305+01', DateTimeFormatter.ofPattern('HHmmx'))",
     "13:05+01:00"},
};

constexpr ClassRow kRows[] = {
    {"java.time.OffsetTime", "Temporal,TemporalAdjuster,Comparable", "A time of day with an offset from UTC.",
     kOffsetTime},
};

}  // namespace

std::span<const ClassRow> time_offset_time_family() { return kRows; }

}  // namespace sluice::painless::api
