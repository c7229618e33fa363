#pragma once

#include "stages/painless/run/program.h"
#include "stages/painless/run/value.h"

/// Operators on values whose types are only known at run time. Source: reference/painless.md 5.
namespace sluice::painless {

Value def_binary(Machine& machine, Operator op, const Value& left, const Value& right);
/// `left op= right`: the result has the class that left has.
Value def_compound(Machine& machine, Operator op, const Value& left, const Value& right);
Value def_unary(Machine& machine, Operator op, const Value& value);
/// A boolean.
Value def_compare(Machine& machine, Operator op, const Value& left, const Value& right);
/// `receiver[key]`, `receiver[key] = value`.
/// `counted`: the key is what def_index_key() made of it.
Value def_index(Machine& machine, const Value& receiver, const Value& key, bool counted = false);
Value def_index_store(Machine& machine, const Value& receiver, const Value& key, const Value& value,
                      bool counted = false);
/// The key for `receiver`: a negative index counts from the end.
Value def_index_key(Machine& machine, const Value& receiver, const Value& key);

/// What casts and operators call the class of a value: `int` for a boxed one, `java.lang.String`.
std::string unboxed_name(Machine& machine, const Value& value);

/// The text of parts that follow one another. The first one is grown where it stands when nothing was made since.
Value concatenate(Machine& machine, const Value* parts, std::uint32_t count);

}  // namespace sluice::painless
