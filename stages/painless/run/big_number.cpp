#include "stages/painless/run/big_number.h"

#include "stages/painless/run/machine.h"

namespace sluice::painless {

Value BigInteger::to_string(Machine& machine) { return machine.string_value(value.str()); }

bool BigInteger::equals(Machine& machine, const Value& other) {
  (void)machine;
  return is_big_number(other) && static_cast<BigInteger*>(other.o)->value == value;
}

std::int32_t BigInteger::hash(Machine& machine) {
  (void)machine;
  // As java.math.BigInteger: over the magnitude's 32-bit words, the highest first.
  std::vector<std::uint32_t> words;
  boost::multiprecision::export_bits(magnitude(value), std::back_inserter(words), 32);
  std::uint32_t hash = 0;
  if (value != 0) {
    for (const std::uint32_t word : words) hash = 31 * hash + word;
  }
  return static_cast<std::int32_t>(value < 0 ? std::uint32_t{0} - hash : hash);
}

int BigInteger::compare(Machine& machine, const Value& other) {
  if (!is_big_number(other)) return Object::compare(machine, other);
  return value.compare(static_cast<BigInteger*>(other.o)->value);
}

bool BigInteger::write_json(Machine& machine, std::string& out, int depth) {
  (void)machine;
  (void)depth;
  out += value.str();
  return true;
}

Value make_big_integer(Machine& machine, std::string_view digits) {
  // Reading a number of n digits takes n squared; a document may not make that much work.
  constexpr std::size_t kMaxDigits = 10'000;
  if (digits.size() > kMaxDigits) {
    return machine.raise(known().number_format, "number of [" + std::to_string(digits.size()) +
                                                    "] digits is longer than [" + std::to_string(kMaxDigits) + "]");
  }
  return Value::of(machine.heap().make<BigInteger>(known().big_integer, BigInt(std::string(digits))));
}

bool is_big_number(const Value& value) { return value.is_object() && value.o->type == known().big_integer; }

Value big_int_value(const Value& value) {
  const BigInt& number = static_cast<const BigInteger*>(value.o)->value;
  const BigInt low = magnitude(number) & 0xFFFFFFFFU;
  auto bits = static_cast<std::uint32_t>(low);
  if (number < 0) bits = std::uint32_t{0} - bits;
  return Value::of_int(static_cast<std::int32_t>(bits));
}

}  // namespace sluice::painless
