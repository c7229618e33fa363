#include "stages/painless/code/generator.h"

#include <algorithm>
#include <limits>

#include "stages/painless/lang/compile_error.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/map_keys.h"
#include "stages/painless/run/object.h"
#include "stages/painless/run/registry.h"

namespace sluice::painless {

namespace {

constexpr std::uint32_t kMaxRegister = 60'000;
constexpr std::int32_t kLoopLimit = 1'000'000;

Site site_of(const std::string& name, std::uint16_t arguments) {
  std::string token;
  if (is_plain_json_text(name)) append_json_text(token, name);
  return {name, java_hash(name), signature_of(name), token, arguments};
}

}  // namespace

std::size_t Generator::emit(Op op, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::int32_t d) {
  code_.code.push_back(
      {op, static_cast<std::uint16_t>(a), static_cast<std::uint16_t>(b), static_cast<std::uint16_t>(c), d});
  code_.offsets.push_back(offset_);
  return code_.code.size() - 1;
}

void Generator::jump(Op op, Label& to, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const std::size_t at = emit(op, a, b, c, to.at);
  if (to.at < 0) to.waiting.push_back(at);
}

void Generator::bind(Label& label) {
  label.at = static_cast<std::int32_t>(code_.code.size());
  for (const std::size_t at : label.waiting) code_.code[at].d = label.at;
  label.waiting.clear();
}

Generator::Register Generator::allocate() {
  if (next_ >= kMaxRegister) {
    fail(node_.offset, "function [" + node_.name + "] needs more than [" + std::to_string(kMaxRegister) +
                           "] values at a time; split it");
  }
  const Register made = next_++;
  code_.registers = std::max(code_.registers, next_);
  return made;
}

std::int32_t Generator::constant(const Value& value) {
  if (value.is_object() && value.o->type == known().string) {
    // What a string remembers of itself is asked for here, because machines of many threads share it.
    static_cast<void>(static_cast<const String*>(value.o)->length());
    static_cast<void>(static_cast<const String*>(value.o)->code());
  }
  program_.constants.push_back(value);
  return static_cast<std::int32_t>(program_.constants.size() - 1);
}

std::int32_t Generator::text(const std::string& name) {
  const auto [found, fresh] = texts_.emplace(name, static_cast<std::int32_t>(program_.texts.size()));
  if (fresh) program_.texts.push_back(site_of(name, 0));
  return found->second;
}

std::int32_t Generator::site(const std::string& name, std::size_t arguments) {
  program_.sites.push_back(site_of(name, static_cast<std::uint16_t>(arguments)));
  return static_cast<std::int32_t>(program_.sites.size() - 1);
}

std::int32_t Generator::type_index(const Type* type) {
  const auto found = std::ranges::find(program_.types, type);
  if (found != program_.types.end()) return static_cast<std::int32_t>(found - program_.types.begin());
  program_.types.push_back(type);
  return static_cast<std::int32_t>(program_.types.size() - 1);
}

std::int32_t Generator::method_index(const Method* method) {
  const auto found = std::ranges::find(program_.methods, method);
  if (found != program_.methods.end()) return static_cast<std::int32_t>(found - program_.methods.begin());
  program_.methods.push_back(method);
  return static_cast<std::int32_t>(program_.methods.size() - 1);
}

void Generator::load(Register to, const Value& value) {
  if (value.tag == Tag::kInt) {
    emit(Op::kInt, to, 0, 0, static_cast<std::int32_t>(value.i));
  } else {
    emit(Op::kConst, to, 0, 0, constant(value));
  }
}

void Generator::run() {
  code_.name = node_.name;
  code_.result = node_.result;
  code_.parameters = static_cast<std::uint16_t>(node_.arguments.size());
  for (Variable* argument : node_.arguments) {
    argument->place = allocate();
    code_.parameter_types.push_back(argument->type);
  }
  if (node_.has_loops) {
    code_.loop_counter = allocate();
    emit(Op::kInt, static_cast<std::uint32_t>(code_.loop_counter), 0, 0, kLoopLimit);
  }
  if (node_.is_lambda) begin_statement(node_.offset);
  if (node_.expression_body) {
    const bool nothing = node_.result->is_void() || node_.body->type->is_void();
    if (nothing) {
      effect(*node_.body);
    } else {
      emit(Op::kReturn, operand(*node_.body));
    }
  } else {
    block(*node_.body);
  }
  // Where control comes to the end the result is nothing: null, zero or false.
  if (node_.result->is_void()) {
    emit(Op::kReturnVoid);
  } else {
    const Register to = allocate();
    Value nothing = Value::null();
    if (node_.result->is_primitive()) {
      nothing = node_.result->kind == Kind::kBoolean ? Value::boolean(false) : Value::of_int(0);
    }
    load(to, nothing);
    emit(Op::kReturn, to);
  }
}

}  // namespace sluice::painless
