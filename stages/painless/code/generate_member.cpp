#include <algorithm>

#include "stages/painless/code/generator.h"
#include "stages/painless/run/object.h"
#include "stages/painless/run/regex.h"
#include "stages/painless/run/registry.h"

namespace sluice::painless {

namespace {

/// Where an expression begins.
std::uint32_t begin_of(const Node& node) {
  std::uint32_t begin = node.offset;
  if (!node.children.empty()) begin = std::min(begin, begin_of(*node.children.front()));
  return begin;
}

}  // namespace

void Generator::literal(Node& node, Register to) {
  switch (node.kind) {
    case NodeKind::kString: {
      const std::string_view text = program_.heap.copy(node.text);
      load(to, Value::of(program_.heap.make<String>(known().string, text)));
      break;
    }
    case NodeKind::kRegex:
      load(to, Value::of(make_pattern(program_.heap, node.text, node.name)));
      break;
    case NodeKind::kNull:
      load(to, Value::null());
      break;
    default:
      load(to, node.constant);
      break;
  }
}

void Generator::symbol(Node& node, Register to) {
  if (node.variable->place != to) emit(Op::kMove, to, node.variable->place);
}

void Generator::native(const Method& method, bool has_receiver, Register to, Register first) {
  emit(has_receiver ? Op::kCallNativeNonNull : Op::kCallNative, to, first, 0, method_index(&method));
}

/// Reads a member. The mark comes after the receiver, as Elasticsearch has it.
void Generator::dot(Node& node, Register to) {
  if (node.access == Access::kConstant) {
    mark(node);
    program_.constant_reads.push_back(node.field);
    emit(Op::kReadConstant, to, 0, 0, static_cast<std::int32_t>(program_.constant_reads.size() - 1));
    return;
  }
  Place at;
  at.receiver = allocate();
  expression(*node.children[0], at.receiver);
  Label out;
  if (node.null_safe) {
    emit(Op::kMove, to, at.receiver);
    jump(Op::kJumpIfNull, out, at.receiver);
  }
  load_place(node, at, to);
  bind(out);
}

void Generator::index(Node& node, Register to) {
  const Place at = place(node, nullptr);
  load_place(node, at, to);
}

Generator::Place Generator::place(Node& target, const Node* value) {
  Place at;
  if (target.access == Access::kVariable) return at;
  Node& before = *target.children[0];
  if (target.kind == NodeKind::kIndex) {
    // A receiver that is a variable must not change while the key or the value are computed.
    at.receiver = value != nullptr ? operand_before(before, *value) : operand(before);
    if (before.kind == NodeKind::kSymbol) {
      at.receiver = allocate();
      expression(before, at.receiver);
    }
    at.key = allocate();
    expression(*target.children[1], at.key);
    if (target.access == Access::kDef) emit(Op::kDefIndexKey, at.key, at.key, at.receiver);
    return at;
  }
  if (value != nullptr && before.kind == NodeKind::kSymbol) {
    at.receiver = operand_before(before, *value);
  } else {
    at.receiver = operand(before);
  }
  return at;
}

void Generator::load_place(Node& target, const Place& at, Register to) {
  if (target.access == Access::kVariable) {
    if (target.variable->place != to) emit(Op::kMove, to, target.variable->place);
    return;
  }
  mark(target);
  switch (target.access) {
    case Access::kDef:
      if (target.kind == NodeKind::kIndex) {
        emit(Op::kDefIndex, to, at.receiver, at.key, 1);
      } else {
        emit(Op::kDefLoad, to, at.receiver, 0, site(target.text, 0));
      }
      return;
    case Access::kMethod: {
      const Register first = allocate();
      emit(Op::kMove, first, at.receiver);
      return native(*target.method, true, to, first);
    }
    case Access::kMapKey:
      emit(Op::kMapGet, to, at.receiver, 0, text(target.text));
      return;
    case Access::kArrayLength:
      emit(Op::kArrayLength, to, at.receiver);
      return;
    case Access::kArray:
      emit(Op::kArrayLoad, to, at.receiver, at.key);
      return;
    case Access::kListIndex:
      if (target.kind == NodeKind::kDot) {
        const Register key = allocate();
        load(key, Value::of_int(target.delta));
        emit(Op::kDefIndex, to, at.receiver, key);
        return;
      }
      emit(Op::kDefIndex, to, at.receiver, at.key);
      return;
    default:
      // A map whose key is known to be text is asked where the key stands.
      if (target.access == Access::kMapIndex && target.children[1]->type == known().string->type) {
        offset_ = begin_of(*target.children[1]);
      }
      emit(Op::kDefIndex, to, at.receiver, at.key);
      mark(target);
      return;
  }
}

void Generator::store_place(Node& target, const Place& at, Register from) {
  if (target.access == Access::kVariable) {
    if (target.variable->place != from) emit(Op::kMove, target.variable->place, from);
    return;
  }
  if (target.access != Access::kMapKey) mark(target);  // that one was marked with its value
  switch (target.access) {
    case Access::kDef:
      if (target.kind == NodeKind::kIndex) {
        emit(Op::kDefIndexStore, at.receiver, at.key, from, 1);
      } else {
        emit(Op::kDefStore, at.receiver, from, 0, site(target.text, 1));
      }
      return;
    case Access::kMethod: {
      const Register first = allocate();
      const Register second = allocate();
      emit(Op::kMove, first, at.receiver);
      emit(Op::kMove, second, from);
      return native(*target.setter, true, first, first);
    }
    case Access::kMapKey:
      emit(Op::kMapPut, at.receiver, from, 0, text(target.text));
      return;
    case Access::kArray:
      emit(Op::kArrayStore, at.receiver, at.key, from);
      return;
    case Access::kListIndex:
      if (target.kind == NodeKind::kDot) {
        const Register key = allocate();
        load(key, Value::of_int(target.delta));
        emit(Op::kDefIndexStore, at.receiver, key, from);
        return;
      }
      emit(Op::kDefIndexStore, at.receiver, at.key, from);
      return;
    default:
      emit(Op::kDefIndexStore, at.receiver, at.key, from);
      return;
  }
}

void Generator::call(Node& node, Register to) {
  Node& before = *node.children[0];
  if (node.access == Access::kStatic) {
    mark(node);
    const Register first = in_a_row(node, 1);
    return native(*node.method, false, to, first);
  }
  if (before.is_constant && before.conversion.from == nullptr && node.method != nullptr && node.text == "length" &&
      before.constant.is_object() && node.access != Access::kDef) {
    const auto* text = static_cast<const String*>(before.constant.o);
    return load(to, Value::of_int(static_cast<std::int32_t>(text->length())));
  }
  const Register first = allocate();
  expression(before, first);
  Label out;
  if (node.null_safe) {
    emit(Op::kMove, to, first);
    jump(Op::kJumpIfNull, out, first);
  }
  mark(node);
  const std::size_t count = node.children.size() - 1;
  in_a_row(node, 1);
  if (node.access == Access::kDef) {
    emit(Op::kCallDef, to, first, static_cast<std::uint32_t>(count), site(node.text, count));
  } else {
    native(*node.method, true, to, first);
  }
  bind(out);
}

void Generator::call_local(Node& node, Register to) {
  mark(node);
  const Register first = in_a_row(node, 0);
  if (node.access == Access::kStatic) return native(*node.method, false, to, first);
  emit(Op::kCallFunction, to, first, static_cast<std::uint32_t>(node.children.size()),
       static_cast<std::int32_t>(node.function->index));
}

void Generator::lambda(Node& node, Register to) {
  mark(node);
  const Register first = next_;
  for (const Variable* captured : node.variables) {
    const Register copy = allocate();
    emit(Op::kMove, copy, captured->place);
  }
  program_.lambdas.push_back(
      {node.function->index, node.interface, static_cast<std::uint16_t>(node.function->parameters.size())});
  emit(Op::kLambda, to, first, static_cast<std::uint32_t>(node.variables.size()),
       static_cast<std::int32_t>(program_.lambdas.size() - 1));
}

void Generator::reference(Node& node, Register to) {
  mark(node);
  if (node.function != nullptr) {
    program_.lambdas.push_back(
        {node.function->index, node.interface, static_cast<std::uint16_t>(node.function->parameters.size())});
    emit(Op::kLambda, to, to, 0, static_cast<std::int32_t>(program_.lambdas.size() - 1));
    return;
  }
  ReferenceSite made;
  made.interface = node.interface;
  made.name = node.name;
  made.constructs = node.name == "new";
  Register captured = 0;
  if (node.variable != nullptr) {
    made.captures = true;
    captured = node.variable->place;
    made.owner = nullptr;
  } else if (node.operand_type->kind == Kind::kArray) {
    made.array = node.operand_type;
  } else {
    made.owner = node.operand_type->cls;
  }
  program_.references.push_back(std::move(made));
  emit(Op::kMethodRef, to, captured, 0, static_cast<std::int32_t>(program_.references.size() - 1));
}

}  // namespace sluice::painless
