#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/lang/node.h"
#include "stages/painless/lang/token.h"

namespace sluice::painless {

/// Recursive descent over the tokens: statements in parse_statement.cpp, expressions in parse_expression.cpp. Private
/// to the parser.
class Parser {
 public:
  Parser(std::vector<Token> tokens, Tree& tree) : tokens_(std::move(tokens)), tree_(tree) {}
  void run();

 private:
  // tokens
  [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
    return tokens_[at_ + ahead < tokens_.size() ? at_ + ahead : tokens_.size() - 1];
  }
  [[nodiscard]] bool is(std::string_view text, std::size_t ahead = 0) const;
  [[nodiscard]] bool is_kind(TokenKind kind, std::size_t ahead = 0) const { return token(ahead).kind == kind; }
  bool accept(std::string_view text);
  /// `text` must come next; else Elasticsearch's `unexpected token` error.
  void expect(std::string_view text);
  /// Likewise inside an expression, where Elasticsearch's parser has found no way on.
  void expect_inside(std::string_view text);
  std::string expect_name();
  [[noreturn]] void unexpected(std::string_view expected) const;
  [[noreturn]] void no_way_on() const;
  /// Tokens of a type from `ahead` on, `[]` included; 0: there is none.
  [[nodiscard]] std::size_t type_length(std::size_t ahead) const;
  std::string take_type();
  [[nodiscard]] bool may_begin_expression() const;
  [[nodiscard]] bool may_begin_statement() const;
  void enter();
  void leave() { --depth_; }

  // statements
  void function();
  Node* statement();
  Node* simple_statement();
  Node* block();
  Node* trailer();
  Node* if_statement();
  Node* while_statement();
  Node* do_statement();
  Node* for_statement();
  Node* for_each(std::uint32_t offset, std::string type_name);
  Node* try_statement();
  Node* declaration();
  Node* initialiser();
  void end_statement();

  // expressions
  Node* expression();
  Node* conditional();
  Node* elvis();
  Node* binary(int level);
  Node* binary_node(const Token& at, std::uint32_t offset, Node* left, Node* right);
  Node* unary();
  Node* unary_not_sign();
  Node* cast();
  Node* chain();
  Node* primary();
  Node* postfix(Node* receiver);
  Node* member(Node* receiver);
  Node* parenthesis();
  Node* new_expression();
  Node* list_or_map();
  Node* literal();
  Node* lambda();
  Node* reference();
  void arguments(Node& call);
  Node* argument();
  [[nodiscard]] bool lambda_ahead() const;
  [[nodiscard]] bool reference_ahead() const;
  [[nodiscard]] bool cast_ahead() const;

  std::vector<Token> tokens_;
  Tree& tree_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace sluice::painless
