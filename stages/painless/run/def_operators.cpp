#include "stages/painless/run/def_operators.h"

#include <string>

#include "stages/painless/lang/casts.h"
#include "stages/painless/run/apply_operator.h"
#include "stages/painless/run/arithmetic.h"
#include "stages/painless/run/big_number.h"
#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

constexpr std::string_view kSymbols[] = {"+", "-", "*", "/", "%",  "<<", ">>", ">>>", "&", "^", "|",
                                         "-", "+", "~", "!", "==", "!=", "<",  "<=",  ">", ">="};

std::string_view symbol(Operator op) { return kSymbols[static_cast<std::size_t>(op)]; }

Value null_operand(Machine& machine, std::string_view which) {
  return machine.raise(known().null_pointer,
                       "Cannot invoke \"Object.getClass()\" because \"" + std::string(which) + "\" is null");
}

Value cannot_apply(Machine& machine, Operator op, const Value& left, const Value& right) {
  if (left.is_null()) return null_operand(machine, "left");
  if (right.is_null()) return null_operand(machine, "right");
  return machine.raise(known().class_cast, "Cannot apply [" + std::string(symbol(op)) + "] operation to types [" +
                                               machine.class_of(left)->name + "] and [" +
                                               machine.class_of(right)->name + "].");
}

/// A number, also one that is no primitive.
bool is_number(const Value& value) { return value.is_numeric() || is_big_number(value); }

/// A number as Elasticsearch takes it beside one that makes `promoted` of both: its doubleValue(), floatValue(),
/// longValue() or intValue() where it is no primitive.
Value as_number(const Value& value, Tag promoted) {
  return is_big_number(value) ? big_number_as(value, promoted) : value;
}

/// double over float over long over int.
Tag promoted(const Value& left, const Value& right) {
  const auto either = [&](Tag tag) { return left.tag == tag || right.tag == tag; };
  for (const Tag tag : {Tag::kDouble, Tag::kFloat, Tag::kLong}) {
    if (either(tag)) return tag;
  }
  return Tag::kInt;
}

float as_float(const Value& value) {
  if (value.tag == Tag::kFloat) return value.f;
  return value.tag == Tag::kDouble ? static_cast<float>(value.d) : static_cast<float>(value.i);
}

bool is_shift(Operator op) { return op >= Operator::kShiftLeft && op <= Operator::kShiftRightUnsigned; }

/// Boxed values of both sides, which Elasticsearch promotes as if they were primitives.
bool is_boxed(const Value& value) { return value.tag >= Tag::kBoolean && value.tag <= Tag::kDouble; }

Value cannot_apply_to(Machine& machine, Operator op, std::string_view type) {
  return machine.raise(known().class_cast,
                       "Cannot apply [" + std::string(symbol(op)) + "] operation to type [" + std::string(type) + "]");
}

/// A boolean beside a number.
Value boolean_beside(Machine& machine, const Value& left, const Value& right) {
  const Value& number = left.tag == Tag::kBoolean ? right : left;
  Value promoted_value = number;
  promoted_value.tag = promoted(number, number);
  return machine.raise(known().class_cast,
                       "Cannot cast java.lang.Boolean to " + machine.class_of(promoted_value)->name);
}

/// Raises what is wrong with operands that only go together when they are numbers; false: nothing is.
bool wrong_boxes(Machine& machine, Operator op, const Value& left, const Value& right) {
  if (!is_boxed(left) || !is_boxed(right)) return false;
  const bool a = left.tag == Tag::kBoolean;
  const bool b = right.tag == Tag::kBoolean;
  if (a && b) {
    cannot_apply_to(machine, op, "boolean");
  } else if (a || b) {
    boolean_beside(machine, left, right);
  }
  return a || b;
}

/// An operand of `&`, `|` and `^` that is no boxed number; true: it is none at all, and an exception is pending.
bool not_integral(Machine& machine, const Value& value) {
  if (value.is_integral()) return false;
  if (value.is_null()) {
    null_operand(machine, "o");
  } else {
    machine.raise(known().class_cast, "Cannot convert [" + machine.class_of(value)->name + "] to an integral value.");
  }
  return true;
}

Value shift(Machine& machine, Operator op, const Value& left, const Value& right) {
  if (left.is_null()) return null_operand(machine, "args[0]");
  if (is_boxed(left) && is_boxed(right) && (left.tag == Tag::kBoolean || left.is_floating())) {
    return cannot_apply_to(machine, op,
                           left.tag == Tag::kBoolean ? "boolean"
                           : left.tag == Tag::kFloat ? "float"
                                                     : "double");
  }
  if (is_big_number(left)) {
    not_integral(machine, left);
    return Value::error();
  }
  if (!left.is_integral() || !right.is_integral()) return cannot_apply(machine, op, left, right);
  if (left.tag == Tag::kLong) {
    const std::int64_t a = left.i;
    return Value::of_long(op == Operator::kShiftLeft    ? java::shift_left(a, right.i)
                          : op == Operator::kShiftRight ? java::shift_right(a, right.i)
                                                        : java::shift_right_unsigned(a, right.i));
  }
  const auto a = static_cast<std::int32_t>(left.i);
  return Value::of_int(op == Operator::kShiftLeft    ? java::shift_left(a, right.i)
                       : op == Operator::kShiftRight ? java::shift_right(a, right.i)
                                                     : java::shift_right_unsigned(a, right.i));
}

Value booleans(Operator op, bool a, bool b) {
  return Value::boolean(op == Operator::kAnd ? (a && b) : op == Operator::kOr ? (a || b) : a != b);
}

bool is_text(Machine& machine, const Value& value) { return machine.as_string(value) != nullptr; }

Value concatenate(Machine& machine, const Value& left, const Value& right) {
  const String* a = machine.to_text(left);
  const String* b = a != nullptr ? machine.to_text(right) : nullptr;
  if (b == nullptr) return Value::error();
  if (!machine.afford(a->size + b->size)) return Value::error();
  return machine.string_value(std::string(a->text()) + std::string(b->text()));
}

}  // namespace

std::string unboxed_name(Machine& machine, const Value& value) {
  static constexpr std::string_view kNames[] = {"null", "boolean", "byte",  "short", "char",
                                                "int",  "long",    "float", "double"};
  if (value.tag <= Tag::kDouble) return std::string(kNames[static_cast<std::size_t>(value.tag)]);
  return machine.class_of(value)->name;
}

Value def_binary(Machine& machine, Operator op, const Value& left_value, const Value& right_value) {
  Value left = machine.force(left_value);
  Value right = machine.force(right_value);
  if (machine.failed()) return Value::error();
  if (is_shift(op)) return shift(machine, op, left, right);
  const bool bits = op == Operator::kAnd || op == Operator::kOr || op == Operator::kXor;
  if (bits && left.tag == Tag::kBoolean && right.tag == Tag::kBoolean) return booleans(op, left.i != 0, right.i != 0);
  if (wrong_boxes(machine, op, left, right)) return Value::error();
  const bool boxed = is_boxed(left) && is_boxed(right);
  if (bits && !boxed && (not_integral(machine, left) || not_integral(machine, right))) return Value::error();
  if (!is_number(left) || !is_number(right)) {
    if (op == Operator::kAdd && (is_text(machine, left) || is_text(machine, right)))
      return concatenate(machine, left, right);
    return cannot_apply(machine, op, left, right);
  }
  const Tag tag = promoted(left, right);
  left = as_number(left, tag);
  right = as_number(right, tag);
  if (bits && (tag == Tag::kDouble || tag == Tag::kFloat)) return cannot_apply_to(machine, op, "float");
  if (tag == Tag::kDouble) return Value::of_double(apply_to_floats(op, left.as_double(), right.as_double()));
  if (tag == Tag::kFloat) return Value::of_float(apply_to_floats(op, as_float(left), as_float(right)));
  if ((op == Operator::kDivide || op == Operator::kRemainder) && right.i == 0) {
    return machine.raise(known().arithmetic, "/ by zero");
  }
  if (tag == Tag::kLong) return Value::of_long(apply_to_integers(op, left.i, right.i));
  return Value::of_int(apply_to_integers(op, static_cast<std::int32_t>(left.i), static_cast<std::int32_t>(right.i)));
}

Value def_compound(Machine& machine, Operator op, const Value& left, const Value& right) {
  const Value old_value = machine.force(left);
  const Value result = def_binary(machine, op, old_value, right);
  if (is_big_number(old_value) && !result.is_error()) {
    return machine.raise(known().class_cast,
                         "Cannot cast " + machine.class_of(result)->name + " to " + machine.class_of(old_value)->name);
  }
  if (result.tag == old_value.tag || !result.is_numeric() || !old_value.is_numeric()) return result;
  static constexpr Kind kKinds[] = {Kind::kVoid, Kind::kBoolean, Kind::kByte,  Kind::kShort, Kind::kChar,
                                    Kind::kInt,  Kind::kLong,    Kind::kFloat, Kind::kDouble};
  return convert_primitive(result, kKinds[static_cast<std::size_t>(old_value.tag)]);
}

Value def_unary(Machine& machine, Operator op, const Value& operand) {
  const Value value = machine.force(operand);
  if (machine.failed()) return Value::error();
  const bool wrong = !value.is_numeric() || (op == Operator::kComplement && value.is_floating());
  if (wrong) {
    if (value.is_null()) return null_operand(machine, "unary");
    return machine.raise(known().class_cast, "Cannot apply [" + std::string(symbol(op)) + "] operation to type [" +
                                                 machine.class_of(value)->name + "].");
  }
  const auto number = static_cast<std::int32_t>(value.i);
  switch (value.tag) {
    case Tag::kDouble:
      return Value::of_double(op == Operator::kNegate ? -value.d : value.d);
    case Tag::kFloat:
      return Value::of_float(op == Operator::kNegate ? -value.f : value.f);
    case Tag::kLong:
      if (op == Operator::kPlus) return value;
      return Value::of_long(op == Operator::kNegate ? java::subtract(std::int64_t{0}, value.i) : ~value.i);
    default:
      if (op == Operator::kPlus) return Value::of_int(number);
      return Value::of_int(op == Operator::kNegate ? java::subtract(0, number) : ~number);
  }
}

namespace {

bool equal(Machine& machine, const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return left.is_null() && right.is_null();
  const bool same_class = left.is_object() && right.is_object() && left.o->type == right.o->type;
  if (is_number(left) && is_number(right) && !same_class) {
    const Tag tag = promoted(left, right);
    const Value a = as_number(left, tag);
    const Value b = as_number(right, tag);
    switch (tag) {
      case Tag::kDouble:
        return a.as_double() == b.as_double();
      case Tag::kFloat:
        return as_float(a) == as_float(b);
      default:
        return a.i == b.i;
    }
  }
  return machine.equals(left, right);
}

template <typename T>
bool ordered(Operator op, T a, T b) {
  switch (op) {
    case Operator::kLess:
      return a < b;
    case Operator::kLessEqual:
      return a <= b;
    case Operator::kGreater:
      return a > b;
    default:
      return a >= b;
  }
}

}  // namespace

Value def_compare(Machine& machine, Operator op, const Value& left_value, const Value& right_value) {
  const Value left = machine.force(left_value);
  const Value right = machine.force(right_value);
  if (machine.failed()) return Value::error();
  if (op == Operator::kEqual || op == Operator::kNotEqual) {
    if (is_boxed(left) && is_boxed(right) && (left.tag == Tag::kBoolean) != (right.tag == Tag::kBoolean)) {
      return boolean_beside(machine, left, right);
    }
    const bool same = equal(machine, left, right);
    if (machine.failed()) return Value::error();
    return Value::boolean(same == (op == Operator::kEqual));
  }
  if (wrong_boxes(machine, op, left, right)) return Value::error();
  if (!is_number(left) || !is_number(right)) {
    // Elasticsearch names `>=` so.
    return cannot_apply(machine, op == Operator::kGreaterEqual ? Operator::kGreater : op, left, right);
  }
  const Tag tag = promoted(left, right);
  const Value a = as_number(left, tag);
  const Value b = as_number(right, tag);
  switch (tag) {
    case Tag::kDouble:
      return Value::boolean(ordered(op, a.as_double(), b.as_double()));
    case Tag::kFloat:
      return Value::boolean(ordered(op, as_float(a), as_float(b)));
    default:
      return Value::boolean(ordered(op, a.i, b.i));
  }
}

namespace {

std::string out_of_bounds(std::int64_t index, std::int64_t size) {
  return "Index " + std::to_string(index) + " out of bounds for length " + std::to_string(size);
}

Array* as_array(const Value& value) { return value.is_object() ? dynamic_cast<Array*>(value.o) : nullptr; }

Value not_indexable(Machine& machine, const Value& receiver) {
  return machine.raise(known().illegal_argument, "Attempting to address a non-array-like type [" +
                                                     machine.class_of(receiver)->name + "] as an array.");
}

}  // namespace

Value def_index_key(Machine& machine, const Value& receiver, const Value& key) {
  if (receiver.is_null()) {
    return machine.raise(known().null_pointer, "cannot access method/field [normalizeIndex] from a null def reference");
  }
  if (machine.as_map(receiver) != nullptr) return key;
  List* list = machine.as_list(receiver);
  const Array* array = list == nullptr ? as_array(receiver) : nullptr;
  if (list == nullptr && array == nullptr) return not_indexable(machine, receiver);
  const Value index = machine.convert(key, *Registry::get().of(Kind::kInt), false);
  if (index.is_error() || index.i >= 0) return index;
  const std::uint32_t size = list != nullptr ? list->size(machine) : array->length;
  return Value::of_int(static_cast<std::int32_t>(index.i + size));
}

Value def_index(Machine& machine, const Value& receiver, const Value& key, bool counted) {
  if (Map* map = machine.as_map(receiver)) {
    Map::Entry* found = map->find(machine, key);
    if (machine.failed()) return Value::error();
    return found == nullptr ? Value::null() : map->value_of(machine, *found);
  }
  const Value index = counted ? key : def_index_key(machine, receiver, key);
  if (index.is_error()) return index;
  if (List* list = machine.as_list(receiver)) {
    const std::uint32_t size = list->size(machine);
    if (index.i < 0 || index.i >= size) return list->raise_index(machine, index.i);
    return list->get(machine, static_cast<std::uint32_t>(index.i));
  }
  const Array* array = as_array(receiver);
  if (index.i < 0 || index.i >= array->length) {
    return machine.raise(known().array_index_out_of_bounds, out_of_bounds(index.i, array->length));
  }
  return array->items[index.i];
}

Value def_index_store(Machine& machine, const Value& receiver, const Value& key, const Value& value, bool counted) {
  if (Map* map = machine.as_map(receiver)) return map->put(machine, key, value);
  const Value index = counted ? key : def_index_key(machine, receiver, key);
  if (index.is_error()) return index;
  if (List* list = machine.as_list(receiver)) {
    const std::uint32_t size = list->size(machine);
    if (index.i < 0 || index.i >= size) return list->raise_index(machine, index.i);
    return list->set(machine, static_cast<std::uint32_t>(index.i), value) ? Value::null() : Value::error();
  }
  Array* array = as_array(receiver);
  if (index.i < 0 || index.i >= array->length) {
    return machine.raise(known().array_index_out_of_bounds, out_of_bounds(index.i, array->length));
  }
  const Value converted = machine.convert(value, *array->array_type->element, false);
  if (!converted.is_error()) array->items[index.i] = converted;
  return converted;
}

}  // namespace sluice::painless
