#pragma once

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
inline bool has_escape(std::string_view token) { return token.find('\\') != std::string_view::npos; }

}  // namespace sluice
