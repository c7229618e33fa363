#include <limits>
#include <utility>

#include "stages/painless/code/generator.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/run/registry.h"

namespace sluice::painless {

namespace {

bool is_small_integer(const Type* type) {
  return type->kind == Kind::kByte || type->kind == Kind::kShort || type->kind == Kind::kChar ||
         type->kind == Kind::kInt;
}

bool fits_int(std::int64_t value) {
  return value >= std::numeric_limits<std::int32_t>::min() && value <= std::numeric_limits<std::int32_t>::max();
}

/// An operator on values whose types are only known at run time.
bool is_def_binary(const Node& node) { return node.kind == NodeKind::kBinary && node.operand_type->is_def(); }

/// Whether a real node leaves the cast of the value to the JVM.
bool cast_by_jvm(const Node& node) {
  if (!node.conversion.from->is_def() || node.conversion.to->is_def() || node.conversion.to->is_void()) return false;
  if (is_def_binary(node)) return true;
  const bool loads = node.kind == NodeKind::kDot || node.kind == NodeKind::kIndex;
  return loads && node.access == Access::kDef && !node.conversion.explicit_cast;
}

/// Kinds whose code writes its destination before it has read all it reads.
bool writes_early(NodeKind kind) {
  return kind == NodeKind::kElvis || kind == NodeKind::kBooleanAnd || kind == NodeKind::kBooleanOr ||
         kind == NodeKind::kConditional || kind == NodeKind::kAssign || kind == NodeKind::kIncrement;
}

Kind box_kind(const Type* type) {
  for (int kind = static_cast<int>(Kind::kBoolean); kind <= static_cast<int>(Kind::kDouble); ++kind) {
    const Type* primitive = Registry::get().of(static_cast<Kind>(kind));
    if (type->kind == Kind::kClass && primitive->cls == type->cls) return primitive->kind;
  }
  return Kind::kVoid;
}

}  // namespace

bool Generator::changes(const Node& node, const Variable* variable) {
  if ((node.kind == NodeKind::kAssign || node.kind == NodeKind::kIncrement) && node.children[0]->variable == variable)
    return true;
  for (const Node* child : node.children) {
    if (child != nullptr && changes(*child, variable)) return true;
  }
  return false;
}

void Generator::effect(Node& node) {
  const Register mark_register = next_;
  if (node.kind == NodeKind::kAssign) {
    assign(node, 0, false);
  } else if (node.kind == NodeKind::kIncrement) {
    increment(node, 0, false);
  } else {
    expression(node, allocate());
  }
  next_ = mark_register;
}

Generator::Register Generator::operand(Node& node) {
  if (node.kind == NodeKind::kSymbol && node.access == Access::kVariable && node.conversion.from == nullptr) {
    if (node.is_cast) mark(node);
    return node.variable->place;
  }
  const Register to = allocate();
  expression(node, to);
  return to;
}

Generator::Register Generator::integer_operand(Node& node) {
  const bool widened = !node.is_constant && node.conversion.from != nullptr &&
                       node.conversion.to->kind == Kind::kLong && is_small_integer(node.conversion.from);
  if (!widened) return operand(node);
  const Conversion conversion = std::exchange(node.conversion, {});
  const Register at = operand(node);
  node.conversion = conversion;
  return at;
}

Generator::Register Generator::operand_before(Node& node, const Node& right) {
  if (node.kind == NodeKind::kSymbol && node.access == Access::kVariable && changes(right, node.variable)) {
    const Register to = allocate();
    expression(node, to);
    return to;
  }
  return integer_operand(node);
}

void Generator::expression(Node& node, Register to) {
  const Register before = next_;
  const Type* wanted = node.conversion.from == nullptr ? nullptr : node.conversion.to;
  if (is_def_binary(node) && node.op == Operator::kAdd && wanted == known().string->type) {
    // What is known to become text is put together as text, as in a real node: `String s = 1 + one` is "11".
    mark(node);
    const Register first = in_a_row(node, 0);
    emit(Op::kConcat, to, first, 2);
    next_ = before;
    return;
  }
  // A variable must never hold a value of another type, not even while a cast of it fails.
  const bool apart = !node.is_constant && (writes_early(node.kind) || node.conversion.from != nullptr);
  const Register made = apart ? allocate() : to;
  if (node.is_constant) {
    load(made, node.constant);
  } else {
    bare(node, made);
  }
  if (node.is_cast) mark(node);
  if (wanted != nullptr && !node.untold && cast_by_jvm(node)) {
    const Op op = is_def_binary(node) ? Op::kCastResult : Op::kCastLoaded;
    emit(op, to, made, node.conversion.explicit_cast ? 1 : 0, type_index(wanted));
  } else if (wanted != nullptr) {
    convert(node.conversion, to, made);
  } else if (made != to) {
    emit(Op::kMove, to, made);
  }
  next_ = before;
}

void Generator::convert(const Conversion& conversion, Register to, Register from) {
  const Type* source = conversion.from;
  const Type* target = conversion.to;
  if (source->is_primitive()) {
    const Kind kind = target->is_primitive() ? target->kind : box_kind(target);
    if (kind != Kind::kVoid && source->is_numeric()) {
      if (source->kind == Kind::kInt && kind == Kind::kLong) {
        emit(Op::kIntToLong, to, from);
      } else if (source->kind == Kind::kInt && kind == Kind::kDouble) {
        emit(Op::kIntToDouble, to, from);
      } else if (source->kind == Kind::kLong && kind == Kind::kInt) {
        emit(Op::kLongToInt, to, from);
      } else if (source->kind == Kind::kLong && kind == Kind::kDouble) {
        emit(Op::kLongToDouble, to, from);
      } else if (source->kind == Kind::kDouble && kind == Kind::kInt) {
        emit(Op::kDoubleToInt, to, from);
      } else if (source->kind == Kind::kDouble && kind == Kind::kLong) {
        emit(Op::kDoubleToLong, to, from);
      } else {
        emit(Op::kToPrimitive, to, from, 0, static_cast<std::int32_t>(kind));
      }
      return;
    }
    if (target != known().string->type) {
      if (to != from) emit(Op::kMove, to, from);
      return;
    }
  }
  emit(Op::kCast, to, from, conversion.explicit_cast ? 1 : 0, type_index(target));
}

void Generator::bare(Node& node, Register to) {
  switch (node.kind) {
    case NodeKind::kAssign:
      return assign(node, to, true);
    case NodeKind::kIncrement:
      return increment(node, to, true);
    case NodeKind::kUnary:
      return unary(node, to);
    case NodeKind::kBinary:
      return binary(node, to);
    case NodeKind::kRegexFind:
    case NodeKind::kRegexMatch: {
      mark(node);
      const Register left = operand_before(*node.children[0], *node.children[1]);
      const Register right = operand(*node.children[1]);
      emit(node.kind == NodeKind::kRegexFind ? Op::kFind : Op::kMatch, to, left, right);
      return;
    }
    case NodeKind::kBooleanAnd:
    case NodeKind::kBooleanOr:
      return logical(node, to);
    case NodeKind::kCompare:
      return compare(node, to);
    case NodeKind::kInstanceOf:
      emit(Op::kInstanceOf, to, operand(*node.children[0]), 0, type_index(node.operand_type));
      return;
    case NodeKind::kConditional:
      return conditional(node, to);
    case NodeKind::kElvis:
      return elvis(node, to);
    case NodeKind::kCast:
      return expression(*node.children[0], to);
    case NodeKind::kNewObject: {
      mark(node);
      const Register first = in_a_row(node, 0);
      native(*node.method, false, to, first);
      if (node.type->cls->is_a(*known().throwable)) emit(Op::kPlaceOf, to);
      return;
    }
    case NodeKind::kNewArray:
      return new_array(node, to);
    case NodeKind::kList:
    case NodeKind::kMap:
      return collection(node, to);
    case NodeKind::kCallLocal:
      return call_local(node, to);
    case NodeKind::kCall:
      return call(node, to);
    case NodeKind::kSymbol:
      return symbol(node, to);
    case NodeKind::kDot:
      return dot(node, to);
    case NodeKind::kIndex:
      return index(node, to);
    case NodeKind::kLambda:
      return lambda(node, to);
    case NodeKind::kReference:
      return reference(node, to);
    default:
      return literal(node, to);
  }
}

void Generator::unary(Node& node, Register to) {
  mark(node);
  if (node.op == Operator::kNot) {
    emit(Op::kNotZ, to, operand(*node.children[0]));
    return;
  }
  const Register value = operand(*node.children[0]);
  const Kind kind = node.operand_type->kind;
  if (kind == Kind::kDef) {
    emit(Op::kDefUnary, to, value, 0, static_cast<std::int32_t>(node.op));
  } else if (node.op == Operator::kPlus) {
    emit(Op::kMove, to, value);
  } else if (node.op == Operator::kComplement) {
    emit(kind == Kind::kInt ? Op::kNotI : Op::kNotL, to, value);
  } else {
    const Op op = kind == Kind::kInt     ? Op::kNegI
                  : kind == Kind::kLong  ? Op::kNegL
                  : kind == Kind::kFloat ? Op::kNegF
                                         : Op::kNegD;
    emit(op, to, value);
  }
}

void Generator::arithmetic(Operator op, const Type* type, Register to, Register left, Register right) {
  // In the order of Operator.
  static constexpr Op kInts[] = {Op::kAddI, Op::kSubI,  Op::kMulI, Op::kDivI, Op::kRemI, Op::kShlI,
                                 Op::kShrI, Op::kUshrI, Op::kAndI, Op::kXorI, Op::kOrI};
  static constexpr Op kLongs[] = {Op::kAddL, Op::kSubL,  Op::kMulL, Op::kDivL, Op::kRemL, Op::kShlL,
                                  Op::kShrL, Op::kUshrL, Op::kAndL, Op::kXorL, Op::kOrL};
  static constexpr Op kFloats[] = {Op::kAddF, Op::kSubF, Op::kMulF, Op::kDivF, Op::kRemF};
  static constexpr Op kDoubles[] = {Op::kAddD, Op::kSubD, Op::kMulD, Op::kDivD, Op::kRemD};
  const auto at = static_cast<std::size_t>(op);
  switch (type->kind) {
    case Kind::kInt:
      emit(kInts[at], to, left, right);
      return;
    case Kind::kLong:
      emit(kLongs[at], to, left, right);
      return;
    case Kind::kFloat:
      emit(kFloats[at], to, left, right);
      return;
    case Kind::kDouble:
      emit(kDoubles[at], to, left, right);
      return;
    case Kind::kBoolean:
      // Booleans are 0 and 1, so the integer instructions do; only the tag is another.
      emit(Op::kXorZ, to, left, right, static_cast<std::int32_t>(op));
      return;
    default:
      emit(Op::kDefBinary, to, left, right, static_cast<std::int32_t>(op));
  }
}

/// A constant on the right is a part of the instruction where there is one for it.
bool Generator::with_constant(Operator op, Kind kind, Register to, Node& left, const Value& constant_value) {
  if (kind == Kind::kDouble) {
    if (op > Operator::kDivide) return false;
    static constexpr Op kDoubles[] = {Op::kAddDK, Op::kSubDK, Op::kMulDK, Op::kDivDK};
    const Register value = operand(left);
    emit(kDoubles[static_cast<std::size_t>(op)], to, value, 0, constant(constant_value));
    return true;
  }
  if ((kind != Kind::kInt && kind != Kind::kLong) || !fits_int(constant_value.i) || op > Operator::kRemainder)
    return false;
  auto by = static_cast<std::int32_t>(constant_value.i);
  const bool divides = op == Operator::kDivide || op == Operator::kRemainder;
  if (divides && by <= 0) return false;  // zero fails, and the least number by -1 is an exception of its own
  if (op == Operator::kSubtract) {
    if (by == std::numeric_limits<std::int32_t>::min()) return false;
    by = -by;
    op = Operator::kAdd;
  }
  // In the order of Operator, without kSubtract's own.
  static constexpr Op kInts[] = {Op::kAddIK, Op::kAddIK, Op::kMulIK, Op::kDivIK, Op::kRemIK};
  static constexpr Op kLongs[] = {Op::kAddLK, Op::kAddLK, Op::kMulLK, Op::kDivLK, Op::kRemLK};
  const Register value = integer_operand(left);
  emit((kind == Kind::kInt ? kInts : kLongs)[static_cast<std::size_t>(op)], to, value, 0, by);
  return true;
}

void Generator::binary(Node& node, Register to) {
  if (node.operand_type->kind == Kind::kClass) return concatenation(node, to);
  mark(node);
  Node& left = *node.children[0];
  Node& right = *node.children[1];
  const Kind kind = node.operand_type->kind;
  if (right.is_constant && with_constant(node.op, kind, to, left, right.constant)) return;
  const bool commutes = node.op == Operator::kAdd || node.op == Operator::kMultiply;
  if (left.is_constant && commutes && with_constant(node.op, kind, to, right, left.constant)) return;
  const Register a = operand_before(left, right);
  const Register b = integer_operand(right);
  arithmetic(node.op, node.operand_type, to, a, b);
}

/// `a + b + c` makes one text at once.
void Generator::concatenation(Node& node, Register to) {
  mark(node);
  std::vector<Node*> parts;
  Node* at = &node;
  while (at->kind == NodeKind::kBinary && at->operand_type->kind == Kind::kClass && at->conversion.from == nullptr) {
    parts.push_back(at->children[1]);
    at = at->children[0];
  }
  parts.push_back(at);
  const Register first = next_;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) expression(**part, allocate());
  emit(Op::kConcat, to, first, static_cast<std::uint32_t>(parts.size()));
}

void Generator::compare(Node& node, Register to) {
  mark(node);
  Node& left = *node.children[0];
  Node& right = *node.children[1];
  Register a = operand_before(left, right);
  Register b = integer_operand(right);
  const Kind kind = node.operand_type->kind;
  Operator op = node.op;
  if (node.identity && !node.operand_type->is_primitive()) {
    emit(op == Operator::kEqual ? Op::kSame : Op::kNotSame, to, a, b);
    return;
  }
  if (kind >= Kind::kDef) {
    if (op == Operator::kEqual || op == Operator::kNotEqual) {
      if (kind == Kind::kDef) {
        emit(Op::kDefCompare, to, a, b, static_cast<std::int32_t>(op));
      } else {
        emit(op == Operator::kEqual ? Op::kEqRef : Op::kNeRef, to, a, b);
      }
    } else {
      emit(Op::kDefCompare, to, a, b, static_cast<std::int32_t>(op));
    }
    return;
  }
  if (op == Operator::kGreater || op == Operator::kGreaterEqual) {
    std::swap(a, b);
    op = op == Operator::kGreater ? Operator::kLess : Operator::kLessEqual;
  }
  static constexpr Op kInts[] = {Op::kEqI, Op::kNeI, Op::kLtI, Op::kLeI};
  static constexpr Op kFloats[] = {Op::kEqF, Op::kNeF, Op::kLtF, Op::kLeF};
  static constexpr Op kDoubles[] = {Op::kEqD, Op::kNeD, Op::kLtD, Op::kLeD};
  const auto at = static_cast<std::size_t>(op) - static_cast<std::size_t>(Operator::kEqual);
  emit(kind == Kind::kFloat ? kFloats[at] : kind == Kind::kDouble ? kDoubles[at] : kInts[at], to, a, b);
}

void Generator::branch_compare(Node& node, Label& to, bool when) {
  const Kind kind = node.operand_type->kind;
  const Register before = next_;
  mark(node);
  Register a = operand_before(*node.children[0], *node.children[1]);
  Operator op = node.op;
  if (const Node& right = *node.children[1]; right.is_constant && kind != Kind::kDouble && fits_int(right.constant.i)) {
    // In the order of Operator from kEqual on, and what is jumped on when the condition is not met.
    static constexpr Op kMet[] = {Op::kJumpEqIK, Op::kJumpNeIK, Op::kJumpLtIK,
                                  Op::kJumpLeIK, Op::kJumpGtIK, Op::kJumpGeIK};
    static constexpr Op kNot[] = {Op::kJumpNeIK, Op::kJumpEqIK, Op::kJumpGeIK,
                                  Op::kJumpGtIK, Op::kJumpLeIK, Op::kJumpLtIK};
    const auto at = static_cast<std::size_t>(op) - static_cast<std::size_t>(Operator::kEqual);
    const auto with = static_cast<std::uint32_t>(right.constant.i);
    jump((when ? kMet : kNot)[at], to, a, with & 0xFFFF, with >> 16);
    next_ = before;
    return;
  }
  Register b = integer_operand(*node.children[1]);
  if (op == Operator::kGreater || op == Operator::kGreaterEqual) {
    std::swap(a, b);
    op = op == Operator::kGreater ? Operator::kLess : Operator::kLessEqual;
  }
  const bool ints = kind != Kind::kDouble;
  Op jump_op = Op::kJump;
  if (op == Operator::kEqual || op == Operator::kNotEqual) {
    const bool equal = (op == Operator::kEqual) == when;
    jump_op = ints ? (equal ? Op::kJumpEqI : Op::kJumpNeI) : (equal ? Op::kJumpEqD : Op::kJumpNeD);
  } else if (ints) {
    const bool less = op == Operator::kLess;
    if (!when) std::swap(a, b);
    jump_op = less == when ? Op::kJumpLtI : Op::kJumpLeI;
  } else {
    const bool less = op == Operator::kLess;
    jump_op = when ? (less ? Op::kJumpLtD : Op::kJumpLeD) : (less ? Op::kJumpNotLtD : Op::kJumpNotLeD);
  }
  jump(jump_op, to, a, b);
  next_ = before;
}

void Generator::branch(Node& node, Label& to, bool when) {
  if (node.is_constant) {
    if ((node.constant.i != 0) == when) jump(Op::kJump, to);
    return;
  }
  const bool plain = node.conversion.from == nullptr;
  if (plain && node.kind == NodeKind::kUnary && node.op == Operator::kNot) {
    mark(node);
    return branch(*node.children[0], to, !when);
  }
  if (plain && (node.kind == NodeKind::kBooleanAnd || node.kind == NodeKind::kBooleanOr)) {
    mark(node);
    const bool both = node.kind == NodeKind::kBooleanAnd;
    if (both == when) {  // decided only by both sides
      Label out;
      branch(*node.children[0], out, !when);
      branch(*node.children[1], to, when);
      return bind(out);
    }
    branch(*node.children[0], to, when);
    return branch(*node.children[1], to, when);
  }
  if (plain && node.kind == NodeKind::kCompare && node.operand_type->is_primitive() &&
      node.operand_type->kind != Kind::kFloat) {
    return branch_compare(node, to, when);
  }
  const Register before = next_;
  jump(when ? Op::kJumpIf : Op::kJumpIfNot, to, operand(node));
  next_ = before;
}

void Generator::logical(Node& node, Register to) {
  Label no;
  Label out;
  branch(node, no, false);
  load(to, Value::boolean(true));
  jump(Op::kJump, out);
  bind(no);
  load(to, Value::boolean(false));
  bind(out);
}

void Generator::conditional(Node& node, Register to) {
  mark(node);
  Label no;
  Label out;
  branch(*node.children[0], no, false);
  expression(*node.children[1], to);
  jump(Op::kJump, out);
  bind(no);
  expression(*node.children[2], to);
  bind(out);
}

void Generator::elvis(Node& node, Register to) {
  mark(node);
  Label out;
  expression(*node.children[0], to);
  jump(Op::kJumpIfNotNull, out, to);
  expression(*node.children[1], to);
  bind(out);
}

Generator::Register Generator::in_a_row(Node& node, std::size_t first) {
  const Register begin = next_;
  for (std::size_t i = first; i < node.children.size(); ++i) {
    const Register to = allocate();
    expression(*node.children[i], to);
  }
  return begin;
}

void Generator::new_array(Node& node, Register to) {
  mark(node);
  const Register first = in_a_row(node, 0);
  emit(node.initialised ? Op::kNewArrayOf : Op::kNewArray, to, first, static_cast<std::uint32_t>(node.children.size()),
       type_index(node.operand_type));
}

void Generator::collection(Node& node, Register to) {
  mark(node);
  const Register first = in_a_row(node, 0);
  const auto count = static_cast<std::uint32_t>(node.children.size());
  if (node.kind == NodeKind::kList) {
    emit(Op::kNewList, to, first, count);
  } else {
    emit(Op::kNewMap, to, first, count / 2);
  }
}

}  // namespace sluice::painless
