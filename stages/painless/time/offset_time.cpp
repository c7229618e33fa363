#include "stages/painless/time/offset_time.h"

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/extended_field.h"
#include "stages/painless/time/offset_date_time.h"

namespace sluice::painless::time {

OffsetTime OffsetTime::of_instant(const Instant& instant, ZoneId zone) {
  const ZoneOffset offset = zone.offset_at(instant.epoch_second());
  const Long second = floor_mod(instant.epoch_second() + offset.total_seconds(), kSecondsPerDay);
  return {LocalTime::of_nano_of_day(second * kNanosPerSecond + instant.nano()), offset};
}

OffsetTime OffsetTime::from(const Accessor& from) {
  return obtained("OffsetTime", from, [&] {
    const LocalTime time = LocalTime::from(from);
    return OffsetTime(time, ZoneOffset::from(from));
  });
}

bool OffsetTime::is_supported(Field field) const {
  if (!field.is_chrono()) return extended_supported(*this, field);
  return field.is_time_based() || field == FieldId::kOffsetSeconds;
}

ValueRange OffsetTime::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  return field == FieldId::kOffsetSeconds ? field.range() : time_.range(field);
}

Int OffsetTime::get(Field field) const {
  return extended_get(*this, field);  // Java's own for fields of every kind
}

Long OffsetTime::get_long(Field field) const {
  return field == FieldId::kOffsetSeconds ? offset_.total_seconds() : time_.get_long(field);
}

OffsetTime OffsetTime::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  if (field == FieldId::kOffsetSeconds) return {time_, ZoneOffset::of_total_seconds(field.check_int(value))};
  return with(time_.with(field, value));
}

OffsetTime OffsetTime::with_offset_same_instant(ZoneOffset offset) const {
  return {time_.plus_seconds(offset.total_seconds() - offset_.total_seconds()), offset};
}

Long OffsetTime::until(const OffsetTime& end, Unit unit) const {
  if (!is_time_based(unit)) return time_.until(end.time_, unit);
  return (end.epoch_nano() - epoch_nano()) / nanos_of(unit);
}

OffsetDateTime OffsetTime::at_date(const LocalDate& date) const { return OffsetDateTime::of(date, time_, offset_); }

Int OffsetTime::compare_to(const OffsetTime& other) const {
  if (offset_ == other.offset_) return time_.compare_to(other.time_);
  const Int moments = three_way(epoch_nano(), other.epoch_nano());
  return moments != 0 ? moments : time_.compare_to(other.time_);
}

}  // namespace sluice::painless::time
