#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/base/json_text.h"
#include "stages/painless/run/json_span.h"

namespace sluice::painless {

/// Behind the value that begins at `at`: at its comma, or at the end.
inline const std::uint32_t* behind_value(const char* text, const std::uint32_t* at, const std::uint32_t* end) {
  if (text[*at] != '{' && text[*at] != '[') return at + 1;
  int depth = 0;
  do {
    const char c = text[*at++];
    depth += static_cast<int>(c == '{' || c == '[') - static_cast<int>(c == '}' || c == ']');
  } while (depth > 0 && at < end);
  return at;
}

/// Calls `found(member, name)` for the members of an object, in their order: where the key is in the structural index,
/// and its text. False: `found` said so, a key has an escape, or the object is malformed; who called has to look at it
/// more closely.
template <typename Found>
bool scan_members(const JsonSpan& json, Found&& found) {
  const std::uint32_t* const end = json.end - 1;
  for (const std::uint32_t* at = json.begin + 1; at < end; ++at) {
    const std::uint32_t* const member = at;
    const char* const key = json.text + at[0];
    if (*key != '"' || at + 2 >= end || json.text[at[1]] != ':') return false;
    const char* behind = json.text + at[1];
    while (behind[-1] != '"') --behind;
    const std::string_view name(key + 1, static_cast<std::size_t>(behind - key - 2));
    if (json.may_escape && has_escape(name)) return false;
    at = behind_value(json.text, at + 2, end);
    if (at < end && json.text[*at] != ',') return false;
    if (!found(member, name)) return false;
  }
  return true;
}

}  // namespace sluice::painless
