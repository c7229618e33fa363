#pragma once

#include <optional>

#include "stages/ingest/grok/regex/cursor.h"
#include "stages/ingest/grok/regex/node.h"

/// What stands behind a backslash, inside brackets and outside.
namespace sluice::ingest::regex {

/// A code that no character has: written as a number that is too great.
constexpr char32_t kNoCharacter = 0x110000U;

/// The character of an escape, `\n`, `\x41`, `\101`, or the one behind the backslash. The cursor stands behind the
/// backslash. Fails with Joni's messages.
char32_t escaped_character(Cursor& cursor);

/// The set of `\w`, `\D`, `\h`, `\p{..}`; nothing: it is none of them, and nothing was taken. `unicode`: `(?u)`.
std::optional<CharacterSet> escaped_set(Cursor& cursor, bool unicode);

/// The set behind `[:`, up to `:]`; nothing: it is no such set, and nothing was taken. `ascii`: `(?a)`.
std::optional<CharacterSet> bracket_set(Cursor& cursor, bool ascii);

/// `[...]`; the cursor stands behind the first bracket.
CharacterSet parse_set(Cursor& cursor, bool unicode, bool ascii);

}  // namespace sluice::ingest::regex
