#include "stages/painless/time/temporal.h"

#include <algorithm>
#include <utility>

namespace sluice::painless::time {
namespace {

template <typename T>
constexpr bool kWhole = !std::is_same_v<T, MonthDay> && !std::is_same_v<T, DayOfWeek> && !std::is_same_v<T, Month> &&
                        !std::is_same_v<T, ZoneOffset>;

/// The one field of the three that are little more than a number.
template <typename T>
struct OnlyField {
  static constexpr std::optional<FieldId> kField = std::nullopt;
};
template <>
struct OnlyField<DayOfWeek> {
  static constexpr std::optional<FieldId> kField = FieldId::kDayOfWeek;
};
template <>
struct OnlyField<Month> {
  static constexpr std::optional<FieldId> kField = FieldId::kMonthOfYear;
};
template <>
struct OnlyField<ZoneOffset> {
  static constexpr std::optional<FieldId> kField = FieldId::kOffsetSeconds;
};

Long number_of(DayOfWeek day) { return static_cast<Long>(day); }
Long number_of(Month month) { return static_cast<Long>(month); }
Long number_of(ZoneOffset offset) { return offset.total_seconds(); }

template <typename T>
[[noreturn]] void refuse_unit(Unit unit) {
  unsupported_unit(to_string(unit));
}

Temporal with_amount(const Temporal& to, const Duration& amount, bool minus) {
  Temporal result = to;
  const auto move = [&](Long by, Unit unit) {
    if (by != 0) result = minus ? result.minus(by, unit) : result.plus(by, unit);
  };
  move(amount.seconds(), Unit::kSeconds);
  move(amount.nano(), Unit::kNanos);
  return result;
}

template <typename T>
T date_moved(const T& to, const Period& amount, bool minus) {
  if (minus) return to.minus_months(amount.to_total_months()).minus_days(amount.days());
  return to.plus_months(amount.to_total_months()).plus_days(amount.days());
}

Temporal with_amount(const Temporal& to, const Period& amount, bool minus) {
  // Only once, at the end, does a zone say what becomes of a gap.
  if (const auto* zoned = to.get_if<ZonedDateTime>()) {
    return zoned->with(date_moved(zoned->to_local_date_time(), amount, minus));
  }
  Temporal result = to;
  const auto move = [&](Long by, Unit unit) {
    if (by != 0) result = minus ? result.minus(by, unit) : result.plus(by, unit);
  };
  if (amount.months() == 0) {
    move(amount.years(), Unit::kYears);
  } else {
    move(amount.to_total_months(), Unit::kMonths);
  }
  move(amount.days(), Unit::kDays);
  return result;
}

/// Java's adjustInto of each type: which fields it sets.
struct Adjust {
  const Temporal& target;

  Temporal operator()(const LocalDate& by) const { return target.with(FieldId::kEpochDay, by.to_epoch_day()); }
  Temporal operator()(const LocalTime& by) const { return target.with(FieldId::kNanoOfDay, by.to_nano_of_day()); }
  Temporal operator()(const LocalDateTime& by) const {
    return (*this)(by.to_local_date()).with(FieldId::kNanoOfDay, by.to_local_time().to_nano_of_day());
  }
  Temporal operator()(const OffsetDateTime& by) const {
    return (*this)(by.to_local_date_time()).with(FieldId::kOffsetSeconds, by.offset().total_seconds());
  }
  Temporal operator()(const OffsetTime& by) const {
    return (*this)(by.to_local_time()).with(FieldId::kOffsetSeconds, by.offset().total_seconds());
  }
  Temporal operator()(const Instant& by) const {
    return target.with(FieldId::kInstantSeconds, by.epoch_second()).with(FieldId::kNanoOfSecond, by.nano());
  }
  Temporal operator()(const Year& by) const { return target.with(FieldId::kYear, by.value()); }
  Temporal operator()(const YearMonth& by) const { return target.with(FieldId::kProlepticMonth, by.proleptic_month()); }
  Temporal operator()(const MonthDay& by) const {
    const Temporal in_month = target.with(FieldId::kMonthOfYear, by.month_value());
    const Long last = in_month.range(FieldId::kDayOfMonth).maximum();
    return in_month.with(FieldId::kDayOfMonth, std::min<Long>(last, by.day_of_month()));
  }
  Temporal operator()(DayOfWeek by) const { return target.with(FieldId::kDayOfWeek, number_of(by)); }
  Temporal operator()(Month by) const { return target.with(FieldId::kMonthOfYear, number_of(by)); }
  Temporal operator()(ZoneOffset by) const { return target.with(FieldId::kOffsetSeconds, by.total_seconds()); }
  Temporal operator()(const ZonedDateTime& /*by*/) const { return target; }
};

/// What a ZonedDateTime does itself, so that the local time is resolved once.
std::optional<Temporal> adjust_zoned(const ZonedDateTime& target, const Temporal& adjuster) {
  const LocalDateTime& local = target.to_local_date_time();
  if (const auto* date = adjuster.get_if<LocalDate>()) return target.with(local.with(*date));
  if (const auto* time = adjuster.get_if<LocalTime>()) return target.with(local.with(*time));
  if (const auto* both = adjuster.get_if<LocalDateTime>()) return target.with(*both);
  if (const auto* other = adjuster.get_if<OffsetDateTime>()) {
    const ZoneOffset offset = other->offset();
    return ZonedDateTime::of_local(other->to_local_date_time(), target.zone(), &offset);
  }
  if (const auto* instant = adjuster.get_if<Instant>()) return ZonedDateTime::of_instant(*instant, target.zone());
  if (const auto* offset = adjuster.get_if<ZoneOffset>()) return target.with(*offset);
  return std::nullopt;
}

}  // namespace

bool Temporal::is_supported(Field field) const {
  return std::visit(
      [&]<typename T>(const T& each) {
        if constexpr (OnlyField<T>::kField.has_value()) {
          if (field.is_chrono()) return field == *OnlyField<T>::kField;
          return std::is_same_v<T, Month> && field == FieldId::kQuarterOfYear;
        } else {
          return each.is_supported(field);
        }
      },
      value_);
}

bool Temporal::is_supported(Unit unit) const {
  return std::visit(
      [&]<typename T>(const T& each) {
        if constexpr (kWhole<T>) return each.is_supported(unit);
        return false;
      },
      value_);
}

ValueRange Temporal::range(Field field) const {
  return std::visit(
      [&]<typename T>(const T& each) {
        if constexpr (OnlyField<T>::kField.has_value()) {
          if (!is_supported(field)) unsupported_field(field.to_string());
          return field.range();
        } else {
          return each.range(field);
        }
      },
      value_);
}

Int Temporal::get(Field field) const {
  return std::visit(
      [&]<typename T>(const T& each) {
        if constexpr (OnlyField<T>::kField.has_value()) {
          return static_cast<Int>(get_long(field));
        } else {
          return each.get(field);
        }
      },
      value_);
}

Long Temporal::get_long(Field field) const {
  return std::visit(
      [&]<typename T>(const T& each) {
        if constexpr (OnlyField<T>::kField.has_value()) {
          if (!is_supported(field)) unsupported_field(field.to_string());
          return field.is_chrono() ? number_of(each) : (number_of(each) + 2) / 3;
        } else {
          return each.get_long(field);
        }
      },
      value_);
}

bool Temporal::is_temporal() const {
  return std::visit([]<typename T>(const T&) { return kWhole<T>; }, value_);
}

Temporal Temporal::with(Field field, Long value) const {
  return std::visit(
      [&]<typename T>(const T& each) -> Temporal {
        if constexpr (kWhole<T>) return each.with(field, value);
        unsupported_field(field.to_string());
      },
      value_);
}

Temporal Temporal::plus(Long amount, Unit unit) const {
  return std::visit(
      [&]<typename T>(const T& each) -> Temporal {
        if constexpr (kWhole<T>) return each.plus(amount, unit);
        refuse_unit<T>(unit);
      },
      value_);
}

Temporal Temporal::minus(Long amount, Unit unit) const {
  return std::visit(
      [&]<typename T>(const T& each) -> Temporal {
        if constexpr (kWhole<T>) return each.minus(amount, unit);
        refuse_unit<T>(unit);
      },
      value_);
}

Temporal Temporal::plus(const Amount& amount) const {
  return std::visit([&](const auto& each) { return with_amount(*this, each, false); }, amount);
}

Temporal Temporal::minus(const Amount& amount) const {
  return std::visit([&](const auto& each) { return with_amount(*this, each, true); }, amount);
}

Long Temporal::until(const Temporal& end, Unit unit) const {
  return std::visit(
      [&]<typename T>(const T& each) -> Long {
        if constexpr (kWhole<T>) {
          if (const T* same = end.get_if<T>()) return each.until(*same, unit);
          return each.until(T::from(TemporalView(end)), unit);
        }
        refuse_unit<T>(unit);
      },
      value_);
}

Temporal Temporal::adjusted_by(const Temporal& adjuster) const {
  if (adjuster.value_.index() == value_.index() && is_temporal()) return adjuster;
  if (const auto* zoned = get_if<ZonedDateTime>()) {
    if (auto adjusted = adjust_zoned(*zoned, adjuster)) return *adjusted;
  }
  if (const auto* dated = get_if<OffsetDateTime>()) {
    if (const auto* instant = adjuster.get_if<Instant>()) return OffsetDateTime::of_instant(*instant, dated->offset());
  }
  return std::visit(Adjust{*this}, adjuster.value_);
}

std::optional<LocalDate> Temporal::local_date() const {
  return std::visit(
      []<typename T>(const T& each) -> std::optional<LocalDate> {
        if constexpr (std::is_same_v<T, LocalDate>) {
          return each;
        } else if constexpr (requires { each.to_local_date(); }) {
          return each.to_local_date();
        } else {
          return std::nullopt;
        }
      },
      value_);
}

std::optional<LocalTime> Temporal::local_time() const {
  return std::visit(
      []<typename T>(const T& each) -> std::optional<LocalTime> {
        if constexpr (std::is_same_v<T, LocalTime>) {
          return each;
        } else if constexpr (requires { each.to_local_time(); }) {
          return each.to_local_time();
        } else {
          return std::nullopt;
        }
      },
      value_);
}

std::optional<ZoneOffset> Temporal::offset() const {
  return std::visit(
      []<typename T>(const T& each) -> std::optional<ZoneOffset> {
        if constexpr (std::is_same_v<T, ZoneOffset>) {
          return each;
        } else if constexpr (requires { each.offset(); }) {
          return each.offset();
        } else {
          return std::nullopt;
        }
      },
      value_);
}

std::optional<ZoneId> Temporal::zone_id() const {
  const auto* zoned = get_if<ZonedDateTime>();
  return zoned == nullptr ? std::nullopt : std::optional(zoned->zone());
}

std::optional<Unit> Temporal::precision() const {
  return std::visit(
      []<typename T>(const T&) -> std::optional<Unit> {
        if constexpr (std::is_same_v<T, LocalDate> || std::is_same_v<T, DayOfWeek>) return Unit::kDays;
        if constexpr (std::is_same_v<T, Year>) return Unit::kYears;
        if constexpr (std::is_same_v<T, YearMonth> || std::is_same_v<T, Month>) return Unit::kMonths;
        if constexpr (std::is_same_v<T, MonthDay> || std::is_same_v<T, ZoneOffset>) return std::nullopt;
        return Unit::kNanos;
      },
      value_);
}

bool Temporal::has_chronology() const {
  return std::visit(
      []<typename T>(const T&) {
        return !std::is_same_v<T, LocalTime> && !std::is_same_v<T, OffsetTime> && !std::is_same_v<T, Instant> &&
               !std::is_same_v<T, DayOfWeek> && !std::is_same_v<T, ZoneOffset>;
      },
      value_);
}

std::string Temporal::to_string() const {
  return std::visit(
      []<typename T>(const T& each) {
        if constexpr (std::is_enum_v<T>) {
          return std::string(name_of(each));
        } else {
          return each.to_string();
        }
      },
      value_);
}

std::string_view Temporal::type_name() const {
  return std::visit(
      []<typename T>(const T&) -> std::string_view {
        if constexpr (std::is_same_v<T, DayOfWeek>) return "java.time.DayOfWeek";
        if constexpr (std::is_same_v<T, Month>) return "java.time.Month";
        if constexpr (requires { T::kTypeName; }) return T::kTypeName;
        return "";
      },
      value_);
}

Int Temporal::hash() const {
  return std::visit(
      []<typename T>(const T& each) {
        if constexpr (std::is_enum_v<T>) {
          return static_cast<Int>(each) - 1;
        } else {
          return each.hash();
        }
      },
      value_);
}

DayOfWeek day_of_week_from(const Accessor& from) {
  return obtained("DayOfWeek", from, [&] { return day_of_week_of(from.get(FieldId::kDayOfWeek)); });
}

Month month_from(const Accessor& from) {
  return obtained("Month", from, [&] { return month_of(from.get(FieldId::kMonthOfYear)); });
}

}  // namespace sluice::painless::time
