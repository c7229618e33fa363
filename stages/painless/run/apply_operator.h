#pragma once

#include "stages/painless/run/arithmetic.h"
#include "stages/painless/run/program.h"

/// Java's binary operators on two values of one primitive type, when a program is compiled and when it runs.
namespace sluice::painless {

/// + - * / % of float or double.
template <typename T>
T apply_to_floats(Operator op, T a, T b) {
  switch (op) {
    case Operator::kAdd:
      return a + b;
    case Operator::kSubtract:
      return a - b;
    case Operator::kMultiply:
      return a * b;
    case Operator::kDivide:
      return a / b;
    default:
      return java::remainder(a, b);
  }
}

/// + - * / % & ^ | of int or long. For / and % `b` is not zero.
template <typename T>
T apply_to_integers(Operator op, T a, T b) {
  switch (op) {
    case Operator::kAdd:
      return java::add(a, b);
    case Operator::kSubtract:
      return java::subtract(a, b);
    case Operator::kMultiply:
      return java::multiply(a, b);
    case Operator::kDivide:
      return java::divide(a, b);
    case Operator::kRemainder:
      return java::remainder(a, b);
    case Operator::kAnd:
      return a & b;
    case Operator::kXor:
      return a ^ b;
    default:
      return a | b;
  }
}

}  // namespace sluice::painless
