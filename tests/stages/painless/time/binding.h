#pragma once

#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "tests/stages/painless/time/expression.h"

namespace sluice::painless::time::testing {

/// A value as the type of a C++ parameter. Nothing: Java wouldn't take it either.
template <typename T>
std::optional<T> as(const Value& value) {
  if constexpr (std::is_same_v<T, Long>) {
    if (const auto* number = std::get_if<Int>(&value)) return *number;
    if (const auto* number = std::get_if<Long>(&value)) return *number;
    return std::nullopt;
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::nullopt : std::optional<T>(*text);
  } else if constexpr (std::is_same_v<T, ZoneId>) {
    if (const auto* zone = std::get_if<ZoneId>(&value)) return *zone;
    const auto* temporal = std::get_if<Temporal>(&value);
    const auto* offset = temporal == nullptr ? nullptr : temporal->get_if<ZoneOffset>();
    return offset == nullptr ? std::nullopt : std::optional<T>(*offset);
  } else if constexpr (std::is_same_v<T, Amount>) {
    if (const auto* duration = std::get_if<Duration>(&value)) return *duration;
    if (const auto* period = std::get_if<Period>(&value)) return *period;
    return std::nullopt;
  } else if constexpr (kIsAlternative<T, Temporal::Value>) {
    const auto* temporal = std::get_if<Temporal>(&value);
    const T* exact = temporal == nullptr ? nullptr : temporal->get_if<T>();
    return exact == nullptr ? std::nullopt : std::optional<T>(*exact);
  } else {
    const T* exact = std::get_if<T>(&value);
    return exact == nullptr ? std::nullopt : std::optional<T>(*exact);
  }
}

template <typename R>
Value to_value(R&& result) {
  using Plain = std::remove_cvref_t<R>;
  if constexpr (std::is_same_v<Plain, Value>) return result;
  if constexpr (std::is_same_v<Plain, std::string_view>) {
    return std::string(result);
  } else if constexpr (kIsAlternative<Plain, Temporal::Value>) {
    return Temporal(result);
  } else if constexpr (std::is_same_v<Plain, ZoneId>) {
    if (result.is_offset()) return Temporal(result.offset_at(0));
    return result;
  } else {
    return Value(std::forward<R>(result));
  }
}

template <typename... A, typename Call, std::size_t... I>
std::optional<Value> apply(const Arguments& arguments, const Call& call, std::index_sequence<I...> /*each*/) {
  if (arguments.size() != sizeof...(A)) return std::nullopt;
  const std::tuple<std::optional<A>...> taken{as<A>(arguments[I])...};
  if (!(std::get<I>(taken).has_value() && ...)) return std::nullopt;
  return to_value(call(*std::get<I>(taken)...));
}

/// Binds `Type.name` to anything that takes the arguments A.
template <typename... A, typename Call>
void bind_static(const std::string& type, const std::string& name, Call call) {
  Methods::all().add(type, name, [call](const Value& /*self*/, const Arguments& arguments) {
    return apply<A...>(arguments, call, std::index_sequence_for<A...>());
  });
}

/// Binds `value.name` to anything that takes a Self and the arguments A.
template <typename Self, typename... A, typename Call>
void bind_method(const std::string& type, const std::string& name, Call call) {
  Methods::all().add(type, name, [call](const Value& self, const Arguments& arguments) -> std::optional<Value> {
    const auto target = as<Self>(self);
    if (!target) return std::nullopt;
    return apply<A...>(
        arguments, [&](const auto&... each) { return call(*target, each...); }, std::index_sequence_for<A...>());
  });
}

/// The same for a plain member function, whose type says the rest.
template <typename R, typename Self, typename... A>
void bind_member(const std::string& type, const std::string& name, R (Self::*member)(A...) const) {
  bind_method<Self, std::remove_cvref_t<A>...>(
      type, name, [member](const Self& self, const auto&... each) { return (self.*member)(each...); });
}
template <typename R, typename... A>
void bind_function(const std::string& type, const std::string& name, R (*function)(A...)) {
  bind_static<std::remove_cvref_t<A>...>(type, name, function);
}

void bind_dates();
void bind_moments();
void bind_amounts();
void bind_formatters();
void bind_legacy();

}  // namespace sluice::painless::time::testing
