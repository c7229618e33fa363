#include "stages/query/standard_words.h"

#include <cctype>
#include <utility>

namespace sluice::stages {

namespace {

bool is_letter(unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

/// Whether a character between two others keeps them in one word. Source: Unicode's UAX 29, WB6, WB7, WB11 and WB12.
bool joins(unsigned char before, char c, unsigned char after) {
  if (c == '.' || c == '\'') return (is_letter(before) && is_letter(after)) || (is_digit(before) && is_digit(after));
  if (c == ':') return is_letter(before) && is_letter(after);
  if (c == ',' || c == ';') return is_digit(before) && is_digit(after);
  return false;
}

/// Capital letters of Latin-1, U+00C0 to U+00DE but for the multiplication sign, are 0xC3 and 0x80 to 0x9E.
char lowered(unsigned char c, unsigned char before) {
  if (before == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97) return static_cast<char>(c + 0x20);
  return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
}

}  // namespace

std::vector<std::string> standard_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned char before = i == 0 ? 0 : static_cast<unsigned char>(text[i - 1]);
    const unsigned char after = i + 1 == text.size() ? 0 : static_cast<unsigned char>(text[i + 1]);
    if (is_letter(c) || is_digit(c) || c == '_' || (!word.empty() && joins(before, text[i], after))) {
      word += lowered(c, before);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace sluice::stages
