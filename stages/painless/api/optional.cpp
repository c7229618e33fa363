#include "stages/painless/api/families.h"
#include "stages/painless/api/stream_object.h"

namespace sluice::painless::api {

Value Optional::to_string(Machine& machine) {
  const std::string name = type->java_name.substr(type->java_name.rfind('.') + 1);
  if (!present) return machine.string_value(name + ".empty");
  const String* shown = machine.to_text(value);
  return shown == nullptr ? Value::error() : machine.string_value(name + "[" + std::string(shown->text()) + "]");
}
bool Optional::equals(Machine& machine, const Value& other) {
  if (!other.is_object() || other.o->type != type) return false;
  const auto& right = object<Optional>(other);
  return present == right.present && (!present || machine.equals(value, right.value));
}
std::int32_t Optional::hash(Machine& machine) { return present ? machine.hash(value) : 0; }

Value make_optional(Machine& machine, const char* java_name, const Value& value, bool present) {
  return made(machine.heap().make<Optional>(Registry::get().class_named(java_name), value, present));
}

namespace {

Optional& optional(const Value& value) { return object<Optional>(value); }
constexpr const char* kName = "java.util.Optional";

Value get(Machine& machine, const Value* a) {
  return optional(a[0]).present ? optional(a[0]).value : machine.raise(known().no_such_element, "No value present");
}
Value is_present(Machine&, const Value* a) { return Value::boolean(optional(a[0]).present); }
Value or_else(Machine&, const Value* a) { return optional(a[0]).present ? optional(a[0]).value : a[1]; }
Value or_else_get(Machine& machine, const Value* a) {
  return optional(a[0]).present ? optional(a[0]).value : machine.call(a[1], std::span<const Value>());
}
Value or_else_throw(Machine& machine, const Value* a) {
  if (optional(a[0]).present) return optional(a[0]).value;
  const Value thrown = machine.call(a[1], std::span<const Value>());
  if (thrown.is_error()) return thrown;
  if (!machine.is_a(thrown, known().throwable))
    return machine.raise(known().class_cast, "orElseThrow() wants an exception");
  return machine.raise(static_cast<Throwable*>(thrown.o));
}
Value if_present(Machine& machine, const Value* a) {
  if (!optional(a[0]).present) return Value::null();
  return machine.call(a[1], {optional(a[0]).value}).is_error() ? Value::error() : Value::null();
}
Value map(Machine& machine, const Value* a) {
  if (!optional(a[0]).present) return a[0];
  const Value result = machine.call(a[1], {optional(a[0]).value});
  return result.is_error() ? result : make_optional(machine, kName, result, !result.is_null());
}
Value flat_map(Machine& machine, const Value* a) {
  if (!optional(a[0]).present) return a[0];
  const Value result = machine.call(a[1], {optional(a[0]).value});
  return result.is_null() ? machine.null_pointer() : result;
}
Value filter(Machine& machine, const Value* a) {
  if (!optional(a[0]).present || machine.call_boolean(a[1], {optional(a[0]).value})) return a[0];
  return machine.failed() ? Value::error() : make_optional(machine, kName, Value::null(), false);
}
Value empty(Machine& machine, const Value*) { return make_optional(machine, kName, Value::null(), false); }
Value of(Machine& machine, const Value* a) {
  return missing(machine, a[0]) ? Value::error() : make_optional(machine, kName, a[0], true);
}
Value of_nullable(Machine& machine, const Value* a) { return make_optional(machine, kName, a[0], !a[0].is_null()); }

constexpr MethodRow kOptional[] = {
    {"Optional filter(Predicate)", filter, "The value if it fits.", "Optional.of(1).filter(x -> x > 1).isPresent()",
     "false"},
    {"Optional flatMap(Function)", flat_map, "What the function makes of the value.",
     "Optional.of(1).flatMap(x -> Optional.of(2)).get()", "2"},
    {"def get()", get, "The value.", "Optional.of(1).get()", "1"},
    {"void ifPresent(Consumer)", if_present, "Calls the function with the value.",
     "List l = []; Optional.of(1).ifPresent(x -> l.add(x)); l", "[1]"},
    {"boolean isPresent()", is_present, "Whether there is a value.", "Optional.empty().isPresent()", "false"},
    {"Optional map(Function)", map, "What the function makes of the value.", "Optional.of(1).map(x -> x + 1).get()",
     "2"},
    {"def orElse(def)", or_else, "The value, or another.", "Optional.empty().orElse(5)", "5"},
    {"def orElseGet(Supplier)", or_else_get, "The value, or what the function gives.",
     "Optional.empty().orElseGet(() -> 5)", "5"},
    {"def orElseThrow(Supplier)", or_else_throw, "The value, or an exception.",
     "Optional.of(1).orElseThrow(() -> new Exception('x'))", "1"},
    {"static Optional empty()", empty, "No value.", "Optional.empty()", "Optional.empty"},
    {"static Optional of(def)", of, "A value.", "Optional.of(1)", "Optional[1]"},
    {"static Optional ofNullable(def)", of_nullable, "A value, or none for null.", "Optional.ofNullable(null)",
     "Optional.empty"},
};

/// Of the primitive kinds.
template <char kLetter>
constexpr const char* kKindName = kLetter == 'I'   ? "java.util.OptionalInt"
                                  : kLetter == 'L' ? "java.util.OptionalLong"
                                                   : "java.util.OptionalDouble";
template <char kLetter>
Value none_of(Machine& machine, const Value*) {
  return make_optional(machine, kKindName<kLetter>, Value::null(), false);
}
template <char kLetter>
Value one_of(Machine& machine, const Value* a) {
  return make_optional(machine, kKindName<kLetter>, a[0], true);
}

#define PRIMITIVE_OPTIONAL(letter, name, prim, value)                                                             \
  {prim " getAs" name "()", get, "The value.", "Optional" name ".of(" value ").getAs" name "()", value},          \
      {"void ifPresent(" name "Consumer)", if_present, "Calls the function with the value.",                      \
       "List l = []; Optional" name ".of(" value ").ifPresent(x -> l.add(x)); l", "[" value "]"},                 \
      {"boolean isPresent()", is_present, "Whether there is a value.", "Optional" name ".empty().isPresent()",    \
       "false"},                                                                                                  \
      {prim " orElse(" prim ")", or_else, "The value, or another.", "Optional" name ".empty().orElse(" value ")", \
       value},                                                                                                    \
      {prim " orElseGet(" name "Supplier)", or_else_get, "The value, or what the function gives.",                \
       "Optional" name ".empty().orElseGet(() -> " value ")", value},                                             \
      {prim " orElseThrow(Supplier)", or_else_throw, "The value, or an exception.",                               \
       "Optional" name ".of(" value ").orElseThrow(() -> new Exception('x'))", value},                            \
      {"static Optional" name " empty()", none_of<letter>, "No value.", "Optional" name ".empty()",               \
       "Optional" name ".empty"},                                                                                 \
      {"static Optional" name " of(" prim ")", one_of<letter>, "A value.", "Optional" name ".of(" value ")",      \
       "Optional" name "[" value "]"},
constexpr MethodRow kOptionalInt[] = {PRIMITIVE_OPTIONAL('I', "Int", "int", "5")};
constexpr MethodRow kOptionalLong[] = {PRIMITIVE_OPTIONAL('L', "Long", "long", "5")};
constexpr MethodRow kOptionalDouble[] = {PRIMITIVE_OPTIONAL('D', "Double", "double", "5.5")};
#undef PRIMITIVE_OPTIONAL

constexpr ClassRow kRows[] = {
    {"java.util.Optional", "", "A value or none.", kOptional},
    {"java.util.OptionalInt", "", "An int or none.", kOptionalInt},
    {"java.util.OptionalLong", "", "A long or none.", kOptionalLong},
    {"java.util.OptionalDouble", "", "A double or none.", kOptionalDouble},
};

}  // namespace

std::span<const ClassRow> optional_family() { return kRows; }

}  // namespace sluice::painless::api
