#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/run/heap.h"
#include "stages/painless/run/types.h"
#include "stages/painless/run/value.h"

namespace sluice::painless {

enum class Op : std::uint16_t {
#define OP(name) name,
#include "stages/painless/run/opcodes.def"
#undef OP
};

/// The operators that a script can write, as far as the machine tells them apart.
enum class Operator : std::uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kRemainder,
  kShiftLeft,
  kShiftRight,
  kShiftRightUnsigned,
  kAnd,
  kXor,
  kOr,
  kNegate,
  kPlus,
  kComplement,
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
};

struct Instruction {
  Op op;
  std::uint16_t a = 0;
  std::uint16_t b = 0;
  std::uint16_t c = 0;
  std::int32_t d = 0;
};

/// A place where a name is looked up at run time.
struct Site {
  std::string name;
  std::int32_t hash = 0;        ///< Java's, of the name
  std::uint32_t signature = 0;  ///< signature_of() the name
  std::string token;            ///< the name as a JSON string; empty where that has escapes
  std::uint16_t arguments = 0;
};

/// What a machine remembers of a site: the class it met last and what it found there.
struct SiteCache {
  enum Shape : std::uint8_t { kUnknown, kMethod, kMapKey, kListIndex, kArrayLength };

  const Class* cls = nullptr;
  const Method* method = nullptr;
  std::uint32_t place = 0;  ///< where in a map the key was
  Shape shape = kUnknown;
};

/// `try` as a range of code.
struct Handler {
  std::uint32_t from;
  std::uint32_t to;
  std::uint32_t target;
  std::uint16_t variable;  ///< register that gets the exception
  const Class* caught;
};

/// One function, lambda or the script itself.
struct FunctionCode {
  std::string name;
  std::uint16_t parameters = 0;  ///< they are the first registers
  std::uint16_t registers = 0;
  std::int32_t loop_counter = -1;  ///< register that kLoop counts down; -1: no loops
  const Type* result = nullptr;
  std::vector<const Type*> parameter_types;
  std::vector<Instruction> code;
  std::vector<std::uint32_t> offsets;  ///< into the source, for each instruction
  std::vector<Handler> handlers;       ///< innermost first
};

/// A lambda where it is made: the function it is, and the interface, null where only the call will tell.
struct LambdaSite {
  std::uint32_t function = 0;
  const Class* interface = nullptr;
  std::uint16_t arguments = 0;
};

/// `Type::name`, `variable::name`, `Type::new`, `T[]::new`.
struct ReferenceSite {
  const Class* interface = nullptr;  ///< null where only the call will tell
  const Class* owner = nullptr;      ///< null: the receiver is captured and def
  const Type* array = nullptr;       ///< `T[]::new`
  std::string name;
  bool captures = false;
  bool constructs = false;
};

/// A compiled script: immutable, shared by any number of machines.
struct Program {
  std::string source;
  Contexts context = Contexts::kOther;  ///< see ScriptContext
  std::vector<FunctionCode> functions;  ///< the first is the entry
  std::vector<Value> constants;
  std::vector<bool> inputs_used;        ///< for each argument of the entry: the script mentions it
  std::vector<std::string> doc_fields;  ///< what it asks `doc` for by name
  bool asks_any_field = false;          ///< and it may ask for others too
  std::vector<const Method*> methods;
  std::vector<const Constant*> constant_reads;
  std::vector<const Type*> types;
  std::vector<Site> sites;
  std::vector<Site> texts;  ///< keys of kMapGet and kMapPut
  std::vector<LambdaSite> lambdas;
  std::vector<ReferenceSite> references;
  std::vector<std::uint32_t> statements;  ///< offsets of the statements, ascending
  Heap heap{std::size_t{256} << 20};      ///< of the constants

  Program() = default;
};

}  // namespace sluice::painless
