#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/painless/run/value.h"

/// The types of a script: what the allow-list makes known, seen by the compiler and by the machine alike.
namespace sluice::painless {

class Machine;
struct Class;

enum class Kind : std::uint8_t {
  kVoid,
  kBoolean,
  kByte,
  kShort,
  kChar,
  kInt,
  kLong,
  kFloat,
  kDouble,
  kDef,
  kClass,
  kArray,
};

/// The tag of a primitive's values.
constexpr Tag tag_of(Kind primitive) { return static_cast<Tag>(primitive); }
static_assert(tag_of(Kind::kBoolean) == Tag::kBoolean && tag_of(Kind::kDouble) == Tag::kDouble);

/// A static type. Interned: two types are the same if and only if their addresses are.
struct Type {
  Kind kind = Kind::kVoid;
  const Class* cls = nullptr;     ///< kClass: the class; primitives: their boxed class; def: java.lang.Object
  const Type* element = nullptr;  ///< kArray
  std::string name;               ///< as error messages print it: `int`, `def`, `java.util.List`, `int[]`

  [[nodiscard]] bool is_primitive() const { return kind >= Kind::kBoolean && kind <= Kind::kDouble; }
  [[nodiscard]] bool is_numeric() const { return kind >= Kind::kByte && kind <= Kind::kDouble; }
  [[nodiscard]] bool is_def() const { return kind == Kind::kDef; }
  [[nodiscard]] bool is_void() const { return kind == Kind::kVoid; }
  [[nodiscard]] bool is_reference() const { return kind >= Kind::kDef; }
};

/// Code behind a method, constructor or constant: takes the receiver (none for statics) and the arguments, already of
/// the declared types, and returns the result of the declared type, or what Machine::raise() returns.
using Native = Value (*)(Machine& machine, const Value* args);

/// Kinds of contexts, a set of bits: which have a class or a method, or (one of them) which a script is compiled for.
enum class Contexts : std::uint8_t {
  kReindex = 1,
  kByQuery = 2,  ///< `_update_by_query`
  kUpdate = 4,
  kIngest = 8,
  kCondition = 16,  ///< `if` of a processor
  kTest = 32,       ///< `painless_test`
  kOther = 64,
  kChanging = kReindex | kByQuery | kUpdate | kIngest,  ///< what scripts change documents in
  kExtended = kChanging | kTest,                        ///< what has digests and Json
  kAll = 127,
};
constexpr Contexts operator|(Contexts a, Contexts b) {
  return static_cast<Contexts>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool overlap(Contexts a, Contexts b) { return (static_cast<unsigned>(a) & static_cast<unsigned>(b)) != 0; }

/// A method, static method or constructor of the allow-list.
struct Method {
  const Class* owner = nullptr;
  std::string name;  ///< `<init>` for constructors
  const Type* result = nullptr;
  std::vector<const Type*> parameters;  ///< without the receiver
  bool is_static = false;
  bool has_receiver = false;  ///< neither static nor a constructor
  bool keeps_raw = false;     ///< takes `def` arguments as kRaw when they are: containers that only keep them
  bool is_abstract = false;   ///< the one method of a functional interface
  Contexts contexts = Contexts::kAll;
  Native call = nullptr;

  [[nodiscard]] std::size_t arity() const { return parameters.size(); }
};

/// A constant of the allow-list: `Integer.MAX_VALUE`.
struct Constant {
  std::string name;
  const Type* type = nullptr;
  Native read = nullptr;
};

/// A class or interface of the allow-list.
struct Class {
  std::uint16_t id = 0;
  std::string java_name;  ///< `java.util.Map$Entry`
  std::string name;       ///< `java.util.Map.Entry`: canonical, as messages print it
  const Type* type = nullptr;
  std::vector<const Class*> supers;     ///< direct ones, allow-listed
  std::vector<const Class*> ancestors;  ///< itself and all above, nearest first
  bool is_interface = false;
  Contexts contexts = Contexts::kAll;
  const Method* functional = nullptr;                             ///< the method a lambda for this interface implements
  std::unordered_map<std::string, const Method*> methods;         ///< "name/arity", inherited ones too
  std::unordered_map<std::string, const Method*> statics;         ///< "name/arity"
  std::unordered_map<std::uint32_t, const Method*> constructors;  ///< by arity
  std::unordered_map<std::string, const Constant*> constants;

  [[nodiscard]] bool is_a(const Class& other) const;
  [[nodiscard]] const Method* method(std::string_view method_name, std::size_t arity) const;
  /// As far as `where` has it.
  [[nodiscard]] const Method* method_in(std::string_view method_name, std::size_t arity, Contexts where) const;
  [[nodiscard]] const Method* static_method(std::string_view method_name, std::size_t arity) const;
  [[nodiscard]] const Method* constructor(std::size_t arity) const;
  /// `getX()` or `isX()` for property `x`, as far as `where` has it.
  [[nodiscard]] const Method* getter(std::string_view property, Contexts where) const;
  /// `setX(v)` for property `x`, likewise.
  [[nodiscard]] const Method* setter(std::string_view property, Contexts where) const;
};

/// `[Ljava.lang.Object;`, `[[I`: what the JVM calls a type.
std::string java_name_of(const Type& type);

}  // namespace sluice::painless
