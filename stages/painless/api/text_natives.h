#pragma once

#include "stages/painless/api/math_natives.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/text/decimal_format.h"
#include "stages/painless/text/parse_position.h"

/// java.text as objects of a script.
namespace sluice::painless::api {

template <>
inline constexpr std::string_view kJavaName<text::DecimalFormat> = "java.text.DecimalFormat";

/// Format.format(Object), parseObject(String) and parseObject(String,ParsePosition) of a NumberFormat.
Value format_number(Machine& machine, const Value* args);
Value parse_number(Machine& machine, const Value* args);
Value parse_number_at(Machine& machine, const Value* args);

/// Calls `parse(text, byte, error byte)` with a ParsePosition, which counts UTF-16 units: it moves where that gives a
/// value, and says where the error is where it gives null.
template <typename F>
Value parse_at(const Value& text, const Value& position, F&& parse) {
  if (text.is_null() || position.is_null()) fail_null();
  const String& whole = object<String>(text);
  auto& at = object<TimeObject<text::ParsePosition>>(position).value;
  if (at.index < 0 || static_cast<std::uint32_t>(at.index) > whole.length()) {
    at.error = at.index;
    return Value::null();
  }
  const auto units = [&](std::size_t byte) { return static_cast<Int>(utf16_length(whole.text().substr(0, byte))); };
  std::size_t byte = whole.byte_of(static_cast<std::uint32_t>(at.index));
  std::size_t error = byte;
  const Value value = parse(whole.text(), byte, error);
  if (value.is_null()) {
    at.error = units(error);
  } else {
    at.index = units(byte);
  }
  return value;
}

}  // namespace sluice::painless::api
