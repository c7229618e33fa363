#include "stages/analysis/java_character.h"

#include <unicode/uchar.h>

#include "stages/painless/run/unicode.h"

namespace sluice::stages {

namespace {

UChar32 icu(char32_t point) { return static_cast<UChar32>(point); }

}  // namespace

bool is_java_letter(char32_t point) {
  if (point < 0x80) return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
  return u_isalpha(icu(point)) != 0;
}

bool is_java_digit(char32_t point) {
  if (point < 0x80) return point >= '0' && point <= '9';
  return u_isdigit(icu(point)) != 0;
}

bool is_java_whitespace(char32_t point) {
  if (point < 0x80) return (point >= 9 && point <= 13) || (point >= 28 && point <= 32);
  return u_isWhitespace(icu(point)) != 0;
}

bool is_java_punctuation(char32_t point) { return (U_GET_GC_MASK(icu(point)) & U_GC_P_MASK) != 0; }
bool is_java_symbol(char32_t point) { return (U_GET_GC_MASK(icu(point)) & U_GC_S_MASK) != 0; }

bool is_java_nonspacing(char32_t point) { return u_charType(icu(point)) == U_NON_SPACING_MARK; }

int hex_digit(char16_t unit) {
  if (unit >= u'0' && unit <= u'9') return unit - u'0';
  if (unit >= u'a' && unit <= u'f') return unit - u'a' + 10;
  return unit >= u'A' && unit <= u'F' ? unit - u'A' + 10 : -1;
}

std::u16string utf16(std::string_view text) { return painless::to_utf16(text); }
std::string utf8(std::u16string_view text) { return painless::from_utf16(text); }

char32_t to_java_lower(char32_t point) {
  if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + 32 : point;
  return static_cast<char32_t>(u_tolower(icu(point)));
}

char32_t to_java_upper(char32_t point) {
  if (point < 0x80) return point >= 'a' && point <= 'z' ? point - 32 : point;
  return static_cast<char32_t>(u_toupper(icu(point)));
}

char32_t point_at(std::u16string_view text, std::size_t at) {
  const char16_t unit = text[at];
  if (unit < 0xD800 || unit > 0xDBFF || at + 1 == text.size()) return unit;
  const char16_t low = text[at + 1];
  if (low < 0xDC00 || low > 0xDFFF) return unit;
  return 0x10000 + ((static_cast<char32_t>(unit) - 0xD800) << 10) + (low - 0xDC00);
}

void append_point(std::u16string& text, char32_t point) {
  if (point > 0xFFFF) {
    text += static_cast<char16_t>(0xD7C0 + (point >> 10));
    text += static_cast<char16_t>(0xDC00 | (point & 0x3FF));
  } else {
    text += static_cast<char16_t>(point);
  }
}

void lower_in_place(std::u16string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = point_at(text, at);
    const char32_t lower = to_java_lower(point);
    const std::size_t size = point_size(point);
    if (lower != point) {
      std::u16string changed;
      append_point(changed, lower);
      text.replace(at, size, changed);
      at += changed.size();
    } else {
      at += size;
    }
  }
}

}  // namespace sluice::stages
