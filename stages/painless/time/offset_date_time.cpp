#include "stages/painless/time/offset_date_time.h"

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/extended_field.h"
#include "stages/painless/time/offset_time.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless::time {

OffsetDateTime OffsetDateTime::of_instant(const Instant& instant, ZoneId zone) {
  const ZoneOffset offset = zone.offset_at(instant.epoch_second());
  return {LocalDateTime::of_epoch_second(instant.epoch_second(), instant.nano(), offset), offset};
}

OffsetDateTime OffsetDateTime::from(const Accessor& from) {
  return obtained("OffsetDateTime", from, [&] {
    const ZoneOffset offset = ZoneOffset::from(from);
    const auto date = from.local_date();
    const auto time = from.local_time();
    if (date && time) return of(*date, *time, offset);
    return of_instant(Instant::from(from), offset);
  });
}

OffsetTime OffsetDateTime::to_offset_time() const { return OffsetTime::of(local_.to_local_time(), offset_); }

ZonedDateTime OffsetDateTime::to_zoned_date_time() const { return ZonedDateTime::of(local_, offset_); }

ZonedDateTime OffsetDateTime::at_zone_same_instant(ZoneId zone) const {
  return ZonedDateTime::of_instant(local_, offset_, zone);
}

ZonedDateTime OffsetDateTime::at_zone_similar_local(ZoneId zone) const {
  return ZonedDateTime::of_local(local_, zone, &offset_);
}

bool OffsetDateTime::is_supported(Field field) const { return field.is_chrono() || extended_supported(*this, field); }

ValueRange OffsetDateTime::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  if (field == FieldId::kInstantSeconds || field == FieldId::kOffsetSeconds) return field.range();
  return local_.range(field);
}

Int OffsetDateTime::get(Field field) const {
  if (!field.is_chrono()) return extended_get(*this, field);
  if (field == FieldId::kInstantSeconds) {
    fail(DateTimeError::kUnsupportedTemporalType,
         "Invalid field 'InstantSeconds' for get() method, use getLong() instead");
  }
  return field == FieldId::kOffsetSeconds ? offset_.total_seconds() : local_.get(field);
}

Long OffsetDateTime::get_long(Field field) const {
  if (!field.is_chrono()) return extended_get_long(*this, field);
  if (field == FieldId::kInstantSeconds) return to_epoch_second();
  return field == FieldId::kOffsetSeconds ? offset_.total_seconds() : local_.get_long(field);
}

OffsetDateTime OffsetDateTime::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  if (field == FieldId::kInstantSeconds) return of_instant(Instant::of_epoch_second(value, nano()), offset_);
  if (field == FieldId::kOffsetSeconds) return {local_, ZoneOffset::of_total_seconds(field.check_int(value))};
  return with(local_.with(field, value));
}

OffsetDateTime OffsetDateTime::with_offset_same_instant(ZoneOffset offset) const {
  if (offset == offset_) return *this;
  return {local_.plus_seconds(offset.total_seconds() - offset_.total_seconds()), offset};
}

Long OffsetDateTime::until(const OffsetDateTime& end, Unit unit) const {
  return local_.until(end.with_offset_same_instant(offset_).local_, unit);
}

Int OffsetDateTime::compare_moment(const OffsetDateTime& other) const {
  const Int seconds = three_way(to_epoch_second(), other.to_epoch_second());
  return seconds != 0 ? seconds : nano() - other.nano();
}

Int OffsetDateTime::compare_to(const OffsetDateTime& other) const {
  if (offset_ == other.offset_) return local_.compare_to(other.local_);
  const Int moments = compare_moment(other);
  return moments != 0 ? moments : local_.compare_to(other.local_);
}

}  // namespace sluice::painless::time
