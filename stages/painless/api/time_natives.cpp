#include "stages/painless/api/time_natives.h"

#include "stages/painless/api/moment.h"

namespace sluice::painless::api {

namespace {

Throwable* exception_of(Machine& machine, const time::DateTimeError& error) {
  const Class* cls = Registry::get().class_named(time::java_class(error.kind));
  const bool may_be_mute = error.kind == time::DateTimeError::kNullPointer ||
                           error.kind == time::DateTimeError::kNumberFormat ||
                           error.kind == time::DateTimeError::kIllegalArgument;
  const bool says_nothing = error.message.empty() && may_be_mute;
  auto* made = machine.heap().make<Throwable>(cls, says_nothing ? nullptr : machine.string(error.message));
  if (error.cause != nullptr) made->cause = exception_of(machine, *error.cause);
  return made;
}

TimeBase& base_of(const Value& value) { return object<TimeBase>(value); }

}  // namespace

Value moment_value(Machine& machine, std::int64_t nanoseconds) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const auto instant = time::Instant::of_epoch_second(nanoseconds / kSecond, nanoseconds % kSecond);
  const auto moment = time::ZonedDateTime::of_instant(instant, time::ZoneOffset());
  return Value::of(machine.heap().make<TimeObject<time::ZonedDateTime>>(moment));
}

Value raise(Machine& machine, const time::DateTimeError& error) {
  return machine.failed() ? Value::error() : machine.raise(exception_of(machine, error));
}

void fail_null(std::string_view message) { time::fail(time::DateTimeError::kNullPointer, std::string(message)); }

std::string_view characters(Machine& machine, const Value& value) {
  const String* text = machine.to_text(value);
  return text == nullptr ? std::string_view() : text->text();
}

AccessorOf::AccessorOf(const Value& value) : accessor_(nullptr) {
  if (value.o->type == class_of<time::Parsed>()) {
    accessor_ = &static_cast<TimeObject<time::Parsed>*>(value.o)->value;
    return;
  }
  accessor_ = &view_.emplace(*base_of(value).temporal());
}

Value temporal_plus_amount(Machine& machine, const Value* args) {
  return call<[](const time::Temporal& to, const time::Amount& amount) { return to.plus(amount); }>(machine, args);
}
Value temporal_minus_amount(Machine& machine, const Value* args) {
  return call<[](const time::Temporal& from, const time::Amount& amount) { return from.minus(amount); }>(machine, args);
}
Value temporal_plus_unit(Machine& machine, const Value* args) {
  return call<[](const time::Temporal& to, Long amount, time::Unit unit) { return to.plus(amount, unit); }>(machine,
                                                                                                            args);
}
Value temporal_minus_unit(Machine& machine, const Value* args) {
  return call<[](const time::Temporal& from, Long amount, time::Unit unit) { return from.minus(amount, unit); }>(
      machine, args);
}
Value temporal_with_field(Machine& machine, const Value* args) {
  return call<[](const time::Temporal& of, time::Field field, Long value) { return of.with(field, value); }>(machine,
                                                                                                             args);
}

Value temporal_with_adjuster(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  static const Class* const interface = Registry::get().class_named("java.time.temporal.TemporalAdjuster");
  if (args[1].o->type == interface) {  // a lambda
    const Value adjusted = machine.call(args[1], {args[0]});
    if (adjusted.is_error() || machine.class_of(adjusted) == args[0].o->type) return adjusted;
    if (adjusted.is_null()) return adjusted;
    return machine.raise(known().class_cast, class_cast_text(*machine.class_of(adjusted), args[0].o->type->java_name));
  }
  if (args[1].o->type == class_of<time::Adjuster>()) {
    return call<[](const time::Temporal& target, const time::Adjuster& adjuster) { return adjuster.adjust(target); }>(
        machine, args);
  }
  return call<[](const time::Temporal& target, const time::Temporal& adjuster) {
    return target.adjusted_by(adjuster);
  }>(machine, args);
}

Value enum_name(Machine& machine, const Value* args) { return machine.string_value(base_of(args[0]).enum_name()); }

Value enum_ordinal(Machine& machine, const Value* args) {
  (void)machine;
  return Value::of_int(base_of(args[0]).ordinal().value_or(0));
}

Value compare_natively(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  const int order = machine.compare(args[0], args[1]);
  return machine.failed() ? Value::error() : Value::of_int(order);
}

}  // namespace sluice::painless::api
