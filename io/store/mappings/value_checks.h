#pragma once

#include <string>
#include <string_view>

#include "io/store/mappings/field.h"
#include "io/store/mappings/json_cursor.h"

namespace sluice::store {

/// Why a value does not fit its field, as the cause of Elasticsearch's error. Filled only where a check says false: one
/// is made for every value, so it must not allocate. Types are literals.
struct Misfit {
  std::string_view type = "illegal_argument_exception";
  std::string reason;
  std::string_view inner_type;  ///< of the cause's cause; empty: there is none
  std::string inner_reason;     ///< said about the token itself where `reason` is empty
  bool final = false;           ///< ignore_malformed does not help
};

/// Whether a scalar (a raw token: string, number, true or false; not null) fits. One function for a family.
bool check_integer(const Field& field, std::string_view token, bool coerce, Misfit& misfit);
bool check_unsigned_long(const Field& field, std::string_view token, Misfit& misfit);
bool check_floating(const Field& field, std::string_view token, bool coerce, Misfit& misfit);
bool check_boolean(std::string_view token, Misfit& misfit);
bool check_date(const Field& field, std::string_view token, Misfit& misfit);
bool check_ip(std::string_view token, Misfit& misfit);
bool check_binary(std::string_view token, Misfit& misfit);
bool check_keyword(const Field& field, std::string_view token, Misfit& misfit);
bool check_constant_keyword(const Field& field, std::string_view token, Misfit& misfit);
bool check_token_count(std::string_view token, Misfit& misfit);
bool check_rank_feature(const Field& field, std::string_view token, Misfit& misfit);

/// Whether an address is IPv4 or IPv6.
bool is_ip(std::string_view text);

/// Whether a string, as UTF-16, is longer than ignore_above. Not for tokens that are no strings.
bool is_above(const Field& field, std::string_view token);

/// Families whose values may be objects and arrays; the cursor stands at the value, behind it afterwards.
bool check_structured(const Field& field, JsonCursor& cursor, bool coerce, Misfit& misfit);
/// Whether check_structured() is for values of this field that begin with `first`.
bool takes_structure(const Field& field, char first);

}  // namespace sluice::store
