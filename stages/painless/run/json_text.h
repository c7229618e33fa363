#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stages/painless/run/types.h"
#include "stages/painless/run/value.h"

namespace sluice::painless {

/// Appends a value as it stands in a `_source`. False: an exception is pending. `depth` bounds what contains itself.
bool append_json_value(Machine& machine, std::string& out, const Value& value, int depth);
/// Makes `out` longer and lets `write` fill what is new, from its begin.
template <typename Write>
void append_written(std::string& out, std::size_t more, Write write) {
  const std::size_t before = out.size();
  out.resize_and_overwrite(before + more, [&](char* begin, std::size_t) {  // GCC 12 passes the room, not the size
    write(begin + before);
    return before + more;
  });
}
/// Appends WTF-8 text as a JSON string; a lone surrogate as `\uXXXX`.
void append_json_text(std::string& out, std::string_view text);
/// Whether that would be the text between quotes, without escapes.
bool is_plain_json_text(std::string_view text);
/// Bytes as a JSON string in base64.
void append_base64(std::string& out, const Value* bytes, std::uint32_t count);

/// What a raw JSON string token says, as WTF-8. Without escapes it is a part of the token.
std::string_view json_token_text(Machine& machine, std::string_view token);
/// Likewise of a raw value that is text.
inline std::string_view raw_value_text(Machine& machine, const Value& text) {
  return text.plain ? std::string_view(text.raw + 1, text.length - 2) : json_token_text(machine, text.raw_text());
}

std::string unsigned_hex(std::uint32_t value);
/// `class X cannot be cast to class Y (...)`, as the JVM says it.
std::string class_cast_text(const Class& from, std::string_view to);
/// Likewise of names, which arrays have too.
std::string class_cast_text(std::string_view from, std::string_view to);

}  // namespace sluice::painless
