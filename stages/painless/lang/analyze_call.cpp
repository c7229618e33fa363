#include "stages/painless/lang/analyzer.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/lang/compile_error.h"

namespace sluice::painless {

namespace {

std::string member_text(const Type* type, const Node& node) {
  return "[" + type->name + ", " + node.text + "/" + std::to_string(node.children.size() - 1) + "]";
}

}  // namespace

void Analyzer::arguments(Node& node, std::size_t first, const Method& method) {
  for (std::size_t i = first; i < node.children.size(); ++i) {
    const Type* wanted = method.parameters[i - first];
    node.children[i]->internal = true;
    expression(*node.children[i], wanted);
    coerce(*node.children[i], wanted, false, true);
  }
}

void Analyzer::call(Node& node) {
  check_names(node, *node.children[0], false);
  const Type* type = receiver(*node.children[0]);
  const std::size_t count = node.children.size() - 1;
  if (node.children[0]->access == Access::kType) {
    node.method = type->cls->static_method(node.text, count);
    if (node.method == nullptr) fail(node.offset, "static method " + member_text(type, node) + " not found");
    node.access = Access::kStatic;
  } else if (type->is_def()) {
    return call_def(node);
  } else {
    if (type->is_void()) legal_cast(node.children[0]->offset, type, def(), false, false);
    if (node.null_safe && type->is_primitive()) fail(node.offset, "Result of null safe operator must be nullable");
    // A primitive has the methods of its box.
    node.method = type->cls->method_in(node.text, count, context_.kind);
    if (node.method == nullptr) fail(node.offset, "member method " + member_text(type, node) + " not found");
    node.access = Access::kMethod;
  }
  arguments(node, 1, *node.method);
  if (count == 1 && node.children[1]->kind == NodeKind::kString) {
    note_field(*node.children[0], node.children[1]->text);
  }
  node.type = node.method->result;
  if (node.null_safe && node.type->is_primitive()) fail(node.offset, "Result of null safe operator must be nullable");
}

void Analyzer::call_def(Node& node) {
  node.access = Access::kDef;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    Node& argument = *node.children[i];
    argument.internal = true;
    expression(argument, nullptr);
    if (argument.type->is_void()) {
      fail(argument.offset, "Argument(s) cannot be of [void] type when calling method [" + node.text + "].");
    }
  }
  node.type = def();
}

void Analyzer::call_local(Node& node) {
  node.function = local_function(node.text, node.children.size());
  if (node.function == nullptr) {
    const Class* functions = context_.functions.empty() ? nullptr : registry_.class_named(context_.functions);
    node.method = functions == nullptr ? nullptr : functions->static_method(node.text, node.children.size());
    if (node.method != nullptr) {
      node.access = Access::kStatic;
      arguments(node, 0, *node.method);
      node.type = node.method->result;
      return;
    }
    fail(node.offset,
         "Unknown call [" + node.text + "] with [" + std::to_string(node.children.size()) + "] arguments.");
  }
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Type* wanted = node.function->parameters[i].type;
    node.children[i]->internal = true;
    expression(*node.children[i], wanted);
    coerce(*node.children[i], wanted, false, true);
  }
  node.access = Access::kLocalFunction;
  node.type = node.function->result;
}

void Analyzer::lambda(Node& node, const Type* want) {
  FunctionNode& made = tree_.functions.emplace_back();
  made.is_lambda = true;
  made.name = "lambda$" + std::to_string(tree_.functions.size());
  made.offset = node.offset;
  made.parameters = node.parameters;
  made.body = node.children[0];
  made.result = def();
  const Method* target = nullptr;
  if (want != nullptr) {
    target = want->kind == Kind::kClass ? want->cls->functional : nullptr;
    if (target == nullptr) {
      fail(node.offset, "Cannot pass lambda to [" + want->name + "], not a functional interface");
    }
    if (target->arity() != made.parameters.size()) {
      throw CompileError{CompileError::kNowhere,
                         {{"illegal_argument_exception",
                           "Incorrect number of parameters for [" + target->name + "] in [" + want->cls->name + "]"}}};
    }
    node.interface = want->cls;
    // A void target takes any value, and forgets it.
    made.result = target->result;
  }
  for (std::size_t i = 0; i < made.parameters.size(); ++i) {
    Parameter& parameter = made.parameters[i];
    if (!parameter.type_name.empty()) {
      parameter.type = type_named(parameter.type_name);
      if (parameter.type == nullptr) fail(node.offset, "cannot resolve type [" + parameter.type_name + "]");
    } else {
      parameter.type = target != nullptr ? target->parameters[i] : def();
    }
  }
  node.function = &made;
  functions_.push_back(&made);
  lambda_body(node, made);
  node.type = want != nullptr ? want : def();
}

void Analyzer::lambda_body(Node& node, FunctionNode& made) {
  Scope scope{&made, {}, {}, scope_, &node};
  scope_ = &scope;
  const int loops = loops_;
  loops_ = 0;
  std::vector<Variable*> own;
  own.reserve(made.parameters.size());
  for (const Parameter& parameter : made.parameters)
    own.push_back(define(node.offset, parameter.name, parameter.type, false));
  made.arguments = own;
  if (made.body->kind == NodeKind::kBlock) {
    if (made.body->children.empty()) fail(node.offset, "cannot generate empty lambda");
    // The last expression of a lambda is its result, unless nobody wants one.
    made.returns_last = !made.result->is_void();
    const Escape escape = block(*made.body, false, made.returns_last, false);
    if (!escape.method && made.result->is_primitive()) {
      fail(node.offset, "not all paths return a value for lambda");
    }
  } else {
    made.expression_body = true;
    const bool wants_value = !made.result->is_void();
    made.body->internal = true;
    expression(*made.body, wants_value ? made.result : nullptr, true);
    if (wants_value && !made.body->type->is_void()) coerce(*made.body, made.result, false, true);
  }
  loops_ = loops;
  scope_ = scope.outer;
}

void Analyzer::reference(Node& node, const Type* want) {
  if (want != nullptr) {
    const Method* target = want->kind == Kind::kClass ? want->cls->functional : nullptr;
    if (target == nullptr) {
      fail_cast(node.offset, "cannot convert function reference [" + node.text + "::" + node.name +
                                 "] to a non-functional interface [" + want->name + "]");
    }
    node.interface = want->cls;
  }
  node.type = want != nullptr ? want : def();
  if (node.text == "this") {
    for (FunctionNode* made : functions_) {
      if (!made->is_lambda && made != functions_.front() && made->name == node.name) node.function = made;
    }
    if (node.function == nullptr) {
      fail(node.offset, "function reference [this::" + node.name + "] matching [" +
                            (want != nullptr ? want->name : "def") + "] not found");
    }
    return;
  }
  if (Variable* variable = find(node.text)) {
    node.variable = variable;
    return;
  }
  const Type* type = type_named(node.text);
  if (type == nullptr) fail(node.offset, "cannot resolve symbol [" + node.text + "]");
  node.operand_type = type;
  if (want == nullptr || type->kind != Kind::kClass) return;
  const std::size_t arity = want->cls->functional->arity();
  const bool found = node.name == "new"
                         ? type->cls->constructor(arity) != nullptr
                         : type->cls->static_method(node.name, arity) != nullptr ||
                               (arity > 0 && type->cls->method_in(node.name, arity - 1, context_.kind) != nullptr);
  if (!found) {
    fail(node.offset, "function reference [" + node.text + "::" + node.name + "/" + std::to_string(arity) +
                          "] matching [" + want->name + ", " + want->cls->functional->name + "/" +
                          std::to_string(arity) + "] not found");
  }
}

}  // namespace sluice::painless
