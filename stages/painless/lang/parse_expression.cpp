#include <array>
#include <utility>

#include "stages/painless/lang/compile_error.h"
#include "stages/painless/lang/parser_state.h"

namespace sluice::painless {

namespace {

struct BinaryOperator {
  std::string_view text;
  int level;  ///< the loosest is 1
  NodeKind kind;
  Operator op;
};

constexpr std::array<BinaryOperator, 25> kBinary = {{
    {"||", 1, NodeKind::kBooleanOr, Operator::kOr},
    {"&&", 2, NodeKind::kBooleanAnd, Operator::kAnd},
    {"|", 3, NodeKind::kBinary, Operator::kOr},
    {"^", 4, NodeKind::kBinary, Operator::kXor},
    {"&", 5, NodeKind::kBinary, Operator::kAnd},
    {"==", 6, NodeKind::kCompare, Operator::kEqual},
    {"===", 6, NodeKind::kCompare, Operator::kEqual},
    {"!=", 6, NodeKind::kCompare, Operator::kNotEqual},
    {"!==", 6, NodeKind::kCompare, Operator::kNotEqual},
    {"instanceof", 7, NodeKind::kInstanceOf, Operator::kEqual},
    {"<", 8, NodeKind::kCompare, Operator::kLess},
    {"<=", 8, NodeKind::kCompare, Operator::kLessEqual},
    {">", 8, NodeKind::kCompare, Operator::kGreater},
    {">=", 8, NodeKind::kCompare, Operator::kGreaterEqual},
    {"<<", 9, NodeKind::kBinary, Operator::kShiftLeft},
    {">>", 9, NodeKind::kBinary, Operator::kShiftRight},
    {">>>", 9, NodeKind::kBinary, Operator::kShiftRightUnsigned},
    {"=~", 10, NodeKind::kRegexFind, Operator::kEqual},
    {"==~", 10, NodeKind::kRegexMatch, Operator::kEqual},
    {"+", 11, NodeKind::kBinary, Operator::kAdd},
    {"-", 11, NodeKind::kBinary, Operator::kSubtract},
    {"*", 12, NodeKind::kBinary, Operator::kMultiply},
    {"/", 12, NodeKind::kBinary, Operator::kDivide},
    {"%", 12, NodeKind::kBinary, Operator::kRemainder},
    {"", 0, NodeKind::kBinary, Operator::kAdd},
}};
constexpr int kTightest = 12;

constexpr std::array<std::pair<std::string_view, Operator>, 11> kCompound = {{
    {"+=", Operator::kAdd},
    {"-=", Operator::kSubtract},
    {"*=", Operator::kMultiply},
    {"/=", Operator::kDivide},
    {"%=", Operator::kRemainder},
    {"&=", Operator::kAnd},
    {"^=", Operator::kXor},
    {"|=", Operator::kOr},
    {"<<=", Operator::kShiftLeft},
    {">>=", Operator::kShiftRight},
    {">>>=", Operator::kShiftRightUnsigned},
}};

const BinaryOperator* binary_operator(const Token& token) {
  if (token.kind != TokenKind::kPunctuation && token.text != "instanceof") return nullptr;
  for (const BinaryOperator& op : kBinary) {
    if (op.level != 0 && op.text == token.text) return &op;
  }
  return nullptr;
}

/// The text of a string literal.
std::string unquoted(std::string_view token) {
  std::string text;
  text.reserve(token.size());
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    if (token[i] == '\\') ++i;
    text += token[i];
  }
  return text;
}

}  // namespace

Node* Parser::expression() {
  enter();
  const std::uint32_t offset = token().offset;
  Node* target = conditional();
  if (is("=")) {
    ++at_;
    Node* made = tree_.make(NodeKind::kAssign, offset);
    made->children = {target, expression()};
    target = made;
  } else if (is_kind(TokenKind::kPunctuation)) {
    for (const auto& [text, op] : kCompound) {
      if (token().text != text) continue;
      ++at_;
      Node* made = tree_.make(NodeKind::kAssign, offset);
      made->compound = true;
      made->op = op;
      made->name = text;
      made->children = {target, expression()};
      target = made;
      break;
    }
  }
  leave();
  return target;
}

Node* Parser::conditional() {
  const std::uint32_t offset = token().offset;
  Node* condition = elvis();
  if (!accept("?")) return condition;
  Node* made = tree_.make(NodeKind::kConditional, offset);
  Node* yes = expression();
  expect_inside(":");
  made->children = {condition, yes, expression()};
  return made;
}

Node* Parser::elvis() {
  enter();
  const std::uint32_t offset = token().offset;
  Node* left = binary(1);
  if (accept("?:")) {
    Node* made = tree_.make(NodeKind::kElvis, offset);
    made->children = {left, elvis()};
    left = made;
  }
  leave();
  return left;
}

Node* Parser::binary(int level) {
  if (level > kTightest) return unary();
  const std::uint32_t offset =
      token().offset;  // Elasticsearch: the place of an operation is where its left side begins
  Node* left = binary(level + 1);
  while (const BinaryOperator* op = binary_operator(token())) {
    if (op->level != level) break;
    const Token& at = tokens_[at_++];
    if (op->kind == NodeKind::kInstanceOf) {
      if (type_length(0) == 0) no_way_on();
      Node* made = tree_.make(NodeKind::kInstanceOf, offset);
      made->type_name = take_type();
      made->children = {left};
      left = made;
    } else {
      left = binary_node(at, offset, left, binary(level + 1));
    }
  }
  return left;
}

Node* Parser::binary_node(const Token& at, std::uint32_t offset, Node* left, Node* right) {
  const BinaryOperator& op = *binary_operator(at);
  Node* made = tree_.make(op.kind, offset);
  made->op = op.op;
  made->name = op.text;
  made->identity = op.text.size() == 3 && op.kind == NodeKind::kCompare;
  made->children = {left, right};
  return made;
}

Node* Parser::unary() {
  enter();
  const std::uint32_t offset = token().offset;
  Node* made = nullptr;
  if (is("++") || is("--")) {
    made = tree_.make(NodeKind::kIncrement, offset);
    made->prefix = true;
    made->delta = is("++") ? 1 : -1;
    ++at_;
    made->children = {chain()};
  } else if (is("+") || is("-")) {
    const bool minus = is("-");
    ++at_;
    Node* operand = unary();
    if (minus && operand->kind == NodeKind::kNumber && !operand->negative) {
      operand->negative = true;  // so that the smallest int and long can be written
      made = operand;
    } else {
      made = tree_.make(NodeKind::kUnary, offset);
      made->op = minus ? Operator::kNegate : Operator::kPlus;
      made->children = {operand};
    }
  } else {
    made = unary_not_sign();
  }
  leave();
  return made;
}

Node* Parser::unary_not_sign() {
  const std::uint32_t offset = token().offset;
  if (is("!") || is("~")) {
    Node* made = tree_.make(NodeKind::kUnary, offset);
    made->op = is("!") ? Operator::kNot : Operator::kComplement;
    ++at_;
    made->children = {unary()};
    return made;
  }
  if (cast_ahead()) return cast();
  Node* value = chain();
  if (is("++") || is("--")) {
    Node* made = tree_.make(NodeKind::kIncrement, offset);
    made->delta = is("++") ? 1 : -1;
    ++at_;
    made->children = {value};
    return made;
  }
  return value;
}

/// `(type)` is a cast when what follows can't go on with an expression in parentheses.
bool Parser::cast_ahead() const {
  if (!is("(")) return false;
  const std::size_t type = type_length(1);
  if (type == 0 || !is(")", type + 1)) return false;
  if (is_kind(TokenKind::kPrimitive, 1) || is("]", type)) return true;
  const Token& next = token(type + 2);
  switch (next.kind) {
    case TokenKind::kIdentifier:
    case TokenKind::kPrimitive:
    case TokenKind::kOctal:
    case TokenKind::kHex:
    case TokenKind::kInteger:
    case TokenKind::kDecimal:
    case TokenKind::kString:
    case TokenKind::kRegex:
      return true;
    case TokenKind::kKeyword:
      return next.text == "new" || next.text == "true" || next.text == "false" || next.text == "null" ||
             next.text == "this";
    case TokenKind::kPunctuation:
      return next.text == "(" || next.text == "!" || next.text == "~" || next.text == "$";
    default:
      return false;
  }
}

Node* Parser::cast() {
  Node* made = tree_.make(NodeKind::kCast, token().offset);
  const bool primitive = is_kind(TokenKind::kPrimitive, 1);
  ++at_;
  made->type_name = take_type();
  ++at_;
  enter();
  made->children = {primitive ? unary() : unary_not_sign()};
  leave();
  return made;
}

Node* Parser::chain() { return postfix(primary()); }

Node* Parser::postfix(Node* receiver) {
  while (true) {
    if (is(".") || is("?.")) {
      receiver = member(receiver);
    } else if (is("[")) {
      Node* made = tree_.make(NodeKind::kIndex, token().offset);
      ++at_;
      made->children = {receiver, expression()};
      expect_inside("]");
      receiver = made;
    } else {
      return receiver;
    }
  }
}

Node* Parser::member(Node* receiver) {
  const std::uint32_t offset = token().offset;
  const bool null_safe = is("?.");
  ++at_;
  if (!is_kind(TokenKind::kDotIdentifier) && !is_kind(TokenKind::kDotInteger)) no_way_on();
  const bool named = is_kind(TokenKind::kDotIdentifier);
  std::string name(tokens_[at_++].text);
  Node* made = nullptr;
  if (named && is("(")) {
    made = tree_.make(NodeKind::kCall, offset);
    made->children = {receiver};
    arguments(*made);
  } else {
    made = tree_.make(NodeKind::kDot, offset);
    made->children = {receiver};
  }
  made->text = std::move(name);
  made->null_safe = null_safe;
  return made;
}

Node* Parser::parenthesis() {
  ++at_;
  Node* inside = expression();
  expect_inside(")");
  return inside;
}

Node* Parser::primary() {
  const std::uint32_t offset = token().offset;
  if (is("(")) return parenthesis();
  if (is("[")) return list_or_map();
  if (is("new")) return new_expression();
  switch (token().kind) {
    case TokenKind::kIdentifier: {
      std::string name(tokens_[at_++].text);
      Node* made = tree_.make(is("(") ? NodeKind::kCallLocal : NodeKind::kSymbol, offset);
      made->text = std::move(name);
      if (made->kind == NodeKind::kCallLocal) arguments(*made);
      return made;
    }
    case TokenKind::kKeyword:
    case TokenKind::kOctal:
    case TokenKind::kHex:
    case TokenKind::kInteger:
    case TokenKind::kDecimal:
    case TokenKind::kString:
    case TokenKind::kRegex:
      return literal();
    default:
      no_way_on();
  }
}

Node* Parser::literal() {
  const Token& at = token();
  Node* made = nullptr;
  switch (at.kind) {
    case TokenKind::kString:
      made = tree_.make(NodeKind::kString, at.offset);
      made->text = unquoted(at.text);
      break;
    case TokenKind::kRegex: {
      made = tree_.make(NodeKind::kRegex, at.offset);
      const std::size_t end = at.text.rfind('/');
      made->name = at.text.substr(end + 1);
      const std::string_view body = at.text.substr(1, end - 1);
      for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] == '\\' && i + 1 < body.size() && body[i + 1] == '/') ++i;
        made->text += body[i];
      }
      break;
    }
    case TokenKind::kKeyword:
      if (at.text == "true") {
        made = tree_.make(NodeKind::kTrue, at.offset);
      } else if (at.text == "false") {
        made = tree_.make(NodeKind::kFalse, at.offset);
      } else if (at.text == "null") {
        made = tree_.make(NodeKind::kNull, at.offset);
      } else {
        no_way_on();
      }
      break;
    default:
      made = tree_.make(NodeKind::kNumber, at.offset);
      made->text = at.text;
      made->op = at.kind == TokenKind::kHex || at.kind == TokenKind::kOctal ? Operator::kOr : Operator::kAdd;
      made->name = at.kind == TokenKind::kHex ? "hex" : at.kind == TokenKind::kOctal ? "octal" : "";
      break;
  }
  ++at_;
  return made;
}

Node* Parser::list_or_map() {
  const std::uint32_t offset = token().offset;
  ++at_;
  if (accept("]")) return tree_.make(NodeKind::kList, offset);
  if (is(":") && is("]", 1)) {
    at_ += 2;
    return tree_.make(NodeKind::kMap, offset);
  }
  Node* first = expression();
  Node* made = tree_.make(is(":") ? NodeKind::kMap : NodeKind::kList, offset);
  made->children.push_back(first);
  if (made->kind == NodeKind::kMap) {
    expect_inside(":");
    made->children.push_back(expression());
  }
  while (accept(",")) {
    made->children.push_back(expression());
    if (made->kind == NodeKind::kMap) {
      expect_inside(":");
      made->children.push_back(expression());
    }
  }
  expect_inside("]");
  return made;
}

Node* Parser::new_expression() {
  const std::uint32_t offset = token().offset;
  ++at_;
  // `new int[] {...}` has its brackets in the type, `new int[n]` behind it.
  const std::size_t type = type_length(0);
  if (type == 0) no_way_on();
  std::string name = take_type();
  if (name.ends_with("[]")) {
    Node* made = tree_.make(NodeKind::kNewArray, offset);
    made->initialised = true;
    made->type_name = std::move(name);
    expect_inside("{");
    while (!is("}")) {
      if (!made->children.empty()) expect_inside(",");
      made->children.push_back(expression());
    }
    expect_inside("}");
    return made;
  }
  if (is("(")) {
    Node* made = tree_.make(NodeKind::kNewObject, offset);
    made->type_name = std::move(name);
    arguments(*made);
    return made;
  }
  if (!is("[")) no_way_on();
  Node* made = tree_.make(NodeKind::kNewArray, offset);
  while (accept("[")) {
    made->children.push_back(expression());
    expect_inside("]");
    name += "[]";
  }
  made->type_name = std::move(name);
  return made;
}

}  // namespace sluice::painless
