#pragma once

#include "stages/painless/time/temporal.h"

namespace sluice::painless::time {

/// The fields of IsoFields, JulianFields and WeekFields, which are computed from ChronoFields of any accessor.
bool computed_supported(const Accessor& of, Field field);
ValueRange computed_range(const Accessor& of, Field field);
Long computed_get_long(const Accessor& of, Field field);
Temporal computed_with(const Temporal& of, Field field, Long value);

/// The same for one type.
template <typename T>
bool extended_supported(const T& of, Field field) {
  return computed_supported(TemporalView(of), field);
}
template <typename T>
ValueRange extended_range(const T& of, Field field) {
  return computed_range(TemporalView(of), field);
}
template <typename T>
Long extended_get_long(const T& of, Field field) {
  return computed_get_long(TemporalView(of), field);
}
template <typename T>
Int extended_get(const T& of, Field field) {
  return TemporalView(of).Accessor::get(field);
}
template <typename T>
T extended_with(const T& of, Field field, Long value) {
  return std::get<T>(computed_with(of, field, value).value());
}

}  // namespace sluice::painless::time
