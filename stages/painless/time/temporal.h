#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "stages/painless/time/accessor.h"
#include "stages/painless/time/duration.h"
#include "stages/painless/time/month_day.h"
#include "stages/painless/time/offset_date_time.h"
#include "stages/painless/time/offset_time.h"
#include "stages/painless/time/period.h"
#include "stages/painless/time/year.h"
#include "stages/painless/time/year_month.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless::time {

/// Java's TemporalAmount.
using Amount = std::variant<Duration, Period>;

template <typename T, typename Variant>
inline constexpr bool kIsAlternative = false;
template <typename T, typename... Each>
inline constexpr bool kIsAlternative<T, std::variant<Each...>> = (std::is_same_v<T, Each> || ...);

/// Any of the values of java.time that Java calls a Temporal or a TemporalAccessor, and what can be done with it
/// whatever it is. 32 bytes, trivially copyable.
class Temporal {
 public:
  using Value = std::variant<LocalDate, LocalTime, LocalDateTime, ZonedDateTime, OffsetDateTime, OffsetTime, Instant,
                             Year, YearMonth, MonthDay, DayOfWeek, Month, ZoneOffset>;

  template <typename T>
    requires kIsAlternative<T, Value>
  constexpr Temporal(const T& value)  // NOLINT(google-explicit-constructor): each of them is a Temporal
      : value_(std::in_place_type<T>, value) {}

  [[nodiscard]] const Value& value() const { return value_; }
  template <typename T>
  [[nodiscard]] const T* get_if() const {
    return std::get_if<T>(&value_);
  }

  [[nodiscard]] bool is_supported(Field field) const;
  [[nodiscard]] bool is_supported(Unit unit) const;
  [[nodiscard]] ValueRange range(Field field) const;
  [[nodiscard]] Int get(Field field) const;
  [[nodiscard]] Long get_long(Field field) const;

  /// Java's Temporal. Of the four that aren't one (MonthDay, DayOfWeek, Month, ZoneOffset) is_temporal() is false and
  /// the rest refuses the field or the unit.
  [[nodiscard]] bool is_temporal() const;
  [[nodiscard]] Temporal with(Field field, Long value) const;
  [[nodiscard]] Temporal plus(Long amount, Unit unit) const;
  [[nodiscard]] Temporal minus(Long amount, Unit unit) const;
  [[nodiscard]] Temporal plus(const Amount& amount) const;
  [[nodiscard]] Temporal minus(const Amount& amount) const;
  /// Whole units to `end`, which is converted to this type.
  [[nodiscard]] Long until(const Temporal& end, Unit unit) const;
  /// Java's with(TemporalAdjuster), the adjuster being a date, a time, a zone offset, ...
  [[nodiscard]] Temporal adjusted_by(const Temporal& adjuster) const;

  [[nodiscard]] std::optional<LocalDate> local_date() const;
  [[nodiscard]] std::optional<LocalTime> local_time() const;
  [[nodiscard]] std::optional<ZoneOffset> offset() const;
  [[nodiscard]] std::optional<ZoneId> zone_id() const;
  [[nodiscard]] std::optional<Unit> precision() const;
  [[nodiscard]] bool has_chronology() const;

  [[nodiscard]] std::string to_string() const;
  /// The full name of its Java class.
  [[nodiscard]] std::string_view type_name() const;
  /// Java's hashCode; of the enums the ordinal (Java's is an address).
  [[nodiscard]] Int hash() const;
  friend bool operator==(const Temporal&, const Temporal&) = default;

 private:
  Value value_;
};

/// A Temporal as an Accessor.
class TemporalView final : public Accessor {
 public:
  explicit TemporalView(const Temporal& temporal) : temporal_(temporal) {}

  [[nodiscard]] bool is_supported(Field field) const override { return temporal_.is_supported(field); }
  [[nodiscard]] Long get_long(Field field) const override { return temporal_.get_long(field); }
  [[nodiscard]] ValueRange range(Field field) const override { return temporal_.range(field); }
  [[nodiscard]] Int get(Field field) const override { return temporal_.get(field); }
  [[nodiscard]] std::optional<LocalDate> local_date() const override { return temporal_.local_date(); }
  [[nodiscard]] std::optional<LocalTime> local_time() const override { return temporal_.local_time(); }
  [[nodiscard]] std::optional<ZoneOffset> offset() const override { return temporal_.offset(); }
  [[nodiscard]] std::optional<ZoneId> zone_id() const override { return temporal_.zone_id(); }
  [[nodiscard]] std::optional<Unit> precision() const override { return temporal_.precision(); }
  [[nodiscard]] bool has_chronology() const override { return temporal_.has_chronology(); }
  [[nodiscard]] std::string to_string() const override { return temporal_.to_string(); }
  [[nodiscard]] std::string_view type_name() const override { return temporal_.type_name(); }

 private:
  Temporal temporal_;
};

/// Java's T.plus(TemporalAmount) and T.minus(TemporalAmount).
template <typename T>
T plus_amount(const T& to, const Amount& amount) {
  return std::get<T>(Temporal(to).plus(amount).value());
}
template <typename T>
T minus_amount(const T& from, const Amount& amount) {
  return std::get<T>(Temporal(from).minus(amount).value());
}
/// Java's T.with(TemporalAdjuster).
template <typename T>
T adjust(const T& target, const Temporal& adjuster) {
  return std::get<T>(Temporal(target).adjusted_by(adjuster).value());
}

}  // namespace sluice::painless::time
