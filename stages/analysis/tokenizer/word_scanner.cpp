#include "stages/analysis/tokenizer/word_scanner.h"

#include <algorithm>
#include <array>

namespace sluice::stages {

namespace {

using enum WordClass;

constexpr auto kAscii = [] {
  std::array<WordClass, 128> table{};
  for (char c = '0'; c <= '9'; ++c) table.at(static_cast<std::size_t>(c)) = kNumeric;
  for (char c = 'a'; c <= 'z'; ++c) table.at(static_cast<std::size_t>(c)) = kLetter;
  for (char c = 'A'; c <= 'Z'; ++c) table.at(static_cast<std::size_t>(c)) = kLetter;
  table['_'] = kConnector;
  table[':'] = kMidLetter;
  table[','] = table[';'] = kMidNumber;
  table['.'] = kMidEither;
  table['\''] = kSingleQuote;
  table['"'] = kDoubleQuote;
  return table;
}();

bool is_letter(WordClass each) { return each == kLetter || each == kHebrew || each == kHangul; }
bool is_core(WordClass each) { return is_letter(each) || each == kNumeric || each == kKatakana; }

/// Whether nothing stands between two characters of one word: WB5, WB8, WB9, WB10, WB13, WB13a and WB13b.
bool joins(WordClass before, WordClass after) {
  if (before == kConnector || after == kConnector) return true;
  if (before == kKatakana || after == kKatakana) return before == after;
  return true;
}

bool is_mid_letter(WordClass each) { return each == kMidLetter || each == kMidEither || each == kSingleQuote; }
bool is_mid_number(WordClass each) { return each == kMidNumber || each == kMidEither || each == kSingleQuote; }

constexpr char32_t kJoiner = 0x200D;

/// What a word is, by what was in it.
struct Contents {
  bool letters = false;
  bool hangul = false;
  bool katakana = false;
  bool numbers = false;
  bool connectors = false;
  bool plain = true;  ///< nothing was in the middle

  void add(WordClass each) {
    letters = letters || each == kLetter || each == kHebrew;
    hangul = hangul || each == kHangul;
    katakana = katakana || each == kKatakana;
    numbers = numbers || each == kNumeric;
    connectors = connectors || each == kConnector;
  }
  [[nodiscard]] bool is_word() const { return letters || hangul || katakana || numbers; }
  [[nodiscard]] std::string_view type() const {
    if (numbers && !letters && !hangul && !katakana) return "<NUM>";
    if (hangul && plain && !letters && !katakana && !numbers && !connectors) return "<HANGUL>";
    if (katakana && plain && !letters && !hangul && !numbers && !connectors) return "<KATAKANA>";
    return "<ALPHANUM>";
  }
};

}  // namespace

WordUnit AsciiUnits::read(std::size_t at, std::size_t /*limit*/) const {
  return {kAscii.at(static_cast<unsigned char>(text_[at])), at + 1};
}

char32_t WideUnits::point(std::size_t at, std::size_t limit) const {
  const char16_t unit = text_[at];
  if (unit < 0xD800 || unit > 0xDFFF) return unit;
  if (unit > 0xDBFF || at + 1 >= limit) return unit;
  const char16_t low = text_[at + 1];
  if (low < 0xDC00 || low > 0xDFFF) return unit;
  return 0x10000 + ((static_cast<char32_t>(unit) - 0xD800) << 10) + (low - 0xDC00);
}

std::size_t WideUnits::behind(std::size_t at) const { return at + (point(at, text_.size()) > 0xFFFF ? 2 : 1); }

std::size_t WideUnits::skip_extends(std::size_t at, std::size_t limit, bool selectors) const {
  while (at < limit) {
    const char32_t next = point(at, limit);
    if (next < 0x80 || (word_class(next) != kExtend && word_class(next) != kSouthEastAsianMark)) break;
    if (!selectors && (next == 0xFE0E || next == 0xFE0F)) break;
    at += next > 0xFFFF ? 2 : 1;
  }
  return at;
}

WordUnit WideUnits::read(std::size_t at, std::size_t limit) const {
  const char32_t first = point(at, limit);
  const std::size_t end = at + (first > 0xFFFF ? 2 : 1);
  return {first < 0x80 ? kAscii.at(first) : word_class(first), skip_extends(end, limit, true)};
}

/// A pictograph with what changes it, and then, after a joiner, another one.
std::size_t WideUnits::pictograph_end(std::size_t at, std::size_t limit) const {
  std::size_t end = at;
  while (end < limit && point(end, limit) >= 0x80 && is_pictograph(point(end, limit))) {
    end = skip_extends(end + (point(end, limit) > 0xFFFF ? 2 : 1), limit, false);
    if (end < limit && text_[end] == 0xFE0F) {
      ++end;
      if (end + 1 >= limit || text_[end] != kJoiner) break;
      if (!is_pictograph(point(end + 1, limit))) break;
      ++end;
    } else if (text_[end - 1] != kJoiner) {
      break;
    }
  }
  return end;
}

std::size_t WideUnits::emoji_end(std::size_t at, std::size_t limit) const {
  constexpr char32_t kKeycap = 0x20E3;
  const char32_t first = point(at, limit);
  if ((first >= '0' && first <= '9') || first == '#' || first == '*') {
    std::size_t end = at + 1;
    if (end < limit && text_[end] == 0xFE0F) ++end;
    return end < limit && text_[end] == kKeycap ? skip_extends(end + 1, limit, true) : at;
  }
  if (first < 0x80) return at;
  if (word_class(first) == kRegional) {
    const std::size_t second = skip_extends(at + 2, limit, true);
    if (second >= limit || word_class(point(second, limit)) != kRegional) return at;
    return skip_extends(second + 2, limit, true);
  }
  if (first == kJoiner && at + 1 < limit && is_pictograph(point(at + 1, limit))) return pictograph_end(at + 1, limit);
  return is_pictograph(first) ? pictograph_end(at, limit) : at;
}

/// Where the word goes on to behind `unit`, which follows a character of class `before`; 0: not there. What stands in
/// the middle needs another character behind it, which becomes `unit`.
template <typename Units>
std::size_t WordScanner<Units>::joined(WordClass before, WordUnit& unit, std::size_t limit, bool& plain) const {
  const WordClass here = unit.word_class;
  if (here == kConnector || is_core(here)) return joins(before, here) ? unit.end : 0;
  const bool letters = is_letter(before) && is_mid_letter(here);
  const bool numbers = before == kNumeric && is_mid_number(here);
  const bool quoted = before == kHebrew && here == kDoubleQuote;
  if ((letters || numbers || quoted) && unit.end < limit) {
    const WordUnit after = units_.read(unit.end, limit);
    const WordClass next = after.word_class;
    if (quoted ? next == kHebrew : letters ? is_letter(next) : next == kNumeric) {
      unit = after;
      plain = false;
      return after.end;
    }
  }
  if (before == kHebrew && here == kSingleQuote) {
    plain = false;
    return unit.end;
  }
  return 0;
}

template <typename Units>
void WordScanner<Units>::walk(std::size_t begin, std::size_t limit, Word& word) {
  Contents contents;
  WordUnit unit = units_.read(begin, limit);
  word = {begin, begin, {}};
  std::size_t end = unit.end;
  contents.add(unit.word_class);
  WordClass before = unit.word_class;
  while (end < limit && before != kSingleQuote) {
    unit = units_.read(end, limit);
    const std::size_t next = joined(before, unit, limit, contents.plain);
    if (next == 0) break;
    contents.add(unit.word_class);
    before = unit.word_class;
    end = next;
  }
  if (contents.is_word()) word = {begin, end, contents.type()};
}

/// A run of connectors without a word in reach: looked at once, not once for each of them.
template <typename Units>
void WordScanner<Units>::skip_connectors(std::size_t begin, std::size_t limit) {
  std::size_t end = limit;
  while (end < units_.size()) {
    const WordUnit unit = units_.read(end, units_.size());
    if (unit.word_class != kConnector && unit.word_class != kExtend) break;
    end = unit.end;
  }
  const std::size_t reach = end > longest_ ? end - longest_ + 1 : 0;
  at_ = std::max(units_.behind(begin), std::min(reach, end));
}

template <typename Units>
bool WordScanner<Units>::next(Word& word) {
  while (at_ < units_.size()) {
    const std::size_t begin = at_;
    const std::size_t limit = std::min(units_.size(), begin + longest_);
    const WordUnit unit = units_.read(begin, limit);
    word = {begin, begin, {}};
    switch (unit.word_class) {
      case kHan:
        word = {begin, unit.end, "<IDEOGRAPHIC>"};
        break;
      case kHiragana:
        word = {begin, unit.end, "<HIRAGANA>"};
        break;
      case kSouthEastAsian:
      case kSouthEastAsianMark: {
        std::size_t end = unit.end;
        while (end < limit) {
          const WordUnit after = units_.read(end, limit);
          if (after.word_class != kSouthEastAsian && after.word_class != kSouthEastAsianMark) break;
          end = after.end;
        }
        word = {begin, end, "<SOUTHEAST_ASIAN>"};
        break;
      }
      default:
        if (unit.word_class == kConnector || is_core(unit.word_class)) walk(begin, limit, word);
    }
    const std::size_t emoji = units_.emoji_end(begin, limit);
    if (emoji > begin && emoji >= word.end) word = {begin, emoji, "<EMOJI>"};
    if (word.end > begin) {
      at_ = word.end;
      return true;
    }
    if (unit.word_class == kConnector) {
      skip_connectors(begin, limit);
    } else {
      at_ = units_.behind(begin);
    }
  }
  return false;
}

template class WordScanner<AsciiUnits>;
template class WordScanner<WideUnits>;

}  // namespace sluice::stages
