#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stages/ingest/grok/regex/node.h"

namespace sluice::ingest::regex {

/// For which texts PCRE2 gets an expression.
enum class Alphabet : std::uint8_t {
  kAscii,  ///< texts that are ASCII, as bytes
  kUtf8,
};

/// An expression as PCRE2 takes it, with PCRE2_MULTILINE and lines that end with LF.
struct Written {
  std::string text;
  std::vector<std::uint32_t> groups;  ///< the tree's groups that capture, in the order of PCRE2's numbers from 1
};

/// `share`: what stands in the expression several times, and is long, is written once and called: for expressions that
/// are too long for PCRE2 otherwise.
Written write(const Tree& tree, Alphabet alphabet, bool share = false);

/// A set as one atom.
std::string write_set(const CharacterSet& set, Alphabet alphabet);

}  // namespace sluice::ingest::regex
