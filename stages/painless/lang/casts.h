#pragma once

#include <cstdint>

#include "stages/painless/lang/node.h"
#include "stages/painless/run/types.h"

/// Which types become which, and what operators make of them. Source: reference/painless.md 5 and 6.
namespace sluice::painless {

/// Whether `from` may become `to`, and how. Throws the class_cast_exception `Cannot cast from [..] to [..].` at
/// `offset`. `internal`: between a primitive and its box too, as for arguments.
Conversion legal_cast(std::uint32_t offset, const Type* from, const Type* to, bool explicit_cast, bool internal);

/// The type an operation on one or two operands is done in; null: there is none.
const Type* promote_numeric(const Type* a, const Type* b, bool decimal);
const Type* promote_add(const Type* a, const Type* b);
const Type* promote_xor(const Type* a, const Type* b);
const Type* promote_equality(const Type* a, const Type* b);
const Type* promote_conditional(const Type* a, const Type* b);

/// `addition` for kAdd, as messages name it.
const char* operator_name(Operator op);

/// A primitive constant as another primitive type; Java's rules.
Value convert_primitive(const Value& value, Kind to);
/// Both are constants of `type`. Throws `/ by zero` at `offset`.
Value fold_binary(std::uint32_t offset, Operator op, const Type* type, const Value& a, const Value& b);
Value fold_unary(Operator op, const Type* type, const Value& value);
bool fold_compare(Operator op, const Value& a, const Value& b);

}  // namespace sluice::painless
