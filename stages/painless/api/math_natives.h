#pragma once

#include <utility>

#include "stages/painless/api/time_natives.h"
#include "stages/painless/run/big_number.h"

/// java.math's values as arguments and results of natives that api::call<>() makes.
namespace sluice::painless::api {

template <>
inline constexpr std::string_view kJavaName<math::RoundingMode> = "java.math.RoundingMode";

template <>
inline decltype(auto) argument<const math::Decimal&>(Machine& machine, const Value& value) {
  (void)machine;
  if (value.is_null()) fail_null();
  return std::as_const(object<BigDecimal>(value).value);
}
template <>
inline decltype(auto) argument<const BigInt&>(Machine& machine, const Value& value) {
  (void)machine;
  if (value.is_null()) fail_null();
  return std::as_const(object<BigInteger>(value).value);
}

template <>
inline Value make<math::Decimal>(Machine& machine, math::Decimal value) {
  return make_big(machine, std::move(value));
}
template <>
inline Value make<BigInt>(Machine& machine, BigInt value) {
  return make_big(machine, std::move(value));
}

/// An array of two.
template <typename T>
Value make_pair(Machine& machine, const Class* of, std::pair<T, T> both) {
  auto* items = machine.heap().array<Value>(2);
  items[0] = make_big(machine, std::move(both.first));
  items[1] = make_big(machine, std::move(both.second));
  if (machine.failed()) return Value::error();
  return made(machine.heap().make<Array>(known().object, Registry::get().array_of(of->type), 2U, items));
}

}  // namespace sluice::painless::api
