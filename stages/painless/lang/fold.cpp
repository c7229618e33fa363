#include "stages/painless/lang/casts.h"
#include "stages/painless/lang/compile_error.h"
#include "stages/painless/run/apply_operator.h"
#include "stages/painless/run/arithmetic.h"

namespace sluice::painless {

namespace {

template <typename T>
T fold_integers(std::uint32_t offset, Operator op, T a, T b, std::int64_t shift) {
  switch (op) {
    case Operator::kDivide:
    case Operator::kRemainder:
      if (b == 0) throw CompileError{offset, {{"arithmetic_exception", "/ by zero"}}};
      return apply_to_integers(op, a, b);
    case Operator::kShiftLeft:
      return java::shift_left(a, shift);
    case Operator::kShiftRight:
      return java::shift_right(a, shift);
    case Operator::kShiftRightUnsigned:
      return java::shift_right_unsigned(a, shift);
    default:
      return apply_to_integers(op, a, b);
  }
}

}  // namespace

Value convert_primitive(const Value& value, Kind to) {
  const bool floating = value.is_floating();
  const auto integer = [&] {
    // Java goes through int for the small types.
    return floating ? static_cast<std::int64_t>(java::to_integer<std::int32_t>(value.as_double())) : value.i;
  };
  switch (to) {
    case Kind::kByte:
      return Value::of_byte(static_cast<std::int8_t>(integer()));
    case Kind::kShort:
      return Value::of_short(static_cast<std::int16_t>(integer()));
    case Kind::kChar:
      return Value::of_char(static_cast<char16_t>(integer()));
    case Kind::kInt:
      return Value::of_int(static_cast<std::int32_t>(integer()));
    case Kind::kLong:
      return Value::of_long(floating ? java::to_integer<std::int64_t>(value.as_double()) : value.i);
    case Kind::kFloat:
      if (value.tag == Tag::kFloat) return value;
      return Value::of_float(floating ? static_cast<float>(value.d) : static_cast<float>(value.i));
    case Kind::kDouble:
      return Value::of_double(value.as_double());
    default:
      return value;
  }
}

Value fold_binary(std::uint32_t offset, Operator op, const Type* type, const Value& a, const Value& b) {
  switch (type->kind) {
    case Kind::kInt:
      return Value::of_int(
          fold_integers(offset, op, static_cast<std::int32_t>(a.i), static_cast<std::int32_t>(b.i), b.i));
    case Kind::kLong:
      return Value::of_long(fold_integers(offset, op, a.i, b.i, b.i));
    case Kind::kFloat:
      return Value::of_float(apply_to_floats(op, a.f, b.f));
    case Kind::kDouble:
      return Value::of_double(apply_to_floats(op, a.d, b.d));
    default:  // ^ of booleans
      return Value::boolean((a.i ^ b.i) != 0);
  }
}

Value fold_unary(Operator op, const Type* type, const Value& value) {
  switch (op) {
    case Operator::kNot:
      return Value::boolean(value.i == 0);
    case Operator::kComplement:
      return type->kind == Kind::kInt ? Value::of_int(~static_cast<std::int32_t>(value.i)) : Value::of_long(~value.i);
    case Operator::kNegate:
      switch (type->kind) {
        case Kind::kInt:
          return Value::of_int(java::subtract(0, static_cast<std::int32_t>(value.i)));
        case Kind::kLong:
          return Value::of_long(java::subtract(std::int64_t{0}, value.i));
        case Kind::kFloat:
          return Value::of_float(-value.f);
        default:
          return Value::of_double(-value.d);
      }
    default:
      return value;
  }
}

bool fold_compare(Operator op, const Value& a, const Value& b) {
  const auto compare = [op](auto x, auto y) {
    switch (op) {
      case Operator::kEqual:
        return x == y;
      case Operator::kNotEqual:
        return x != y;
      case Operator::kLess:
        return x < y;
      case Operator::kLessEqual:
        return x <= y;
      case Operator::kGreater:
        return x > y;
      default:
        return x >= y;
    }
  };
  if (a.is_floating() || b.is_floating()) return compare(a.as_double(), b.as_double());
  return compare(a.i, b.i);
}

}  // namespace sluice::painless
