#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::painless {

struct Object;

/// What a Value holds. The numeric tags are the boxed Java class where the value is seen as `def`.
enum class Tag : std::uint8_t {
  kNull,
  kBoolean,
  kByte,
  kShort,
  kChar,
  kInt,
  kLong,
  kFloat,
  kDouble,
  kObject,
  kRaw,    ///< a JSON scalar of the document that nobody has looked at: `"text"`, a number, `true`, `false`
  kError,  ///< not a value: the machine has an exception pending
};

/// One value of a script, 16 bytes, trivially copyable. Integers, characters and booleans are kept sign-extended in
/// `i`. Objects and raw bytes live in the heap of the machine, or in the document's page: as long as the document is
/// worked on.
struct Value {
  union {
    std::int64_t i;
    double d;
    float f;
    Object* o;
    const char* raw;
  };
  std::uint32_t length;  ///< kRaw: its bytes
  Tag tag;
  bool plain;  ///< kRaw: if it is text, it has no escapes; false: it may have

  static Value null() { return make(Tag::kNull, 0); }
  static Value boolean(bool value) { return make(Tag::kBoolean, value ? 1 : 0); }
  static Value of_byte(std::int8_t value) { return make(Tag::kByte, value); }
  static Value of_short(std::int16_t value) { return make(Tag::kShort, value); }
  static Value of_char(char16_t value) { return make(Tag::kChar, value); }
  static Value of_int(std::int32_t value) { return make(Tag::kInt, value); }
  static Value of_long(std::int64_t value) { return make(Tag::kLong, value); }
  static Value of_float(float value) {
    Value v = make(Tag::kFloat, 0);
    v.f = value;
    return v;
  }
  static Value of_double(double value) {
    Value v = make(Tag::kDouble, 0);
    v.d = value;
    return v;
  }
  /// `object` may be null, which is Java's null.
  static Value of(Object* object) {
    Value v = make(object == nullptr ? Tag::kNull : Tag::kObject, 0);
    v.o = object;
    return v;
  }
  static Value of_raw(std::string_view json, bool plain = false) {
    Value v = make(Tag::kRaw, 0);
    v.raw = json.data();
    v.length = static_cast<std::uint32_t>(json.size());
    v.plain = plain;
    return v;
  }
  static Value error() { return make(Tag::kError, 0); }

  [[nodiscard]] bool is_null() const { return tag == Tag::kNull; }
  [[nodiscard]] bool is_error() const { return tag == Tag::kError; }
  [[nodiscard]] bool is_object() const { return tag == Tag::kObject; }
  [[nodiscard]] bool is_raw() const { return tag == Tag::kRaw; }
  /// byte, short, char, int or long.
  [[nodiscard]] bool is_integral() const { return tag >= Tag::kByte && tag <= Tag::kLong; }
  [[nodiscard]] bool is_floating() const { return tag == Tag::kFloat || tag == Tag::kDouble; }
  /// A primitive number or char.
  [[nodiscard]] bool is_numeric() const { return tag >= Tag::kByte && tag <= Tag::kDouble; }
  [[nodiscard]] std::string_view raw_text() const { return {raw, length}; }
  /// A primitive number as a double.
  [[nodiscard]] double as_double() const {
    if (tag == Tag::kDouble) return d;
    return tag == Tag::kFloat ? static_cast<double>(f) : static_cast<double>(i);
  }

 private:
  static Value make(Tag tag, std::int64_t integer) {
    Value v;  // NOLINT(cppcoreguidelines-pro-type-member-init): all members are set below
    v.i = integer;
    v.length = 0;
    v.tag = tag;
    v.plain = false;
    return v;
  }
};

static_assert(sizeof(Value) == 16);

}  // namespace sluice::painless
