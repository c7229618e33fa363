#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::painless {

enum class TokenKind : std::uint8_t {
  kEnd,
  kIdentifier,
  kKeyword,      ///< `if`, `while`, ...; `text` says which
  kPrimitive,    ///< `int`, ..., and `def`
  kPunctuation,  ///< operators and brackets
  kOctal,
  kHex,
  kInteger,
  kDecimal,
  kString,
  kRegex,
  kDotIdentifier,  ///< a name behind `.` or `?.`
  kDotInteger,     ///< a number behind `.` or `?.`
};

/// One token. Offsets are bytes into the source; the front end turns them into UTF-16 units at its edge.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t offset = 0;
  std::string_view text;  ///< as it stands in the source
};

}  // namespace sluice::painless
