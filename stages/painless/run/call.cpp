#include <algorithm>
#include <charconv>

#include "stages/painless/run/iterators.h"
#include "stages/painless/run/machine.h"

namespace sluice::painless {

namespace {

Value from_null(Machine& machine, std::string_view name) {
  return machine.raise(known().null_pointer,
                       "cannot access method/field [" + std::string(name) + "] from a null def reference");
}

}  // namespace

bool Machine::bind(const Value& value, const Type& type, std::string_view caller) {
  auto* function = static_cast<Function*>(value.o);
  if (function->bound) {
    if (type.kind != Kind::kClass || function->type->is_a(*type.cls) || type.cls->functional != nullptr) return true;
  }
  const Method* target = type.kind == Kind::kClass ? type.cls->functional : nullptr;
  if (target == nullptr) {
    if (type.is_def() || type.cls == known().object) return true;
    raise(known().class_cast, "Cannot cast lambda to [" + type.name + "]");
    return false;
  }
  if (function->native == nullptr && function->arguments != target->arity()) {
    raise(known().illegal_argument, "Incorrect number of parameters for [" + target->name + "] in [" + type.cls->name +
                                        "] attempted to be called by [" + std::string(caller) +
                                        "] due to an incorrect number of arguments");
    return false;
  }
  function->type = type.cls;
  function->bound = true;
  return true;
}

inline Value Machine::invoke_here(const Method& method, Value* arguments) {
  Value* next = arguments;
  if (method.has_receiver) {
    *next = force(*next);
    ++next;
  }
  for (const Type* parameter : method.parameters) {
    Value& argument = *next++;
    const Type& type = *parameter;
    if (type.is_def()) {
      if (argument.is_raw() && !method.keeps_raw) argument = force_raw(argument);
    } else if (argument.is_object() && argument.o->callable) {
      if (!bind(argument, type, method.name)) return Value::error();
    } else {
      argument = convert(argument, type, false);
    }
    if (argument.is_error()) return argument;
  }
  return method.call(*this, arguments);
}

Value Machine::invoke(const Method& method, Value* arguments) { return invoke_here(method, arguments); }

const Method* Machine::find_method(const Class& cls, std::string_view name, std::size_t arity) const {
  return cls.method_in(name, arity, own_.program->context);
}

Value Machine::call_def(const Site& site, SiteCache& cache, Value* arguments) {
  const Class* cls = class_of(arguments[0]);
  if (cls == nullptr || cls != cache.cls) return call_new_class(site, cache, arguments, cls);
  return invoke_here(*cache.method, arguments);
}

/// call_def() of a receiver of another class than the last one's; null: of none, or an exception is pending.
Value Machine::call_new_class(const Site& site, SiteCache& cache, Value* arguments, const Class* cls) {
  if (arguments[0].is_null()) return from_null(*this, site.name);
  if (cls == nullptr) return Value::error();
  const Method* found = find_method(*cls, site.name, site.arguments);
  if (found == nullptr) {
    return raise(known().illegal_argument, "dynamic method [" + cls->name + ", " + site.name + "/" +
                                               std::to_string(site.arguments) + "] not found");
  }
  cache = {cls, found, 0, SiteCache::kMethod};
  return invoke(*found, arguments);
}

Value Machine::call_method(const Value& receiver, std::string_view name, std::span<const Value> arguments) {
  if (receiver.is_null()) return from_null(*this, name);
  const Class* cls = class_of(receiver);
  const Method* found = cls == nullptr ? nullptr : find_method(*cls, name, arguments.size());
  if (found == nullptr) {
    return raise(known().illegal_argument, "dynamic method [" + (cls == nullptr ? "" : cls->name) + ", " +
                                               std::string(name) + "/" + std::to_string(arguments.size()) +
                                               "] not found");
  }
  if (top_ + arguments.size() + 1 > stack_end_) return raise(known().stack_overflow);
  Value* const frame = top_;
  frame[0] = receiver;
  std::ranges::copy(arguments, frame + 1);
  top_ += arguments.size() + 1;
  const Value result = invoke(*found, frame);
  top_ = frame;
  return result;
}

Value Machine::call(const Value& callee, std::span<const Value> arguments) {
  if (callee.is_null()) return null_pointer();
  auto* function = callee.is_object() && callee.o->callable ? static_cast<Function*>(callee.o) : nullptr;
  if (function == nullptr) {
    // An object that is a functional interface by its class, such as a Comparator of the API's own.
    const Class* cls = class_of(callee);
    const Method* method = cls == nullptr ? nullptr : cls->functional;
    return method == nullptr ? raise(known().illegal_argument, "value is no function")
                             : call_method(callee, method->name, arguments);
  }
  if (function->native != nullptr) return function->native(*this, *function, arguments.data(), arguments.size());
  if (function->home != own_.program) return raise(known().illegal_state, "a lambda of another script can't be called");
  const FunctionCode& code = own_.program->functions[function->code];
  const std::size_t total = function->captured + arguments.size();
  if (total != code.parameters) {
    return raise(known().illegal_argument, "lambda takes [" + std::to_string(code.parameters - function->captured) +
                                               "] arguments, not [" + std::to_string(arguments.size()) + "]");
  }
  if (top_ + total + 8 > stack_end_) return raise(known().stack_overflow);
  Value* const frame = top_;
  std::copy_n(function->captures, function->captured, frame);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value given = convert(arguments[i], *code.parameter_types[function->captured + i], false);
    if (given.is_error()) return given;
    frame[function->captured + i] = given;
  }
  const Value result = execute(function->code, frame);
  top_ = frame;
  return result;
}

Value Machine::load_member(const Instruction& at, const Value& receiver) {
  const Site& site = own_.program->sites[static_cast<std::size_t>(at.d)];
  if (receiver.is_null()) return from_null(*this, site.name);
  SiteCache& cache = own_.caches[static_cast<std::size_t>(at.d)];
  const Class* cls = class_of(receiver);
  if (cls != cache.cls || cls == known().object) {
    if (cls == nullptr) return Value::error();
    const bool array = receiver.is_object() && dynamic_cast<Array*>(receiver.o) != nullptr;
    if (const Method* getter = cls->getter(site.name, own_.program->context)) {
      cache = {cls, getter, 0, SiteCache::kMethod};
    } else if (array && site.name == "length") {
      cache = {cls, nullptr, 0, SiteCache::kArrayLength};
    } else if (cls->is_a(*known().map)) {
      cache = {cls, nullptr, 0, SiteCache::kMapKey};
    } else if (cls->is_a(*known().list)) {
      cache = {cls, nullptr, 0, SiteCache::kListIndex};
    } else {
      return raise(known().illegal_argument, "dynamic getter [" + cls->name + ", " + site.name + "] not found");
    }
  }
  switch (cache.shape) {
    case SiteCache::kMethod: {
      const Value forced = force(receiver);
      const Method* getter = cache.method;
      if (forced.is_error() || getter == nullptr) return Value::error();
      return getter->call(*this, &forced);
    }
    case SiteCache::kMapKey: {
      auto* map = static_cast<Map*>(receiver.o);
      if (map == nullptr) return from_null(*this, site.name);
      return map->get_text(*this, site, cache.place);
    }
    case SiteCache::kArrayLength:
      return Value::of_int(static_cast<std::int32_t>(static_cast<Array*>(receiver.o)->length));
    default: {
      auto* list = static_cast<List*>(receiver.o);
      std::uint32_t index = 0;
      const auto [end, error] = std::from_chars(site.name.data(), site.name.data() + site.name.size(), index);
      if (error != std::errc{} || end != site.name.data() + site.name.size()) {
        return raise(known().illegal_argument, "Illegal list shortcut value [" + site.name + "].");
      }
      const std::uint32_t size = list->size(*this);
      if (index < size) return list->get(*this, index);
      return raise(known().index_out_of_bounds,
                   "Index " + site.name + " out of bounds for length " + std::to_string(size));
    }
  }
}

Value Machine::store_member(const Instruction& at, const Value& receiver, const Value& value) {
  const Site& site = own_.program->sites[static_cast<std::size_t>(at.d)];
  if (receiver.is_null()) return from_null(*this, site.name);
  SiteCache& cache = own_.caches[static_cast<std::size_t>(at.d)];
  const Class* cls = class_of(receiver);
  if (cls == nullptr) return Value::error();
  if (cls != cache.cls) {
    const Method* setter = cls->setter(site.name, own_.program->context);
    const bool map = cls->is_a(*known().map);
    cache = {cls, setter, 0, setter != nullptr ? SiteCache::kMethod : map ? SiteCache::kMapKey : SiteCache::kListIndex};
  }
  if (cache.shape == SiteCache::kMethod) {
    const Value given[] = {value};
    return call_method(receiver, cache.method->name, given);
  }
  if (cache.shape == SiteCache::kMapKey)
    return static_cast<Map*>(receiver.o)->put_text(*this, site, cache.place, value);
  if (List* list = as_list(receiver)) {
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(site.name.data(), site.name.data() + site.name.size(), index);
    if (error != std::errc{} || end != site.name.data() + site.name.size()) {
      return raise(known().illegal_argument, "Illegal list shortcut value [" + site.name + "].");
    }
    const std::uint32_t size = list->size(*this);
    if (index >= size) {
      return raise(known().index_out_of_bounds,
                   "Index " + site.name + " out of bounds for length " + std::to_string(size));
    }
    return list->set(*this, index, value) ? Value::null() : Value::error();
  }
  return raise(known().illegal_argument, "dynamic setter [" + cls->name + ", " + site.name + "] not found");
}

Value Machine::make_lambda(const Instruction& at, const Value* base) {
  const LambdaSite& site = own_.program->lambdas[static_cast<std::size_t>(at.d)];
  auto* made = heap_.make<Function>(site.interface != nullptr ? site.interface : known().object, nullptr);
  made->bound = site.interface != nullptr;
  made->code = site.function;
  made->home = own_.program;
  made->arguments = site.arguments;
  made->captured = at.c;
  Value* captures = heap_.array<Value>(at.c);
  std::copy_n(base + at.b, at.c, captures);
  made->captures = captures;
  return Value::of(made);
}

namespace {

/// `Type::name` called: a static method, a constructor, or a method of the first argument.
Value call_reference(Machine& machine, const Function& self, const Value* arguments, std::size_t count) {
  const ReferenceSite& site = *self.reference;
  const std::span<const Value> given(arguments, count);
  if (site.captures) return machine.call_method(self.captures[0], site.name, given);
  if (site.array != nullptr) {
    const Value length = machine.convert(arguments[0], *Registry::get().of(Kind::kInt), false);
    return length.is_error() ? length : machine.make_array(*site.array, &length, 1);
  }
  const Method* method = site.constructs ? site.owner->constructor(count) : site.owner->static_method(site.name, count);
  if (method != nullptr) {
    Value* copy = machine.heap().array<Value>(count + 1);
    std::copy_n(arguments, count, copy);
    return machine.invoke(*method, copy);
  }
  method = site.constructs || count == 0 ? nullptr : site.owner->method(site.name, count - 1);
  if (method == nullptr) {
    return machine.raise(known().illegal_argument, "function reference [" + site.owner->name + "::" + site.name + "/" +
                                                       std::to_string(count) + "] not found");
  }
  // The receiver is looked at as what it is, as a virtual call would.
  return machine.call_method(arguments[0], site.name, given.subspan(1));
}

}  // namespace

Value Machine::make_reference(const Instruction& at, const Value* base) {
  const ReferenceSite& site = own_.program->references[static_cast<std::size_t>(at.d)];
  auto* made = heap_.make<Function>(site.interface != nullptr ? site.interface : known().object, call_reference);
  made->bound = site.interface != nullptr;
  made->reference = &site;
  if (site.captures) {
    if (base[at.b].is_null()) return null_pointer();
    Value* captured = heap_.array<Value>(1);
    captured[0] = base[at.b];
    made->captures = captured;
    made->captured = 1;
  }
  return Value::of(made);
}

Value Machine::make_array(const Type& type, const Value* lengths, std::uint32_t count) {
  const std::int64_t length = lengths[0].i;
  if (length < 0) return raise(known().negative_array_size, std::to_string(length));
  if (!afford(static_cast<std::size_t>(length) * sizeof(Value))) return Value::error();
  Value* items = heap_.array<Value>(static_cast<std::size_t>(length));
  Value nothing = Value::null();
  static constexpr Tag kTags[] = {Tag::kNull, Tag::kBoolean, Tag::kByte,  Tag::kShort, Tag::kChar,
                                  Tag::kInt,  Tag::kLong,    Tag::kFloat, Tag::kDouble};
  if (type.element->is_primitive()) nothing.tag = kTags[static_cast<std::size_t>(type.element->kind)];
  for (std::int64_t i = 0; i < length; ++i) {
    items[i] = nothing;
    if (count > 1) {
      items[i] = make_array(*type.element, lengths + 1, count - 1);
      if (items[i].is_error()) return items[i];
    }
  }
  return Value::of(heap_.make<Array>(known().object, &type, static_cast<std::uint32_t>(length), items));
}

Iterator* Machine::iterate(const Value& walked) {
  if (walked.is_null()) {
    from_null(*this, "iterator");
    return nullptr;
  }
  if (List* list = as_list(walked)) return list->walk(*this);
  if (walked.is_object()) {
    if (auto* array = dynamic_cast<Array*>(walked.o)) return heap_.make<ArrayIterator>(known().iterator, array);
    if (auto* set = dynamic_cast<Set*>(walked.o)) {
      return heap_.make<MapIterator>(known().iterator, *this, set->map, MapPart::kKeys);
    }
    if (auto* view = dynamic_cast<MapView*>(walked.o)) {
      return heap_.make<MapIterator>(known().iterator, *this, view->map, view->part);
    }
    if (List* sequence = as_sequence(walked)) return sequence->walk(*this);
    if (walked.o->type->is_a(*known().iterable)) {
      const Value made = call_method(walked, "iterator", {});
      return made.is_error() ? nullptr : static_cast<Iterator*>(made.o);
    }
  }
  const Class* cls = class_of(walked);
  raise(known().illegal_argument, "Cannot iterate over [" + (cls == nullptr ? "" : cls->name) + "]");
  return nullptr;
}

}  // namespace sluice::painless
