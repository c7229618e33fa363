#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::stages {

/// Classes of characters as java.lang.Character has them.
bool is_java_letter(char32_t point);
bool is_java_digit(char32_t point);
bool is_java_whitespace(char32_t point);
/// Elasticsearch's `punctuation` and `symbol` of tokenizers.
bool is_java_punctuation(char32_t point);
bool is_java_symbol(char32_t point);
/// A mark that takes no room: Mn.
bool is_java_nonspacing(char32_t point);
char32_t to_java_lower(char32_t point);
char32_t to_java_upper(char32_t point);

/// 0 to 15; -1: no hexadecimal digit.
int hex_digit(char16_t unit);
/// UTF-8 as Java would hold it.
std::u16string utf16(std::string_view text);
std::string utf8(std::u16string_view text);

/// The code point at `at`; half a pair is itself.
char32_t point_at(std::u16string_view text, std::size_t at);
inline std::size_t point_size(char32_t point) { return point > 0xFFFF ? 2 : 1; }
void append_point(std::u16string& text, char32_t point);
/// Lower case, one code point for one: what Lucene's LowerCaseFilter does.
void lower_in_place(std::u16string& text);

}  // namespace sluice::stages
