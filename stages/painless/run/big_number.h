#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stages/painless/math/decimal.h"
#include "stages/painless/run/object.h"

namespace sluice::painless {

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

/// java.math.BigDecimal.
struct BigDecimal final : Object {
  math::Decimal value;

  BigDecimal(const Class* its_class, math::Decimal number) : Object(its_class), value(std::move(number)) {}
  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  int compare(Machine& machine, const Value& other) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
};

/// An integer of a document that does not fit a long.
Value make_big_integer(Machine& machine, std::string_view digits);
/// New objects, which count as the script's memory and time: an error value says that it has had enough.
Value make_big(Machine& machine, BigInt value);
Value make_big(Machine& machine, math::Decimal value);

/// Counts what it takes to divide such a number or to print it; false: an exception is pending.
[[nodiscard]] bool charge_time(Machine& machine, const BigInt& value);

/// A BigInteger or a BigDecimal.
[[nodiscard]] bool is_big_number(const Value& value);
/// Number.intValue(), longValue(), floatValue() or doubleValue() of one, as `tag` asks.
[[nodiscard]] Value big_number_as(const Value& value, Tag tag);

}  // namespace sluice::painless
