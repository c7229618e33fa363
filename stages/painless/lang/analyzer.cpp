#include "stages/painless/lang/analyzer.h"

#include "stages/painless/lang/compile_error.h"

namespace sluice::painless {

std::vector<FunctionNode*> Analyzer::run() {
  FunctionNode& entry = tree_.functions.emplace_back();
  entry.name = "execute";
  entry.body = tree_.body;
  entry.result = type_named(context_.result_name);
  entry.returns_last = !entry.result->is_void();
  for (const ScriptContext::Input& input : context_.inputs) {
    entry.parameters.push_back({input.type_name, input.name, 0, type_named(input.type_name)});
  }
  functions_.push_back(&entry);
  declare_functions();
  if (tree_.body->children.empty()) {
    fail(tree_.body->offset,
         "invalid function definition: found no statements for function [execute] with [0] parameters");
  }
  // As in Elasticsearch, the functions are looked at before what calls them. Lambdas are added on the way.
  const std::size_t declared = functions_.size();
  for (std::size_t i = 1; i < declared; ++i) function(*functions_[i]);
  function(entry);
  for (std::size_t i = 0; i < functions_.size(); ++i) functions_[i]->index = static_cast<std::uint32_t>(i);
  return functions_;
}

void Analyzer::declare_functions() {
  for (FunctionNode& made : tree_.functions) {
    if (&made == functions_.front()) continue;
    if (local_function(made.name, made.parameters.size()) != nullptr) {
      fail(made.offset, "invalid function definition: found duplicate function [" + made.name + "/" +
                            std::to_string(made.parameters.size()) + "].");
    }
    made.result = type_named(made.result_name);
    if (made.result == nullptr) {
      fail(made.offset, "invalid function definition: return type [" + made.result_name + "] not found for function [" +
                            made.name + "/" + std::to_string(made.parameters.size()) + "]");
    }
    made.returns_last = !made.result->is_void();
    for (Parameter& parameter : made.parameters) {
      parameter.type = type_named(parameter.type_name);
      if (parameter.type == nullptr || parameter.type->is_void()) {
        fail(made.offset, "invalid function definition: parameter type [" + parameter.type_name +
                              "] not found for function [" + made.name + "/" + std::to_string(made.parameters.size()) +
                              "]");
      }
    }
    functions_.push_back(&made);
  }
}

void Analyzer::function(FunctionNode& made) {
  Scope scope{&made, {}, {}, nullptr, nullptr};
  scope_ = &scope;
  loops_ = 0;
  for (const Parameter& parameter : made.parameters) {
    made.arguments.push_back(define(made.offset, parameter.name, parameter.type, false));
  }
  if (made.body->children.empty()) {
    fail(made.offset, "invalid function definition: found no statements for function [" + made.name + "] with [" +
                          std::to_string(made.parameters.size()) + "] parameters");
  }
  const Escape escape = block(*made.body, false, made.returns_last, false);
  if (!escape.method && !made.result->is_void() && &made != functions_.front()) {
    fail(made.offset, "invalid function definition: not all paths provide a return value for function [" + made.name +
                          "] with [" + std::to_string(made.parameters.size()) + "] parameters");
  }
  scope_ = nullptr;
}

FunctionNode* Analyzer::local_function(std::string_view name, std::size_t arity) {
  for (FunctionNode* made : functions_) {
    if (made != functions_.front() && !made->is_lambda && made->name == name && made->parameters.size() == arity)
      return made;
  }
  return nullptr;
}

Variable* Analyzer::define(std::uint32_t offset, const std::string& name, const Type* type, bool read_only) {
  for (Scope* scope = scope_; scope != nullptr; scope = scope->outer) {
    for (const Variable* seen : scope->visible) {
      if (seen->name == name) fail(offset, "variable [" + name + "] is already defined");
    }
  }
  Variable& made = tree_.variables.emplace_back();
  made.name = name;
  made.type = type;
  made.read_only = read_only;
  made.owner = scope_->function;
  scope_->visible.push_back(&made);
  return &made;
}

/// A variable of an outer function becomes an argument of the lambda, in front of its own.
Variable* Analyzer::find_in(Scope& scope, const std::string& name) {
  for (const auto* list : {&scope.visible, &scope.captured}) {
    for (Variable* seen : *list) {
      if (seen->name != name) continue;
      seen->used = true;
      return seen;
    }
  }
  if (scope.outer == nullptr) return nullptr;
  Variable* outer = find_in(*scope.outer, name);
  if (outer == nullptr) return nullptr;
  Variable& made = tree_.variables.emplace_back(*outer);
  made.owner = scope.function;
  made.read_only = true;
  scope.captured.push_back(&made);
  scope.lambda->variables.push_back(outer);
  std::vector<Variable*>& arguments = scope.function->arguments;
  arguments.insert(arguments.begin() + static_cast<std::ptrdiff_t>(scope.lambda->variables.size() - 1), &made);
  return &made;
}

void Analyzer::unused(const Node& node, const std::string& what) const {
  fail(node.offset, "not a statement: " + what);
}

}  // namespace sluice::painless
