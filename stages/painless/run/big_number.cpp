#include "stages/painless/run/big_number.h"

#include "stages/painless/run/json_text.h"
#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

bool is_integer(const Value& value) { return value.is_object() && value.o->type == known().big_integer; }
int refuse_to_compare(Machine& machine, const Object& left, const Value& right) {
  if (right.is_null()) {
    machine.null_pointer();
  } else {
    machine.raise(known().class_cast, class_cast_text(*machine.class_of(right), left.type->java_name));
  }
  return 0;
}
bool is_decimal(const Value& value) { return value.is_object() && value.o->type == known().big_decimal; }

/// The numbers are kept outside of the machine's heap: what they take is taken there as well.
bool charge_memory(Machine& machine, const BigInt& value) {
  const std::size_t limbs = value.backend().size();
  constexpr std::size_t kKeptInside = 2;
  if (limbs > kKeptInside) machine.heap().allocate(limbs * sizeof(boost::multiprecision::limb_type));
  return charge_time(machine, value);
}

}  // namespace

bool charge_time(Machine& machine, const BigInt& value) {
  const std::size_t limbs = value.backend().size();
  constexpr std::size_t kLimbsOfAStep = 64;
  return machine.tick(static_cast<std::uint32_t>(1 + limbs * limbs / kLimbsOfAStep));
}

Value BigInteger::to_string(Machine& machine) {
  return charge_time(machine, value) ? machine.string_value(value.str()) : Value::error();
}

bool BigInteger::equals(Machine& machine, const Value& other) {
  (void)machine;
  return is_integer(other) && static_cast<BigInteger*>(other.o)->value == value;
}

std::int32_t BigInteger::hash(Machine& machine) {
  (void)machine;
  return math::hash_of(value);
}

int BigInteger::compare(Machine& machine, const Value& other) {
  if (!is_integer(other)) return refuse_to_compare(machine, *this, other);
  return value.compare(static_cast<BigInteger*>(other.o)->value);
}

bool BigInteger::write_json(Machine& machine, std::string& out, int depth) {
  (void)machine;
  (void)depth;
  out += value.str();
  return true;
}

Value BigDecimal::to_string(Machine& machine) {
  return charge_time(machine, value.unscaled()) ? machine.string_value(value.to_string()) : Value::error();
}

bool BigDecimal::equals(Machine& machine, const Value& other) {
  (void)machine;
  return is_decimal(other) && static_cast<BigDecimal*>(other.o)->value == value;
}

std::int32_t BigDecimal::hash(Machine& machine) {
  (void)machine;
  return value.hash();
}

int BigDecimal::compare(Machine& machine, const Value& other) {
  if (!is_decimal(other)) return refuse_to_compare(machine, *this, other);
  return value.compare_to(static_cast<BigDecimal*>(other.o)->value);
}

bool BigDecimal::write_json(Machine& machine, std::string& out, int depth) {
  (void)machine;
  (void)depth;
  out += value.to_string();
  return true;
}

Value make_big_integer(Machine& machine, std::string_view digits) {
  // Reading a number of n digits takes n squared; a document may not make that much work.
  constexpr std::size_t kMaxDigits = 10'000;
  if (digits.size() > kMaxDigits) {
    return machine.raise(known().number_format, "number of [" + std::to_string(digits.size()) +
                                                    "] digits is longer than [" + std::to_string(kMaxDigits) + "]");
  }
  const bool negative = digits.starts_with('-');
  return make_big(machine, math::integer_of(digits.substr(negative ? 1 : 0), negative));
}

Value make_big(Machine& machine, BigInt value) {
  if (!charge_memory(machine, value)) return Value::error();
  return Value::of(machine.heap().make<BigInteger>(known().big_integer, std::move(value)));
}

Value make_big(Machine& machine, math::Decimal value) {
  if (!charge_memory(machine, value.unscaled())) return Value::error();
  return Value::of(machine.heap().make<BigDecimal>(known().big_decimal, std::move(value)));
}

bool is_big_number(const Value& value) { return is_integer(value) || is_decimal(value); }

Value big_number_as(const Value& value, Tag tag) {
  const bool decimal = is_decimal(value);
  if (tag == Tag::kDouble || tag == Tag::kFloat) {
    const std::string digits = decimal ? static_cast<const BigDecimal*>(value.o)->value.to_string()
                                       : static_cast<const BigInteger*>(value.o)->value.str();
    return tag == Tag::kDouble ? Value::of_double(math::nearest_double(digits))
                               : Value::of_float(math::nearest_float(digits));
  }
  const std::int64_t bits = decimal ? static_cast<const BigDecimal*>(value.o)->value.long_value()
                                    : math::low_bits(static_cast<const BigInteger*>(value.o)->value);
  if (tag == Tag::kLong) return Value::of_long(bits);
  return Value::of_int(static_cast<std::int32_t>(bits));
}

}  // namespace sluice::painless
