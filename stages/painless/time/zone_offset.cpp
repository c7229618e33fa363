#include "stages/painless/time/zone_offset.h"

#include <cstdlib>

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/digits.h"

namespace sluice::painless::time {
namespace {

void check_range(const char* what, Int value, Int most) {
  if (std::abs(Long{value}) <= most) return;
  const std::string limit = std::to_string(most);
  fail(std::string("Zone offset ") + what + " not in valid range: value " + std::to_string(value) +
       " is not in the range -" + limit + " to " + limit);
}

void check_parts(Int hours, Int minutes, Int seconds) {
  check_range("hours", hours, 18);
  if (hours > 0 && (minutes < 0 || seconds < 0)) {
    fail("Zone offset minutes and seconds must be positive because hours is positive");
  }
  if (hours < 0 && (minutes > 0 || seconds > 0)) {
    fail("Zone offset minutes and seconds must be negative because hours is negative");
  }
  if (hours == 0 && ((minutes > 0 && seconds < 0) || (minutes < 0 && seconds > 0))) {
    fail("Zone offset minutes and seconds must have the same sign");
  }
  check_range("minutes", minutes, 59);
  check_range("seconds", seconds, 59);
  if (std::abs(hours) == 18 && (minutes | seconds) != 0) fail("Zone offset not in valid range: -18:00 to +18:00");
}

/// Two digits at `at`, behind a colon if there has to be one.
Int two_digits(std::string_view id, std::size_t at, bool colon) {
  if (colon && id[at - 1] != ':') {
    fail("Invalid ID for ZoneOffset, colon not found when expected: " + std::string(id));
  }
  const char tens = id[at];
  const char ones = id[at + 1];
  if (tens < '0' || tens > '9' || ones < '0' || ones > '9') {
    fail("Invalid ID for ZoneOffset, non numeric characters found: " + std::string(id));
  }
  return (tens - '0') * 10 + (ones - '0');
}

}  // namespace

ZoneOffset ZoneOffset::of(std::string_view id) {
  if (id == "Z") return {};
  std::string padded(id);
  if (padded.size() == 2) padded.insert(1, "0");
  const std::size_t size = padded.size();
  if (size != 3 && size != 5 && size != 6 && size != 7 && size != 9) {
    fail("Invalid ID for ZoneOffset, invalid format: " + padded);
  }
  const bool colons = size == 6 || size == 9;
  const std::size_t step = colons ? 3 : 2;
  const Int hours = two_digits(padded, 1, false);
  const Int minutes = size > 3 ? two_digits(padded, 1 + step, colons) : 0;
  const Int seconds = size > 6 ? two_digits(padded, 1 + 2 * step, colons) : 0;
  if (padded[0] != '+' && padded[0] != '-') {
    fail("Invalid ID for ZoneOffset, plus/minus not found when expected: " + padded);
  }
  const Int sign = padded[0] == '-' ? -1 : 1;
  return of_hours_minutes_seconds(sign * hours, sign * minutes, sign * seconds);
}

ZoneOffset ZoneOffset::of_hours_minutes_seconds(Int hours, Int minutes, Int seconds) {
  check_parts(hours, minutes, seconds);
  return unchecked(hours * 3'600 + minutes * 60 + seconds);
}

ZoneOffset ZoneOffset::of_total_seconds(Int seconds) {
  if (seconds < -64'800 || seconds > 64'800) fail("Zone offset not in valid range: -18:00 to +18:00");
  return unchecked(seconds);
}

ZoneOffset ZoneOffset::from(const Accessor& from) {
  if (const auto offset = from.offset()) return *offset;
  unobtainable("ZoneOffset", from.to_string(), from.type_name());
}

std::string ZoneOffset::id() const {
  if (seconds_ == 0) return "Z";
  const Int total = std::abs(seconds_);
  std::string text(1, seconds_ < 0 ? '-' : '+');
  append_padded(text, total / 3'600, 2);
  text.push_back(':');
  append_padded(text, total / 60 % 60, 2);
  if (total % 60 != 0) {
    text.push_back(':');
    append_padded(text, total % 60, 2);
  }
  return text;
}

}  // namespace sluice::painless::time
