#include "stages/painless/lang/analyzer.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/lang/compile_error.h"

namespace sluice::painless {

namespace {

bool is_empty(const Node* body) { return body == nullptr || body->children.empty(); }

/// `true` and `false` as they stand; what only comes to that is a condition like any other.
bool is_literal(const Node& condition) {
  return condition.kind == NodeKind::kTrue || condition.kind == NodeKind::kFalse;
}

}  // namespace

Analyzer::Escape Analyzer::statement(Node& node, bool last_in_loop, bool last_of_all) {
  switch (node.kind) {
    case NodeKind::kIf:
      return if_statement(node, last_in_loop, last_of_all);
    case NodeKind::kWhile:
      return while_statement(node);
    case NodeKind::kDo:
      return do_statement(node);
    case NodeKind::kFor:
      return for_statement(node);
    case NodeKind::kForEach:
      return for_each(node);
    case NodeKind::kTry:
      return try_statement(node, last_in_loop, last_of_all);
    case NodeKind::kDeclarations:
      for (Node* one : node.children) declaration(*one);
      return {};
    case NodeKind::kReturn:
      return return_statement(node);
    case NodeKind::kThrow:
      return throw_statement(node);
    case NodeKind::kContinue:
      if (loops_ == 0) fail(node.offset, "invalid continue statement: not inside loop");
      if (last_in_loop) fail(node.offset, "extraneous continue statement");
      return {.all = true, .any_continue = true};
    case NodeKind::kBreak:
      if (loops_ == 0) fail(node.offset, "invalid break statement: not inside loop");
      return {.all = true, .loop = true, .any_break = true};
    case NodeKind::kBlock:
      return block(node, last_in_loop, last_of_all);
    default:
      return expression_statement(node, last_of_all);
  }
}

Analyzer::Escape Analyzer::block(Node& node, bool last_in_loop, bool last_of_all, bool own_scope) {
  if (node.children.empty()) fail(node.offset, "invalid block: found no statements");
  const std::size_t visible = scope_->visible.size();
  Escape whole;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (whole.all) fail(node.offset, "invalid block: unreachable statement");
    const bool last = i + 1 == node.children.size();
    const Escape one = statement(*node.children[i], last_in_loop && last, last_of_all && last);
    whole.all = one.all;
    whole.method = one.method;
    whole.loop = one.loop;
    whole.any_break |= one.any_break;
    whole.any_continue |= one.any_continue;
  }
  if (own_scope) scope_->visible.resize(visible);
  return whole;
}

void Analyzer::condition(Node& node) {
  expression(node, simple(Kind::kBoolean));
  coerce(node, simple(Kind::kBoolean));
}

Analyzer::Escape Analyzer::if_statement(Node& node, bool last_in_loop, bool last_of_all) {
  condition(*node.children[0]);
  if (is_literal(*node.children[0])) fail(node.offset, "extraneous if block");
  if (is_empty(node.children[1])) fail(node.offset, "extraneous if block");
  const Escape yes = block(*node.children[1], last_in_loop, last_of_all);
  if (node.children.size() < 3) {
    return {.any_break = yes.any_break, .any_continue = yes.any_continue};
  }
  if (is_empty(node.children[2])) fail(node.offset, "extraneous else block");
  const Escape no = block(*node.children[2], last_in_loop, last_of_all);
  return {yes.all && no.all, yes.method && no.method, yes.loop && no.loop, yes.any_break || no.any_break,
          yes.any_continue || no.any_continue};
}

Analyzer::Escape Analyzer::loop_body(Node* body, const char* extraneous, std::uint32_t offset) {
  ++loops_;
  const Escape inside = block(*body, true, false);
  --loops_;
  if (inside.loop && !inside.any_continue) fail(offset, extraneous);
  if (inside.method && !inside.any_continue) fail(offset, extraneous);
  return inside;
}

Analyzer::Escape Analyzer::while_statement(Node& node) {
  scope_->function->has_loops = true;
  condition(*node.children[0]);
  const bool always = node.children[0]->kind == NodeKind::kTrue;
  if (node.children[0]->kind == NodeKind::kFalse) fail(node.offset, "extraneous while loop");
  Node* body = node.children.size() > 1 ? node.children[1] : nullptr;
  if (is_empty(body)) {
    if (always) fail(node.offset, "no paths escape from while loop");
    return {};
  }
  const Escape inside = loop_body(body, "extraneous while loop", node.offset);
  const bool never_out = always && !inside.any_break;
  return {.all = never_out, .method = never_out};
}

Analyzer::Escape Analyzer::do_statement(Node& node) {
  scope_->function->has_loops = true;
  if (is_empty(node.children[0])) fail(node.offset, "extraneous do-while loop");
  const Escape inside = loop_body(node.children[0], "extraneous do-while loop", node.offset);
  condition(*node.children[1]);
  if (!is_literal(*node.children[1])) return {};
  if (node.children[1]->constant.i == 0) fail(node.offset, "extraneous do-while loop");
  const bool never_out = !inside.any_break;
  return {.all = never_out, .method = never_out};
}

Analyzer::Escape Analyzer::for_statement(Node& node) {
  scope_->function->has_loops = true;
  const std::size_t visible = scope_->visible.size();
  if (Node* first = node.children[0]; first != nullptr) {
    if (first->kind == NodeKind::kDeclarations) {
      statement(*first, false, false);
    } else {
      expression(*first, nullptr, false);
    }
  }
  bool always = node.children[1] == nullptr;
  if (Node* test = node.children[1]; test != nullptr) {
    condition(*test);
    if (is_literal(*test)) {
      always = test->constant.i != 0;
      if (!always) fail(node.offset, "extraneous for loop");
      if (is_empty(node.children[3])) fail(node.offset, "no paths escape from for loop");
    }
  }
  if (Node* step = node.children[2]; step != nullptr) expression(*step, nullptr, false);
  Escape whole;
  if (!is_empty(node.children[3])) {
    const Escape inside = loop_body(node.children[3], "extraneous for loop", node.offset);
    if (always && !inside.any_break) whole.all = whole.method = true;
  }
  scope_->visible.resize(visible);
  return whole;
}

Analyzer::Escape Analyzer::for_each(Node& node) {
  scope_->function->has_loops = true;
  Node& walked = *node.children[0];
  expression(walked, nullptr);
  if (is_empty(node.children[1])) fail(node.offset, "extraneous foreach loop");
  const Type* type = type_named(node.type_name);
  if (type == nullptr) fail(node.offset, "invalid foreach loop: type [" + node.type_name + "] not found");
  const std::size_t visible = scope_->visible.size();
  Variable* variable = define(node.offset, node.text, type, true);
  node.variables = {variable};
  loop_body(node.children[1], "extraneous foreach loop", node.offset);
  const Type* element = def();
  if (walked.type->kind == Kind::kArray) {
    element = walked.type->element;
  } else if (!walked.type->is_def() && (walked.type->is_primitive() || !walked.type->cls->is_a(*known().iterable))) {
    fail(node.offset, "invalid foreach loop: cannot iterate over type [" + walked.type->name + "].");
  }
  node.conversion = legal_cast(node.offset, element, type, true, true);
  scope_->visible.resize(visible);
  return {};
}

Analyzer::Escape Analyzer::try_statement(Node& node, bool last_in_loop, bool last_of_all) {
  if (is_empty(node.children[0])) fail(node.offset, "extraneous try statement");
  Escape whole = block(*node.children[0], last_in_loop, last_of_all);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    Node& handler = *node.children[i];
    const Type* type = type_named(handler.type_name);
    if (type == nullptr)
      fail(handler.offset, "invalid catch declaration: cannot resolve type [" + handler.type_name + "]");
    if (type->cls == nullptr || type->kind != Kind::kClass || !type->cls->is_a(*known().exception)) {
      fail_cast(handler.offset, "cannot cast from [" + type->name + "] to [java.lang.Exception]");
    }
    const std::size_t visible = scope_->visible.size();
    Variable* variable = define(handler.offset, handler.text, type, false);
    handler.variables = {variable};
    Escape caught;
    if (!is_empty(handler.children[0])) caught = block(*handler.children[0], last_in_loop, last_of_all);
    scope_->visible.resize(visible);
    whole.all &= caught.all;
    whole.method &= caught.method;
    whole.loop &= caught.loop;
    whole.any_break |= caught.any_break;
    whole.any_continue |= caught.any_continue;
  }
  return whole;
}

void Analyzer::declaration(Node& node) {
  const Type* type = type_named(node.type_name);
  if (type == nullptr || type->is_void()) {
    fail(node.offset, "invalid declaration: cannot resolve type [" + node.type_name + "]");
  }
  if (!node.children.empty()) {
    expression(*node.children[0], type);
    coerce(*node.children[0], type);
  }
  if (registry_.type(node.text) != nullptr) {
    fail(node.offset, "invalid declaration: type [" + node.text + "] cannot be a name");
  }
  node.variables = {define(node.offset, node.text, type, false)};
}

Analyzer::Escape Analyzer::return_statement(Node& node) {
  const Type* result = scope_->function->result;
  if (node.children.empty()) {
    if (!result->is_void()) {
      fail_cast(node.offset, "cannot cast from [" + result->name + "] to [void]");
    }
  } else {
    Node& value = *node.children[0];
    value.internal = true;
    expression(value, result->is_void() ? nullptr : result);
    coerce(value, result, false, true);
  }
  return {.all = true, .method = true, .loop = true};
}

Analyzer::Escape Analyzer::throw_statement(Node& node) {
  Node& value = *node.children[0];
  expression(value, known().exception->type);
  coerce(value, known().exception->type);
  return {.all = true, .method = true, .loop = true};
}

Analyzer::Escape Analyzer::expression_statement(Node& node, bool last_of_all) {
  Node& value = *node.children[0];
  const Type* result = scope_->function->result;
  // The last expression of a script is its result, where its context wants one.
  const bool returns = last_of_all && !result->is_void();
  value.untold = returns && !result->is_def();
  expression(value, returns && !value.untold ? result : nullptr, returns);
  if (!returns || value.type->is_void()) return {};
  if (value.kind == NodeKind::kNull && !result->is_def()) {
    fail_cast(value.offset, "Cannot cast from [java.lang.Object] to [" + result->name + "].");
  }
  coerce(value, result, false, true);
  node.kind = NodeKind::kReturn;
  return {.all = true, .method = true, .loop = true};
}

}  // namespace sluice::painless
