#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include "pipeline/base/error.h"

namespace sluice {

/// The number that a text is from its first character to its last, as std::from_chars() reads it: no blanks, no plus.
/// Nothing: it is none of the type.
template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Java's Integer.parseInt() and Long.parseLong(): the same with a plus before the digits.
template <typename T>
std::optional<T> parse_java_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  return parse_number<T>(text);
}

/// `number_format_exception`, 400, with Java's `For input string: "x"`.
Error number_format_error(std::string_view text);

}  // namespace sluice
