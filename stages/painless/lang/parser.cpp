#include "stages/painless/lang/parser.h"

#include <algorithm>
#include <utility>

#include "stages/painless/lang/compile_error.h"
#include "stages/painless/lang/lexer.h"
#include "stages/painless/lang/parser_state.h"

namespace sluice::painless {

namespace {

/// Nesting that a script may have: far more than people write, and far less than the thread's stack.
constexpr int kMaxDepth = 500;

std::string shown(const Token& token) {
  return token.kind == TokenKind::kEnd ? "'<EOF>'" : "'" + std::string(token.text) + "'";
}

}  // namespace

bool Parser::is(std::string_view text, std::size_t ahead) const {
  const Token& next = token(ahead);
  return next.text == text && next.kind != TokenKind::kString && next.kind != TokenKind::kRegex &&
         next.kind != TokenKind::kDotIdentifier && next.kind != TokenKind::kEnd;
}

bool Parser::accept(std::string_view text) {
  if (!is(text)) return false;
  ++at_;
  return true;
}

void Parser::unexpected(std::string_view expected) const {
  fail(token().offset,
       "unexpected token [" + shown(token()) + "] was expecting one of [" + std::string(expected) + "].");
}

void Parser::no_way_on() const {
  const std::string reason = token().kind == TokenKind::kEnd
                                 ? "unexpected end of script."
                                 : "invalid sequence of tokens near [" + shown(token()) + "].";
  throw CompileError{token().offset, {{"illegal_argument_exception", reason}, {"no_viable_alt_exception", "", false}}};
}

void Parser::expect(std::string_view text) {
  if (!accept(text)) unexpected("'" + std::string(text) + "'");
}

void Parser::expect_inside(std::string_view text) {
  if (!accept(text)) no_way_on();
}

std::string Parser::expect_name() {
  if (!is_kind(TokenKind::kIdentifier)) unexpected("ID");
  return std::string(tokens_[at_++].text);
}

std::size_t Parser::type_length(std::size_t ahead) const {
  std::size_t length = 1;
  if (is_kind(TokenKind::kIdentifier, ahead)) {
    while (is(".", ahead + length) && is_kind(TokenKind::kDotIdentifier, ahead + length + 1)) length += 2;
  } else if (!is_kind(TokenKind::kPrimitive, ahead)) {
    return 0;
  }
  while (is("[", ahead + length) && is("]", ahead + length + 1)) length += 2;
  return length;
}

std::string Parser::take_type() {
  std::string name;
  for (std::size_t left = type_length(0); left > 0; --left) name += tokens_[at_++].text;
  return name;
}

bool Parser::may_begin_expression() const {
  switch (token().kind) {
    case TokenKind::kEnd:
    case TokenKind::kPrimitive:
      return false;
    case TokenKind::kKeyword:
      return is("new") || is("true") || is("false") || is("null");
    case TokenKind::kPunctuation:
      return is("(") || is("[") || is("!") || is("~") || is("+") || is("-") || is("++") || is("--");
    default:
      return true;
  }
}

bool Parser::may_begin_statement() const {
  static constexpr std::string_view kWords[] = {"if",       "while", "for",    "do",   "try",
                                                "continue", "break", "return", "throw"};
  return may_begin_expression() || is_kind(TokenKind::kPrimitive) ||
         std::ranges::any_of(kWords, [&](std::string_view word) { return is(word); });
}

void Parser::enter() {
  if (++depth_ > kMaxDepth) {
    fail(token().offset,
         "script is nested deeper than [" + std::to_string(kMaxDepth) + "] levels; split it into functions");
  }
}

void Parser::run() {
  // A function begins with a type, a name and a parenthesis, which no statement does.
  while (type_length(0) != 0 && is_kind(TokenKind::kIdentifier, type_length(0)) && is("(", type_length(0) + 1))
    function();
  tree_.body = tree_.make(NodeKind::kBlock, 0);
  while (!is_kind(TokenKind::kEnd)) {
    if (!tree_.body->children.empty() && !may_begin_statement()) unexpected("<EOF>");
    Node* next = statement();
    tree_.body->children.push_back(next);
  }
  if (tree_.body->children.empty()) tree_.body->offset = token().offset;  // where a script without any is wrong
}

void Parser::function() {
  FunctionNode& made = tree_.functions.emplace_back();
  made.offset = token().offset;
  made.result_name = take_type();
  made.name = expect_name();
  expect("(");
  while (!is(")")) {
    if (!made.parameters.empty()) expect(",");
    Parameter parameter;
    parameter.offset = token().offset;
    if (type_length(0) == 0) no_way_on();
    parameter.type_name = take_type();
    parameter.name = expect_name();
    made.parameters.push_back(std::move(parameter));
  }
  expect(")");
  made.body = block();
}

void parse(std::string_view source, Tree& tree) { Parser(tokenize(source), tree).run(); }

}  // namespace sluice::painless
