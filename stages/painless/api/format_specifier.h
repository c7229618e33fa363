#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// The flags of a format specifier, in the order in which Java's messages list them.
enum FormatFlag : std::uint16_t {
  kLeftJustify = 1 << 0,
  kAlternate = 1 << 1,
  kPlus = 1 << 2,
  kLeadingSpace = 1 << 3,
  kZeroPad = 1 << 4,
  kGroup = 1 << 5,
  kParentheses = 1 << 6,
  kPrevious = 1 << 7,
  kUpperCase = 1 << 8,  ///< of an upper-case conversion; not written
};

/// A part of what java.util.Formatter is given: text, or `%[argument$][flags][width][.precision]conversion`.
struct FormatSpecifier {
  static constexpr std::int32_t kNext = 0;      ///< the next argument
  static constexpr std::int32_t kSame = -1;     ///< `<`: the last one again
  static constexpr std::int32_t kNothing = -2;  ///< none: text, `%n`, `%%`
  static constexpr std::int32_t kMissing = -1;  ///< no width, no precision

  std::string_view literal;  ///< text that stands for itself; `conversion` is 0
  std::int32_t argument = kNext;
  unsigned flags = 0;
  std::int32_t width = kMissing;
  std::int32_t precision = kMissing;
  bool is_time = false;  ///< `%t` in front of the conversion
  char conversion = 0;   ///< in lower case, unless it is a time's

  [[nodiscard]] bool has(FormatFlag flag) const { return (flags & flag) != 0; }
  /// As it would be written: `%-5s`.
  [[nodiscard]] std::string text() const;
};

/// Reads a format. False: it is none, and an exception is pending. The result refers to `format`.
bool read_format(Machine& machine, std::string_view format, std::vector<FormatSpecifier>& parts);

/// The flags as they are written.
std::string flags_text(unsigned flags);
/// Raises FormatFlagsConversionMismatchException and is true when one of `bad` is there.
bool has_bad_flag(Machine& machine, const FormatSpecifier& specifier, std::initializer_list<FormatFlag> bad);
/// Raises an exception of java.util: `UnknownFormatConversionException`.
Value raise_format(Machine& machine, std::string_view name, std::string_view reason);

}  // namespace sluice::painless::api
