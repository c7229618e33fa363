#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/time/zone_transition.h"

namespace sluice::painless::api {

namespace {

using Rules = time::RulesOfZone;
using Transition = time::ZoneTransition;

Value or_null(Machine& machine, const std::optional<Transition>& found) {
  return found ? make(machine, *found) : Value::null();
}

Value valid_offsets(Machine& machine, const Value* args) {
  return call<[](Machine& with, const Rules& of, const time::LocalDateTime& local) {
    ArrayList* list = new_list(with);
    for (const time::ZoneOffset each : of.valid_offsets(local)) list->push(with.heap(), make(with, each));
    return made(list);
  }>(machine, args);
}

Value transition(Machine& machine, const Value* args) {
  return call<[](Machine& with, const Rules& of, const time::LocalDateTime& local) {
    return or_null(with, of.transition(local));
  }>(machine, args);
}
Value next_transition(Machine& machine, const Value* args) {
  return call<[](Machine& with, const Rules& of, const time::Instant& after) {
    return or_null(with, of.next_transition(after));
  }>(machine, args);
}
Value previous_transition(Machine& machine, const Value* args) {
  return call<[](Machine& with, const Rules& of, const time::Instant& before) {
    return or_null(with, of.previous_transition(before));
  }>(machine, args);
}

#define PARIS "ZoneId.of('Europe/Paris').getRules()"
#define SPRING PARIS ".nextTransition(Instant.parse('2020-01-01T00:00:00Z'))"

constexpr MethodRow kZoneRules[] = {
    {"static ZoneRules of(ZoneOffset)", call<[](time::ZoneOffset offset) { return Rules(offset); }>,
     "Always that offset.", "ZoneRules.of(ZoneOffset.ofHours(2)).isFixedOffset()", "true"},
    {"ZoneOffset getOffset(Instant)", call<&Rules::offset>, "The offset at a moment.",
     PARIS ".getOffset(Instant.EPOCH)", "+01:00"},
    {"ZoneOffset getStandardOffset(Instant)", call<&Rules::standard_offset>, "The offset without daylight saving.",
     PARIS ".getStandardOffset(Instant.parse('2020-07-01T00:00:00Z'))", "+01:00"},
    {"Duration getDaylightSavings(Instant)", call<&Rules::daylight_savings>, "By how much clocks are put forward.",
     PARIS ".getDaylightSavings(Instant.parse('2020-07-01T00:00:00Z'))", "PT1H"},
    {"boolean isDaylightSavings(Instant)", call<&Rules::is_daylight_savings>, "Whether clocks are put forward.",
     PARIS ".isDaylightSavings(Instant.parse('2020-07-01T00:00:00Z'))", "true"},
    {"boolean isFixedOffset()", call<&Rules::is_fixed_offset>, "Whether it never has another offset.",
     PARIS ".isFixedOffset()", "false"},
    {"List getValidOffsets(LocalDateTime)", valid_offsets, "The offsets of a time on the clock: one, none or two.",
     PARIS ".getValidOffsets(LocalDateTime.of(2020, 10, 25, 2, 30))", "[+02:00, +01:00]"},
    {"boolean isValidOffset(LocalDateTime,ZoneOffset)", call<&Rules::is_valid_offset>,
     "Whether a time on the clock may have the offset.",
     PARIS ".isValidOffset(LocalDateTime.of(2020, 10, 25, 2, 30), ZoneOffset.UTC)", "false"},
    {"ZoneOffsetTransition getTransition(LocalDateTime)", transition, "The change that a time on the clock is in.",
     PARIS ".getTransition(LocalDateTime.of(2020, 3, 29, 2, 30))",
     "Transition[Gap at 2020-03-29T02:00+01:00 to +02:00]"},
    {"ZoneOffsetTransition nextTransition(Instant)", next_transition, "The next change after a moment.", SPRING,
     "Transition[Gap at 2020-03-29T02:00+01:00 to +02:00]"},
    {"ZoneOffsetTransition previousTransition(Instant)", previous_transition, "The last change before a moment.",
     PARIS ".previousTransition(Instant.parse('2020-01-01T00:00:00Z'))",
     "Transition[Overlap at 2019-10-27T03:00+02:00 to +01:00]"},
};

constexpr MethodRow kZoneOffsetTransition[] = {
    {"static ZoneOffsetTransition of(LocalDateTime,ZoneOffset,ZoneOffset)", call<&Transition::of>,
     "A change at a time on the clock.",
     "ZoneOffsetTransition.of(LocalDateTime.of(2020, 1, 1, 0, 0), ZoneOffset.UTC, ZoneOffset.UTC)",
     "illegal_argument_exception: Offsets must not be equal"},
    {"int compareTo(ZoneOffsetTransition)", compare_natively, "Less than, equal to or greater than zero.",
     "ZoneOffsetTransition t = " SPRING "; t.compareTo(t)", "0"},
    {"LocalDateTime getDateTimeAfter()", call<&Transition::date_time_after>, "What the clock shows after it.",
     SPRING ".getDateTimeAfter()", "2020-03-29T03:00"},
    {"LocalDateTime getDateTimeBefore()", call<&Transition::date_time_before>, "What the clock shows before it.",
     SPRING ".getDateTimeBefore()", "2020-03-29T02:00"},
    {"Duration getDuration()", call<&Transition::duration>, "By how much clocks are put forward.",
     SPRING ".getDuration()", "PT1H"},
    {"Instant getInstant()", call<&Transition::instant>, "Its moment.", SPRING ".getInstant()", "2020-03-29T01:00:00Z"},
    {"ZoneOffset getOffsetAfter()", call<&Transition::offset_after>, "The offset after it.", SPRING ".getOffsetAfter()",
     "+02:00"},
    {"ZoneOffset getOffsetBefore()", call<&Transition::offset_before>, "The offset before it.",
     SPRING ".getOffsetBefore()", "+01:00"},
    {"boolean isGap()", call<&Transition::is_gap>, "Whether times are left out.", SPRING ".isGap()", "true"},
    {"boolean isOverlap()", call<&Transition::is_overlap>, "Whether times come twice.", SPRING ".isOverlap()", "false"},
    {"boolean isValidOffset(ZoneOffset)", call<&Transition::is_valid_offset>,
     "Whether the offset holds for the times that come twice.", SPRING ".isValidOffset(ZoneOffset.ofHours(1))",
     "false"},
    {"long toEpochSecond()", call<&Transition::to_epoch_second>, "Seconds since 1970.", SPRING ".toEpochSecond()",
     "1585443600"},
};

#undef SPRING
#undef PARIS

constexpr ClassRow kRows[] = {
    {"java.time.zone.ZoneRules", "", "When a zone has which offset.", kZoneRules},
    {"java.time.zone.ZoneOffsetTransition", "Comparable", "A change of a zone's offset.", kZoneOffsetTransition},
};

}  // namespace

std::span<const ClassRow> time_zone_rules_family() { return kRows; }

}  // namespace sluice::painless::api
