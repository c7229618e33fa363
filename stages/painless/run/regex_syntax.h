#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::painless {

/// An error that java.util.regex finds in a pattern, and where: UTF-16 units; -1: nowhere.
struct RegexSyntaxError {
  std::string description;
  std::ptrdiff_t unit = 0;
};

/// What is wrong with the brackets, groups and quantifiers of a pattern without flags. Nothing: nothing of these.
/// Source: the messages of Java 25 on a node.
std::optional<RegexSyntaxError> regex_syntax_error(std::string_view pattern);

}  // namespace sluice::painless
