#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "stages/painless/run/types.h"
#include "stages/painless/run/value.h"

namespace sluice::painless {

struct Program;
struct ReferenceSite;

/// What all objects of a script have in common. They live in the machine's heap: made by Heap::make(), never deleted by
/// hand. What Java's Object methods do is virtual here; `raise` in them goes through the machine.
struct Object {
  const Class* type;
  bool callable = false;  ///< it is a Function

  explicit Object(const Class* class_of_it) : type(class_of_it) {}
  Object(const Object&) = default;
  Object& operator=(const Object&) = default;

  /// Object.toString(). The default is Java's `class@hash`.
  virtual Value to_string(Machine& machine);
  /// Object.equals(); `other` is not raw. Default: the same object.
  virtual bool equals(Machine& machine, const Value& other);
  /// Object.hashCode(). Default: of the address.
  virtual std::int32_t hash(Machine& machine);
  /// Comparable.compareTo() for values of its own class; anything else is a class_cast_exception, raised by the
  /// default.
  virtual int compare(Machine& machine, const Value& other);
  /// Appends it as JSON, as Elasticsearch writes it into `_source`. Default: illegal_argument_exception `cannot write
  /// xcontent for unknown value of type class X`. False: an exception is pending.
  virtual bool write_json(Machine& machine, std::string& out, int depth);

 protected:
  ~Object() = default;
};

/// java.lang.String. UTF-16 to the script, WTF-8 underneath: UTF-8 in which a lone surrogate is three bytes of its own.
struct String final : Object {
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;

  const char* data;
  std::uint32_t size;           ///< bytes
  mutable std::uint32_t units;  ///< UTF-16 units; kUnknown until somebody asked
  mutable std::int32_t hash_code;
  mutable bool hashed = false;
  mutable std::uint32_t seen_unit = 0;  ///< a place that was looked up, so that walking by index is linear
  mutable std::uint32_t seen_byte = 0;

  String(const Class* string_class, std::string_view text, std::uint32_t utf16_units = kUnknown)
      : Object(string_class),
        data(text.data()),
        size(static_cast<std::uint32_t>(text.size())),
        units(utf16_units),
        hash_code(0) {}

  [[nodiscard]] std::string_view text() const { return {data, size}; }
  /// Java's length(): UTF-16 units.
  [[nodiscard]] std::uint32_t length() const;
  [[nodiscard]] bool is_ascii() const { return length() == size; }
  /// The byte where UTF-16 unit `unit` begins. Inside a pair (its second half) it is the byte of the pair.
  [[nodiscard]] std::uint32_t byte_of(std::uint32_t unit) const;
  [[nodiscard]] char16_t unit_at(std::uint32_t unit) const;
  [[nodiscard]] std::int32_t code() const;

  Value to_string(Machine& machine) override;
  bool equals(Machine& machine, const Value& other) override;
  std::int32_t hash(Machine& machine) override;
  int compare(Machine& machine, const Value& other) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
};

/// An array of primitives or references, `T[]`.
struct Array final : Object {
  const Type* array_type;
  std::uint32_t length;
  Value* items;  ///< each of the element type

  Array(const Class* object_class, const Type* its_type, std::uint32_t count, Value* values)
      : Object(object_class), array_type(its_type), length(count), items(values) {}
  Value to_string(Machine& machine) override;
  bool write_json(Machine& machine, std::string& out, int depth) override;
};

/// A lambda, a method reference, or a function that a native made: what implements a functional interface.
struct Function final : Object {
  using Body = Value (*)(Machine& machine, const Function& self, const Value* args, std::size_t count);

  Body native = nullptr;          ///< null: code of the script
  std::uint32_t code = 0;         ///< index of the function in the program
  const Program* home = nullptr;  ///< the program whose code it is; null: a native's
  std::uint32_t captured = 0;     ///< values in front of the arguments
  const Value* captures = nullptr;
  const Method* method = nullptr;  ///< `Type::name`, the native body's own use
  const ReferenceSite* reference = nullptr;
  std::uint16_t arguments = 0;  ///< that a lambda takes, captures not counted
  bool bound = true;            ///< `type` is the interface it was made for; false: no interface is known yet

  Function(const Class* interface, Body body) : Object(interface), native(body) { callable = true; }
};

/// java.util.Iterator and what for-in walks with. next() is only called after has_next() said so.
struct Iterator : Object {
  using Object::Object;
  /// False at the end, and when an exception is pending.
  virtual bool has_next(Machine& machine) = 0;
  virtual Value next(Machine& machine) = 0;
  /// Iterator.remove(); the default raises unsupported_operation_exception.
  virtual Value remove(Machine& machine);

 protected:
  ~Iterator() = default;
};

/// java.lang.Throwable and below.
struct Throwable final : Object {
  String* message;  ///< null: none
  /// A key that the error's JSON has beside type and reason, and its value, which is JSON.
  struct Detail {
    std::string_view key;
    std::string_view json;
  };
  std::span<const Detail> details;
  Throwable* cause = nullptr;  ///< getCause(), which the answer has as caused_by
  /// Bytes into the source where it was made, which is where Java's stack begins; 0xFFFFFFFF: where it is thrown.
  std::uint32_t place = 0xFFFFFFFF;

  Throwable(const Class* exception_class, String* text) : Object(exception_class), message(text) {}
  Value to_string(Machine& machine) override;
};

}  // namespace sluice::painless
