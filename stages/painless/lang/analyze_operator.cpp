#include "pipeline/base/java_number_text.h"
#include "stages/painless/lang/analyzer.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/lang/compile_error.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless {

namespace {

std::string types_text(const Type* a, const Type* b) { return "[" + a->name + "] and [" + b->name + "]"; }

/// What Java's Class.toString() says, which is what Elasticsearch prints here.
std::string class_text(const Type* type) {
  if (type->is_primitive()) return type->name;
  if (type->is_def()) return "class org.elasticsearch.painless.lookup.def";
  if (type->kind == Kind::kArray) return type->name;
  return (type->cls->is_interface ? "interface " : "class ") + type->cls->java_name;
}

bool is_shift(Operator op) {
  return op == Operator::kShiftLeft || op == Operator::kShiftRight || op == Operator::kShiftRightUnsigned;
}

bool wants_integers(Operator op) {
  return is_shift(op) || op == Operator::kAnd || op == Operator::kOr || op == Operator::kXor;
}

/// What Elasticsearch calls an expression that can't be assigned to.
std::string described(const Node& node) {
  switch (node.kind) {
    case NodeKind::kNumber:
      return (node.text.find_first_of(".eEfFdD") == std::string::npos || node.name == "hex" ? "numeric" : "decimal") +
             std::string(" constant [") + node.text + "]";
    case NodeKind::kString:
      return "string constant [" + node.text + "]";
    case NodeKind::kTrue:
    case NodeKind::kFalse:
      return std::string("boolean constant [") + (node.kind == NodeKind::kTrue ? "true" : "false") + "]";
    case NodeKind::kNull:
      return "null constant";
    case NodeKind::kRegex:
      return "regex constant [" + node.text + "] with flags [" + node.name + "]";
    case NodeKind::kList:
      return "list initializer";
    case NodeKind::kMap:
      return "map initializer";
    case NodeKind::kConditional:
      return "conditional operation [?:]";
    case NodeKind::kElvis:
      return "elvis operation [?:]";
    case NodeKind::kNewArray:
      return "new array";
    case NodeKind::kNewObject:
      return "new object";
    case NodeKind::kCall:
      return "method call [" + node.text + "/" + std::to_string(node.children.size() - 1) + "]";
    case NodeKind::kCallLocal:
      return "function call [" + node.text + "/" + std::to_string(node.children.size()) + "]";
    case NodeKind::kBinary:
    case NodeKind::kCompare:
      return std::string(operator_name(node.op)) + " operation [" + node.name + "]";
    default:
      return "an expression that is no variable, field or element";
  }
}

bool is_text_constant(const Node& node) { return node.kind == NodeKind::kString || node.is_constant; }

std::string constant_text(const Node& node) {
  if (node.kind == NodeKind::kString) return node.text;
  std::string text;
  switch (node.constant.tag) {
    case Tag::kBoolean:
      return node.constant.i != 0 ? "true" : "false";
    case Tag::kChar:
      append_unit(text, static_cast<char16_t>(node.constant.i));
      return text;
    case Tag::kFloat:
      return java_float_text(node.constant.f);
    case Tag::kDouble:
      return java_double_text(node.constant.d);
    default:
      return integer_text(node.constant.i, 10);
  }
}

const char* symbol_of(Operator op) {
  switch (op) {
    case Operator::kNot:
      return "!";
    case Operator::kComplement:
      return "~";
    case Operator::kNegate:
      return "-";
    default:
      return "+";
  }
}

/// The type of an operation on two operands; null: there is none. `shift` becomes the type of a shift's distance.
const Type* operation_type(Operator op, const Type* a, const Type* b, const Type*& shift) {
  if (op == Operator::kAdd) return promote_add(a, b);
  if (op == Operator::kXor) return promote_xor(a, b);
  if (!is_shift(op)) return promote_numeric(a, b, !wants_integers(op));
  const Type* left = promote_numeric(a, nullptr, false);
  const Type* distance = promote_numeric(b, nullptr, false);
  if (left == nullptr || distance == nullptr) return nullptr;
  shift = distance;
  return distance->is_def() ? distance : left;
}

}  // namespace

void Analyzer::coerce(Node& node, const Type* to, bool explicit_cast, bool internal) {
  if (node.kind == NodeKind::kNull && to->is_primitive()) {
    fail(node.offset, "Cannot cast null to a primitive type [" + to->name + "].");
  }
  const Conversion needed = legal_cast(node.offset, node.type, to, explicit_cast, internal);
  if (node.is_constant && node.type->is_primitive() && to->is_primitive()) {
    node.constant = convert_primitive(node.constant, to->kind);
    node.type = to;
    return;
  }
  node.conversion = needed;
  node.is_cast = node.type != to && node.kind != NodeKind::kNull;
}

void Analyzer::unary(Node& node, bool read) {
  const std::string symbol = symbol_of(node.op);
  if (!read) {
    unused(node, "result not used from " + std::string(operator_name(node.op)) + " operation [" + symbol + "]");
  }
  Node& operand = *node.children[0];
  if (node.op == Operator::kNot) {
    condition(operand);
    node.type = simple(Kind::kBoolean);
  } else {
    expression(operand, nullptr);
    const Type* type = promote_numeric(operand.type, nullptr, node.op != Operator::kComplement);
    if (type == nullptr) {
      fail_cast(node.offset, "cannot apply the " + std::string(operator_name(node.op)) + " operator [" + symbol +
                                 "] to the type [" + operand.type->name + "]");
    }
    coerce(operand, type);
    node.type = type;
  }
  node.operand_type = node.type;
  if (operand.is_constant && operand.type->is_primitive()) {
    node.constant = fold_unary(node.op, node.type, operand.constant);
    node.is_constant = true;
  }
}

void Analyzer::binary(Node& node, bool read) {
  if (!read) {
    unused(node, "result not used from " + std::string(operator_name(node.op)) + " operation [" + node.name + "]");
  }
  Node& left = *node.children[0];
  Node& right = *node.children[1];
  expression(left, nullptr);
  expression(right, nullptr);
  const Type* shift = nullptr;
  const Type* type = operation_type(node.op, left.type, right.type, shift);
  if (type == nullptr) {
    fail_cast(node.offset, "cannot apply the " + std::string(operator_name(node.op)) + " operator [" + node.name +
                               "] to the types " + types_text(left.type, right.type));
  }
  node.operand_type = node.type = type;
  if (type->kind == Kind::kClass) {  // text: both sides as they are
    for (const Node* side : {&left, &right}) {
      if (side->type->is_void()) legal_cast(side->offset, side->type, def(), false, false);
    }
    if (is_text_constant(left) && is_text_constant(right)) {
      // Two constants are one, in Elasticsearch as here.
      node.text = constant_text(left) + constant_text(right);
      node.kind = NodeKind::kString;
      node.children.clear();
    }
    return;
  }
  if (type->is_def()) return;  // operands go into the operation as they are
  coerce(left, type);
  coerce(right, shift == nullptr ? type : shift->kind == Kind::kLong ? simple(Kind::kInt) : shift, shift != nullptr);
  if (left.is_constant && right.is_constant && type->is_primitive()) {
    node.constant = fold_binary(node.offset, node.op, type, left.constant, right.constant);
    node.is_constant = true;
  }
}

void Analyzer::regex_test(Node& node, bool read) {
  if (!read) {
    unused(node, "result not used from " + std::string(node.kind == NodeKind::kRegexFind ? "find" : "match") +
                     " operation [" + node.name + "]");
  }
  expression(*node.children[0], known().char_sequence->type);
  coerce(*node.children[0], known().char_sequence->type);
  expression(*node.children[1], known().pattern->type);
  coerce(*node.children[1], known().pattern->type);
  node.type = simple(Kind::kBoolean);
}

void Analyzer::logical(Node& node, bool read) {
  const bool is_and = node.kind == NodeKind::kBooleanAnd;
  if (!read) {
    unused(node, std::string("result not used from ") + (is_and ? "boolean and" : "boolean or") + " operation [" +
                     node.name + "]");
  }
  condition(*node.children[0]);
  condition(*node.children[1]);
  node.type = simple(Kind::kBoolean);
  const Node& left = *node.children[0];
  const Node& right = *node.children[1];
  if (left.is_constant && right.is_constant) {
    node.is_constant = true;
    node.constant =
        Value::boolean(is_and ? (left.constant.i & right.constant.i) != 0 : (left.constant.i | right.constant.i) != 0);
  }
}

void Analyzer::compare(Node& node, bool read) {
  if (!read) {
    unused(node, std::string("result not used from ") + (node.identity ? "reference " : "") + operator_name(node.op) +
                     " operation [" + node.name + "]");
  }
  Node& left = *node.children[0];
  Node& right = *node.children[1];
  expression(left, nullptr);
  expression(right, nullptr);
  const bool equality = node.op == Operator::kEqual || node.op == Operator::kNotEqual;
  const Type* type = equality ? promote_equality(left.type, right.type) : promote_numeric(left.type, right.type, true);
  if (type == nullptr) {
    fail_cast(node.offset, "cannot apply the " + std::string(node.identity ? "reference " : "") +
                               operator_name(node.op) + " operator [" + node.name + "] to the types " +
                               types_text(left.type, right.type));
  }
  if (!type->is_def()) {
    coerce(left, type);
    coerce(right, type);
  }
  node.operand_type = type;
  node.type = simple(Kind::kBoolean);
  if (left.is_constant && right.is_constant && type->is_primitive()) {
    node.constant = Value::boolean(fold_compare(node.op, left.constant, right.constant));
    node.is_constant = true;
  }
}

void Analyzer::instance_of(Node& node, bool read) {
  if (!read) unused(node, "result not used from instanceof with target type [" + node.type_name + "]");
  const Type* type = type_named(node.type_name);
  if (type == nullptr) fail(node.offset, "Not a type [" + node.type_name + "].");
  expression(*node.children[0], nullptr);
  node.operand_type = type;
  node.type = simple(Kind::kBoolean);
}

void Analyzer::conditional(Node& node, const Type* want, bool read, bool explicit_cast) {
  if (!read) unused(node, "result not used from conditional operation [?:]");
  Node& yes = *node.children[1];
  Node& no = *node.children[2];
  condition(*node.children[0]);
  yes.internal = no.internal = node.internal;
  expression(yes, want, true, explicit_cast);
  expression(no, want, true, explicit_cast);
  const auto type_of = [](const Node& one) { return one.kind == NodeKind::kNull ? known().object->type : one.type; };
  const Type* type = want != nullptr ? want : promote_conditional(type_of(yes), type_of(no));
  coerce(yes, type, explicit_cast, node.internal);
  coerce(no, type, explicit_cast, node.internal);
  node.type = type;
}

void Analyzer::elvis(Node& node, const Type* want, bool read) {
  if (!read) unused(node, "result not used from elvis operation [?:]");
  if (want != nullptr && want->is_primitive()) fail(node.offset, "Elvis operator cannot return primitives");
  Node& left = *node.children[0];
  Node& right = *node.children[1];
  expression(left, want);
  if (left.kind == NodeKind::kNull) fail(left.offset, "Extraneous elvis operator. LHS is null.");
  if (left.is_constant || left.kind == NodeKind::kString)
    fail(left.offset, "Extraneous elvis operator. LHS is a constant.");
  if (left.type->is_primitive()) fail(left.offset, "Extraneous elvis operator. LHS is a primitive.");
  expression(right, want);
  if (right.kind == NodeKind::kNull) fail(right.offset, "Extraneous elvis operator. RHS is null.");
  const Type* type = want != nullptr ? want : promote_conditional(left.type, right.type);
  coerce(left, type, false, true);
  coerce(right, type, false, true);
  node.type = type;
}

void Analyzer::cast(Node& node, bool read) {
  if (!read) unused(node, "result not used from explicit cast with target type [" + node.type_name + "]");
  const Type* type = type_named(node.type_name);
  if (type == nullptr) fail(node.offset, "cannot resolve type [" + node.type_name + "]");
  Node& operand = *node.children[0];
  expression(operand, type, true, true);
  coerce(operand, type, true);
  node.type = node.operand_type = type;
  if (operand.is_constant && type->is_primitive() && operand.conversion.from == nullptr) {
    node.is_constant = true;
    node.constant = operand.constant;
  }
}

const Type* Analyzer::compound_type(Node& node, Operator op, const std::string& symbol, const Type* target,
                                    const Type* value, const Type*& shift) {
  const Type* type = operation_type(op, target, value, shift);
  const bool booleans = op == Operator::kAnd || op == Operator::kOr || op == Operator::kXor;
  if (booleans && target->kind == Kind::kBoolean && value->kind == Kind::kBoolean) type = target;
  if (type == nullptr) {
    fail_cast(node.offset, "invalid compound assignment: cannot apply [" + symbol + "] to types [" +
                               class_text(target) + "] and [" + class_text(value) + "]");
  }
  return type;
}

void Analyzer::compound_assign(Node& node, Node& target, bool read) {
  Node& value = *node.children[1];
  expression(value, nullptr);
  const Type* shift = nullptr;
  const Type* type = compound_type(node, node.op, node.name, target.type, value.type, shift);
  node.operand_type = type;
  if (type->kind != Kind::kClass) {
    if (shift == nullptr) {
      coerce(value, type);
    } else if (!type->is_def()) {
      coerce(value, shift->kind == Kind::kLong ? simple(Kind::kInt) : shift, true);
    }
  }
  legal_cast(target.offset, target.type, type, false, false);
  legal_cast(node.offset, type, target.type, true, false);
  node.type = read ? target.type : simple(Kind::kVoid);
}

void Analyzer::plain_assign(Node& node, Node& target, bool read) {
  Node& value = *node.children[1];
  // What is looked up at run time takes the value's own type: the branches of a conditional find one of their own.
  const bool own_type = target.access == Access::kDef && value.kind == NodeKind::kConditional;
  expression(value, own_type ? nullptr : target.type);
  coerce(value, target.type);
  node.type = read ? target.type : simple(Kind::kVoid);
}

void Analyzer::assign(Node& node, bool read) {
  Node& target = *node.children[0];
  if (target.kind != NodeKind::kSymbol && target.kind != NodeKind::kDot && target.kind != NodeKind::kIndex) {
    fail(target.offset, "invalid assignment: cannot assign a value to " + described(target));
  }
  target.value = node.children[1];
  place(target, node.compound ? Use::kBoth : Use::kWrite);
  if (node.compound) return compound_assign(node, target, read);
  plain_assign(node, target, read);
}

void Analyzer::increment(Node& node, bool read) {
  Node& target = *node.children[0];
  const std::string symbol = node.delta > 0 ? "++" : "--";
  if (target.kind != NodeKind::kSymbol && target.kind != NodeKind::kDot && target.kind != NodeKind::kIndex) {
    fail(target.offset, "invalid assignment: cannot assign a value to " + described(target));
  }
  place(target, Use::kBoth);
  const Type* shift = nullptr;
  const Type* one = simple(Kind::kInt);
  const Type* type = compound_type(node, Operator::kAdd, symbol, target.type, one, shift);
  legal_cast(node.offset, target.type, type, false, false);
  legal_cast(node.offset, type, target.type, true, false);
  node.operand_type = type;
  node.type = read ? target.type : simple(Kind::kVoid);
}

}  // namespace sluice::painless
