#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// WTF-8: UTF-8 in which a lone surrogate is three bytes of its own. All text is taken to be that; what isn't is read
/// byte for byte as U+FFFD.
namespace sluice::painless {

/// The code point at `at`, which moves behind it.
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (size == 0 || at + size > text.size()) {
    ++at;
    return 0xFFFD;
  }
  char32_t value = first & (size == 2 ? 0x1F : size == 3 ? 0x0F : 0x07);
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte(at + i) & 0x3F);
  at += size;
  return value;
}

void append_code_point(std::string& out, char32_t value);
/// Appends a UTF-16 unit; a low surrogate joins the high one at the end of `out`.
void append_unit(std::string& out, char16_t unit);
/// Whether each byte of text is a UTF-16 unit of its own.
bool is_ascii(std::string_view text);
/// UTF-16 units of text.
std::size_t utf16_length(std::string_view text);
std::u16string to_utf16(std::string_view text);
std::string from_utf16(std::u16string_view text);

}  // namespace sluice::painless
