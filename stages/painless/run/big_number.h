#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/multiprecision/cpp_int.hpp>

#include "stages/painless/run/object.h"

namespace sluice::painless {

using BigInt = boost::multiprecision::cpp_int;

/// java.math.BigInteger.
struct BigInteger final : Object {
  BigInt value;

  BigInteger(const Class* its_class, BigInt number) : Object(its_class), value(std::move(number)) {}
  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  int compare(Machine& machine, const Value& other) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
};

/// Without its sign.
inline BigInt magnitude(const BigInt& value) {
  BigInt positive = value;
  if (positive < 0) positive.backend().negate();
  return positive;
}

/// An integer of a document that does not fit a long.
Value make_big_integer(Machine& machine, std::string_view digits);
[[nodiscard]] bool is_big_number(const Value& value);
/// Number.intValue() of one: its low 32 bits.
[[nodiscard]] Value big_int_value(const Value& value);

}  // namespace sluice::painless
