#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// A key and its value, as raw spans of the text they stand in.
struct JsonMember {
  std::string_view key;    ///< with its quotes
  std::string_view value;  ///< raw JSON
  /// The key's text.
  [[nodiscard]] std::string name() const;
};

/// The members of an object, in their order. `json` has Buffer::kPadding readable bytes behind it, and white space
/// around the object is allowed. `what` names it in messages. Errors: x_content_parse_exception, also for a name that
/// two members have.
Result<std::vector<JsonMember>> json_members(std::string_view json, std::string_view what);

/// The same for text without padding; the spans point into `text`.
Result<std::vector<JsonMember>> json_members_of(const std::string& text, std::string_view what);

/// The elements of an array.
Result<std::vector<std::string_view>> json_elements(std::string_view json, std::string_view what);

/// How Elasticsearch's parser names a raw value in messages: `START_OBJECT`, `VALUE_NUMBER`. Its first character
/// decides.
std::string_view json_token_name(std::string_view value);

/// A string's text, or a number or boolean as it stands; nothing for null, objects and arrays.
std::optional<std::string> json_text_value(std::string_view value);
/// Numbers, and strings of numbers. Errors: `For input string: "x"`, illegal_argument_exception.
Result<std::int64_t> json_integer_value(std::string_view value);
/// Booleans, and strings of them. Errors: illegal_argument_exception.
Result<bool> json_flag_value(std::string_view value);
/// A string, or an array of strings, or a string with commas.
Result<std::vector<std::string>> json_text_list(std::string_view value, std::string_view what);

}  // namespace sluice::stages
