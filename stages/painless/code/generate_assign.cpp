#include "stages/painless/code/generator.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/run/registry.h"

namespace sluice::painless {

void Generator::assign(Node& node, Register to, bool wanted) {
  if (node.compound) return compound(node, to, wanted);
  Node& target = *node.children[0];
  Node& value = *node.children[1];
  const Register before = next_;
  if (target.access == Access::kVariable) {
    expression(value, target.variable->place);
    if (wanted) emit(Op::kMove, to, target.variable->place);
  } else {
    const Place at = place(target, &value);
    const Register from = operand(value);
    // Where a real node sees a `ctx` that refuses the value.
    const bool unmarked = value.is_constant || value.kind == NodeKind::kNull || value.null_safe;
    if (target.access == Access::kMapKey) mark(unmarked ? target : value);
    store_place(target, at, from);
    if (wanted && from != to) emit(Op::kMove, to, from);
  }
  next_ = before;
}

/// `old op other` in the type of the operation, and back in the target's own type.
void Generator::operate(Node& node, Operator op, Register to, Register old_value, Register other, const Type* target) {
  const Type* type = node.operand_type;
  // An operation on def has no place of its own in Elasticsearch's byte code: it is where that was at last, the value,
  // or what boxes it.
  const bool by_value = node.children.size() > 1 && type->is_def();
  if (!by_value) mark(node);
  if (by_value && !node.children[1]->type->is_def()) mark(*node.children[1]);
  if (type->kind == Kind::kClass) {
    const Register first = allocate();
    const Register second = allocate();
    emit(Op::kMove, first, old_value);
    emit(Op::kMove, second, other);
    emit(Op::kConcat, to, first, 2);
    return;
  }
  Register left = old_value;
  if (target != type && target->is_primitive() && type->is_primitive()) {
    left = allocate();
    convert({target, type, false}, left, old_value);
  }
  if (type->is_def() && target->is_def()) {
    emit(Op::kDefCompound, to, left, other, static_cast<std::int32_t>(op));
    return;
  }
  if (target == type || target->is_def()) return arithmetic(op, type, to, left, other);
  const Register result = allocate();
  arithmetic(op, type, result, left, other);
  if (target->is_primitive() && type->is_primitive()) {
    convert({type, target, true}, to, result);
  } else {
    emit(Op::kCast, to, result, 1, type_index(target));
  }
}

void Generator::compound(Node& node, Register to, bool wanted) {
  Node& target = *node.children[0];
  Node& value = *node.children[1];
  const Register before = next_;
  const Type* type = node.operand_type;
  if (target.access == Access::kVariable) {
    const Register place_of = target.variable->place;
    mark(node);
    if (type == target.type && type->is_primitive() && value.is_constant && !wanted &&
        with_constant(node.op, type->kind, place_of, target, convert_primitive(value.constant, type->kind))) {
      next_ = before;
      return;
    }
    Register old_value = place_of;
    if (changes(value, target.variable)) {
      old_value = allocate();  // the value may change the variable
      emit(Op::kMove, old_value, place_of);
    }
    const Register other = operand(value);
    operate(node, node.op, place_of, old_value, other, target.type);
    if (wanted) emit(Op::kMove, to, place_of);
    next_ = before;
    return;
  }
  mark(node);
  const Place at = place(target, &value);
  const Register old_value = allocate();
  load_place(target, at, old_value);
  const Register other = operand(value);
  operate(node, node.op, old_value, old_value, other, target.type);
  store_place(target, at, old_value);
  if (wanted) emit(Op::kMove, to, old_value);
  next_ = before;
}

void Generator::increment(Node& node, Register to, bool wanted) {
  Node& target = *node.children[0];
  const Register before = next_;
  if (target.access == Access::kVariable && (target.type->kind == Kind::kInt || target.type->kind == Kind::kLong)) {
    const Register place_of = target.variable->place;
    if (target.type->kind == Kind::kLong) mark(node);  // of an int it is one instruction there too, without a place
    if (wanted && !node.prefix) emit(Op::kMove, to, place_of);
    emit(target.type->kind == Kind::kInt ? Op::kAddIK : Op::kAddLK, place_of, place_of, 0, node.delta);
    if (wanted && node.prefix) emit(Op::kMove, to, place_of);
    return;
  }
  mark(node);
  Node one(NodeKind::kNumber, node.offset);
  const Place at = place(target, &one);
  const Register old_value = allocate();
  load_place(target, at, old_value);
  const Register new_value = allocate();
  const Register step = allocate();
  const Kind kind = node.operand_type->is_primitive() ? node.operand_type->kind : Kind::kInt;
  load(step, convert_primitive(Value::of_int(node.delta), kind));
  operate(node, Operator::kAdd, new_value, old_value, step, target.type);
  store_place(target, at, new_value);
  if (wanted) emit(Op::kMove, to, node.prefix ? new_value : old_value);
  next_ = before;
}

}  // namespace sluice::painless
