#pragma once

#include <utility>

#include "stages/painless/api/time_natives.h"
#include "stages/painless/run/big_number.h"

/// java.math's values as arguments and results of natives that api::call<>() makes.
namespace sluice::painless::api {

template <>
inline constexpr std::string_view kJavaName<math::RoundingMode> = "java.math.RoundingMode";

/// What is done with a large number takes its time.
inline void check_time(Machine& machine, const BigInt& value) {
  if (!charge_time(machine, value)) time::fail(time::DateTimeError::kTooLarge, "");
}

template <>
inline decltype(auto) argument<const math::Decimal&>(Machine& machine, const Value& value) {
  if (value.is_null()) fail_null();
  check_time(machine, object<BigDecimal>(value).value.unscaled());
  return std::as_const(object<BigDecimal>(value).value);
}
template <>
inline decltype(auto) argument<const BigInt&>(Machine& machine, const Value& value) {
  if (value.is_null()) fail_null();
  check_time(machine, object<BigInteger>(value).value);
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
