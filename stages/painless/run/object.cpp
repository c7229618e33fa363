#include "stages/painless/run/object.h"

#include <algorithm>
#include <string>

#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless {

Value Object::to_string(Machine& machine) {
  return machine.string_value(type->java_name + "@" + unsigned_hex(static_cast<std::uint32_t>(hash(machine))));
}

bool Object::equals(Machine& machine, const Value& other) {
  (void)machine;
  return other.is_object() && other.o == this;
}

std::int32_t Object::hash(Machine& machine) {
  (void)machine;
  return static_cast<std::int32_t>(reinterpret_cast<std::uintptr_t>(this) >> 3);
}

int Object::compare(Machine& machine, const Value& other) {
  (void)other;
  machine.raise(known().class_cast, class_cast_text(*type, "java.lang.Comparable"));
  return 0;
}

bool Object::write_json(Machine& machine, std::string& out, int depth) {
  (void)out;
  (void)depth;
  machine.raise(known().illegal_argument, "cannot write xcontent for unknown value of type class " + type->java_name);
  return false;
}

std::uint32_t String::length() const {
  if (units == kUnknown) units = static_cast<std::uint32_t>(utf16_length(text()));
  return units;
}

std::uint32_t String::byte_of(std::uint32_t unit) const {
  if (is_ascii()) return unit;
  std::uint32_t at_unit = 0;
  std::size_t at = 0;
  if (unit >= seen_unit) {
    at_unit = seen_unit;
    at = seen_byte;
  }
  while (at_unit < unit && at < size) {
    const std::size_t begin = at;
    const std::uint32_t width = next_code_point(text(), at) >= 0x10000 ? 2 : 1;
    if (at_unit + width > unit) {
      at = begin;  // inside a pair
      break;
    }
    at_unit += width;
  }
  seen_unit = at_unit;
  seen_byte = static_cast<std::uint32_t>(at);
  return seen_byte;
}

char16_t String::unit_at(std::uint32_t unit) const {
  if (is_ascii()) return static_cast<unsigned char>(data[unit]);
  std::size_t at = byte_of(unit);
  const bool second = seen_unit < unit;
  const char32_t value = next_code_point(text(), at);
  if (value < 0x10000) return static_cast<char16_t>(value);
  return static_cast<char16_t>(second ? 0xDC00 + (value & 0x3FF) : 0xD7C0 + (value >> 10));
}

std::int32_t String::code() const {
  if (!hashed) {
    hash_code = java_hash(text());
    hashed = true;
  }
  return hash_code;
}

Value String::to_string(Machine& machine) {
  (void)machine;
  return Value::of(this);
}

bool String::equals(Machine& machine, const Value& other) {
  const String* text_other = machine.as_string(other);
  return text_other != nullptr && text_other->text() == text();
}

std::int32_t String::hash(Machine& machine) {
  (void)machine;
  return code();
}

int String::compare(Machine& machine, const Value& other) {
  const String* right = machine.as_string(other);
  if (right == nullptr) {
    if (other.is_null()) {
      machine.null_pointer();
    } else {
      machine.raise(known().class_cast, class_cast_text(*machine.class_of(other), "java.lang.String"));
    }
    return 0;
  }
  // Java's difference: of the first units that differ, or of the lengths.
  if (is_ascii() && right->is_ascii()) {
    const std::uint32_t common = std::min(size, right->size);
    for (std::uint32_t i = 0; i < common; ++i) {
      if (data[i] != right->data[i]) return static_cast<int>(data[i]) - static_cast<int>(right->data[i]);
    }
    return static_cast<int>(size) - static_cast<int>(right->size);
  }
  const std::u16string a = to_utf16(text());
  const std::u16string b = to_utf16(right->text());
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (a[i] != b[i]) return static_cast<int>(a[i]) - static_cast<int>(b[i]);
  }
  return static_cast<int>(a.size()) - static_cast<int>(b.size());
}

bool String::write_json(Machine& machine, std::string& out, int depth) {
  (void)machine;
  (void)depth;
  append_json_text(out, text());
  return true;
}

Value Array::to_string(Machine& machine) {
  static constexpr std::string_view kCodes = "VZBSCIJFD";
  std::string code = "[";
  const Type* element = array_type->element;
  while (element->kind == Kind::kArray) {
    code += '[';
    element = element->element;
  }
  if (element->is_primitive()) {
    code += kCodes[static_cast<std::size_t>(element->kind)];
  } else {
    code += "L" + (element->cls != nullptr ? element->cls->java_name : std::string("java.lang.Object")) + ";";
  }
  return machine.string_value(code + "@" + unsigned_hex(static_cast<std::uint32_t>(hash(machine))));
}

bool Array::write_json(Machine& machine, std::string& out, int depth) {
  if (array_type->element->kind == Kind::kByte) {
    append_base64(out, items, length);
    return true;
  }
  out += '[';
  for (std::uint32_t i = 0; i < length; ++i) {
    if (i != 0) out += ',';
    if (!append_json_value(machine, out, items[i], depth + 1)) return false;
  }
  out += ']';
  return true;
}

Value Iterator::remove(Machine& machine) { return machine.raise(known().unsupported_operation, "remove"); }

Value Throwable::to_string(Machine& machine) {
  std::string text = type->java_name;
  if (message != nullptr) text += ": " + std::string(message->text());
  return machine.string_value(text);
}

}  // namespace sluice::painless
