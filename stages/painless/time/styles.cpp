#include "stages/painless/time/styles.h"

#include <array>
#include <string>

#include "stages/painless/time/error.h"

namespace sluice::painless::time {
namespace {

constexpr std::array<std::string_view, 6> kText = {"FULL",   "FULL_STANDALONE",  "SHORT", "SHORT_STANDALONE",
                                                   "NARROW", "NARROW_STANDALONE"};
constexpr std::array<std::string_view, 4> kFormat = {"FULL", "LONG", "MEDIUM", "SHORT"};
constexpr std::array<std::string_view, 3> kResolver = {"STRICT", "SMART", "LENIENT"};
constexpr std::array<std::string_view, 5> kSign = {"NORMAL", "ALWAYS", "NEVER", "NOT_NEGATIVE", "EXCEEDS_PAD"};

template <typename Style, std::size_t kSize>
Style by_name(const std::array<std::string_view, kSize>& names, std::string_view name, std::string_view type) {
  for (std::size_t each = 0; each < kSize; ++each) {
    if (names[each] == name) return static_cast<Style>(each);
  }
  std::string message = "No enum constant java.time.format.";
  message.append(type).append(".").append(name);
  fail(DateTimeError::kIllegalArgument, message);
}

}  // namespace

std::string_view name_of(TextStyle style) { return kText[static_cast<std::size_t>(style)]; }
std::string_view name_of(FormatStyle style) { return kFormat[static_cast<std::size_t>(style)]; }
std::string_view name_of(ResolverStyle style) { return kResolver[static_cast<std::size_t>(style)]; }
std::string_view name_of(SignStyle style) { return kSign[static_cast<std::size_t>(style)]; }

TextStyle text_style_value_of(std::string_view name) { return by_name<TextStyle>(kText, name, "TextStyle"); }
FormatStyle format_style_value_of(std::string_view name) { return by_name<FormatStyle>(kFormat, name, "FormatStyle"); }
ResolverStyle resolver_style_value_of(std::string_view name) {
  return by_name<ResolverStyle>(kResolver, name, "ResolverStyle");
}
SignStyle sign_style_value_of(std::string_view name) { return by_name<SignStyle>(kSign, name, "SignStyle"); }

}  // namespace sluice::painless::time
