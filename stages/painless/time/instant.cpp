#include "stages/painless/time/instant.h"

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/digits.h"
#include "stages/painless/time/extended_field.h"
#include "stages/painless/time/formatter.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/offset_date_time.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless::time {

Instant Instant::of_epoch_second(Long second, Long nanos) {
  const Long total = add_exact(second, floor_div(nanos, kNanosPerSecond));
  if (total < kMinSecond || total > kMaxSecond) fail("Instant exceeds minimum or maximum instant");
  return {total, static_cast<Int>(floor_mod(nanos, kNanosPerSecond))};
}

Instant Instant::of_epoch_milli(Long millis) {
  return {floor_div(millis, 1'000), static_cast<Int>(floor_mod(millis, 1'000) * 1'000'000)};
}

Instant Instant::from(const Accessor& from) {
  return obtained("Instant", from, [&] {
    const Long second = from.get_long(FieldId::kInstantSeconds);
    return of_epoch_second(second, from.get(FieldId::kNanoOfSecond));
  });
}

Long Instant::to_epoch_milli() const {
  if (second_ < 0 && nano_ > 0) {
    return add_exact(multiply_exact(second_ + 1, 1'000), nano_ / 1'000'000 - 1'000);
  }
  return add_exact(multiply_exact(second_, 1'000), nano_ / 1'000'000);
}

bool Instant::is_supported(Field field) const {
  if (!field.is_chrono()) return extended_supported(*this, field);
  return field == FieldId::kInstantSeconds || field == FieldId::kNanoOfSecond || field == FieldId::kMicroOfSecond ||
         field == FieldId::kMilliOfSecond;
}

ValueRange Instant::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  if (!is_supported(field)) unsupported_field(field.to_string());
  return field.range();
}

Int Instant::get(Field field) const {
  if (!field.is_chrono()) return extended_get(*this, field);
  if (field == FieldId::kInstantSeconds) unsupported_field(field.to_string());  // needs a long
  return field.check_int(get_long(field));
}

Long Instant::get_long(Field field) const {
  switch (field.id()) {
    case FieldId::kNanoOfSecond:
      return nano_;
    case FieldId::kMicroOfSecond:
      return nano_ / 1'000;
    case FieldId::kMilliOfSecond:
      return nano_ / 1'000'000;
    case FieldId::kInstantSeconds:
      return second_;
    default:
      if (!field.is_chrono()) return extended_get_long(*this, field);
      unsupported_field(field.to_string());
  }
}

Instant Instant::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  field.check(value);
  switch (field.id()) {
    case FieldId::kMilliOfSecond:
      return {second_, static_cast<Int>(value * 1'000'000)};
    case FieldId::kMicroOfSecond:
      return {second_, static_cast<Int>(value * 1'000)};
    case FieldId::kNanoOfSecond:
      return {second_, static_cast<Int>(value)};
    case FieldId::kInstantSeconds:
      return of_epoch_second(value, nano_);
    default:
      unsupported_field(field.to_string());
  }
}

Instant Instant::truncated_to(Unit unit) const {
  const Long step = truncation_step(unit);
  const Long in_day = second_ % kSecondsPerDay * kNanosPerSecond + nano_;
  return plus_nanos(floor_div(in_day, step) * step - in_day);
}

Instant Instant::plus(Long amount, Unit unit) const {
  switch (unit) {
    case Unit::kNanos:
      return plus_nanos(amount);
    case Unit::kMicros:
      return plus_parts(amount / 1'000'000, amount % 1'000'000 * 1'000);
    case Unit::kMillis:
      return plus_millis(amount);
    case Unit::kSeconds:
    case Unit::kMinutes:
    case Unit::kHours:
    case Unit::kHalfDays:
    case Unit::kDays:
      return plus_seconds(multiply_exact(amount, nanos_of(unit) / kNanosPerSecond));
    case Unit::kQuarterYears:
      unsupported_unit("Years");
    case Unit::kWeekBasedYears:
      return extended_with(*this, FieldId::kWeekBasedYear, amount);
    default:
      unsupported_unit(time::to_string(unit));
  }
}

Instant Instant::plus_parts(Long seconds, Long nanos) const {
  if ((seconds | nanos) == 0) return *this;
  const Long second = add_exact(add_exact(second_, seconds), nanos / kNanosPerSecond);
  return of_epoch_second(second, nanos % kNanosPerSecond + nano_);
}

Instant Instant::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Long Instant::until(const Instant& end, Unit unit) const {
  const Long seconds = subtract_exact(end.second_, second_);
  const Long nanos = Long{end.nano_} - nano_;
  switch (unit) {
    case Unit::kNanos:
      return add_exact(multiply_exact(seconds, kNanosPerSecond), nanos);
    case Unit::kMicros:
    case Unit::kMillis: {
      const Wide total = Wide{seconds} * kNanosPerSecond + nanos;
      const Wide whole = unit == Unit::kMillis ? Wide{end.to_epoch_milli()} - to_epoch_milli() : total / 1'000;
      if (whole > kMaxLong || whole < kMinLong) fail(DateTimeError::kArithmetic, "long overflow");
      return static_cast<Long>(whole);
    }
    case Unit::kSeconds:
    case Unit::kMinutes:
    case Unit::kHours:
    case Unit::kHalfDays:
    case Unit::kDays: {
      const Long whole = seconds > 0 && nanos < 0 ? seconds - 1 : (seconds < 0 && nanos > 0 ? seconds + 1 : seconds);
      return whole / (nanos_of(unit) / kNanosPerSecond);
    }
    case Unit::kQuarterYears:
      unsupported_unit("Months");
    case Unit::kWeekBasedYears:
      return extended_get_long(end, FieldId::kWeekBasedYear);
    default:
      unsupported_unit(time::to_string(unit));
  }
}

OffsetDateTime Instant::at_offset(ZoneOffset offset) const { return OffsetDateTime::of_instant(*this, offset); }

ZonedDateTime Instant::at_zone(ZoneId zone) const { return ZonedDateTime::of_instant(*this, zone); }

Int Instant::compare_to(const Instant& other) const {
  const Int seconds = three_way(second_, other.second_);
  return seconds != 0 ? seconds : nano_ - other.nano_;
}

Int Instant::hash() const {
  const auto nanos = 51U * static_cast<std::uint32_t>(nano_);
  return static_cast<Int>(static_cast<std::uint32_t>(hash_of_long(second_)) + nanos);
}

std::string Instant::to_string() const {
  // A year on each side is an instant's, but not a date's.
  constexpr Long kSecondsOfYear = 366 * kSecondsPerDay;
  if (second_ < kMinSecond + kSecondsOfYear || second_ > kMaxSecond - kSecondsOfYear) {
    return DateTimeFormatter::iso_instant().format(*this);
  }
  const LocalDateTime local = LocalDateTime::of_epoch_second(second_, nano_, ZoneOffset::utc());
  std::string text = local.to_string();
  if (local.second() == 0 && local.nano() == 0) text.append(":00");
  text.push_back('Z');
  return text;
}

}  // namespace sluice::painless::time
