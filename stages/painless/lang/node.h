#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/run/program.h"
#include "stages/painless/run/types.h"
#include "stages/painless/run/value.h"

namespace sluice::painless {

enum class NodeKind : std::uint8_t {
  // statements
  kBlock,
  kIf,           ///< condition, then block, else block (may be missing)
  kWhile,        ///< condition, block (may be missing)
  kDo,           ///< block, condition
  kFor,          ///< init, condition, step, block; any may be missing (null)
  kForEach,      ///< iterable, block; `text` the variable, `type_name` its type
  kTry,          ///< block, catches
  kCatch,        ///< block; `type_name`, `text`
  kDeclaration,  ///< value (may be missing); `type_name`, `text`
  kDeclarations,
  kReturn,  ///< value (may be missing)
  kBreak,
  kContinue,
  kThrow,
  kExpression,  ///< an expression as a statement
  // expressions
  kAssign,      ///< target, value; `op` with kCompound
  kIncrement,   ///< target; `prefix`, `delta`
  kUnary,       ///< operand
  kBinary,      ///< left, right
  kRegexFind,   ///< left, right
  kRegexMatch,  ///< left, right
  kBooleanAnd,
  kBooleanOr,
  kCompare,      ///< left, right; `identity`: === and !==
  kInstanceOf,   ///< operand; `type_name`
  kConditional,  ///< condition, yes, no
  kElvis,
  kCast,       ///< operand; `type_name`
  kNewObject,  ///< arguments; `type_name`
  kNewArray,   ///< lengths, or the elements with `initialised`; `type_name` is the array's
  kList,
  kMap,        ///< key, value, key, value, ...
  kCallLocal,  ///< arguments; `text`
  kCall,       ///< receiver, arguments; `text`; `null_safe`
  kDot,        ///< receiver; `text`; `null_safe`
  kIndex,      ///< receiver, index
  kSymbol,     ///< `text`: a variable or a type
  kNumber,
  kString,
  kTrue,
  kFalse,
  kNull,
  kRegex,
  kLambda,     ///< block or expression; `parameters`
  kReference,  ///< `text` before ::, `name` behind it
};

/// A parameter of a function or lambda.
struct Parameter {
  std::string type_name;  ///< empty: none given
  std::string name;
  std::uint32_t offset = 0;
  const Type* type = nullptr;
};

struct Variable;
struct FunctionNode;

/// A change of type between a node and who uses it.
struct Conversion {
  const Type* from = nullptr;  ///< null: none
  const Type* to = nullptr;
  bool explicit_cast = false;
};

/// What a member access turned out to be.
enum class Access : std::uint8_t {
  kNone,
  kVariable,
  kType,      ///< the name of a class
  kConstant,  ///< a static constant
  kDef,       ///< looked up at run time
  kMethod,    ///< getter or setter, or a method
  kStatic,
  kMapKey,     ///< `map.key`
  kListIndex,  ///< `list.0`
  kArray,
  kArrayLength,
  kMapIndex,  ///< `map[key]`
  kLocalFunction,
};

/// One node of the tree. The parser fills the first part, the analyzer the second; the code generator reads both.
struct Node {
  Node(NodeKind what, std::uint32_t where) : kind(what), offset(where) {}

  NodeKind kind;
  std::uint32_t offset;  ///< bytes into the source
  std::string text;
  std::string type_name;
  std::string name;
  std::vector<Node*> children;
  std::vector<Parameter> parameters;
  Operator op = Operator::kAdd;
  bool compound = false;
  bool null_safe = false;
  bool prefix = false;
  bool identity = false;
  bool initialised = false;
  bool negative = false;  ///< kNumber behind a minus
  int delta = 0;

  // --- the analyzer's
  const Type* type = nullptr;
  Conversion conversion;
  bool is_cast = false;                ///< its type is not the one that is wanted, if only by name
  const Type* operand_type = nullptr;  ///< what operands were promoted to; kInstanceOf, kCast: the type named
  bool is_constant = false;
  Value constant = Value::null();
  Access access = Access::kNone;
  const Method* method = nullptr;
  const Method* setter = nullptr;
  const Constant* field = nullptr;
  Variable* variable = nullptr;
  FunctionNode* function = nullptr;  ///< kLambda, kCallLocal
  std::vector<Variable*> variables;  ///< declared here; kLambda: captured, in order
  const Class* interface = nullptr;  ///< kLambda, kReference: the target, null when only known at run time
  Node* value = nullptr;             ///< of a target: what is assigned to it
  bool all_escape = false;           ///< statements: control never comes out at the end
  bool statement_position = false;   ///< the value is not used
  bool untold = false;               ///< a result whose expression doesn't know what is wanted
  bool internal = false;             ///< kConditional: an argument or result, whose branches may be boxed
};

/// A local variable or parameter.
struct Variable {
  std::string name;
  const Type* type = nullptr;
  std::uint16_t place = 0;  ///< register
  bool read_only = false;
  bool used = false;  ///< the script mentions it
  FunctionNode* owner = nullptr;
};

/// A function of the script, a lambda, or the script itself.
struct FunctionNode {
  std::string name;
  std::uint32_t offset = 0;
  std::string result_name;
  const Type* result = nullptr;
  std::vector<Parameter> parameters;
  Node* body = nullptr;
  bool expression_body = false;  ///< a lambda's
  bool is_lambda = false;
  bool returns_last = false;         ///< the value of the last expression is the result
  std::vector<Variable*> arguments;  ///< captured ones first
  std::uint32_t index = 0;           ///< in the program
  bool has_loops = false;
};

/// A parsed script. Owns every node.
struct Tree {
  std::deque<Node> nodes;
  std::deque<Variable> variables;
  std::deque<FunctionNode> functions;  ///< of the script, in order; lambdas are added by the analyzer
  Node* body = nullptr;
  std::vector<std::string> doc_fields;  ///< what `doc` is asked for by name
  std::size_t doc_uses = 0;             ///< how often `doc` is mentioned, ...
  std::size_t doc_names = 0;            ///< ... and how often to ask it for something by name

  Node* make(NodeKind kind, std::uint32_t offset) { return &nodes.emplace_back(kind, offset); }
};

}  // namespace sluice::painless
