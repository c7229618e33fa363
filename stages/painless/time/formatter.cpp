#include "stages/painless/time/formatter.h"

#include <utility>

#include "stages/painless/time/parsed.h"

namespace sluice::painless::time {
namespace {

/// How many UTF-16 units the first `bytes` bytes of `text` are.
int utf16_index(std::string_view text, std::size_t bytes) {
  int units = 0;
  for (const char each : text.substr(0, bytes)) {
    const auto byte = static_cast<unsigned char>(each);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

/// The text as messages have it: cut after 64 characters.
std::string abbreviated(std::string_view text) {
  constexpr int kMost = 64;
  if (utf16_index(text, text.size()) <= kMost) return std::string(text);
  std::size_t end = 0;
  int units = 0;
  while (end < text.size()) {
    const auto byte = static_cast<unsigned char>(text[end]);
    if ((byte & 0xC0) != 0x80) {
      units += byte >= 0xF0 ? 2 : 1;
      if (units > kMost) break;
    }
    ++end;
  }
  return std::string(text.substr(0, end)) + "...";
}

[[noreturn]] void parse_error(std::string_view text, const std::string& what, int index,
                              std::shared_ptr<const DateTimeError> cause) {
  throw DateTimeError{.kind = DateTimeError::kParse,
                      .message = "Text '" + abbreviated(text) + "' could not be parsed" + what,
                      .error_index = index,
                      .text = std::string(text),
                      .cause = std::move(cause)};
}

}  // namespace

DateTimeFormatter::DateTimeFormatter(FormatNode root, Locale locale, ResolverStyle resolver, bool iso_chronology)
    : root_(std::make_shared<const FormatNode>(std::move(root))),
      locale_(std::move(locale)),
      resolver_(resolver),
      iso_chronology_(iso_chronology) {}

Parsed DateTimeFormatter::parse(std::string_view text) const {
  std::optional<DateTimeError> why;
  try {
    std::size_t position = 0;
    int error = -1;
    auto parsed = parse_unresolved(text, position, error);
    if (!parsed) {
      const int index = utf16_index(text, static_cast<std::size_t>(error));
      parse_error(text, " at index " + std::to_string(index), index, nullptr);
    }
    if (position < text.size()) {
      const int index = utf16_index(text, position);
      parse_error(text, ", unparsed text found at index " + std::to_string(index), index, nullptr);
    }
    parsed->default_zone(zone_);
    parsed->resolve(resolver_, resolver_fields_ ? &*resolver_fields_ : nullptr);
    return *std::move(parsed);
  } catch (const DateTimeError& error) {
    if (error.kind == DateTimeError::kParse) throw;
    why = error;
  }
  refuse(text, *why);
}

void DateTimeFormatter::refuse(std::string_view text, const DateTimeError& why) {
  parse_error(text, ": " + why.message, 0, std::make_shared<const DateTimeError>(why));
}

DateTimeFormatter DateTimeFormatter::with_locale(const Locale& locale) const {
  DateTimeFormatter other = *this;
  other.locale_ = locale;
  return other;
}

DateTimeFormatter DateTimeFormatter::with_zone(std::optional<ZoneId> zone) const {
  DateTimeFormatter other = *this;
  other.zone_ = zone;
  return other;
}

DateTimeFormatter DateTimeFormatter::with_resolver_style(ResolverStyle style) const {
  DateTimeFormatter other = *this;
  other.resolver_ = style;
  return other;
}

DateTimeFormatter DateTimeFormatter::with_resolver_fields(std::optional<std::vector<Field>> fields) const {
  DateTimeFormatter other = *this;
  other.resolver_fields_ = std::move(fields);
  return other;
}

}  // namespace sluice::painless::time
