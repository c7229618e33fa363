#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "stages/painless/api/time_object.h"
#include "stages/painless/time/error.h"

/// How members of the types of time/ become natives, and the natives that all of java.time shares.
namespace sluice::painless::api {

/// The Java exception that `error` stands for, its causes too; returns Value::error().
Value raise(Machine& machine, const time::DateTimeError& error);
/// A null where Java asks for an object: a NullPointerException.
[[noreturn]] void fail_null(std::string_view message = {});

/// What a CharSequence says.
std::string_view characters(Machine& machine, const Value& value);

/// An object as a time::Accessor, while this lives.
class AccessorOf {
 public:
  explicit AccessorOf(const Value& value);
  operator const time::Accessor&() const { return *accessor_; }  // NOLINT(google-explicit-constructor)

 private:
  std::optional<time::TemporalView> view_;
  const time::Accessor* accessor_;
};

/// The C++ value of an argument, which has the declared type already. Errors: DateTimeError of a null.
template <typename P>
decltype(auto) argument(Machine& machine, const Value& value) {
  using T = std::remove_cvref_t<P>;
  (void)machine;
  if constexpr (std::is_same_v<T, Value>) {
    return (value);
  } else if constexpr (std::is_same_v<T, bool>) {
    return value.i != 0;
  } else if constexpr (std::is_same_v<T, Int> || std::is_same_v<T, Long>) {
    return static_cast<T>(value.i);
  } else {
    constexpr bool kIsText = std::is_same_v<T, std::string_view>;
    if (value.is_null()) fail_null(kIsText ? "text" : "");
    if constexpr (kIsText) {
      return characters(machine, value);
    } else if constexpr (std::is_same_v<T, time::Accessor>) {
      return AccessorOf(value);
    } else if constexpr (std::is_same_v<T, time::Temporal>) {
      return time::Temporal(*static_cast<TimeBase*>(value.o)->temporal());
    } else if constexpr (std::is_same_v<T, time::Amount>) {
      if (value.o->type == class_of<time::Period>()) return T(static_cast<TimeObject<time::Period>*>(value.o)->value);
      return T(static_cast<TimeObject<time::Duration>*>(value.o)->value);
    } else if constexpr (std::is_same_v<T, time::ZoneId>) {
      if (value.o->type == class_of<T>()) return static_cast<TimeObject<T>*>(value.o)->value;
      return T(static_cast<TimeObject<time::ZoneOffset>*>(value.o)->value);
    } else {
      return (static_cast<TimeObject<T>*>(value.o)->value);
    }
  }
}

template <typename R>
Value result(Machine& machine, R&& value) {
  using T = std::remove_cvref_t<R>;
  if constexpr (std::is_same_v<T, Value>) {
    return value;
  } else if constexpr (std::is_same_v<T, bool>) {
    return Value::boolean(value);
  } else if constexpr (std::is_same_v<T, Int>) {
    return Value::of_int(value);
  } else if constexpr (std::is_same_v<T, Long>) {
    return Value::of_long(value);
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    return machine.string_value(value);
  } else {
    return make<T>(machine, std::forward<R>(value));
  }
}

template <typename F>
struct Signature : Signature<decltype(&F::operator())> {
  static constexpr bool kIsLambda = true;
};
template <typename R, typename C, typename... A>
struct Signature<R (C::*)(A...) const> {
  static constexpr bool kIsLambda = false;
  using Self = std::tuple<const C&, A...>;
  using Plain = std::tuple<A...>;
};
template <typename R, typename C, typename... A>
struct Signature<R (C::*)(A...)> {
  static constexpr bool kIsLambda = false;
  using Self = std::tuple<C&, A...>;
};
template <typename R, typename... A>
struct Signature<R (*)(A...)> {
  static constexpr bool kIsLambda = true;
  using Plain = std::tuple<A...>;
};

template <auto kFunction, typename... A, std::size_t... I>
Value apply(Machine& machine, const Value* args, std::tuple<A...>* /*types*/, std::index_sequence<I...> /*each*/) {
  const auto each = [&]() -> decltype(auto) { return std::invoke(kFunction, argument<A>(machine, args[I])...); };
  if constexpr (std::is_void_v<decltype(each())>) {
    each();
    return Value::null();
  } else {
    return result(machine, each());
  }
}
template <auto kFunction, typename... A, std::size_t... I>
Value apply(Machine& machine, const Value* args, std::tuple<Machine&, A...>* /*types*/,
            std::index_sequence<I...> /*each*/) {
  return result(machine, kFunction(machine, argument<A>(machine, args[I])...));
}

/// A member function, function or lambda of C++ as a native: arguments and result are converted by their types, a
/// DateTimeError is raised as what it stands for. A lambda may take the machine first.
template <auto kFunction>
Value call(Machine& machine, const Value* args) {
  using Types = Signature<decltype(kFunction)>;
  const auto run = [&]<typename... A>(std::tuple<A...>* types) {
    constexpr bool kTakesMachine = (std::is_same_v<A, Machine&> || ...);
    return apply<kFunction>(machine, args, types, std::make_index_sequence<sizeof...(A) - (kTakesMachine ? 1 : 0)>());
  };
  try {
    if constexpr (Types::kIsLambda) {
      return run(static_cast<typename Types::Plain*>(nullptr));
    } else {
      return run(static_cast<typename Types::Self*>(nullptr));
    }
  } catch (const time::DateTimeError& error) {
    return raise(machine, error);
  }
}

// What all Temporals have, the receiver first.
Value temporal_plus_amount(Machine& machine, const Value* args);
Value temporal_minus_amount(Machine& machine, const Value* args);
Value temporal_plus_unit(Machine& machine, const Value* args);
Value temporal_minus_unit(Machine& machine, const Value* args);
Value temporal_with_field(Machine& machine, const Value* args);
/// The adjuster may be a lambda.
Value temporal_with_adjuster(Machine& machine, const Value* args);
/// Enum.name() and ordinal().
Value enum_name(Machine& machine, const Value* args);
Value enum_ordinal(Machine& machine, const Value* args);
/// compareTo() of the receiver's class, which a null has not.
Value compare_natively(Machine& machine, const Value* args);

/// TemporalQuery.queryFrom(): the query, which may be a lambda, then what it asks.
Value query_from(Machine& machine, const Value* args);

/// A constant of the allow-list.
template <auto kValue>
Value constant(Machine& machine, const Value* args) {
  (void)args;
  if constexpr (std::is_same_v<std::remove_const_t<decltype(kValue)>, time::FieldId>) {
    return make(machine, time::Field(kValue));
  } else {
    return make(machine, kValue);
  }
}

/// The values that an enum of `kCount` has from `kFirst` on, as Java's values().
template <typename E, int kFirst, int kCount>
Value enum_values(Machine& machine, const Value* args) {
  (void)args;
  auto* items = machine.heap().array<Value>(kCount);
  for (int i = 0; i < kCount; ++i) items[i] = make(machine, E(static_cast<EnumOf<E>>(kFirst + i)));
  const Type* type = Registry::get().array_of(class_of<E>()->type);
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(kCount), items));
}

}  // namespace sluice::painless::api
