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
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  // Keys and ids are short: calling a search would cost more than eight bytes at a time.
  if (token.size() < kWord || token.size() > 8 * kWord) return token.find('\\') != std::string_view::npos;
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const auto has_one = [](const char* at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, kWord);
    bytes ^= kOnes * '\\';
    return ((bytes - kOnes) & ~bytes & (kOnes << 7)) != 0;  // whether a byte of it is zero
  };
  const char* at = token.data();
  for (const char* const last = at + token.size() - kWord; at < last; at += kWord) {
    if (has_one(at)) return true;
  }
  return has_one(token.data() + token.size() - kWord);  // overlaps the one before
}

}  // namespace sluice
