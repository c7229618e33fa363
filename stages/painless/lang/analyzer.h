#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/painless/lang/node.h"
#include "stages/painless/run/registry.h"
#include "stages/painless/script_context.h"

namespace sluice::painless {

/// Finds out what every name and type of a tree means, as Elasticsearch does, and says so in the nodes. Throws
/// CompileError. Statements in analyze_statement.cpp, operators in analyze_operator.cpp, members and names in
/// analyze_member.cpp, calls and lambdas in analyze_call.cpp.
class Analyzer {
 public:
  /// Languages of the context, regular expressions switched off, ...
  struct Options {
    bool regex_enabled = true;
  };
  Analyzer(Tree& tree, const ScriptContext& context, Options options)
      : tree_(tree), context_(context), options_(options), registry_(Registry::get()) {}

  /// All functions of the script: the entry first, then the script's own, then the lambdas.
  std::vector<FunctionNode*> run();

 private:
  /// How control may leave a statement.
  struct Escape {
    bool all = false;     ///< it never gets to the next statement
    bool method = false;  ///< it always leaves the function
    bool loop = false;    ///< it always leaves the iteration
    bool any_break = false;
    bool any_continue = false;
  };
  struct Scope {
    FunctionNode* function;
    std::vector<Variable*> visible;   ///< declared and not yet out of scope
    std::vector<Variable*> captured;  ///< a lambda's copies of outer variables
    Scope* outer;                     ///< of a lambda: where it is made
    Node* lambda;                     ///< whose captures grow
  };

  void function(FunctionNode& function);
  void declare_functions();
  /// Null: there is none in this context.
  [[nodiscard]] const Type* type_named(const std::string& name) const {
    const Type* type = registry_.type(name);
    return type == nullptr || type->cls == nullptr || has(type->cls->contexts) ? type : nullptr;
  }
  [[nodiscard]] bool has(Contexts contexts) const { return overlap(contexts, context_.kind); }
  const Type* simple(Kind kind) const { return registry_.of(kind); }
  const Type* def() const { return registry_.of(Kind::kDef); }

  // variables
  Variable* define(std::uint32_t offset, const std::string& name, const Type* type, bool read_only);
  Variable* find(const std::string& name) { return find_in(*scope_, name); }
  Variable* find_in(Scope& scope, const std::string& name);

  // statements
  Escape statement(Node& node, bool last_in_loop, bool last_of_all);
  Escape block(Node& node, bool last_in_loop, bool last_of_all, bool own_scope = true);
  Escape if_statement(Node& node, bool last_in_loop, bool last_of_all);
  Escape while_statement(Node& node);
  Escape do_statement(Node& node);
  Escape for_statement(Node& node);
  Escape for_each(Node& node);
  Escape try_statement(Node& node, bool last_in_loop, bool last_of_all);
  void declaration(Node& node);
  Escape return_statement(Node& node);
  Escape throw_statement(Node& node);
  Escape expression_statement(Node& node, bool last_of_all);
  void condition(Node& node);
  Escape loop_body(Node* body, const char* extraneous, std::uint32_t offset);

  // expressions: `want` is what the user of the value expects, null for anything
  void expression(Node& node, const Type* want, bool read = true, bool explicit_cast = false);
  void dispatch(Node& node, const Type* want, bool read, bool explicit_cast);
  /// `node`'s value as `to`.
  void coerce(Node& node, const Type* to, bool explicit_cast = false, bool internal = false);
  void number(Node& node, const Type* want);
  void literal(Node& node, bool read);
  void regex(Node& node, bool read);
  void assign(Node& node, bool read);
  void plain_assign(Node& node, Node& target, bool read);
  void compound_assign(Node& node, Node& target, bool read);
  void increment(Node& node, bool read);
  const Type* compound_type(Node& node, Operator op, const std::string& symbol, const Type* target, const Type* value,
                            const Type*& shift);
  void unary(Node& node, bool read);
  void binary(Node& node, bool read);
  void regex_test(Node& node, bool read);
  void logical(Node& node, bool read);
  void compare(Node& node, bool read);
  void instance_of(Node& node, bool read);
  void conditional(Node& node, const Type* want, bool read, bool explicit_cast);
  void elvis(Node& node, const Type* want, bool read);
  void cast(Node& node, bool read);
  void new_object(Node& node, bool read);
  void new_array(Node& node, bool read);
  void list(Node& node, bool read);
  void map(Node& node, bool read);

  // members
  enum class Use : std::uint8_t { kRead, kWrite, kBoth };
  /// A target of an assignment, or a value that is read.
  void place(Node& node, Use use);
  void symbol(Node& node, Use use);
  void dot(Node& node, Use use);
  void static_dot(Node& node, const Type* type);
  void static_type_dot(Node& node, Use use, const Type* receiver);
  void index(Node& node, Use use);
  /// The class that a name, or names with dots, stand for; null: none.
  const Type* type_of_name(const Node& node);
  /// A receiver: a value, or a class.
  const Type* receiver(Node& node);
  void check_names(const Node& user, const Node& before, bool with_member);
  /// Notes what `doc` is asked for. `key`: a constant text, or it may be anything.
  void note_field(const Node& receiver, const std::string& key);

  // calls
  void call(Node& node);
  void call_local(Node& node);
  void call_def(Node& node);
  void arguments(Node& node, std::size_t first, const Method& method);
  void lambda(Node& node, const Type* want);
  void lambda_body(Node& node, FunctionNode& made);
  void reference(Node& node, const Type* want);
  FunctionNode* local_function(std::string_view name, std::size_t arity);

  [[noreturn]] void unused(const Node& node, const std::string& what) const;

  Tree& tree_;
  const ScriptContext& context_;
  Options options_;
  const Registry& registry_;
  std::vector<FunctionNode*> functions_;
  Scope* scope_ = nullptr;
  int loops_ = 0;
};

}  // namespace sluice::painless
