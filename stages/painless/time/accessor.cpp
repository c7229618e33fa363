#include "stages/painless/time/accessor.h"

#include "stages/painless/time/temporal.h"

namespace sluice::painless::time {

ValueRange Accessor::range(Field field) const {
  if (!is_supported(field)) unsupported_field(field.to_string());
  return field.range();
}

Int Accessor::get(Field field) const {
  const ValueRange all = range(field);
  if (!all.is_int_value()) {
    fail(DateTimeError::kUnsupportedTemporalType,
         "Invalid field " + field.to_string() + " for get() method, use getLong() instead");
  }
  const Long value = get_long(field);
  if (!all.is_valid_value(value)) all.check(value, field.to_string());
  return static_cast<Int>(value);
}

std::optional<LocalDate> Accessor::local_date() const {
  if (!is_supported(FieldId::kEpochDay)) return std::nullopt;
  return LocalDate::of_epoch_day(get_long(FieldId::kEpochDay));
}

std::optional<LocalTime> Accessor::local_time() const {
  if (!is_supported(FieldId::kNanoOfDay)) return std::nullopt;
  return LocalTime::of_nano_of_day(get_long(FieldId::kNanoOfDay));
}

std::optional<ZoneOffset> Accessor::offset() const {
  if (!is_supported(FieldId::kOffsetSeconds)) return std::nullopt;
  return ZoneOffset::of_total_seconds(get(FieldId::kOffsetSeconds));
}

std::optional<ZoneId> Accessor::zone_id() const { return std::nullopt; }

std::optional<Unit> Accessor::precision() const { return std::nullopt; }

std::optional<ZoneId> Accessor::zone() const {
  if (const auto zone = zone_id()) return zone;
  if (const auto known = offset()) return ZoneId(*known);
  return std::nullopt;
}

}  // namespace sluice::painless::time
