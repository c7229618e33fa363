#include <algorithm>

#include "stages/painless/code/generator.h"
#include "stages/painless/run/registry.h"

namespace sluice::painless {

void Generator::block(Node& node) {
  const Register mark = next_;
  for (Node* one : node.children) statement(*one);
  next_ = mark;
}

void Generator::statement(Node& node) {
  switch (node.kind) {
    case NodeKind::kBlock:
      return block(node);
    case NodeKind::kIf:
      return if_statement(node);
    case NodeKind::kWhile:
      return while_statement(node);
    case NodeKind::kDo:
      return do_statement(node);
    case NodeKind::kFor:
      return for_statement(node);
    case NodeKind::kForEach:
      return for_each(node);
    case NodeKind::kTry:
      return try_statement(node);
    case NodeKind::kDeclarations:
      for (Node* one : node.children) declaration(*one);
      return;
    case NodeKind::kReturn:
      return return_statement(node);
    case NodeKind::kBreak:
      return jump(Op::kJump, *loops_.back().out);
    case NodeKind::kContinue:
      return jump(Op::kJump, *loops_.back().next);
    case NodeKind::kThrow: {
      begin_statement(node.offset);
      const Register mark = next_;
      emit(Op::kThrow, operand(*node.children[0]));
      next_ = mark;
      return;
    }
    default: {
      begin_statement(node.offset);
      const Register mark = next_;
      effect(*node.children[0]);
      next_ = mark;
    }
  }
}

void Generator::declaration(Node& node) {
  begin_statement(node.offset);
  Variable& variable = *node.variables[0];
  variable.place = allocate();
  if (!node.children.empty()) {
    expression(*node.children[0], variable.place);
    return;
  }
  switch (variable.type->kind) {
    case Kind::kBoolean:
      return load(variable.place, Value::boolean(false));
    case Kind::kByte:
      return load(variable.place, Value::of_byte(0));
    case Kind::kShort:
      return load(variable.place, Value::of_short(0));
    case Kind::kChar:
      return load(variable.place, Value::of_char(0));
    case Kind::kInt:
      return load(variable.place, Value::of_int(0));
    case Kind::kLong:
      return load(variable.place, Value::of_long(0));
    case Kind::kFloat:
      return load(variable.place, Value::of_float(0));
    case Kind::kDouble:
      return load(variable.place, Value::of_double(0));
    default:
      return load(variable.place, Value::null());
  }
}

void Generator::return_statement(Node& node) {
  begin_statement(node.offset);
  if (node.children.empty()) {
    emit(Op::kReturnVoid);
    return;
  }
  const Register mark = next_;
  emit(Op::kReturn, operand(*node.children[0]));
  next_ = mark;
}

void Generator::if_statement(Node& node) {
  begin_statement(node.offset);
  Label otherwise;
  branch(*node.children[0], otherwise, false);
  block(*node.children[1]);
  if (node.children.size() < 3) return bind(otherwise);
  Label out;
  jump(Op::kJump, out);
  bind(otherwise);
  block(*node.children[2]);
  bind(out);
}

void Generator::begin_body(Label& body, const Node& loop) {
  bind(body);
  mark(loop);
  emit(Op::kLoop);
}

/// The last jump back counts the iteration itself where there is an instruction for that, and goes behind the body's
/// kLoop.
void Generator::repeat_while(Node& condition, Label& body) {
  branch(condition, body, true);
  Instruction& last = code_.code.back();
  if (last.d != body.at) return;
  switch (last.op) {
#define LOOP(jump_op, loop_op) \
  case Op::jump_op:            \
    last.op = Op::loop_op;     \
    break;
    LOOP(kJumpNeI, kLoopNeI)
    LOOP(kJumpLtI, kLoopLtI)
    LOOP(kJumpLeI, kLoopLeI)
    LOOP(kJumpNeIK, kLoopNeIK)
    LOOP(kJumpLtIK, kLoopLtIK)
    LOOP(kJumpLeIK, kLoopLeIK)
    LOOP(kJumpGtIK, kLoopGtIK)
    LOOP(kJumpGeIK, kLoopGeIK)
    LOOP(kJumpLtD, kLoopLtD)
    LOOP(kJumpLeD, kLoopLeD)
#undef LOOP
    default:
      return;
  }
  ++last.d;
}

/// The test stands behind the body, so that an iteration takes one jump.
void Generator::while_statement(Node& node) {
  begin_statement(node.offset);
  Label body;
  Label next;
  Label out;
  jump(Op::kJump, next);
  begin_body(body, node);
  loops_.push_back({&next, &out});
  if (node.children.size() > 1) block(*node.children[1]);
  loops_.pop_back();
  bind(next);
  repeat_while(*node.children[0], body);
  bind(out);
}

void Generator::do_statement(Node& node) {
  begin_statement(node.offset);
  Label body;
  Label next;
  Label out;
  begin_body(body, node);
  loops_.push_back({&next, &out});
  block(*node.children[0]);
  loops_.pop_back();
  bind(next);
  repeat_while(*node.children[1], body);
  bind(out);
}

void Generator::for_statement(Node& node) {
  begin_statement(node.offset);
  const Register before = next_;
  if (Node* first = node.children[0]; first != nullptr) {
    if (first->kind == NodeKind::kDeclarations) {
      statement(*first);
    } else {
      effect(*first);
    }
  }
  Label body;
  Label test;
  Label next;
  Label out;
  jump(Op::kJump, test);
  begin_body(body, node);
  loops_.push_back({&next, &out});
  if (node.children[3] != nullptr) block(*node.children[3]);
  loops_.pop_back();
  bind(next);
  if (Node* step = node.children[2]; step != nullptr) {
    const Register temporary = next_;
    effect(*step);
    next_ = temporary;
  }
  bind(test);
  if (node.children[1] != nullptr) {
    repeat_while(*node.children[1], body);
  } else {
    jump(Op::kJump, body);
  }
  bind(out);
  next_ = before;
}

void Generator::for_each(Node& node) {
  begin_statement(node.offset);
  const Register before = next_;
  const Register iterator = allocate();
  {
    const Register walked = operand(*node.children[0]);
    emit(Op::kIterate, iterator, walked);
    next_ = static_cast<Register>(iterator + 1);
  }
  Variable& variable = *node.variables[0];
  variable.place = allocate();
  Label next;
  Label out;
  bind(next);
  jump(Op::kNext, out, variable.place, iterator);
  if (node.conversion.from != nullptr) convert(node.conversion, variable.place, variable.place);
  mark(node);
  emit(Op::kLoop);
  loops_.push_back({&next, &out});
  block(*node.children[1]);
  loops_.pop_back();
  jump(Op::kJump, next);
  bind(out);
  next_ = before;
}

void Generator::try_statement(Node& node) {
  begin_statement(node.offset);
  Label out;
  const auto from = static_cast<std::uint32_t>(code_.code.size());
  block(*node.children[0]);
  const auto to = static_cast<std::uint32_t>(code_.code.size());
  jump(Op::kJump, out);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    Node& handler = *node.children[i];
    const Register before = next_;
    Variable& variable = *handler.variables[0];
    variable.place = allocate();
    begin_statement(handler.offset);
    // Inner tries were generated before, so the innermost handler comes first.
    code_.handlers.push_back(
        {from, to, static_cast<std::uint32_t>(code_.code.size()), variable.place, variable.type->cls});
    block(*handler.children[0]);
    if (i + 1 < node.children.size()) jump(Op::kJump, out);
    next_ = before;
  }
  bind(out);
}

}  // namespace sluice::painless
