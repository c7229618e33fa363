#pragma once

#include <string>
#include <string_view>

namespace sluice::painless {

/// A pattern of java.util.regex as PCRE2 understands it: POSIX and Java classes (`\p{Alpha}`, `\p{javaLowerCase}`),
/// `\uXXXX`, octal escapes, unions and intersections of character classes. What is the same in both stays as it is.
/// Classes too deep within each other become a pattern that PCRE2 refuses for its depth.
std::string translate_regex(std::string_view pattern);

}  // namespace sluice::painless
