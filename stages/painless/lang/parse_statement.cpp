#include "stages/painless/lang/compile_error.h"
#include "stages/painless/lang/parser_state.h"

namespace sluice::painless {

Node* Parser::statement() {
  enter();
  Node* made = nullptr;
  if (is("if")) {
    made = if_statement();
  } else if (is("while")) {
    made = while_statement();
  } else if (is("for")) {
    made = for_statement();
  } else if (is("try")) {
    made = try_statement();
  } else {
    made = simple_statement();
    end_statement();
  }
  leave();
  return made;
}

/// A simple statement ends with a semicolon, or with the script.
void Parser::end_statement() {
  if (!accept(";") && !is_kind(TokenKind::kEnd)) unexpected("{<EOF>, ';'}");
}

Node* Parser::simple_statement() {
  const std::uint32_t offset = token().offset;
  if (is("do")) return do_statement();
  if (accept("continue")) return tree_.make(NodeKind::kContinue, offset);
  if (accept("break")) return tree_.make(NodeKind::kBreak, offset);
  if (accept("return")) {
    Node* made = tree_.make(NodeKind::kReturn, offset);
    // What can't begin an expression ends the statement, and is looked at there.
    if (may_begin_expression()) made->children.push_back(expression());
    return made;
  }
  if (accept("throw")) {
    Node* made = tree_.make(NodeKind::kThrow, offset);
    made->children.push_back(expression());
    return made;
  }
  const std::size_t type = type_length(0);
  if (type != 0 && is_kind(TokenKind::kIdentifier, type)) return declaration();
  if (is_kind(TokenKind::kPrimitive)) {  // a type without a name behind it
    at_ += type;
    no_way_on();
  }
  Node* value = expression();
  Node* made = tree_.make(NodeKind::kExpression, offset);
  made->children.push_back(value);
  return made;
}

Node* Parser::block() {
  Node* made = tree_.make(NodeKind::kBlock, token().offset);
  expect("{");
  enter();
  while (!is("}")) {
    if (is("if") || is("while") || is("for") || is("try")) {
      made->children.push_back(statement());
      continue;
    }
    if (is_kind(TokenKind::kEnd)) no_way_on();
    made->children.push_back(simple_statement());
    if (!accept(";") && !is("}")) unexpected("{'}', ';'}");  // the last one needs no semicolon
  }
  leave();
  expect("}");
  return made;
}

/// The body of a loop or a branch: a block, or one statement, which becomes a block.
Node* Parser::trailer() {
  if (is("{")) return block();
  Node* made = tree_.make(NodeKind::kBlock, token().offset);
  made->children.push_back(statement());
  return made;
}

Node* Parser::if_statement() {
  Node* made = tree_.make(NodeKind::kIf, token().offset);
  expect("if");
  expect("(");
  made->children.push_back(expression());
  expect(")");
  made->children.push_back(trailer());
  if (accept("else")) made->children.push_back(trailer());
  return made;
}

Node* Parser::while_statement() {
  Node* made = tree_.make(NodeKind::kWhile, token().offset);
  expect("while");
  expect("(");
  made->children.push_back(expression());
  expect(")");
  if (!accept(";")) made->children.push_back(trailer());
  return made;
}

Node* Parser::do_statement() {
  Node* made = tree_.make(NodeKind::kDo, token().offset);
  expect("do");
  made->children.push_back(block());
  expect("while");
  expect("(");
  made->children.push_back(expression());
  expect(")");
  return made;
}

Node* Parser::for_statement() {
  const std::uint32_t offset = token().offset;
  expect("for");
  expect("(");
  const std::size_t type = type_length(0);
  if (type != 0 && is_kind(TokenKind::kIdentifier, type) && is(":", type + 1)) return for_each(offset, take_type());
  if (is_kind(TokenKind::kIdentifier) && is("in", 1)) return for_each(offset, "def");
  Node* made = tree_.make(NodeKind::kFor, offset);
  made->children.assign(4, nullptr);
  if (!is(";")) made->children[0] = initialiser();
  expect(";");
  if (!is(";")) made->children[1] = expression();
  expect(";");
  if (!is(")")) made->children[2] = expression();
  expect(")");
  if (!accept(";")) made->children[3] = trailer();
  return made;
}

Node* Parser::initialiser() {
  const std::size_t type = type_length(0);
  if (type != 0 && is_kind(TokenKind::kIdentifier, type)) return declaration();
  return expression();
}

Node* Parser::for_each(std::uint32_t offset, std::string type_name) {
  Node* made = tree_.make(NodeKind::kForEach, offset);
  made->type_name = std::move(type_name);
  made->text = expect_name();
  ++at_;  // `:` or `in`
  made->children.push_back(expression());
  expect(")");
  made->children.push_back(trailer());
  return made;
}

Node* Parser::try_statement() {
  Node* made = tree_.make(NodeKind::kTry, token().offset);
  expect("try");
  made->children.push_back(block());
  do {
    Node* handler = tree_.make(NodeKind::kCatch, token().offset);
    expect("catch");
    expect("(");
    if (type_length(0) == 0) no_way_on();
    handler->type_name = take_type();
    handler->text = expect_name();
    expect(")");
    handler->children.push_back(block());
    made->children.push_back(handler);
  } while (is("catch"));
  return made;
}

Node* Parser::declaration() {
  Node* made = tree_.make(NodeKind::kDeclarations, token().offset);
  const std::string type_name = take_type();
  do {
    Node* one = tree_.make(NodeKind::kDeclaration, token().offset);
    one->type_name = type_name;
    one->text = expect_name();
    if (accept("=")) one->children.push_back(expression());
    made->children.push_back(one);
  } while (accept(","));
  return made;
}

}  // namespace sluice::painless
