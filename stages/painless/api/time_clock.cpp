#include "stages/painless/api/families.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

/// A clock that stands still, which is all that scripts can make: what it shows is known when it is made.
struct FixedClock {
  static constexpr std::string_view kTypeName = "java.time.Clock";

  time::Instant now;
  Long millis = 0;
  time::ZoneId zone;
  std::string text;

  [[nodiscard]] const std::string& to_string() const { return text; }
  friend bool operator==(const FixedClock& left, const FixedClock& right) { return left.text == right.text; }
};

FixedClock fixed(const time::Instant& instant, time::ZoneId zone) {
  return {instant, instant.to_epoch_milli(), zone, "FixedClock[" + instant.to_string() + "," + zone.to_string() + "]"};
}

FixedClock offset(const FixedClock& base, const time::Duration& by) {
  if (by.is_zero()) return base;
  return {base.now.plus_seconds(by.seconds()).plus_nanos(by.nano()), time::add_exact(base.millis, by.to_millis()),
          base.zone, "OffsetClock[" + base.text + "," + by.to_string() + "]"};
}

FixedClock tick(const FixedClock& base, const time::Duration& by) {
  if (by.is_negative()) time::fail(time::DateTimeError::kIllegalArgument, "Tick duration must not be negative");
  constexpr Long kNanosPerMilli = 1'000'000;
  const Long nanos = by.to_nanos();
  const bool whole_millis = nanos % kNanosPerMilli == 0;
  if (!whole_millis && time::kNanosPerSecond % nanos != 0) {
    time::fail(time::DateTimeError::kIllegalArgument, "Invalid tick duration");
  }
  if (nanos <= 1) return base;
  FixedClock made = base;
  made.text = "TickClock[" + base.text + "," + by.to_string() + "]";
  if (whole_millis) {
    made.millis = base.millis - time::floor_mod(base.millis, nanos / kNanosPerMilli);
    made.now = time::Instant::of_epoch_milli(made.millis);
  } else {
    made.now = base.now.minus_nanos(base.now.nano() % nanos);
  }
  return made;
}

#define CLOCK "Clock.fixed(Instant.parse('2020-02-28T13:05:09.123Z'), ZoneId.of('Europe/Paris'))"

constexpr MethodRow kClock[] = {
    {"static Clock fixed(Instant,ZoneId)", call<fixed>, "Always that moment.", CLOCK,
     "FixedClock[2020-02-28T13:05:09.123Z,Europe/Paris]"},
    {"static Clock offset(Clock,Duration)", call<offset>, "Another clock, that much later.",
     "Clock.offset(" CLOCK ", Duration.ofHours(1)).instant()", "2020-02-28T14:05:09.123Z"},
    {"static Clock tick(Clock,Duration)", call<tick>, "Another clock, cut off to whole ticks.",
     "Clock.tick(" CLOCK ", Duration.ofMinutes(1)).instant()", "2020-02-28T13:05:00Z"},
    {"ZoneId getZone()", call<[](const FixedClock& of) { return of.zone; }>, "Its zone.", CLOCK ".getZone()",
     "Europe/Paris"},
    {"Instant instant()", call<[](const FixedClock& of) { return of.now; }>, "The moment.", CLOCK ".instant()",
     "2020-02-28T13:05:09.123Z"},
    {"long millis()", call<[](const FixedClock& of) { return of.millis; }>, "Milliseconds since 1970.",
     CLOCK ".millis()", "1582895109123"},
};

#undef CLOCK

constexpr ClassRow kRows[] = {{"java.time.Clock", "", "What shows a moment.", kClock}};

}  // namespace

std::span<const ClassRow> time_clock_family() { return kRows; }

}  // namespace sluice::painless::api
