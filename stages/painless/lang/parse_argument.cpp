#include <utility>

#include "stages/painless/lang/parser_state.h"

namespace sluice::painless {

void Parser::arguments(Node& call) {
  expect_inside("(");
  if (accept(")")) return;
  do {
    call.children.push_back(argument());
  } while (accept(","));
  expect_inside(")");
}

Node* Parser::argument() {
  if (lambda_ahead()) return lambda();
  if (reference_ahead()) return reference();
  return expression();
}

/// `x ->`, `int x ->`, `(...) ->`.
bool Parser::lambda_ahead() const {
  if (is_kind(TokenKind::kIdentifier) && is("->", 1)) return true;
  const std::size_t type = type_length(0);
  if (type != 0 && is_kind(TokenKind::kIdentifier, type) && is("->", type + 1)) return true;
  if (!is("(")) return false;
  std::size_t ahead = 1;
  while (!is(")", ahead)) {
    if (ahead > 1) {
      if (!is(",", ahead)) return false;
      ++ahead;
    }
    const std::size_t named = type_length(ahead);
    if (named != 0 && is_kind(TokenKind::kIdentifier, ahead + named)) ahead += named;
    if (!is_kind(TokenKind::kIdentifier, ahead)) return false;
    ++ahead;
  }
  return is("->", ahead + 1);
}

bool Parser::reference_ahead() const {
  if (is("this") && is("::", 1)) return true;
  const std::size_t type = type_length(0);
  return type != 0 && is("::", type);
}

Node* Parser::lambda() {
  const auto parameter = [&] {
    Parameter made;
    made.offset = token().offset;
    const std::size_t type = type_length(0);
    if (type != 0 && is_kind(TokenKind::kIdentifier, type)) made.type_name = take_type();
    made.name = expect_name();
    return made;
  };
  Node* made = tree_.make(NodeKind::kLambda, token().offset);
  if (accept("(")) {
    while (!is(")")) {
      if (!made->parameters.empty()) expect_inside(",");
      made->parameters.push_back(parameter());
    }
    expect_inside(")");
  } else {
    made->parameters.push_back(parameter());
  }
  expect_inside("->");
  made->children.push_back(is("{") ? block() : expression());
  return made;
}

Node* Parser::reference() {
  Node* made = tree_.make(NodeKind::kReference, token().offset);
  if (is("this")) {
    made->text = "this";
    ++at_;
  } else {
    made->text = take_type();
  }
  expect_inside("::");
  if (accept("new")) {
    made->name = "new";
  } else {
    if (!is_kind(TokenKind::kIdentifier)) no_way_on();
    made->name = expect_name();
  }
  return made;
}

}  // namespace sluice::painless
