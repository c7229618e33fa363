#pragma once

#include <optional>
#include <string_view>

#include "stages/ingest/grok/regex/node.h"

/// Sets of characters that have names.
namespace sluice::ingest::regex {

/// A POSIX set, `alpha`, in Unicode and in ASCII.
struct PosixSet {
  std::string_view name;
  std::string_view unicode;  ///< what PCRE2 takes between brackets
  std::string_view ascii;
  bool ascii_only = false;

  [[nodiscard]] CharacterSet to_set() const;
};

/// Nothing: there is no such set. `ascii`: only its characters of ASCII.
std::optional<PosixSet> posix_set(std::string_view name, bool ascii);

/// The set of `\p{name}`: a POSIX set, a category, a script or a property of Unicode. Nothing: there is none.
std::optional<CharacterSet> named_property(std::string_view name);

}  // namespace sluice::ingest::regex
