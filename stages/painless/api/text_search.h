#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stages/painless/run/machine.h"

/// Searching, replacing and changing the case of text.
namespace sluice::painless::api {

/// String.indexOf(): the UTF-16 unit where `part` begins, at `from` or behind it; -1.
std::int32_t find_units(const String& text, std::string_view part, std::int64_t from);
/// String.lastIndexOf(): at `from` or before it.
std::int32_t find_last_units(const String& text, std::string_view part, std::int64_t from);
/// String.replace().
Value replace_text(Machine& machine, std::string_view text, std::string_view from, std::string_view to);
/// Case by Unicode's full mappings, of no language in particular.
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);
/// Likewise as a string of a script: String.toLowerCase() and toUpperCase().
Value lower_case(Machine& machine, std::string_view text);
Value upper_case(Machine& machine, std::string_view text);
/// Likewise, as a language has it: `tr`, `az` and `lt` differ.
std::string lower_case(std::string_view text, const std::string& language);
std::string upper_case(std::string_view text, const std::string& language);
/// What compareToIgnoreCase() compares: each unit's upper and then lower case.
std::string fold_case(std::string_view text);

}  // namespace sluice::painless::api
