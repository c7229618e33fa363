#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "stages/painless/api/natives.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/time/adjusters.h"
#include "stages/painless/time/formatter.h"
#include "stages/painless/time/json_text.h"
#include "stages/painless/time/styles.h"
#include "stages/painless/time/temporal.h"

/// java.time's values as objects of a script.
namespace sluice::painless::api {

using time::Int;
using time::Long;

/// java.time.chrono.IsoChronology, the only one there is.
struct IsoChronology {
  static constexpr std::string_view kTypeName = "java.time.chrono.IsoChronology";
  [[nodiscard]] std::string to_string() const { return "ISO"; }
  friend bool operator==(const IsoChronology&, const IsoChronology&) = default;
};

/// The Java class that a C++ type of time/ stands for.
template <typename T>
inline constexpr std::string_view kJavaName = T::kTypeName;
template <>
inline constexpr std::string_view kJavaName<time::ZoneId> = "java.time.ZoneRegion";
template <>
inline constexpr std::string_view kJavaName<time::Month> = "java.time.Month";
template <>
inline constexpr std::string_view kJavaName<time::DayOfWeek> = "java.time.DayOfWeek";
template <>
inline constexpr std::string_view kJavaName<time::Unit> = "java.time.temporal.ChronoUnit";
template <>
inline constexpr std::string_view kJavaName<time::Field> = "java.time.temporal.ChronoField";
template <>
inline constexpr std::string_view kJavaName<time::ValueRange> = "java.time.temporal.ValueRange";
template <>
inline constexpr std::string_view kJavaName<time::Adjuster> = "java.time.temporal.TemporalAdjusters$$Lambda";
template <>
inline constexpr std::string_view kJavaName<time::DateTimeFormatter> = "java.time.format.DateTimeFormatter";
template <>
inline constexpr std::string_view kJavaName<time::Parsed> = "java.time.format.Parsed";
template <>
inline constexpr std::string_view kJavaName<time::TextStyle> = "java.time.format.TextStyle";
template <>
inline constexpr std::string_view kJavaName<time::FormatStyle> = "java.time.format.FormatStyle";
template <>
inline constexpr std::string_view kJavaName<time::ResolverStyle> = "java.time.format.ResolverStyle";
template <>
inline constexpr std::string_view kJavaName<time::SignStyle> = "java.time.format.SignStyle";
template <>
inline constexpr std::string_view kJavaName<time::Locale> = "java.util.Locale";

/// The C++ enum behind a Java one: a Field is a class around its FieldId.
template <typename E>
struct EnumBehind {
  using Type = E;
};
template <>
struct EnumBehind<time::Field> {
  using Type = time::FieldId;
};
template <typename E>
using EnumOf = typename EnumBehind<E>::Type;

template <typename T>
const Class* class_of() {
  static const Class* const found = Registry::get().class_named(kJavaName<T>);
  return found;
}
/// The class of a field that is no ChronoField; of a unit that is no ChronoUnit.
const Class* class_of_field(time::Field field);
const Class* class_of_unit();
/// Enum.ordinal() of them.
Int ordinal_of(time::Field field);
Int ordinal_of(time::Unit unit);

/// The class of a value, which of fields and units isn't the same for all of them.
template <typename T>
const Class* class_of_value(const T& value) {
  if constexpr (std::is_same_v<T, time::Field>) {
    if (!value.is_chrono()) return class_of_field(value);
  } else if constexpr (std::is_same_v<T, time::Unit>) {
    if (value > time::Unit::kForever) return class_of_unit();
  }
  return class_of<T>();
}

/// What all objects of java.time have in common: what may be asked of one whose class isn't known.
struct TimeBase : Object {
  using Object::Object;
  /// As a Temporal, where it is one.
  [[nodiscard]] virtual std::optional<time::Temporal> temporal() const { return std::nullopt; }
  /// What Enum.ordinal() and Enum.name() say; nothing and empty where it is no enum.
  [[nodiscard]] virtual std::optional<Int> ordinal() const { return std::nullopt; }
  [[nodiscard]] virtual std::string_view enum_name() const { return {}; }

 protected:
  ~TimeBase() = default;
};

/// An object that holds a T of time/. Its Java methods are T's.
template <typename T>
struct TimeObject final : TimeBase {
  T value;

  explicit TimeObject(T its_value) : TimeBase(class_of_value(its_value)), value(std::move(its_value)) {}

  static constexpr bool kIsTemporal = time::kIsAlternative<T, time::Temporal::Value>;
  static constexpr bool kIsEnum = std::is_enum_v<T> || std::is_same_v<T, time::Field>;

  [[nodiscard]] std::optional<time::Temporal> temporal() const override {
    if constexpr (kIsTemporal) return time::Temporal(value);
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Int> ordinal() const override {
    if constexpr (std::is_same_v<T, time::Field> || std::is_same_v<T, time::Unit>) {
      return ordinal_of(value);
    } else if constexpr (std::is_same_v<T, time::Month> || std::is_same_v<T, time::DayOfWeek>) {
      return static_cast<Int>(value) - 1;
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<Int>(value);
    }
    return std::nullopt;
  }
  [[nodiscard]] std::string_view enum_name() const override {
    if constexpr (std::is_same_v<T, time::Field>) {
      return value.name();
    } else if constexpr (std::is_enum_v<T>) {
      return name_of(value);
    }
    return {};
  }

  Value to_string(Machine& machine) override {
    if constexpr (std::is_same_v<T, time::Unit>) {
      return machine.string_value(time::to_string(value));
    } else if constexpr (std::is_enum_v<T>) {
      return machine.string_value(name_of(value));
    } else if constexpr (requires { value.to_string(); }) {
      return machine.string_value(value.to_string());
    }
    return Object::to_string(machine);
  }
  bool equals(Machine& machine, const Value& other) override {
    if constexpr (requires { value == value; }) {
      (void)machine;
      return other.is_object() && other.o->type == type && static_cast<TimeObject*>(other.o)->value == value;
    }
    return Object::equals(machine, other);
  }
  std::int32_t hash(Machine& machine) override {
    if constexpr (requires { value.hash(); }) {
      (void)machine;
      return value.hash();
    } else if constexpr (kIsEnum) {
      return *ordinal();  // Java's is an address
    }
    return Object::hash(machine);
  }
  int compare(Machine& machine, const Value& other) override {
    constexpr bool kComparable = requires { value.compare_to(value); };
    if constexpr (kComparable || kIsEnum) {
      if (!other.is_object() || other.o->type != type) {
        machine.raise(known().class_cast, class_cast_text(*machine.class_of(other), type->java_name));
        return 0;
      }
      auto& right = *static_cast<TimeObject*>(other.o);
      if constexpr (kComparable) {
        return value.compare_to(right.value);
      } else {
        return *ordinal() - *right.ordinal();
      }
    }
    return Object::compare(machine, other);
  }
  bool write_json(Machine& machine, std::string& out, int depth) override {
    std::optional<std::string> text;
    if constexpr (requires { time::json_text(value); }) {
      text = time::json_text(value);
    } else if constexpr (std::is_same_v<T, time::Duration> || std::is_same_v<T, time::Period>) {
      text = value.to_string();
    } else if constexpr (kIsEnum) {
      text = to_java_text(machine);
    }
    if (!text) return Object::write_json(machine, out, depth);
    append_json_text(out, *text);
    return true;
  }

 private:
  std::string to_java_text(Machine& machine) { return std::string(static_cast<String*>(to_string(machine).o)->text()); }
};

/// A new object. A ZoneId that is an offset becomes a ZoneOffset, a Temporal what it holds.
template <typename T>
Value make(Machine& machine, T value) {
  if constexpr (std::is_same_v<T, time::Temporal>) {
    return std::visit([&](const auto& each) { return make(machine, each); }, value.value());
  } else if constexpr (std::is_same_v<T, time::Amount>) {
    return std::visit([&](const auto& each) { return make(machine, each); }, value);
  } else {
    if constexpr (std::is_same_v<T, time::ZoneId>) {
      if (value.is_offset()) return make(machine, value.offset_at(0));
    }
    return Value::of(machine.heap().make<TimeObject<T>>(std::move(value)));
  }
}

}  // namespace sluice::painless::api
