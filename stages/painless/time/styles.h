#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::painless::time {

/// Java's enums of java.time.format, in their order.
enum class TextStyle : std::uint8_t { kFull, kFullStandalone, kShort, kShortStandalone, kNarrow, kNarrowStandalone };
enum class FormatStyle : std::uint8_t { kFull, kLong, kMedium, kShort };
enum class ResolverStyle : std::uint8_t { kStrict, kSmart, kLenient };
enum class SignStyle : std::uint8_t { kNormal, kAlways, kNever, kNotNegative, kExceedsPad };

/// `FULL_STANDALONE`, Enum.name().
std::string_view name_of(TextStyle style);
std::string_view name_of(FormatStyle style);
std::string_view name_of(ResolverStyle style);
std::string_view name_of(SignStyle style);

/// By Enum.name(). Errors: IllegalArgumentException `No enum constant java.time.format.TextStyle.X`.
TextStyle text_style_value_of(std::string_view name);
FormatStyle format_style_value_of(std::string_view name);
ResolverStyle resolver_style_value_of(std::string_view name);
SignStyle sign_style_value_of(std::string_view name);

constexpr bool is_standalone(TextStyle style) { return (static_cast<unsigned>(style) & 1) != 0; }
constexpr TextStyle as_normal(TextStyle style) { return static_cast<TextStyle>(static_cast<unsigned>(style) & ~1U); }
constexpr TextStyle as_standalone(TextStyle style) { return static_cast<TextStyle>(static_cast<unsigned>(style) | 1U); }

}  // namespace sluice::painless::time
