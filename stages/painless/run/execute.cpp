#include <cmath>
#include <utility>

#include "stages/painless/lang/casts.h"
#include "stages/painless/run/arithmetic.h"
#include "stages/painless/run/def_operators.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/regex.h"

namespace sluice::painless {

namespace {

/// Whether a receiver is a map of the class that the site met last.
bool is_map_again(const SiteCache& cache, const Value& receiver) {
  return cache.shape == SiteCache::kMapKey && receiver.is_object() && receiver.o->type == cache.cls;
}

std::int32_t int_of(const Value& value) { return static_cast<std::int32_t>(value.i); }

/// The constant of a jump that compares with one.
std::int32_t immediate_of(const Instruction& at) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(at.c) << 16 | at.b);
}

void set_int(Value& to, std::int32_t value) {
  to.i = value;
  to.tag = Tag::kInt;
}
void set_long(Value& to, std::int64_t value) {
  to.i = value;
  to.tag = Tag::kLong;
}
void set_boolean(Value& to, bool value) {
  to.i = value ? 1 : 0;
  to.tag = Tag::kBoolean;
}
void set_double(Value& to, double value) {
  to.d = value;
  to.tag = Tag::kDouble;
}
void set_float(Value& to, float value) {
  to.i = 0;
  to.f = value;
  to.tag = Tag::kFloat;
}

Value regex_test(Machine& machine, const Value& text, const Value& pattern, RegexMode mode) {
  if (text.is_null() || pattern.is_null()) return machine.null_pointer();
  const String* subject = machine.to_text(text);
  if (subject == nullptr) return Value::error();
  const bool found =
      regex_match(machine, *static_cast<const Pattern*>(pattern.o), subject->text(), 0, mode).has_value();
  return machine.failed() ? Value::error() : Value::boolean(found);
}

}  // namespace

std::int64_t Machine::catch_pending(const FunctionCode& function, std::uint32_t pc, Value* base) {
  if (!failure_.placed) {
    failure_.placed = true;
    failure_.offset = function.offsets[pc];
  }
  for (const Handler& handler : function.handlers) {
    if (pc < handler.from || pc >= handler.to || !failure_.exception->type->is_a(*handler.caught)) continue;
    failure_.exception->place = failure_.offset;  // for who throws it again
    base[handler.variable] = Value::of(failure_.exception);
    failure_ = {};
    return handler.target;
  }
  return -1;
}

// Labels as values are an extension that both of our compilers have.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"

// The machine's loop: the one function of the project that is allowed to be long.
// NOLINTNEXTLINE(readability-function-size)
Value Machine::execute(std::uint32_t index, Value* r) {
  constexpr std::uint32_t kMaxDepth = 1000;
  const FunctionCode& function = own_.program->functions[index];
  Value* const caller_top = top_;
  if (r + function.registers + 8 > stack_end_ || depth_ >= kMaxDepth) {
    raise(known().stack_overflow);
    failure_.placed = true;
    failure_.offset = function.offsets.front();
    return Value::error();
  }
  ++depth_;
  top_ = r + function.registers;
  const Instruction* const code = function.code.data();
  const Site* const sites = own_.program->sites.data();
  SiteCache* const caches = own_.caches.data();
  const Instruction* pc = code;
  const Instruction* at = nullptr;
  Value result = Value::null();

  // Short instructions go to the next one themselves: a jump of its own behind each of them is predicted better than
  // one for all. The switch is for the first instruction, and behind those that do more.
  static constexpr const void* kLabels[] = {
#define OP(name) &&on_##name,
#include "stages/painless/run/opcodes.def"
#undef OP
  };
#define ON(name) \
  case Op::name: \
    on_##name:
#define NEXT() \
  at = pc++;   \
  goto* kLabels[static_cast<std::size_t>(at->op)]

#define BINARY(name, set, expression) \
  ON(name)                            \
  set(r[at->a], expression);          \
  NEXT();
#define COMPARE_JUMP(name, test) \
  ON(name)                       \
  if (test) pc = code + at->d;   \
  NEXT();
// The body's own kLoop stands in front of where it goes: an exception points there.
#define LOOP_JUMP(name, test) \
  ON(name)                    \
  if (test) {                 \
    pc = code + at->d;        \
    goto count_iteration;     \
  }                           \
  NEXT();
#define TRY(expression)               \
  result = expression;                \
  if (result.is_error()) goto unwind; \
  r[at->a] = result;                  \
  NEXT();

  while (true) {
    at = pc++;
    switch (at->op) {
      ON(kMove)
      r[at->a] = r[at->b];
      NEXT();
      ON(kConst)
      r[at->a] = own_.program->constants[static_cast<std::size_t>(at->d)];
      NEXT();
      ON(kInt)
      set_int(r[at->a], at->d);
      NEXT();
      BINARY(kAddI, set_int, java::add(int_of(r[at->b]), int_of(r[at->c])))
      BINARY(kSubI, set_int, java::subtract(int_of(r[at->b]), int_of(r[at->c])))
      BINARY(kMulI, set_int, java::multiply(int_of(r[at->b]), int_of(r[at->c])))
      BINARY(kAddIK, set_int, java::add(int_of(r[at->b]), at->d))
      BINARY(kMulIK, set_int, java::multiply(int_of(r[at->b]), at->d))
      BINARY(kDivIK, set_int, int_of(r[at->b]) / at->d)
      BINARY(kRemIK, set_int, int_of(r[at->b]) % at->d)
      BINARY(kAndI, set_int, int_of(r[at->b]) & int_of(r[at->c]))
      BINARY(kOrI, set_int, int_of(r[at->b]) | int_of(r[at->c]))
      BINARY(kXorI, set_int, int_of(r[at->b]) ^ int_of(r[at->c]))
      BINARY(kShlI, set_int, java::shift_left(int_of(r[at->b]), r[at->c].i))
      BINARY(kShrI, set_int, java::shift_right(int_of(r[at->b]), r[at->c].i))
      BINARY(kUshrI, set_int, java::shift_right_unsigned(int_of(r[at->b]), r[at->c].i))
      BINARY(kNegI, set_int, java::subtract(0, int_of(r[at->b])))
      BINARY(kNotI, set_int, ~int_of(r[at->b]))
      BINARY(kAddL, set_long, java::add(r[at->b].i, r[at->c].i))
      BINARY(kSubL, set_long, java::subtract(r[at->b].i, r[at->c].i))
      BINARY(kMulL, set_long, java::multiply(r[at->b].i, r[at->c].i))
      BINARY(kAddLK, set_long, java::add(r[at->b].i, std::int64_t{at->d}))
      BINARY(kMulLK, set_long, java::multiply(r[at->b].i, std::int64_t{at->d}))
      BINARY(kDivLK, set_long, r[at->b].i / at->d)
      BINARY(kRemLK, set_long, r[at->b].i % at->d)
      BINARY(kAndL, set_long, r[at->b].i & r[at->c].i)
      BINARY(kOrL, set_long, r[at->b].i | r[at->c].i)
      BINARY(kXorL, set_long, r[at->b].i ^ r[at->c].i)
      BINARY(kShlL, set_long, java::shift_left(r[at->b].i, r[at->c].i))
      BINARY(kShrL, set_long, java::shift_right(r[at->b].i, r[at->c].i))
      BINARY(kUshrL, set_long, java::shift_right_unsigned(r[at->b].i, r[at->c].i))
      BINARY(kNegL, set_long, java::subtract(std::int64_t{0}, r[at->b].i))
      BINARY(kNotL, set_long, ~r[at->b].i)
      ON(kDivI)
      ON(kRemI)
      ON(kDivL)
      ON(kRemL)
      if (r[at->c].i == 0) {
        raise(known().arithmetic, "/ by zero");
        goto unwind;
      }
      if (at->op == Op::kDivI) {
        set_int(r[at->a], java::divide(int_of(r[at->b]), int_of(r[at->c])));
      } else if (at->op == Op::kRemI) {
        set_int(r[at->a], java::remainder(int_of(r[at->b]), int_of(r[at->c])));
      } else if (at->op == Op::kDivL) {
        set_long(r[at->a], java::divide(r[at->b].i, r[at->c].i));
      } else {
        set_long(r[at->a], java::remainder(r[at->b].i, r[at->c].i));
      }
      break;
      BINARY(kAddF, set_float, r[at->b].f + r[at->c].f)
      BINARY(kSubF, set_float, r[at->b].f - r[at->c].f)
      BINARY(kMulF, set_float, r[at->b].f * r[at->c].f)
      BINARY(kDivF, set_float, r[at->b].f / r[at->c].f)
      BINARY(kRemF, set_float, java::remainder(r[at->b].f, r[at->c].f))
      BINARY(kNegF, set_float, -r[at->b].f)
      BINARY(kAddD, set_double, r[at->b].d + r[at->c].d)
      BINARY(kSubD, set_double, r[at->b].d - r[at->c].d)
      BINARY(kMulD, set_double, r[at->b].d * r[at->c].d)
      BINARY(kDivD, set_double, r[at->b].d / r[at->c].d)
      BINARY(kRemD, set_double, java::remainder(r[at->b].d, r[at->c].d))
      BINARY(kNegD, set_double, -r[at->b].d)
      BINARY(kAddDK, set_double, r[at->b].d + own_.program->constants[static_cast<std::size_t>(at->d)].d)
      BINARY(kSubDK, set_double, r[at->b].d - own_.program->constants[static_cast<std::size_t>(at->d)].d)
      BINARY(kMulDK, set_double, r[at->b].d * own_.program->constants[static_cast<std::size_t>(at->d)].d)
      BINARY(kDivDK, set_double, r[at->b].d / own_.program->constants[static_cast<std::size_t>(at->d)].d)
      ON(kXorZ)
      {
        const auto op = static_cast<Operator>(at->d);
        const std::int64_t a = r[at->b].i;
        const std::int64_t b = r[at->c].i;
        set_boolean(r[at->a], (op == Operator::kAnd ? a & b : op == Operator::kOr ? a | b : a ^ b) != 0);
        break;
      }
      BINARY(kNotZ, set_boolean, r[at->b].i == 0)
      BINARY(kIntToLong, set_long, r[at->b].i)
      BINARY(kIntToDouble, set_double, static_cast<double>(r[at->b].i))
      BINARY(kLongToInt, set_int, static_cast<std::int32_t>(r[at->b].i))
      BINARY(kLongToDouble, set_double, static_cast<double>(r[at->b].i))
      BINARY(kDoubleToInt, set_int, java::to_integer<std::int32_t>(r[at->b].d))
      BINARY(kDoubleToLong, set_long, java::to_integer<std::int64_t>(r[at->b].d))
      ON(kToPrimitive)
      r[at->a] = convert_primitive(r[at->b], static_cast<Kind>(at->d));
      break;
      BINARY(kEqI, set_boolean, r[at->b].i == r[at->c].i)
      BINARY(kNeI, set_boolean, r[at->b].i != r[at->c].i)
      BINARY(kLtI, set_boolean, r[at->b].i < r[at->c].i)
      BINARY(kLeI, set_boolean, r[at->b].i <= r[at->c].i)
      BINARY(kEqF, set_boolean, r[at->b].f == r[at->c].f)
      BINARY(kNeF, set_boolean, r[at->b].f != r[at->c].f)
      BINARY(kLtF, set_boolean, r[at->b].f < r[at->c].f)
      BINARY(kLeF, set_boolean, r[at->b].f <= r[at->c].f)
      BINARY(kEqD, set_boolean, r[at->b].d == r[at->c].d)
      BINARY(kNeD, set_boolean, r[at->b].d != r[at->c].d)
      BINARY(kLtD, set_boolean, r[at->b].d < r[at->c].d)
      BINARY(kLeD, set_boolean, r[at->b].d <= r[at->c].d)
      ON(kEqRef)
      ON(kNeRef)
      {
        const bool same = equals(r[at->b], r[at->c]);
        if (failed()) goto unwind;
        set_boolean(r[at->a], same == (at->op == Op::kEqRef));
        break;
      }
      ON(kSame)
      ON(kNotSame)
      {
        const Value a = force(r[at->b]);
        const Value b = force(r[at->c]);
        // Text of a document is made anew each time it is read, so text is the same when it says the same.
        const bool same = a.tag == b.tag && (a.i == b.i || (as_string(a) != nullptr && as_string(b) != nullptr &&
                                                            as_string(a)->text() == as_string(b)->text()));
        set_boolean(r[at->a], same == (at->op == Op::kSame));
        break;
      }
      ON(kJump)
      pc = code + at->d;
      break;
      COMPARE_JUMP(kJumpIf, r[at->a].i != 0)
      COMPARE_JUMP(kJumpIfNot, r[at->a].i == 0)
      COMPARE_JUMP(kJumpEqI, r[at->a].i == r[at->b].i)
      COMPARE_JUMP(kJumpNeI, r[at->a].i != r[at->b].i)
      COMPARE_JUMP(kJumpLtI, r[at->a].i < r[at->b].i)
      COMPARE_JUMP(kJumpLeI, r[at->a].i <= r[at->b].i)
      COMPARE_JUMP(kJumpEqIK, r[at->a].i == immediate_of(*at))
      COMPARE_JUMP(kJumpNeIK, r[at->a].i != immediate_of(*at))
      COMPARE_JUMP(kJumpLtIK, r[at->a].i < immediate_of(*at))
      COMPARE_JUMP(kJumpLeIK, r[at->a].i <= immediate_of(*at))
      COMPARE_JUMP(kJumpGtIK, r[at->a].i > immediate_of(*at))
      COMPARE_JUMP(kJumpGeIK, r[at->a].i >= immediate_of(*at))
      COMPARE_JUMP(kJumpEqD, r[at->a].d == r[at->b].d)
      COMPARE_JUMP(kJumpNeD, r[at->a].d != r[at->b].d)
      COMPARE_JUMP(kJumpLtD, r[at->a].d < r[at->b].d)
      COMPARE_JUMP(kJumpLeD, r[at->a].d <= r[at->b].d)
      COMPARE_JUMP(kJumpNotLtD, !(r[at->a].d < r[at->b].d))
      COMPARE_JUMP(kJumpNotLeD, !(r[at->a].d <= r[at->b].d))
      ON(kJumpIfNull)
      if (r[at->a].is_null()) pc = code + at->d;
      break;
      ON(kJumpIfNotNull)
      if (!r[at->a].is_null()) pc = code + at->d;
      break;
      LOOP_JUMP(kLoopNeI, r[at->a].i != r[at->b].i)
      LOOP_JUMP(kLoopLtI, r[at->a].i < r[at->b].i)
      LOOP_JUMP(kLoopLeI, r[at->a].i <= r[at->b].i)
      LOOP_JUMP(kLoopNeIK, r[at->a].i != immediate_of(*at))
      LOOP_JUMP(kLoopLtIK, r[at->a].i < immediate_of(*at))
      LOOP_JUMP(kLoopLeIK, r[at->a].i <= immediate_of(*at))
      LOOP_JUMP(kLoopGtIK, r[at->a].i > immediate_of(*at))
      LOOP_JUMP(kLoopGeIK, r[at->a].i >= immediate_of(*at))
      LOOP_JUMP(kLoopLtD, r[at->a].d < r[at->b].d)
      LOOP_JUMP(kLoopLeD, r[at->a].d <= r[at->b].d)
      ON(kLoop)
    count_iteration:
      if (--r[function.loop_counter].i <= 0) {
        raise(known().painless_error,
              "The maximum number of statements that can be executed in a loop has been reached.");
        goto unwind;
      }
      if (--steps_left_ < 0 && !check_limits()) goto unwind;
      NEXT();
      ON(kDefBinary)
      {
        const Value& a = r[at->b];
        const Value& b = r[at->c];
        if (a.tag == Tag::kInt && b.tag == Tag::kInt && at->d == static_cast<std::int32_t>(Operator::kAdd)) {
          set_int(r[at->a], java::add(int_of(a), int_of(b)));
          break;
        }
        TRY(def_binary(*this, static_cast<Operator>(at->d), a, b))
      }
      ON(kDefCompound)
      TRY(def_compound(*this, static_cast<Operator>(at->d), r[at->b], r[at->c]))
      ON(kDefUnary)
      TRY(def_unary(*this, static_cast<Operator>(at->d), r[at->b]))
      ON(kDefCompare)
      TRY(def_compare(*this, static_cast<Operator>(at->d), r[at->b], r[at->c]))
      ON(kDefLoad)
      {
        SiteCache& cache = caches[at->d];
        if (is_map_again(cache, r[at->b])) {
          TRY(static_cast<Map*>(r[at->b].o)->get_text(*this, sites[at->d], cache.place))
        }
      }
      TRY(load_member(*at, r[at->b]))
      ON(kDefStore)
      {
        SiteCache& cache = caches[at->d];
        if (is_map_again(cache, r[at->a])) {
          const Value before = static_cast<Map*>(r[at->a].o)->put_text(*this, sites[at->d], cache.place, r[at->b]);
          if (before.is_error()) goto unwind;
          NEXT();
        }
      }
      if (store_member(*at, r[at->a], r[at->b]).is_error()) goto unwind;
      break;
      ON(kDefIndexKey)
      TRY(def_index_key(*this, r[at->c], r[at->b]))
      ON(kDefIndex)
      TRY(def_index(*this, r[at->b], r[at->c], at->d != 0))
      ON(kDefIndexStore)
      if (def_index_store(*this, r[at->a], r[at->b], r[at->c], at->d != 0).is_error()) goto unwind;
      break;
      ON(kCallDef)
      TRY(call_def(sites[at->d], caches[at->d], r + at->b))
      ON(kConcat)
      TRY(concatenate(*this, r + at->b, at->c))
      ON(kReadConstant)
      TRY(own_.program->constant_reads[static_cast<std::size_t>(at->d)]->read(*this, nullptr))
      ON(kCallNativeNonNull)
      if (r[at->b].is_null()) {
        const Method& method = *own_.program->methods[static_cast<std::size_t>(at->d)];
        raise(known().null_pointer, "cannot access method/field [" + method.name + "] from a null def reference");
        goto unwind;
      }
      [[fallthrough]];
      ON(kCallNative)
      {
        const Method& method = *own_.program->methods[static_cast<std::size_t>(at->d)];
        const std::size_t count = method.arity() + (at->op == Op::kCallNativeNonNull ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i) {
          Value& argument = r[at->b + i];
          if (argument.is_raw() && !(method.keeps_raw && i != 0)) argument = force_raw(argument);
        }
        if (failed()) goto unwind;
        TRY(method.call(*this, r + at->b))
      }
      ON(kCallFunction)
      TRY(execute(static_cast<std::uint32_t>(at->d), r + at->b))
      ON(kMapGet)
      ON(kMapPut)
      {
        const Value& receiver = r[at->op == Op::kMapGet ? at->b : at->a];
        const Site& key = own_.program->texts[static_cast<std::size_t>(at->d)];
        if (receiver.is_null()) {
          raise(known().null_pointer, "cannot access method/field [" + key.name + "] from a null def reference");
          goto unwind;
        }
        auto* map = static_cast<Map*>(receiver.o);
        if (at->op == Op::kMapPut) {
          if (map->put_text(*this, key, own_.places[static_cast<std::size_t>(at->d)], r[at->b]).is_error()) goto unwind;
          break;
        }
        TRY(map->get_text(*this, key, own_.places[static_cast<std::size_t>(at->d)]))
      }
      ON(kArrayLoad)
      TRY(def_index(*this, r[at->b], r[at->c]))
      ON(kArrayStore)
      if (def_index_store(*this, r[at->a], r[at->b], r[at->c]).is_error()) goto unwind;
      break;
      ON(kArrayLength)
      if (r[at->b].is_null()) {
        null_pointer();
        goto unwind;
      }
      set_int(r[at->a], static_cast<std::int32_t>(static_cast<Array*>(r[at->b].o)->length));
      break;
      ON(kNewArray)
      TRY(make_array(*own_.program->types[static_cast<std::size_t>(at->d)], r + at->b, at->c))
      ON(kNewArrayOf)
      {
        Value* items = heap_.array<Value>(at->c);
        for (std::uint32_t i = 0; i < at->c; ++i) items[i] = r[at->b + i];
        r[at->a] = Value::of(
            heap_.make<Array>(known().object, own_.program->types[static_cast<std::size_t>(at->d)], at->c, items));
        break;
      }
      ON(kNewList)
      {
        auto* list = heap_.make<ArrayList>(known().array_list);
        for (std::uint32_t i = 0; i < at->c; ++i) list->push(heap_, r[at->b + i]);
        r[at->a] = Value::of(list);
        break;
      }
      ON(kNewMap)
      {
        auto* map = heap_.make<HashMap>(known().hash_map, Order::kHash);
        for (std::uint32_t i = 0; i < at->c; ++i) {
          if (map->put(*this, r[at->b + 2 * i], r[at->b + 2 * i + 1]).is_error()) goto unwind;
        }
        r[at->a] = Value::of(map);
        break;
      }
      ON(kLambda)
      r[at->a] = make_lambda(*at, r);
      break;
      ON(kMethodRef)
      TRY(make_reference(*at, r))
      ON(kCast)
      TRY(convert(r[at->b], *own_.program->types[static_cast<std::size_t>(at->d)], at->c != 0))
      ON(kCastLoaded)
      ON(kCastResult)
      TRY(convert_loaded(r[at->b], *own_.program->types[static_cast<std::size_t>(at->d)], *at))
      ON(kInstanceOf)
      {
        const Type& type = *own_.program->types[static_cast<std::size_t>(at->d)];
        const Value& value = r[at->b];
        bool is = !value.is_null();
        if (is && type.kind == Kind::kArray) {
          const auto* array = value.is_object() ? dynamic_cast<const Array*>(value.o) : nullptr;
          is = array != nullptr && array->array_type == &type;
        } else if (is) {
          is = type.is_def() || is_a(value, type.cls);
        } else {
          is = type.is_def();
        }
        set_boolean(r[at->a], is);
        break;
      }
      ON(kIterate)
      {
        Iterator* iterator = iterate(r[at->b]);
        if (iterator == nullptr) goto unwind;
        r[at->a] = Value::of(iterator);
        break;
      }
      ON(kNext)
      {
        auto* iterator = static_cast<Iterator*>(r[at->b].o);
        if (!iterator->has_next(*this)) {
          if (failed()) goto unwind;
          pc = code + at->d;
          break;
        }
        TRY(iterator->next(*this))
      }
      ON(kFind)
      TRY(regex_test(*this, r[at->b], r[at->c], RegexMode::kFind))
      ON(kMatch)
      TRY(regex_test(*this, r[at->b], r[at->c], RegexMode::kWhole))
      ON(kReturn)
      result = r[at->a];
      top_ = caller_top;
      --depth_;
      return result;
      ON(kReturnVoid)
      top_ = caller_top;
      --depth_;
      return Value::null();
      ON(kPlaceOf)
      static_cast<Throwable*>(r[at->a].o)->place = function.offsets[static_cast<std::size_t>(at - code)];
      NEXT();
      ON(kThrow)
      if (r[at->a].is_null()) {
        null_pointer();
      } else {
        raise(static_cast<Throwable*>(r[at->a].o));
      }
      goto unwind;
      default:
        std::unreachable();  // so that the switch needs no check of its own
    }
    continue;

  unwind:
    const std::int64_t target = catch_pending(function, static_cast<std::uint32_t>(pc - 1 - code), r);
    if (target < 0) {
      top_ = caller_top;
      --depth_;
      return Value::error();
    }
    top_ = r + function.registers;
    pc = code + target;
  }
#undef BINARY
#undef COMPARE_JUMP
#undef ON
#undef NEXT
#undef LOOP_JUMP
#undef TRY
}

#pragma GCC diagnostic pop

}  // namespace sluice::painless
