#include "stages/painless/api/text_search.h"

#include <algorithm>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "pipeline/base/ascii_case.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

std::int32_t unit_of(const String& text, std::size_t byte) {
  return static_cast<std::int32_t>(text.is_ascii() ? byte : utf16_length(text.text().substr(0, byte)));
}

icu::UnicodeString unicode(std::string_view text) {
  const std::u16string units = to_utf16(text);
  return {units.data(), static_cast<std::int32_t>(units.size())};
}

std::string utf8(const icu::UnicodeString& text) {
  return from_utf16({text.getBuffer(), static_cast<std::size_t>(text.length())});
}

/// Whether there is a half of a pair, which in WTF-8 has bytes of its own: it is not found in a whole pair byte by
/// byte.
bool has_half(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
  }
  return false;
}

std::int32_t place_of(std::size_t found) {
  return found == std::u16string::npos ? -1 : static_cast<std::int32_t>(found);
}

/// A string of each of the bytes changed, made where it stays.
template <typename Change>
Value ascii_case(Machine& machine, std::string_view text, Change change) {
  char* made = machine.heap().text(text.size());
  std::ranges::transform(text, made, change);
  return Value::of(machine.ascii_text({made, text.size()}));
}

}  // namespace

std::int32_t find_units(const String& text, std::string_view part, std::int64_t from) {
  const std::int64_t size = text.length();
  from = std::clamp<std::int64_t>(from, 0, size);
  if (has_half(part)) return place_of(to_utf16(text.text()).find(to_utf16(part), static_cast<std::size_t>(from)));
  const std::size_t found = text.text().find(part, text.byte_of(static_cast<std::uint32_t>(from)));
  return found == std::string_view::npos ? -1 : unit_of(text, found);
}

std::int32_t find_last_units(const String& text, std::string_view part, std::int64_t from) {
  if (from < 0) return -1;
  from = std::min<std::int64_t>(from, text.length());
  if (has_half(part)) return place_of(to_utf16(text.text()).rfind(to_utf16(part), static_cast<std::size_t>(from)));
  const std::size_t found = text.text().rfind(part, text.byte_of(static_cast<std::uint32_t>(from)));
  return found == std::string_view::npos ? -1 : unit_of(text, found);
}

Value replace_text(Machine& machine, std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  std::size_t at = 0;
  if (from.empty()) {
    // Java puts the new text before each unit and at the end.
    out = to;
    for (const char16_t unit : to_utf16(text)) {
      append_unit(out, unit);
      out += to;
      if (!machine.afford(out.size())) return Value::error();
    }
    return machine.string_value(out);
  }
  std::size_t found = text.find(from);
  if (found == std::string_view::npos) return Value::of(machine.text(text));
  if (from.size() == to.size()) {
    if (!machine.afford(text.size())) return Value::error();
    char* made = machine.heap().text(text.size());
    std::ranges::copy(text, made);
    for (; found != std::string_view::npos; found = text.find(from, found + from.size())) {
      std::ranges::copy(to, made + found);
    }
    return Value::of(machine.text({made, text.size()}));
  }
  for (; found != std::string_view::npos; found = text.find(from, at)) {
    out += text.substr(at, found - at);
    out += to;
    at = found + from.size();
    if (!machine.afford(out.size())) return Value::error();
  }
  out += text.substr(at);
  return machine.string_value(out);
}

std::string lower_case(std::string_view text) {
  return is_ascii(text) ? ascii_lower_case(text) : utf8(unicode(text).toLower(icu::Locale::getRoot()));
}

std::string upper_case(std::string_view text) {
  return is_ascii(text) ? ascii_upper_case(text) : utf8(unicode(text).toUpper(icu::Locale::getRoot()));
}

Value lower_case(Machine& machine, std::string_view text) {
  return is_ascii(text) ? ascii_case(machine, text, ascii_lower) : machine.string_value(lower_case(text));
}

Value upper_case(Machine& machine, std::string_view text) {
  return is_ascii(text) ? ascii_case(machine, text, ascii_upper) : machine.string_value(upper_case(text));
}

std::string lower_case(std::string_view text, const std::string& language) {
  return utf8(unicode(text).toLower(icu::Locale(language.c_str())));
}

std::string upper_case(std::string_view text, const std::string& language) {
  return utf8(unicode(text).toUpper(icu::Locale(language.c_str())));
}

std::string fold_case(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto value = static_cast<UChar32>(next_code_point(text, at));
    append_code_point(out, static_cast<char32_t>(u_tolower(u_toupper(value))));
  }
  return out;
}

}  // namespace sluice::painless::api
