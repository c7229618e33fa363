#include <string>

#include "stages/painless/lang/casts.h"
#include "stages/painless/run/big_number.h"
#include "stages/painless/run/def_operators.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

Kind kind_of(Tag tag) {
  static constexpr Kind kKinds[] = {Kind::kVoid, Kind::kBoolean, Kind::kByte,  Kind::kShort, Kind::kChar,
                                    Kind::kInt,  Kind::kLong,    Kind::kFloat, Kind::kDouble};
  return tag <= Tag::kDouble ? kKinds[static_cast<std::size_t>(tag)] : Kind::kVoid;
}

/// Whether a number of class `from` becomes a `to` without an explicit cast.
bool widens(Kind from, Kind to) {
  if (from == to) return true;
  if (from == Kind::kByte) return to == Kind::kShort || to >= Kind::kInt;
  if (from == Kind::kShort || from == Kind::kChar) return to >= Kind::kInt;
  return from >= Kind::kInt && to > from;
}

Value bad_cast(Machine& machine, const Value& value, const std::string& to, bool explicit_cast) {
  return machine.raise(known().class_cast, std::string("cannot ") + (explicit_cast ? "explicitly" : "implicitly") +
                                               " cast def [" + unboxed_name(machine, value) + "] to " + to);
}

Value null_value(Machine& machine) {
  return machine.raise(known().null_pointer, "Cannot invoke \"Object.getClass()\" because \"value\" is null");
}

/// The primitive that a class boxes; kVoid: none.
Kind boxed_kind(const Class* cls) {
  for (int kind = static_cast<int>(Kind::kBoolean); kind <= static_cast<int>(Kind::kDouble); ++kind) {
    if (Registry::get().of(static_cast<Kind>(kind))->cls == cls) return static_cast<Kind>(kind);
  }
  return Kind::kVoid;
}

}  // namespace

Value Machine::convert_other(const Value& raw_value, const Type& type, bool explicit_cast) {
  if (type.is_def() || type.is_void()) return raw_value;
  const Value value = force(raw_value);
  if (value.is_error()) return value;
  if (type.is_primitive()) return convert_primitive_cast(value, type, explicit_cast);
  return convert_reference(value, type, explicit_cast);
}

Value Machine::convert_primitive_cast(const Value& value, const Type& type, bool explicit_cast) {
  const Kind from = kind_of(value.tag);
  if (from == type.kind) return value;
  if (value.is_null()) return null_value(*this);
  if (type.kind == Kind::kBoolean) {
    return raise(known().class_cast, "cannot cast def [" + unboxed_name(*this, value) + "] to boolean");
  }
  if (from >= Kind::kByte && (explicit_cast || widens(from, type.kind))) return convert_primitive(value, type.kind);
  if (explicit_cast && is_big_number(value)) {
    if (type.kind == Kind::kDouble || type.kind == Kind::kFloat) {
      const double number = static_cast<double>(static_cast<BigInteger*>(value.o)->value);
      return convert_primitive(Value::of_double(number), type.kind);
    }
    return convert_primitive(big_int_value(value), type.kind);
  }
  if (explicit_cast && type.kind == Kind::kChar) {
    if (const String* text_value = as_string(value)) {
      if (text_value->length() == 1) return Value::of_char(text_value->unit_at(0));
      return raise(known().class_cast, "cannot cast java.lang.String with length not equal to one to char");
    }
  }
  // Elasticsearch names another type here.
  const bool misnamed = explicit_cast && type.kind == Kind::kDouble;
  return bad_cast(*this, value, misnamed ? "byte" : type.name, explicit_cast);
}

Value Machine::convert_reference(const Value& value, const Type& type, bool explicit_cast) {
  if (value.is_null()) return value;
  if (type.kind == Kind::kArray) {
    const auto* array = value.is_object() ? dynamic_cast<const Array*>(value.o) : nullptr;
    // An array of references passes for an array of anything that its elements are.
    const bool fits =
        array != nullptr &&
        (array->array_type == &type || (!type.element->is_primitive() && !array->array_type->element->is_primitive()));
    return fits ? value : raise(known().class_cast, class_cast_text(*class_of(value), type.name));
  }
  const Class* cls = class_of(value);
  if (value.is_object() && value.o->callable) {
    return bind(value, type, "") ? value : Value::error();
  }
  if (cls->is_a(*type.cls)) return value;
  const Kind boxed = boxed_kind(type.cls);
  const Kind from = kind_of(value.tag);
  if (boxed != Kind::kVoid) {
    if (boxed >= Kind::kByte && from >= Kind::kByte && (explicit_cast || widens(from, boxed))) {
      return convert_primitive(value, boxed);
    }
    return bad_cast(*this, value, type.name, explicit_cast);
  }
  if (type.cls == known().string) {
    if (explicit_cast && value.tag == Tag::kChar) {
      String* made = to_text(value);
      return made == nullptr ? Value::error() : Value::of(made);
    }
    return bad_cast(*this, value, type.name, explicit_cast);
  }
  return raise(known().class_cast, class_cast_text(*cls, type.cls->java_name));
}

}  // namespace sluice::painless
