#include "stages/painless/lang/analyzer.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/lang/compile_error.h"

namespace sluice::painless {

void Analyzer::expression(Node& node, const Type* want, bool read, bool explicit_cast) {
  node.statement_position = !read;
  dispatch(node, want, read, explicit_cast);
}

void Analyzer::dispatch(Node& node, const Type* want, bool read, bool explicit_cast) {
  switch (node.kind) {
    case NodeKind::kAssign:
      return assign(node, read);
    case NodeKind::kIncrement:
      return increment(node, read);
    case NodeKind::kUnary:
      return unary(node, read);
    case NodeKind::kBinary:
      return binary(node, read);
    case NodeKind::kRegexFind:
    case NodeKind::kRegexMatch:
      return regex_test(node, read);
    case NodeKind::kBooleanAnd:
    case NodeKind::kBooleanOr:
      return logical(node, read);
    case NodeKind::kCompare:
      return compare(node, read);
    case NodeKind::kInstanceOf:
      return instance_of(node, read);
    case NodeKind::kConditional:
      return conditional(node, want, read, explicit_cast);
    case NodeKind::kElvis:
      return elvis(node, want, read);
    case NodeKind::kCast:
      return cast(node, read);
    case NodeKind::kNewObject:
      return new_object(node, read);
    case NodeKind::kNewArray:
      return new_array(node, read);
    case NodeKind::kList:
      return list(node, read);
    case NodeKind::kMap:
      return map(node, read);
    case NodeKind::kCallLocal:
      return call_local(node);
    case NodeKind::kCall:
      return call(node);
    case NodeKind::kSymbol:
      if (!read && find(node.text) == nullptr && type_named(node.text) != nullptr) {
        unused(node, "static type [" + type_named(node.text)->name + "] not used");
      }
      if (!read && find(node.text) != nullptr) unused(node, "variable [" + node.text + "] not used");
      return place(node, Use::kRead);
    case NodeKind::kDot:
      if (!read) unused(node, "result of dot operator [.] not used");
      return place(node, Use::kRead);
    case NodeKind::kIndex:
      if (!read) unused(node, "result of brace operator not used");
      return place(node, Use::kRead);
    case NodeKind::kNumber:
      if (!read) unused(node, "numeric constant [" + node.text + "] not used");
      return number(node, want);
    case NodeKind::kRegex:
      return regex(node, read);
    case NodeKind::kLambda:
      return lambda(node, want);
    case NodeKind::kReference:
      return reference(node, want);
    default:
      return literal(node, read);
  }
}

void Analyzer::new_object(Node& node, bool read) {
  if (!read) unused(node, "result not used from new object");
  const Type* type = type_named(node.type_name);
  if (type == nullptr || type->kind != Kind::kClass) fail(node.offset, "Not a type [" + node.type_name + "].");
  node.method = type->cls->constructor(node.children.size());
  if (node.method == nullptr) {
    fail(node.offset,
         "constructor [" + type->name + ", <init>/" + std::to_string(node.children.size()) + "] not found");
  }
  arguments(node, 0, *node.method);
  node.type = type;
}

void Analyzer::new_array(Node& node, bool read) {
  if (!read) unused(node, "result not used from new array");
  const Type* type = type_named(node.type_name);
  if (type == nullptr) {
    std::string element = node.type_name;
    fail(node.offset, "Not a type [" + element + "].");
  }
  for (Node* child : node.children) {
    const Type* wanted = node.initialised ? type->element : simple(Kind::kInt);
    expression(*child, wanted);
    coerce(*child, wanted, false, node.initialised);
  }
  node.type = node.operand_type = type;
}

void Analyzer::list(Node& node, bool read) {
  if (!read) unused(node, "result not used from list initializer");
  for (Node* child : node.children) {
    expression(*child, def());
    coerce(*child, def(), false, true);
  }
  node.type = known().array_list->type;
}

void Analyzer::map(Node& node, bool read) {
  if (!read) unused(node, "result not used from map initializer");
  for (Node* child : node.children) {
    expression(*child, def());
    coerce(*child, def(), false, true);
  }
  node.type = known().hash_map->type;
}

}  // namespace sluice::painless
