#include "stages/painless/time/local_date_time.h"

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/digits.h"
#include "stages/painless/time/extended_field.h"
#include "stages/painless/time/instant.h"
#include "stages/painless/time/offset_date_time.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless::time {

LocalDateTime LocalDateTime::of(Int year, Int month, Int day, Int hour, Int minute, Int second, Int nano) {
  return {LocalDate::of(year, month, day), LocalTime::of(hour, minute, second, nano)};
}

LocalDateTime LocalDateTime::of_instant(const Instant& instant, ZoneId zone) {
  return of_epoch_second(instant.epoch_second(), instant.nano(), zone.offset_at(instant.epoch_second()));
}

LocalDateTime LocalDateTime::of_epoch_second(Long second, Int nano, ZoneOffset offset) {
  Field(FieldId::kNanoOfSecond).check(nano);
  const Long local = wrapping_add(second, offset.total_seconds());
  const Long in_day = floor_mod(local, kSecondsPerDay);
  return {LocalDate::of_epoch_day(floor_div(local, kSecondsPerDay)),
          LocalTime::of_nano_of_day(in_day * kNanosPerSecond + nano)};
}

LocalDateTime LocalDateTime::from(const Accessor& from) {
  return obtained("LocalDateTime", from, [&] {
    const LocalDate date = LocalDate::from(from);
    return LocalDateTime(date, LocalTime::from(from));
  });
}

bool LocalDateTime::is_supported(Field field) const {
  if (!field.is_chrono()) return extended_supported(*this, field);
  return field.is_date_based() || field.is_time_based();
}

ValueRange LocalDateTime::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  return field.is_time_based() ? time_.range(field) : date_.range(field);
}

Int LocalDateTime::get(Field field) const {
  if (!field.is_chrono()) return extended_get(*this, field);
  return field.is_time_based() ? time_.get(field) : date_.get(field);
}

Long LocalDateTime::get_long(Field field) const {
  if (!field.is_chrono()) return extended_get_long(*this, field);
  return field.is_time_based() ? time_.get_long(field) : date_.get_long(field);
}

LocalDateTime LocalDateTime::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  return field.is_time_based() ? with(time_.with(field, value)) : with(date_.with(field, value));
}

LocalDateTime LocalDateTime::plus(Long amount, Unit unit) const {
  if (!is_time_based(unit)) return with(date_.plus(amount, unit));
  // The JDK takes 256 half days for a day here, and what scripts get from it is what they get here.
  if (unit == Unit::kHalfDays) return plus_days(amount / 256).plus_hours(amount % 256 * 12);
  return plus_step(amount, unit);
}

LocalDateTime LocalDateTime::plus_step(Long amount, Unit unit) const {
  const Long step = nanos_of(unit);
  const Long per_day = kNanosPerDay / step;
  const Long nanos = amount % per_day * step + time_.to_nano_of_day();
  const Long days = amount / per_day + floor_div(nanos, kNanosPerDay);
  return {date_.plus_days(days), LocalTime::of_nano_of_day(floor_mod(nanos, kNanosPerDay))};
}

LocalDateTime LocalDateTime::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Long LocalDateTime::until(const LocalDateTime& end, Unit unit) const {
  if (is_time_based(unit)) {
    Long days = end.date_.to_epoch_day() - date_.to_epoch_day();
    if (days == 0) return time_.until(end.time_, unit);
    Long rest = end.time_.to_nano_of_day() - time_.to_nano_of_day();
    if (days > 0) {
      --days;
      rest += kNanosPerDay;
    } else {
      ++days;
      rest -= kNanosPerDay;
    }
    const Long step = nanos_of(unit);
    return add_exact(multiply_exact(days, kNanosPerDay / step), rest / step);
  }
  LocalDate last = end.date_;
  if (last.is_after(date_) && end.time_.is_before(time_)) {
    last = last.minus_days(1);
  } else if (last.is_before(date_) && end.time_.is_after(time_)) {
    last = last.plus_days(1);
  }
  return date_.until(last, unit);
}

OffsetDateTime LocalDateTime::at_offset(ZoneOffset offset) const { return OffsetDateTime::of(*this, offset); }

ZonedDateTime LocalDateTime::at_zone(ZoneId zone) const { return ZonedDateTime::of(*this, zone); }

Long LocalDateTime::to_epoch_second(ZoneOffset offset) const { return local_second() - offset.total_seconds(); }

Instant LocalDateTime::to_instant(ZoneOffset offset) const {
  return Instant::of_epoch_second(to_epoch_second(offset), nano());
}

Int LocalDateTime::compare_to(const LocalDateTime& other) const {
  const Int dates = date_.compare_to(other.date_);
  return dates != 0 ? dates : time_.compare_to(other.time_);
}

std::string LocalDateTime::to_string() const {
  std::string text;
  append_date(text, date_);
  text.push_back('T');
  append_time(text, time_);
  return text;
}

}  // namespace sluice::painless::time
