#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stages/painless/time/field.h"

namespace sluice::painless::time {

class LocalDate;
class LocalTime;
class ZoneId;
class ZoneOffset;

/// What a formatter prints and what from() reads: Java's TemporalAccessor with its queries. A Temporal is one through
/// TemporalView, the outcome of a parse through Parsed. One thread at a time.
class Accessor {
 public:
  Accessor() = default;
  Accessor(const Accessor&) = default;
  Accessor& operator=(const Accessor&) = default;
  virtual ~Accessor() = default;

  [[nodiscard]] virtual bool is_supported(Field field) const = 0;
  /// Errors: UnsupportedTemporalTypeException `Unsupported field: NAME`.
  [[nodiscard]] virtual Long get_long(Field field) const = 0;
  [[nodiscard]] virtual ValueRange range(Field field) const;
  /// get_long() as an int. Errors: UnsupportedTemporalTypeException for the fields that need a long.
  [[nodiscard]] virtual Int get(Field field) const;

  /// TemporalQueries.localDate(), localTime(), offset(), zoneId() and precision().
  [[nodiscard]] virtual std::optional<LocalDate> local_date() const;
  [[nodiscard]] virtual std::optional<LocalTime> local_time() const;
  [[nodiscard]] virtual std::optional<ZoneOffset> offset() const;
  [[nodiscard]] virtual std::optional<ZoneId> zone_id() const;
  [[nodiscard]] virtual std::optional<Unit> precision() const;
  /// TemporalQueries.zone(): the zone, or the offset.
  [[nodiscard]] std::optional<ZoneId> zone() const;
  /// TemporalQueries.chronology() has an answer (it is ISO).
  [[nodiscard]] virtual bool has_chronology() const { return false; }

  [[nodiscard]] virtual std::string to_string() const = 0;
  /// The full name of its Java class.
  [[nodiscard]] virtual std::string_view type_name() const = 0;
};

}  // namespace sluice::painless::time
