#include "stages/painless/time/zoned_date_time.h"

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/digits.h"
#include "stages/painless/time/extended_field.h"
#include "stages/painless/time/offset_date_time.h"

namespace sluice::painless::time {
namespace {

[[noreturn]] void refuse_offset(const LocalDateTime& local, ZoneOffset offset, ZoneId zone) {
  if (zone.offsets_at(local).kind == LocalOffsets::kGap) {
    fail("LocalDateTime '" + local.to_string() + "' does not exist in zone '" + zone.to_string() +
         "' due to a gap in the local time-line, typically caused by daylight savings");
  }
  fail("ZoneOffset '" + offset.to_string() + "' is not valid for LocalDateTime '" + local.to_string() + "' in zone '" +
       zone.to_string() + "'");
}

}  // namespace

ZonedDateTime ZonedDateTime::of_local(const LocalDateTime& local, ZoneId zone, const ZoneOffset* preferred) {
  const LocalOffsets offsets = zone.offsets_at(local);
  if (offsets.kind == LocalOffsets::kUnique) return {local, offsets.before, zone};
  if (offsets.kind == LocalOffsets::kGap) {
    const Int length = offsets.after.total_seconds() - offsets.before.total_seconds();
    return {local.plus_seconds(length), offsets.after, zone};
  }
  const bool later = preferred != nullptr && *preferred == offsets.after;
  return {local, later ? offsets.after : offsets.before, zone};
}

ZonedDateTime ZonedDateTime::of_instant(const Instant& instant, ZoneId zone) {
  return create(instant.epoch_second(), instant.nano(), zone);
}

ZonedDateTime ZonedDateTime::of_instant(const LocalDateTime& local, ZoneOffset offset, ZoneId zone) {
  if (zone.is_valid_offset(local, offset)) return {local, offset, zone};
  return create(local.to_epoch_second(offset), local.nano(), zone);
}

ZonedDateTime ZonedDateTime::of_strict(const LocalDateTime& local, ZoneOffset offset, ZoneId zone) {
  if (!zone.is_valid_offset(local, offset)) refuse_offset(local, offset, zone);
  return {local, offset, zone};
}

ZonedDateTime ZonedDateTime::create(Long epoch_second, Int nano, ZoneId zone) {
  const ZoneOffset offset = zone.offset_at(epoch_second);
  return {LocalDateTime::of_epoch_second(epoch_second, nano, offset), offset, zone};
}

ZonedDateTime ZonedDateTime::start_of_day(const LocalDate& date, ZoneId zone) {
  const LocalDateTime midnight = date.at_start_of_day();
  const LocalOffsets offsets = zone.offsets_at(midnight);
  if (offsets.kind != LocalOffsets::kGap) return of(midnight, zone);
  return create(offsets.transition, 0, zone);
}

ZonedDateTime ZonedDateTime::from(const Accessor& from) {
  return obtained("ZonedDateTime", from, [&] {
    const ZoneId zone = ZoneId::from(from);
    if (from.is_supported(FieldId::kInstantSeconds)) {
      return create(from.get_long(FieldId::kInstantSeconds), from.get(FieldId::kNanoOfSecond), zone);
    }
    const LocalDate date = LocalDate::from(from);
    return of(date, LocalTime::from(from), zone);
  });
}

OffsetDateTime ZonedDateTime::to_offset_date_time() const { return OffsetDateTime::of(local_, offset_); }

bool ZonedDateTime::is_supported(Field field) const { return field.is_chrono() || extended_supported(*this, field); }

ValueRange ZonedDateTime::range(Field field) const {
  if (!field.is_chrono()) return extended_range(*this, field);
  if (field == FieldId::kInstantSeconds || field == FieldId::kOffsetSeconds) return field.range();
  return local_.range(field);
}

Int ZonedDateTime::get(Field field) const {
  if (!field.is_chrono()) return extended_get(*this, field);
  if (field == FieldId::kInstantSeconds) {
    fail(DateTimeError::kUnsupportedTemporalType,
         "Invalid field 'InstantSeconds' for get() method, use getLong() instead");
  }
  return field == FieldId::kOffsetSeconds ? offset_.total_seconds() : local_.get(field);
}

Long ZonedDateTime::get_long(Field field) const {
  if (!field.is_chrono()) return extended_get_long(*this, field);
  if (field == FieldId::kInstantSeconds) return to_epoch_second();
  return field == FieldId::kOffsetSeconds ? offset_.total_seconds() : local_.get_long(field);
}

ZonedDateTime ZonedDateTime::with(Field field, Long value) const {
  if (!field.is_chrono()) return extended_with(*this, field, value);
  if (field == FieldId::kInstantSeconds) return create(value, nano(), zone_);
  if (field == FieldId::kOffsetSeconds) return with(ZoneOffset::of_total_seconds(field.check_int(value)));
  return with(local_.with(field, value));
}

ZonedDateTime ZonedDateTime::with(ZoneOffset offset) const {
  if (offset == offset_ || !zone_.is_valid_offset(local_, offset)) return *this;
  return {local_, offset, zone_};
}

ZonedDateTime ZonedDateTime::with_zone_same_instant(ZoneId zone) const {
  return zone == zone_ ? *this : create(to_epoch_second(), nano(), zone);
}

ZonedDateTime ZonedDateTime::with_fixed_offset_zone() const { return {local_, offset_, offset_}; }

ZonedDateTime ZonedDateTime::with_earlier_offset_at_overlap() const {
  const LocalOffsets offsets = zone_.offsets_at(local_);
  return offsets.kind == LocalOffsets::kOverlap ? ZonedDateTime(local_, offsets.before, zone_) : *this;
}

ZonedDateTime ZonedDateTime::with_later_offset_at_overlap() const {
  const LocalOffsets offsets = zone_.offsets_at(local_);
  return offsets.kind == LocalOffsets::kOverlap ? ZonedDateTime(local_, offsets.after, zone_) : *this;
}

ZonedDateTime ZonedDateTime::plus(Long amount, Unit unit) const {
  const LocalDateTime local = local_.plus(amount, unit);
  return is_time_based(unit) ? moved_to(local) : with(local);
}

ZonedDateTime ZonedDateTime::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Long ZonedDateTime::until(const ZonedDateTime& end, Unit unit) const {
  if (is_time_based(unit)) return to_offset_date_time().until(end.to_offset_date_time(), unit);
  return local_.until(end.with_zone_same_instant(zone_).local_, unit);
}

Int ZonedDateTime::compare_moment(const ZonedDateTime& other) const {
  const Int seconds = three_way(to_epoch_second(), other.to_epoch_second());
  return seconds != 0 ? seconds : three_way(nano(), other.nano());
}

Int ZonedDateTime::compare_to(const ZonedDateTime& other) const {
  if (const Int seconds = three_way(to_epoch_second(), other.to_epoch_second()); seconds != 0) return seconds;
  if (nano() != other.nano()) return nano() - other.nano();
  if (const Int local = local_.compare_to(other.local_); local != 0) return local;
  return compare_texts(zone_.id(), other.zone_.id());
}

std::string ZonedDateTime::to_string() const {
  std::string text = local_.to_string() + offset_.to_string();
  if (!zone_.is_offset()) text.append("[").append(zone_.id()).append("]");
  return text;
}

}  // namespace sluice::painless::time
