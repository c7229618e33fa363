#pragma once

#include <string>
#include <string_view>

namespace sluice::painless {

/// A pattern of java.util.regex as PCRE2 understands it: POSIX and Java classes (`\p{Alpha}`, `\p{javaLowerCase}`),
/// `\uXXXX`, octal escapes, unions and intersections of character classes. What is the same in both stays as it is.
std::string translate_regex(std::string_view pattern);

}  // namespace sluice::painless
