#pragma once

#include <cstdint>
#include <cstring>
#include <expected>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice {

/// Appends `utf8` as a JSON string with quotes, escaped as Jackson does: `"`, `\`, control characters, and a surrogate
/// without its other half (three bytes of its own in the text of scripts).
void append_json_string(std::string& out, std::string_view utf8);
std::string json_string(std::string_view utf8);

/// The text of a raw JSON string token with its quotes. Escapes are resolved; a lone surrogate becomes U+FFFD.
/// A token without quotes (a number, say) is returned as it is.
std::string json_unquoted(std::string_view token);

/// Whether a raw JSON string token has an escape, so that its bytes between the quotes are not its text.
inline bool has_escape(std::string_view token) {
  // Keys and ids are short: a call would cost more than a few words, of which the last overlaps the one before.
  const auto look = [token]<typename Word>(Word) {
    constexpr Word kOnes = static_cast<Word>(~Word{0}) / 0xFF;
    Word found = 0;
    const auto add = [&](const char* at) {
      Word bytes = 0;
      std::memcpy(&bytes, at, sizeof bytes);
      bytes ^= kOnes * '\\';
      found |= (bytes - kOnes) & ~bytes & (kOnes << 7);  // not 0 where one of the bytes is
    };
    const char* const last = token.data() + token.size() - sizeof(Word);
    for (const char* at = token.data(); at < last; at += sizeof(Word)) add(at);
    add(last);
    return found != 0;
  };
  constexpr std::size_t kShort = 64;
  if (token.size() >= sizeof(std::uint64_t) && token.size() <= kShort) return look(std::uint64_t{});
  if (token.size() >= sizeof(std::uint32_t) && token.size() <= kShort) return look(std::uint32_t{});
  return token.find('\\') != std::string_view::npos;
}

}  // namespace sluice
