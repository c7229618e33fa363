#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "stages/painless/lang/node.h"
#include "stages/painless/run/program.h"

namespace sluice::painless {

/// Makes the code of one function out of its analysed tree. Statements in generate_statement.cpp, expressions in
/// generate_expression.cpp, assignments in generate_assign.cpp. Each instruction is marked with the place that
/// Elasticsearch's byte code would have there, so that errors point where its errors point.
class Generator {
 public:
  Generator(Program& program, FunctionNode& node, FunctionCode& code) : program_(program), node_(node), code_(code) {}
  void run();

 private:
  using Register = std::uint16_t;
  /// A place in the code that is not known yet, and who jumps there.
  struct Label {
    std::int32_t at = -1;
    std::vector<std::size_t> waiting;
  };
  struct Loop {
    Label* next;
    Label* out;
  };

  // code
  std::size_t emit(Op op, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0, std::int32_t d = 0);
  void jump(Op op, Label& to, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0);
  void bind(Label& label);
  void mark(const Node& node) { offset_ = node.offset; }
  void begin_statement(std::uint32_t offset) { program_.statements.push_back(offset); }
  Register allocate();
  std::int32_t constant(const Value& value);
  std::int32_t text(const std::string& name);
  std::int32_t site(const std::string& name, std::size_t arguments);
  std::int32_t type_index(const Type* type);
  std::int32_t method_index(const Method* method);
  void load(Register to, const Value& value);

  // statements
  void statement(Node& node);
  void block(Node& node);
  void if_statement(Node& node);
  void while_statement(Node& node);
  void do_statement(Node& node);
  void for_statement(Node& node);
  void for_each(Node& node);
  void begin_body(Label& body, const Node& loop);
  /// Goes back to the body of a loop as long as the condition is met.
  void repeat_while(Node& condition, Label& body);
  void try_statement(Node& node);
  void declaration(Node& node);
  void return_statement(Node& node);

  // expressions
  /// Puts the value of `node`, converted as its user wants it, into `to`.
  void expression(Node& node, Register to);
  void bare(Node& node, Register to);
  /// A register with the value: the variable's own where that is safe, a new one otherwise.
  Register operand(Node& node);
  /// Likewise for instructions that read integers only: an int is a long already.
  Register integer_operand(Node& node);
  /// Whether evaluating `node` may change `variable`.
  static bool changes(const Node& node, const Variable* variable);
  /// Likewise for a left side that `right` might change before it is used.
  Register operand_before(Node& node, const Node& right);
  /// For its effect only.
  void effect(Node& node);
  void convert(const Conversion& conversion, Register to, Register from);
  /// Jumps to `to` when the condition is `when`, goes on otherwise.
  void branch(Node& node, Label& to, bool when);
  void branch_compare(Node& node, Label& to, bool when);
  void literal(Node& node, Register to);
  void unary(Node& node, Register to);
  void binary(Node& node, Register to);
  bool with_constant(Operator op, Kind kind, Register to, Node& left, const Value& constant_value);
  void concatenation(Node& node, Register to);
  void arithmetic(Operator op, const Type* type, Register to, Register left, Register right);
  void compare(Node& node, Register to);
  void logical(Node& node, Register to);
  void conditional(Node& node, Register to);
  void elvis(Node& node, Register to);
  void new_array(Node& node, Register to);
  void collection(Node& node, Register to);
  void symbol(Node& node, Register to);
  void dot(Node& node, Register to);
  void index(Node& node, Register to);
  void call(Node& node, Register to);
  void call_local(Node& node, Register to);
  void native(const Method& method, bool has_receiver, Register to, Register first);
  /// Children from `first` on in registers that follow one another; the first of them.
  Register in_a_row(Node& node, std::size_t first);
  void lambda(Node& node, Register to);
  void reference(Node& node, Register to);

  // assignments
  /// Where a value is kept: receiver and key, computed once.
  struct Place {
    Register receiver = 0;
    Register key = 0;
  };
  Place place(Node& target, const Node* value);
  void load_place(Node& target, const Place& at, Register to);
  void store_place(Node& target, const Place& at, Register from);
  void assign(Node& node, Register to, bool wanted);
  void compound(Node& node, Register to, bool wanted);
  void increment(Node& node, Register to, bool wanted);
  void operate(Node& node, Operator op, Register to, Register old_value, Register other, const Type* target);

  Program& program_;
  FunctionNode& node_;
  FunctionCode& code_;
  std::uint32_t offset_ = 0xFFFFFFFF;
  Register next_ = 0;
  std::vector<Loop> loops_;
  std::unordered_map<std::string, std::int32_t> texts_;
};

}  // namespace sluice::painless
