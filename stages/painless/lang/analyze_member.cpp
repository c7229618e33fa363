#include <charconv>
#include <optional>

#include "stages/painless/lang/analyzer.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/lang/compile_error.h"

namespace sluice::painless {

namespace {

/// `a.b.c` of names only; empty: something else.
std::string dotted(const Node& node) {
  if (node.kind == NodeKind::kSymbol) return node.text;
  if (node.kind != NodeKind::kDot || node.null_safe) return {};
  const std::string before = dotted(*node.children[0]);
  return before.empty() ? before : before + "." + node.text;
}

const Node& first_name(const Node& node) {
  const Node* at = &node;
  while (at->kind == NodeKind::kDot) at = at->children[0];
  return *at;
}

bool is_map(const Type* type) { return type->kind == Kind::kClass && type->cls->is_a(*known().map); }
bool is_list(const Type* type) { return type->kind == Kind::kClass && type->cls->is_a(*known().list); }

}  // namespace

const Type* Analyzer::type_of_name(const Node& node) {
  const std::string name = dotted(node);
  if (name.empty() || find(first_name(node).text) != nullptr) return nullptr;
  const Type* type = type_named(name);
  return type != nullptr && type->kind == Kind::kClass ? type : nullptr;
}

/// Names that are neither a variable nor a class are told by who asks for them.
void Analyzer::check_names(const Node& user, const Node& before, bool with_member) {
  const std::string name = dotted(before);
  if (name.empty() || find(first_name(before).text) != nullptr) return;
  for (const Node* at = &before;; at = at->children[0]) {
    if (type_of_name(*at) != nullptr) return;
    if (at->kind == NodeKind::kSymbol) break;
  }
  fail(user.offset, "cannot resolve symbol [" + name + (with_member ? "." + user.text : "") + "]");
}

const Type* Analyzer::receiver(Node& node) {
  if (const Type* type = type_of_name(node)) {
    node.access = Access::kType;
    node.type = type;
    return type;
  }
  expression(node, nullptr);
  return node.type;
}

void Analyzer::place(Node& node, Use use) {
  if (node.kind == NodeKind::kSymbol) return symbol(node, use);
  if (node.kind == NodeKind::kDot) return dot(node, use);
  index(node, use);
}

void Analyzer::symbol(Node& node, Use use) {
  node.variable = find(node.text);
  if (node.variable == nullptr) {
    if (const Type* type = type_named(node.text); type != nullptr && type->kind == Kind::kClass) {
      if (use != Use::kRead) {
        fail(node.offset, "invalid assignment: cannot write a value to a static type [" + type->name + "]");
      }
      fail(node.offset, "value required: instead found unexpected type [" + type->name + "]");
    }
    fail(node.offset, "cannot resolve symbol [" + node.text + "]");
  }
  if (use != Use::kRead && node.variable->read_only) {
    fail(node.offset, "Variable [" + node.text + "] is read-only.");
  }
  node.access = Access::kVariable;
  node.type = node.variable->type;
  if (node.text == "doc") ++tree_.doc_uses;
}

void Analyzer::note_field(const Node& receiver, const std::string& key) {
  if (receiver.kind != NodeKind::kSymbol || receiver.text != "doc") return;
  ++tree_.doc_names;
  tree_.doc_fields.push_back(key);
}

void Analyzer::static_dot(Node& node, const Type* type) {
  const auto found = type->cls->constants.find(node.text);
  if (found == type->cls->constants.end()) {
    fail(node.offset, "field [" + type->name + ", " + node.text + "] not found");
  }
  node.access = Access::kConstant;
  node.field = found->second;
  node.type = node.field->type;
}

void Analyzer::dot(Node& node, Use use) {
  Node& before = *node.children[0];
  const bool writes = use != Use::kRead;
  check_names(node, before, true);
  if (node.null_safe && writes) {
    fail(node.offset, "invalid assignment: cannot assign a value to a null safe operation [?.]");
  }
  const Type* type = receiver(before);
  if (before.access == Access::kType) {
    static_dot(node, type);
    if (writes) {
      fail(node.offset, "invalid assignment: cannot assign a value to read-only field [" + node.text + "] for type [" +
                            type->name + "]");
    }
    return;
  }
  if (node.null_safe && type->is_primitive()) {
    fail(node.offset, "Result of null safe operator must be nullable");
  }
  if (type->kind == Kind::kArray) {
    if (node.text != "length")
      fail(node.offset, "Field [" + node.text + "] does not exist for type [" + type->name + "].");
    if (writes)
      fail(node.offset, "invalid assignment: cannot assign a value write to read-only field [length] for an array.");
    node.access = Access::kArrayLength;
    node.type = simple(Kind::kInt);
  } else if (type->is_def()) {
    node.access = Access::kDef;
    node.type = def();
  } else {
    static_type_dot(node, use, type);
  }
  if (node.null_safe && node.type->is_primitive()) {
    fail(node.offset, "Result of null safe operator must be nullable");
  }
}

/// A field, getter or setter, map key or list index of a value whose class is known.
void Analyzer::static_type_dot(Node& node, Use use, const Type* type) {
  const bool reads = use != Use::kWrite;
  const bool writes = use != Use::kRead;
  const Class& cls = *type->cls;
  const Method* getter = type->is_primitive() ? nullptr : cls.getter(node.text, context_.kind);
  const Method* setter = type->is_primitive() ? nullptr : cls.setter(node.text, context_.kind);
  if (getter != nullptr || setter != nullptr) {
    if ((reads && getter == nullptr) || (writes && setter == nullptr)) {
      fail(node.offset, "Illegal shortcut on field [" + node.text + "] for type [" + type->name + "].");
    }
    node.access = Access::kMethod;
    node.method = getter;
    node.setter = setter;
    node.type = reads ? getter->result : setter->parameters[0];
    return;
  }
  if (is_map(type)) {
    note_field(*node.children[0], node.text);
    node.access = Access::kMapKey;
    node.type = def();
    return;
  }
  if (is_list(type)) {
    int index = 0;
    const auto [end, error] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), index);
    if (error != std::errc{} || end != node.text.data() + node.text.size()) {
      throw CompileError{node.offset,
                         {{"illegal_argument_exception", "invalid list index [" + node.text + "]"},
                          {"number_format_exception", "For input string: \"" + node.text + "\""}}};
    }
    node.access = Access::kListIndex;
    node.delta = index;
    node.type = def();
    return;
  }
  fail(node.offset, "field [" + type->name + ", " + node.text + "] not found");
}

void Analyzer::index(Node& node, Use use) {
  Node& before = *node.children[0];
  Node& key = *node.children[1];
  (void)use;
  const Type* type = receiver(before);
  if (before.access == Access::kType) {
    fail(before.offset, "value required: instead found unexpected type [" + type->name + "]");
  }
  if (type->kind == Kind::kArray) {
    expression(key, simple(Kind::kInt));
    coerce(key, simple(Kind::kInt));
    node.access = Access::kArray;
    node.type = type->element;
  } else if (type->is_def()) {
    expression(key, nullptr);
    node.access = Access::kDef;
    node.type = def();
  } else if (is_map(type)) {
    expression(key, def());
    coerce(key, def(), false, true);
    if (key.kind == NodeKind::kString) note_field(before, key.text);
    node.access = Access::kMapIndex;
    node.type = def();
  } else if (is_list(type)) {
    expression(key, simple(Kind::kInt));
    coerce(key, simple(Kind::kInt));
    node.access = Access::kListIndex;
    node.type = def();
  } else {
    expression(key, nullptr);
    fail(node.offset, "Illegal array access on type [" + type->name + "].");
  }
}

}  // namespace sluice::painless
