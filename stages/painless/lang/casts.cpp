#include "stages/painless/lang/casts.h"

#include <string>

#include "stages/painless/lang/compile_error.h"
#include "stages/painless/run/registry.h"

namespace sluice::painless {

namespace {

/// Whether a primitive widens to another without a cast.
bool widens(Kind from, Kind to) {
  switch (from) {
    case Kind::kByte:
      return to == Kind::kShort || to >= Kind::kInt;
    case Kind::kShort:
    case Kind::kChar:
      return to >= Kind::kInt;
    case Kind::kInt:
    case Kind::kLong:
    case Kind::kFloat:
      return to > from;
    default:
      return false;
  }
}

bool primitive_cast(const Type* from, const Type* to, bool explicit_cast) {
  if (!from->is_numeric() || !to->is_numeric()) return false;
  return explicit_cast || widens(from->kind, to->kind);
}

/// The primitive that a class boxes; null: none.
const Type* unboxed(const Type* type) {
  if (type->kind != Kind::kClass) return nullptr;
  const Registry& registry = Registry::get();
  for (int kind = static_cast<int>(Kind::kBoolean); kind <= static_cast<int>(Kind::kDouble); ++kind) {
    const Type* primitive = registry.of(static_cast<Kind>(kind));
    if (primitive->cls == type->cls) return primitive;
  }
  return nullptr;
}

bool boxes(const Type* from, const Type* to) {
  if (to->kind != Kind::kClass) return false;
  if (from->cls->is_a(*to->cls)) return true;
  // Arguments widen on their way into a box.
  const Type* primitive = unboxed(to);
  return primitive != nullptr && primitive_cast(from, primitive, false);
}

bool reference_cast(const Type* from, const Type* to, bool explicit_cast) {
  const Type* object = known().object->type;
  if (to == object) return true;
  if (from->kind == Kind::kArray && to->kind == Kind::kArray) {
    const Type* a = from->element;
    const Type* b = to->element;
    if (a->is_primitive() || b->is_primitive()) return false;
    if (explicit_cast && reference_cast(to, from, false)) return true;
    return b == object || (!b->is_def() && !a->is_def() && reference_cast(a, b, false));
  }
  if (from->kind == Kind::kArray || to->kind == Kind::kArray) return explicit_cast && from == object;
  if (from->cls->is_a(*to->cls)) return true;
  return explicit_cast && to->cls->is_a(*from->cls);
}

bool allowed(const Type* from, const Type* to, bool explicit_cast, bool internal) {
  if (from->is_void() || to->is_void()) return false;
  if (from->is_def() || to->is_def()) return true;
  const Type* string = known().string->type;
  if (explicit_cast && ((from == string && to->kind == Kind::kChar) || (from->kind == Kind::kChar && to == string))) {
    return true;
  }
  if (from->is_primitive() && to->is_primitive()) return primitive_cast(from, to, explicit_cast);
  if (from->is_primitive()) return internal && boxes(from, to);
  if (to->is_primitive()) {
    if (!internal) return false;
    const Type* primitive = unboxed(from);
    if (primitive != nullptr) return primitive == to || primitive_cast(primitive, to, explicit_cast);
    return explicit_cast && to->cls->is_a(*from->cls);
  }
  return reference_cast(from, to, explicit_cast);
}

}  // namespace

Conversion legal_cast(std::uint32_t offset, const Type* from, const Type* to, bool explicit_cast, bool internal) {
  if (from == to) return {};
  if (!allowed(from, to, explicit_cast, internal)) {
    fail_cast(offset, "Cannot cast from [" + from->name + "] to [" + to->name + "].");
  }
  // A class that is known to be one already needs no look at run time.
  const bool up = from->kind == Kind::kClass && to->kind == Kind::kClass && from->cls->is_a(*to->cls);
  const bool boxed = from->is_primitive() && (to->is_def() || (to->kind == Kind::kClass && from->cls->is_a(*to->cls)));
  if (up || boxed || to->is_def() || (to->kind == Kind::kClass && to->cls == known().object)) return {};
  return {from, to, explicit_cast};
}

const Type* promote_numeric(const Type* a, const Type* b, bool decimal) {
  const Registry& registry = Registry::get();
  const auto either = [&](Kind kind) { return a->kind == kind || (b != nullptr && b->kind == kind); };
  if (either(Kind::kDef)) return registry.of(Kind::kDef);
  if (decimal && either(Kind::kDouble)) return registry.of(Kind::kDouble);
  if (decimal && either(Kind::kFloat)) return registry.of(Kind::kFloat);
  if (either(Kind::kLong)) return registry.of(Kind::kLong);
  for (const Kind kind : {Kind::kInt, Kind::kShort, Kind::kChar, Kind::kByte}) {
    if (either(kind)) return registry.of(Kind::kInt);
  }
  return nullptr;
}

const Type* promote_add(const Type* a, const Type* b) {
  const Type* string = known().string->type;
  return a == string || b == string ? string : promote_numeric(a, b, true);
}

const Type* promote_xor(const Type* a, const Type* b) {
  const Registry& registry = Registry::get();
  if (a->is_def() || b->is_def()) return registry.of(Kind::kDef);
  if (a->kind == Kind::kBoolean || b->kind == Kind::kBoolean) return registry.of(Kind::kBoolean);
  return promote_numeric(a, b, false);
}

const Type* promote_equality(const Type* a, const Type* b) {
  const Registry& registry = Registry::get();
  if (a->is_def() || b->is_def()) return registry.of(Kind::kDef);
  if (a->is_primitive() && b->is_primitive()) {
    if (a->kind == Kind::kBoolean && b->kind == Kind::kBoolean) return a;
    return promote_numeric(a, b, true);
  }
  return known().object->type;
}

const Type* promote_conditional(const Type* a, const Type* b) {
  if (a == b) return a;
  const Registry& registry = Registry::get();
  if (a->is_def() || b->is_def()) return registry.of(Kind::kDef);
  if (a->is_primitive() && b->is_primitive()) {
    if (a->kind == Kind::kBoolean || b->kind == Kind::kBoolean) return known().object->type;
    if (widens(a->kind, b->kind)) return b;
    if (widens(b->kind, a->kind)) return a;
    return registry.of(Kind::kInt);
  }
  if (a->kind == Kind::kClass && b->kind == Kind::kClass) {
    if (a->cls->is_a(*b->cls)) return b;
    if (b->cls->is_a(*a->cls)) return a;
  }
  return known().object->type;
}

const char* operator_name(Operator op) {
  switch (op) {
    case Operator::kAdd:
      return "addition";
    case Operator::kSubtract:
      return "subtraction";
    case Operator::kMultiply:
      return "multiplication";
    case Operator::kDivide:
      return "division";
    case Operator::kRemainder:
      return "remainder";
    case Operator::kShiftLeft:
      return "left shift";
    case Operator::kShiftRight:
      return "right shift";
    case Operator::kShiftRightUnsigned:
      return "unsigned shift";
    case Operator::kAnd:
      return "bitwise and";
    case Operator::kXor:
      return "bitwise xor";
    case Operator::kOr:
      return "bitwise or";
    case Operator::kNegate:
      return "subtraction";
    case Operator::kPlus:
      return "addition";
    case Operator::kComplement:
      return "bitwise not";
    case Operator::kNot:
      return "boolean not";
    case Operator::kEqual:
      return "equals";
    case Operator::kNotEqual:
      return "not equals";
    case Operator::kLess:
      return "less than";
    case Operator::kLessEqual:
      return "less than or equals";
    case Operator::kGreater:
      return "greater than";
    case Operator::kGreaterEqual:
      return "greater than or equals";
  }
  return "";
}

}  // namespace sluice::painless
