#include "stages/painless/run/machine.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "pipeline/base/java_number_text.h"
#include "stages/painless/run/big_number.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/time/error.h"

namespace sluice::painless {

namespace {

constexpr std::size_t kStack = std::size_t{1} << 17;  // values
constexpr std::int64_t kStepsBetweenLooks = 1000;

}  // namespace

ProgramState::ProgramState(const Program& its_program)
    : program(&its_program), caches(its_program.sites.size()), places(its_program.texts.size()) {}

Machine::Machine(const Program& program, Limits limits)
    : own_(program),
      limits_(limits),
      heap_(limits.memory),
      stack_(kStack, Value::null()),
      stack_end_(stack_.data() + stack_.size()),
      top_(stack_.data()),
      steps_left_(kStepsBetweenLooks) {}

void Machine::reset() {
  heap_.clear();
  failure_ = {};
  top_ = stack_.data();
  depth_ = 0;
  steps_left_ = kStepsBetweenLooks;
  clock_runs_ = false;
  document_read_only_ = false;
}

Value Machine::run(std::span<const Value> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) stack_[i] = arguments[i];
  try {
    return execute(0, stack_.data());
  } catch (const time::DateTimeError& error) {  // of a native that should have caught it: the script can't, but ends
    top_ = stack_.data();
    depth_ = 0;
    return raise(Registry::get().class_named(time::java_class(error.kind)), error.message);
  }
}

Value Machine::run(ProgramState& other, const Value& first, const Value& second) {
  std::swap(own_, other);
  const Value result = run(first, second);
  std::swap(own_, other);
  return result;
}

bool Machine::distinct_signatures(const std::uint32_t* signatures, std::uint32_t count) {
  if (std::ranges::equal(seen_signatures_, std::span(signatures, count))) return seen_are_distinct_;
  seen_signatures_.assign(signatures, signatures + count);
  std::ranges::sort(seen_signatures_);
  seen_are_distinct_ = std::ranges::adjacent_find(seen_signatures_) == seen_signatures_.end();
  seen_signatures_.assign(signatures, signatures + count);
  return seen_are_distinct_;
}

Value Machine::raise(const Class* exception, std::string_view reason) {
  return raise(heap_.make<Throwable>(exception, string(reason)));
}

Value Machine::raise(const Class* exception) { return raise(heap_.make<Throwable>(exception, nullptr)); }

Value Machine::raise(Throwable* exception) {
  if (failure_.exception == nullptr) failure_ = {exception, exception->place, exception->place != 0xFFFFFFFF};
  return Value::error();
}

Throwable* Machine::catch_exception() {
  Throwable* pending = failure_.exception;
  if (pending == nullptr || !pending->type->is_a(*known().exception)) return nullptr;
  failure_ = {};
  return pending;
}

bool Machine::check_limits() {
  if (failed()) return false;
  if (heap_.over_limit()) {
    raise(known().circuit_breaking, "script allocation limit exceeded: the running total is [" +
                                        std::to_string(heap_.used()) + "] bytes, over the limit of [" +
                                        std::to_string(heap_.limit()) + "] bytes");
    return false;
  }
  steps_left_ = kStepsBetweenLooks;
  const auto now = std::chrono::steady_clock::now();
  if (!clock_runs_) {
    clock_runs_ = true;
    deadline_ = now + limits_.time;
  } else if (now > deadline_) {
    raise(known().circuit_breaking,
          "script time limit exceeded: it ran for more than [" +
              std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(limits_.time).count()) +
              "ms] on one document");
    return false;
  }
  return true;
}

bool Machine::refuse_to_allocate(std::size_t more) {
  raise(known().circuit_breaking, "script allocation limit exceeded: allocation of [" + std::to_string(more) +
                                      "] bytes brings the running total to [" + std::to_string(heap_.used() + more) +
                                      "] bytes, over the limit of [" + std::to_string(heap_.limit()) + "] bytes");
  return false;
}

Value Machine::force_raw(const Value& value) {
  if (value.plain && value.raw[0] == '"') return Value::of(text(raw_value_text(*this, value)));
  return force_other(value);
}

Value Machine::force_other(const Value& value) {
  const std::string_view token = value.raw_text();
  switch (token.front()) {
    case '"':
      return Value::of(text(json_token_text(*this, token)));
    case 't':
      return Value::boolean(true);
    case 'f':
      return Value::boolean(false);
    case 'n':
      return Value::null();
    default:
      break;
  }
  if (token.find_first_of(".eE") != std::string_view::npos) {
    double number = 0;
    if (parse_double(token, number)) return Value::of_double(number);
  } else {
    std::int64_t number = 0;
    constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    if (parse_integer(token, 10, kMin, kMax, number)) {
      const bool small =
          number >= std::numeric_limits<std::int32_t>::min() && number <= std::numeric_limits<std::int32_t>::max();
      return small ? Value::of_int(static_cast<std::int32_t>(number)) : Value::of_long(number);
    }
    const std::size_t digits = token.find_first_not_of("0123456789", token.front() == '-' ? 1 : 0);
    if (digits == std::string_view::npos && token.size() > 18) return make_big_integer(*this, token);
  }
  return raise(known().illegal_argument, "[" + std::string(token.substr(0, 80)) + "] in the document is no JSON value");
}

const Class* Machine::class_of_other(const Value& value) const {
  const KnownClasses& classes = known();
  switch (value.tag) {
    case Tag::kBoolean:
      return classes.boolean;
    case Tag::kByte:
      return classes.byte;
    case Tag::kShort:
      return classes.short_;
    case Tag::kChar:
      return classes.character;
    case Tag::kInt:
      return classes.integer;
    case Tag::kLong:
      return classes.long_;
    case Tag::kFloat:
      return classes.float_;
    case Tag::kDouble:
      return classes.double_;
    case Tag::kRaw:
      if (value.raw[0] == 't' || value.raw[0] == 'f') return classes.boolean;
      return const_cast<Machine*>(this)->class_of(const_cast<Machine*>(this)->force_raw(value));
    default:
      return nullptr;
  }
}

String* Machine::to_text_other(const Value& raw_value) {
  const Value value = force(raw_value);
  switch (value.tag) {
    case Tag::kNull:
      return text("null");
    case Tag::kBoolean:
      return text(value.i != 0 ? "true" : "false");
    case Tag::kChar: {
      std::string unit;
      append_unit(unit, static_cast<char16_t>(value.i));
      return string(unit);
    }
    case Tag::kByte:
    case Tag::kShort:
    case Tag::kInt:
    case Tag::kLong:
      return string(integer_text(value.i, 10));
    case Tag::kFloat:
      return string(java_float_text(value.f));
    case Tag::kDouble:
      return string(java_double_text(value.d));
    case Tag::kObject: {
      if (value.o->type == known().string) return static_cast<String*>(value.o);
      if (++depth_ > 1000) {
        raise(known().stack_overflow);
        --depth_;
        return nullptr;
      }
      const Value shown = value.o->to_string(*this);
      --depth_;
      return shown.is_error() ? nullptr : static_cast<String*>(shown.o);
    }
    default:
      return nullptr;
  }
}

bool Machine::equals(const Value& left, const Value& right) {
  const Value a = force(left);
  const Value b = force(right);
  if (a.is_object()) {
    if (b.is_object() && a.o == b.o) return true;
    if (!b.is_object()) return false;
    if (++depth_ > 1000) {
      raise(known().stack_overflow);
      --depth_;
      return false;
    }
    const bool same = a.o->equals(*this, b);
    --depth_;
    return same;
  }
  if (a.tag != b.tag) return false;
  switch (a.tag) {
    case Tag::kNull:
      return true;
    case Tag::kDouble:  // Double.equals(): NaN is itself, and the zeros differ
      return std::bit_cast<std::uint64_t>(a.d) == std::bit_cast<std::uint64_t>(b.d) ||
             (std::isnan(a.d) && std::isnan(b.d));
    case Tag::kFloat:
      return std::bit_cast<std::uint32_t>(a.f) == std::bit_cast<std::uint32_t>(b.f) ||
             (std::isnan(a.f) && std::isnan(b.f));
    default:
      return a.i == b.i;
  }
}

std::int32_t Machine::hash(const Value& raw_value) {
  const Value value = force(raw_value);
  switch (value.tag) {
    case Tag::kNull:
      return 0;
    case Tag::kBoolean:
      return value.i != 0 ? 1231 : 1237;
    case Tag::kLong:
      return static_cast<std::int32_t>(static_cast<std::uint64_t>(value.i) ^
                                       (static_cast<std::uint64_t>(value.i) >> 32));
    case Tag::kDouble: {
      std::uint64_t bits = 0;
      const double number = std::isnan(value.d) ? std::numeric_limits<double>::quiet_NaN() : value.d;
      std::memcpy(&bits, &number, sizeof bits);
      return static_cast<std::int32_t>(bits ^ (bits >> 32));
    }
    case Tag::kFloat: {
      std::int32_t bits = 0;
      std::memcpy(&bits, &value.f, sizeof bits);
      return std::isnan(value.f) ? 0x7fc00000 : bits;
    }
    case Tag::kObject: {
      if (++depth_ > 1000) {
        raise(known().stack_overflow);
        --depth_;
        return 0;
      }
      const std::int32_t code = value.o->hash(*this);
      --depth_;
      return code;
    }
    case Tag::kError:
      return 0;
    default:
      return static_cast<std::int32_t>(value.i);
  }
}

int Machine::compare(const Value& left, const Value& right) {
  const Value a = force(left);
  const Value b = force(right);
  if (a.is_null() || b.is_null()) {
    null_pointer();
    return 0;
  }
  if (a.is_object()) return a.o->compare(*this, b);
  if (a.tag != b.tag) {
    raise(known().class_cast, class_cast_text(*class_of(b), class_of(a)->java_name));
    return 0;
  }
  if (a.is_floating()) {
    const double x = a.as_double();
    const double y = b.as_double();
    if (x < y) return -1;
    if (x > y) return 1;
    if (x == y && std::signbit(x) == std::signbit(y)) return 0;
    if (std::isnan(x) || std::isnan(y)) return static_cast<int>(std::isnan(x)) - static_cast<int>(std::isnan(y));
    return std::signbit(x) ? -1 : 1;  // -0.0 before 0.0
  }
  // The small types answer with the difference.
  if (a.tag == Tag::kByte || a.tag == Tag::kShort || a.tag == Tag::kChar) return static_cast<int>(a.i - b.i);
  return a.i < b.i ? -1 : static_cast<int>(a.i > b.i);
}

bool Machine::call_boolean(const Value& function, std::initializer_list<Value> arguments) {
  const Value result = convert(call(function, arguments), *Registry::get().of(Kind::kBoolean), false);
  return !result.is_error() && result.i != 0;
}

String* text_of(Machine& machine, const Value& value) {
  String* text = machine.as_string(value);
  if (text == nullptr) machine.null_pointer();
  return text;
}

}  // namespace sluice::painless
